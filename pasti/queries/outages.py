"""What is down, and whose promise that endangers (51.12)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.outages import DOWN_TITLES, Down
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.queries.desk import DeskRow, desk_row, on_desk
from pasti.records.outages import Outage

MOST = 50


@dataclass(frozen=True, kw_only=True)
class OutageLine:
    """One outage as it is told: to the public without its evidence."""

    id: UUID
    title: Sentence
    began_at: datetime
    ended_at: datetime | None
    evidence: str
    declared_by: str


def open_outages() -> tuple[OutageLine, ...]:
    """What is down now, for anyone. One SQL query."""
    return tuple(_line(row) for row in Outage.objects.filter(ended_at=None).select_related("declared_by").order_by("began_at"))


def outages() -> tuple[OutageLine, ...]:
    """The latest outages, open ones first. One SQL query."""
    rows = list(Outage.objects.select_related("declared_by").order_by("-began_at")[:MOST])
    return tuple(_line(row) for row in sorted(rows, key=lambda row: row.ended_at is not None))


def _line(row: Outage) -> OutageLine:
    return OutageLine(
        id=row.id,
        title=DOWN_TITLES[Down(row.what)],
        began_at=row.began_at,
        ended_at=row.ended_at,
        evidence=row.evidence,
        declared_by=str(row.declared_by),
    )


def at_risk(actor: Actor, outage: OutageLine, *, at: datetime) -> tuple[DeskRow, ...]:
    """The open cases due from the outage's first day to the working day after its last, soonest first. One SQL query (51.3)."""
    last = jakarta_day(outage.ended_at or at)
    until = standards.load().calendar().add_working_days(last, 1)
    rows = on_desk(actor).filter(due_on__range=(jakarta_day(outage.began_at), until)).exclude(waiting_role="")
    return tuple(
        desk_row(row, actor, at) for row in rows.defer("answers").select_related("holder").order_by("due_on", "id")[:MOST]
    )
