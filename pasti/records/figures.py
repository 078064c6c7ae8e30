"""The ledger's facts counted by day, and each clause's changes of status: what may be reckoned again at any time (51.14.1)."""

from typing import ClassVar

from django.db import models


class DayFigure(models.Model):
    """How many facts of one kind a day brought to one entry; `key` splits them. Follows from the ledger alone."""

    entry = models.CharField(max_length=10, blank=True)
    day = models.DateField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "day_figure"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "kind", "key", "day"], name="day_figure_once")]


class FigureMark(models.Model):
    """Up to which fact of the ledger the day's figures are counted, and when; one row."""

    through = models.BigIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "figure_mark"


class ClauseState(models.Model):
    """A day at whose end a clause stood otherwise than the day before; it stands so until its next row."""

    entry = models.CharField(max_length=10)
    clause = models.CharField(max_length=20)
    on = models.DateField(db_column="on_day")
    status = models.CharField(max_length=12)

    class Meta:
        db_table = "clause_state"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "clause", "on"], name="clause_state_once")]


class ScoreDay(models.Model):
    """A day whose statuses were kept, so that a day nobody looked at is not taken for one without change."""

    day = models.DateField(primary_key=True)

    class Meta:
        db_table = "score_day"


# The facts that are counted, and what splits them, as SQL over a row of `ledger`. A new kind needs the counts made anew.
COUNTED = (
    "application.submitted",
    "application.deemed_approved",
    "application.approved",
    "application.rejected",
    "application.found_not_met",
    "requirement.judged",
    "clock.ended",
    "clock.stopped",
    "certificate.issued",
    "complaint.filed",
    "complaint.answered",
    "finding.raised",
    "post_audit.closed",
    "data.read",
)
KEY = """CASE kind
    WHEN 'application.submitted' THEN coalesce("after"->>'procedure', '')
    WHEN 'requirement.judged' THEN clause || ' ' || coalesce("after"->>'verdict', '')
    WHEN 'clock.ended' THEN coalesce(("after"->>'used_days')
        || CASE "after"->>'late' WHEN 'true' THEN ' late' ELSE ' in_time' END, '')
    WHEN 'complaint.filed' THEN coalesce("after"->>'kind', '')
    WHEN 'complaint.answered' THEN coalesce(CASE "after"->>'late' WHEN 'true' THEN 'late' WHEN 'false' THEN 'in_time' END, '')
    WHEN 'finding.raised' THEN coalesce("after"->>'as_role', '')
    WHEN 'post_audit.closed' THEN CASE WHEN actor_roles LIKE '%%inspector%%' THEN 'inspector' ELSE '' END
    ELSE '' END"""
COUNT = f"""SELECT split_part(edition, '@', 1) AS entry, ("at" AT TIME ZONE 'Asia/Jakarta')::date AS day,
    CASE WHEN kind LIKE 'payment.%%' THEN 'payment' ELSE kind END AS kind, {KEY} AS key, count(*) AS count
    FROM ledger WHERE (kind = ANY(%(kinds)s) OR kind LIKE 'payment.%%')"""  # noqa: S608  # constants alone
GROUPED = " GROUP BY 1, 2, 3, 4"
