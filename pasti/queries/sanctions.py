"""Sanctions on officers as screens ask for them, and what one may rest on (51.12.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from pasti.domain import sanctions as rules
from pasti.domain.roles import Actor
from pasti.domain.sanctions import BASIS_TITLES, Basis
from pasti.domain.sentence import Sentence
from pasti.domain.texts import Text
from pasti.queries.staff import promised
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.sampling import OversightFinding
from pasti.records.sanctions import Sanction

MOST = 200


@dataclass(frozen=True, kw_only=True)
class SanctionLine:
    """One sanction without its words: those are read on a page of its own."""

    id: UUID
    name: str
    is_own: bool
    kind: Text
    clause: str
    basis: Sentence
    number: str  # of the complaint; "" for a finding
    finding: UUID | None
    decree: str
    starts_on: date
    imposed_at: datetime
    imposed_by: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Something that a sanction may rest on: `value` names it in a form."""

    value: str
    basis: Sentence
    words: str


def imposed(actor: Actor, *, at: datetime) -> tuple[SanctionLine, ...]:
    """Everybody's for who imposes or oversees, else one's own, the newest first. One SQL query."""
    rows = _joined()
    if not actor.roles & rules.READERS:
        rows = rows.filter(account=actor.id)
    return tuple(_lines(rows[:MOST], actor, at))


def mine(actor: Actor, *, at: datetime) -> tuple[SanctionLine, ...]:
    """The actor's own. One SQL query."""
    return tuple(_lines(_joined().filter(account=actor.id), actor, at))


def one(actor: Actor, id: UUID, *, at: datetime) -> SanctionLine | None:
    """One sanction; None when it is not the actor's to see."""
    found = tuple(_lines(_joined().filter(pk=id), actor, at))
    row = found[0] if found else None
    return row if row and (row.is_own or actor.roles & rules.READERS) else None


def _joined() -> QuerySet[Sanction]:
    return Sanction.objects.select_related("account", "imposed_by", "follow_up__complaint").order_by("-imposed_at", "id")


def _lines(rows: Iterable[Sanction], actor: Actor, at: datetime) -> Iterable[SanctionLine]:
    found = promised(at)
    titles = {kind.id: kind.title for kind in found[1].sanctions} if found else {}
    for row in rows:
        yield SanctionLine(
            id=row.id,
            name=row.account.get_full_name(),
            is_own=row.account_id == actor.id,
            kind=titles.get(row.kind, Text(id=row.kind)),
            clause=row.clause,
            basis=BASIS_TITLES[Basis.FINDING if row.finding_id else Basis.COMPLAINT],
            number=row.follow_up.complaint.number if row.follow_up else "",
            finding=row.finding_id,
            decree=row.decree,
            starts_on=row.starts_on,
            imposed_at=row.imposed_at,
            imposed_by=row.imposed_by.get_full_name(),
        )


def grounds(actor: Actor) -> tuple[Ground, ...]:
    """What a sanction may rest on, the newest first; empty for who imposes none. Two SQL queries."""
    if not rules.may_impose(actor):
        return ()
    follow_ups = ComplaintFollowUp.objects.filter(kind="sanction").select_related("complaint").order_by("-opened_at")[:MOST]
    findings = OversightFinding.objects.order_by("-raised_at")[:MOST]
    return (
        *(_ground(Basis.COMPLAINT, row.id, f"{row.complaint.number}: {row.what}") for row in follow_ups),
        *(_ground(Basis.FINDING, row.id, row.words) for row in findings),
    )


def _ground(basis: Basis, id: UUID, words: str) -> Ground:
    return Ground(value=f"{basis}:{id}", basis=BASIS_TITLES[basis], words=words[:100])
