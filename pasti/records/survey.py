"""The satisfaction survey: its quarters, who was invited, what was answered, what is done about it (51.14.2).

An answer knows its service and quarter, and neither the case, nor the person, nor the moment.
"""

import base64
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from pasti.domain.calendar import JAKARTA
from pasti.domain.survey import CODES, Quarter, Tally
from pasti.domain.survey_paper import PaperFile
from pasti.domain.survey_run import Plan, Run, Stage
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from pasti.records.licensing import Application
from pasti.records.subject import Subject

KINDS = {"a": "application", "p": "complaint"}  # the first letter of an invitation's code
SEAL_BYTES = 12


class SurveyRun(Subject):
    """One quarter's survey of one service. What it came to is kept when it is closed."""

    subject_kind = "survey_run"
    entry = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, default=Stage.OPEN.value)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    population = models.PositiveIntegerField(null=True)
    needed = models.PositiveIntegerField(null=True)
    on_paper = models.PositiveIntegerField(default=0, db_default=0)  # of its questionnaires
    tally = models.JSONField(null=True)
    index = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(max_length=1, blank=True)

    class Meta:
        db_table = "survey_run"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "year", "quarter"], name="survey_run_once")]

    def value(self, clause: str) -> Run:
        """The domain's value of this row."""
        return Run(quarter=Quarter(self.year, self.quarter), stage=Stage(self.stage), clause=clause)

    def tallied(self) -> Tally:
        """What its questionnaires add up to now. One SQL query."""
        sums = {f"sum_{code}": models.Sum(code) for code in CODES}
        counts = {f"count_{code}": models.Count(code) for code in CODES}
        found = self.answers.aggregate(n=models.Count("id"), **sums, **counts)
        return Tally(
            n=found["n"],
            sums={code: found[f"sum_{code}"] or 0 for code in CODES},
            counts={code: found[f"count_{code}"] for code in CODES},
        )

    def finished(self) -> int:
        """Its population: certificates, rejections and answered complaints of its quarter. Two SQL queries."""
        quarter = Quarter(self.year, self.quarter)
        span = [datetime.combine(day, time(), JAKARTA) for day in (quarter.first_day, quarter.next().first_day)]
        issued = models.Q(issued_at__gte=span[0], issued_at__lt=span[1])
        rejected = models.Q(state=State.REJECTED, issued_at=None, held_since__gte=span[0], held_since__lt=span[1])
        complaints = Complaint.objects.filter(entry=self.entry, answered_at__gte=span[0], answered_at__lt=span[1])
        return Application.objects.filter(issued | rejected, entry=self.entry).count() + complaints.count()


class SurveyInvitation(models.Model):
    """That the person of a finished service, or of an answered complaint, may answer once; no answer hangs on it."""

    kind = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    used = models.BooleanField(default=False)

    class Meta:
        db_table = "survey_invitation"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject_id"], name="survey_invitation_once")]


class SurveyAnswer(models.Model):
    """One questionnaire; null: not answered. Its id is drawn, so that the order of arrival is not kept.

    `channel` is for as long as the quarter runs: closing leaves it out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(SurveyRun, on_delete=models.PROTECT, related_name="answers")
    channel = models.CharField(max_length=10, blank=True)
    u1 = models.PositiveSmallIntegerField(null=True)
    u2 = models.PositiveSmallIntegerField(null=True)
    u3 = models.PositiveSmallIntegerField(null=True)
    u4 = models.PositiveSmallIntegerField(null=True)
    u5 = models.PositiveSmallIntegerField(null=True)
    u6 = models.PositiveSmallIntegerField(null=True)
    u7 = models.PositiveSmallIntegerField(null=True)
    u8 = models.PositiveSmallIntegerField(null=True)
    u9 = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "survey_answer"


class SurveyPaper(models.Model):
    """A file of paper questionnaires by its marks, so that it is known again; a closed quarter keeps no mark of a single row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(SurveyRun, on_delete=models.PROTECT, related_name="papers")
    taken_on = models.DateField()
    count = models.PositiveIntegerField()
    mark = models.CharField(max_length=64, db_index=True)
    rows = models.JSONField(default=list)
    serials = models.JSONField(default=list)

    class Meta:
        db_table = "survey_paper"

    def value(self) -> PaperFile:
        """The domain's value of this row."""
        quarter = Quarter(self.run.year, self.run.quarter)
        return PaperFile(
            quarter=quarter, taken_on=self.taken_on, mark=self.mark, rows=tuple(self.rows), serials=tuple(self.serials)
        )


class SurveyPlan(models.Model):
    """What is done about one element after a quarter, by whom, until when; `done_on` with what shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(SurveyRun, on_delete=models.PROTECT, related_name="plans")
    element = models.CharField(max_length=10)
    action = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "survey_plan"
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "element"], name="survey_plan_once")]

    def value(self) -> Plan:
        """The domain's value of this row."""
        return Plan(element=self.element, action=self.action, owner=self.owner_id, due_on=self.due_on)


@dataclass(frozen=True, kw_only=True)
class Served:
    """What an invitation is about, without whose it is: the service, and when it was finished (None: not yet)."""

    entry: str
    effective: date
    finished_at: datetime | None


def finished_at(row: Application) -> datetime | None:
    """When a service was finished: the certificate issued, or the application rejected; None while it is not."""
    if row.issued_at:
        return row.issued_at
    return row.held_since if row.state == State.REJECTED else None


def served(kind: str, id: UUID) -> Served | None:
    """The service behind an invitation; None when there is none. One SQL query."""
    if kind == "complaint":
        found = Complaint.objects.filter(pk=id).values("entry", "effective", finished_at=models.F("answered_at")).first()
        return Served(**found) if found else None
    row = Application.objects.filter(pk=id).first()
    if row is None:
        return None
    return Served(entry=row.entry, effective=row.effective, finished_at=finished_at(row))


def token_of(kind: str, id: UUID) -> str:
    """The code in an invitation's address: the case's id under the office's own seal, so that nobody can make one up."""
    letter = next(letter for letter, name in KINDS.items() if name == kind)
    return letter + base64.urlsafe_b64encode(id.bytes + _seal(letter, id)).decode().rstrip("=")


def subject_of(token: str) -> tuple[str, UUID] | None:
    """The kind and id that an invitation's code stands for; None for a code of nobody's."""
    letter, code = token[:1], token[1:]
    try:
        content = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        id = UUID(bytes=content[:16])
    except ValueError:
        return None
    known = letter in KINDS and constant_time_compare(content[16:], _seal(letter, id)) and token_of(KINDS[letter], id) == token
    return (KINDS[letter], id) if known else None


def _seal(letter: str, id: UUID) -> bytes:
    return salted_hmac(f"pasti.survey.{letter}", id.bytes, algorithm="sha256").digest()[:SEAL_BYTES]
