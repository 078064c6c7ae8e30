"""What handlers do until a category is set, one function per step of 51.6.5 and 51.6.6."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import complaint_for, edition_of, ground_of
from pasti.domain import complaint_handling as rules
from pasti.domain import complaint_intake
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_handling import Planned
from pasti.domain.complaints import Complaint as ComplaintValue
from pasti.domain.complaints import Kind
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import COMPLAINT_OWNERS, ROLE_TITLES, Actor
from pasti.domain.sentence import listed
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint, ComplaintAction, ComplaintLink

Rule = Callable[[ComplaintValue, Ground], Outcome]
Inserts = Callable[[Complaint], Iterable[models.Model]]


def do(
    actor: Actor, id: UUID, rule: Rule, *, seen: int, at: datetime, reason: str = "", inserts: Inserts = lambda _: ()
) -> Complaint:
    """One act: the row the actor may see as they saw it, the rule, the write; `inserts` makes the rows that go with it."""
    row, value = complaint_for(actor, id, seen=seen)
    outcome = rule(value, ground_of(row, actor, at, reason))
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=inserts(row))
    return row


def take(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Take the complaint in hand, or over from a colleague (51.6.4)."""
    do(actor, id, rules.take, seen=seen, at=at)


def ask(actor: Actor, id: UUID, question: str, *, seen: int, at: datetime) -> None:
    """Ask the reporter something; they read it at their tracking page and by message. The term runs on (51.6.5.a)."""
    do(actor, id, lambda c, g: complaint_intake.ask(c, question, g), seen=seen, at=at)


def screen(actor: Actor, id: UUID, kind: Kind, *, seen: int, at: datetime, reason: str = "", unknowable: str = "") -> None:
    """Settle what it is kept as (51.6.3, 51.6.5.b). `unknowable`: why the service day cannot be learned.

    RuleBroken while the service day is neither known nor said to be unknowable, or when the clauses do not allow `kind`.
    A late one may be treated as a complaint all the same, with a `reason`.
    """
    do(actor, id, lambda c, g: complaint_intake.screen(c, kind, g, unknowable=unknowable), seen=seen, at=at, reason=reason)


def set_aside(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Set spam or abuse aside, with the reason; nothing is deleted (51.6.5.a)."""
    do(actor, id, rules.set_aside, seen=seen, at=at, reason=reason)


def restore(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Bring back what was set aside (51.6.5.a)."""
    do(actor, id, rules.restore, seen=seen, at=at, reason=reason)


def group(actor: Actor, id: UUID, *, service: str, problem: str, seen: int, at: datetime) -> None:
    """Group by service and by component: ids of the edition's groups (51.6.5.c)."""
    do(actor, id, lambda c, g: rules.group(c, service, problem, g), seen=seen, at=at)


def take_note(actor: Actor, id: UUID, text: str, *, seen: int, at: datetime) -> None:
    """What the office makes of a suggestion; it is then answered and reported like a complaint (51.6.3)."""
    do(actor, id, lambda c, g: rules.take_note(c, text, g), seen=seen, at=at)


def formulate(actor: Actor, id: UUID, core: str, *, seen: int, at: datetime) -> None:
    """The core of the problem (51.6.6.a)."""
    do(actor, id, lambda c, g: rules.formulate(c, core, g), seen=seen, at=at)


def relate(actor: Actor, id: UUID, clause: str, *, seen: int, at: datetime, other_rule: str = "") -> None:
    """The clause of the standard it says was broken, and an SOP or rule beside it (51.6.6.b)."""
    do(actor, id, lambda c, g: rules.relate(c, clause, other_rule, g), seen=seen, at=at)


def check(actor: Actor, id: UUID, known: str, *, seen: int, at: datetime) -> None:
    """What the case file, the ledger and earlier complaints already tell (51.6.6.c)."""
    do(actor, id, lambda c, g: rules.check(c, known, g), seen=seen, at=at)


def plan(actor: Actor, id: UUID, planned: tuple[Planned, ...], *, seen: int, at: datetime) -> None:
    """The plan: actions with owner and last day (51.6.6.d)."""
    require_owners((one.owner for one in planned), clause="51.6.6.d", at=at)
    do(
        actor,
        id,
        lambda c, g: rules.plan(c, planned, g),
        seen=seen,
        at=at,
        inserts=lambda row: [_action(row, one) for one in planned],
    )


def require_owners(owners: Iterable[UUID], *, clause: str, at: datetime) -> None:
    """Only who can open a complaint is given something to do on one: an active officer of such a role that day (51.6.6.d)."""
    wanted = set(owners)
    people = Account.objects.filter(pk__in=wanted, is_active=True).prefetch_related("appointments")
    if sum(person.actor(jakarta_day(at)).may_open_complaints for person in people) < len(wanted):
        titles = listed(ROLE_TITLES[role] for role in sorted(COMPLAINT_OWNERS))
        raise RuleBroken(clause, "Pilih petugas yang dapat membuka pengaduan: {roles}.", roles=titles)


def _action(row: Complaint, planned: Planned) -> ComplaintAction:
    return ComplaintAction(
        complaint=row,
        kind=planned.kind,
        what=planned.what.strip(),
        with_whom=planned.with_whom.strip()[:200],
        owner_id=planned.owner,
        due_on=planned.due_on,
    )


def add_action(actor: Actor, id: UUID, planned: Planned, *, seen: int, at: datetime) -> None:
    """One more action (51.6.6.d)."""
    require_owners([planned.owner], clause="51.6.6.d", at=at)
    do(actor, id, lambda c, g: rules.add_action(c, planned, g), seen=seen, at=at, inserts=lambda row: [_action(row, planned)])


def record_result(actor: Actor, id: UUID, action_id: UUID, result: str, *, seen: int, at: datetime) -> None:
    """What came of one action (51.6.6.e)."""
    row, value = complaint_for(actor, id, seen=seen)
    action = row.actions.filter(pk=action_id).first()
    if action is None:
        raise RuleBroken("51.6.6.e", "Langkah itu tidak ada pada pengaduan ini.")
    ground = ground_of(row, actor, at)
    outcome = rules.record_result(value, action.owner_id, result, ground, is_done=action.done_at is not None)
    done = {"result": result.strip(), "done_at": at, "done_by_id": actor.id}
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=[(action, done)])


def conclude(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """All actions have results and all referrals their answers: on to the category (51.6.6.e)."""
    do(actor, id, rules.conclude, seen=seen, at=at)


def link(actor: Actor, id: UUID, number: str, kind: str, *, seen: int, at: datetime) -> None:
    """Link to another complaint of the same matter: "double" or "earlier" (51.6.6.c)."""
    other = Complaint.objects.filter(number=number.strip().upper()).first()
    if other and ComplaintLink.objects.filter(complaint_id=id, other=other).exists():
        raise RuleBroken("51.6.6.c", "Kedua pengaduan ini sudah dikaitkan.")
    do(
        actor,
        id,
        lambda c, g: rules.link(c, other.id if other else None, kind, g),
        seen=seen,
        at=at,
        inserts=lambda row: [ComplaintLink(complaint=row, other=other, kind=kind)],
    )
