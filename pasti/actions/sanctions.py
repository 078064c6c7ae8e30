"""Imposing a sanction on an officer, and reading what it says (51.12.5)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from pasti.actions.carry_out import carry_out, note, together
from pasti.actions.staff import officer_of, staffing_on
from pasti.domain import sanctions as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken
from pasti.domain.events import Event
from pasti.domain.roles import Actor
from pasti.domain.sanctions import Basis, Imposed
from pasti.records.accounts import Account
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.sampling import OversightFinding
from pasti.records.sanctions import Sanction

CLAUSE = "51.12.5"
FOLLOWS = "sanction"  # the kind of what a proven complaint leads to


def impose(actor: Actor, of: UUID | None, given: Imposed, *, basis_id: UUID | None, at: datetime) -> Sanction:
    """A sanction on an officer; Overtaken when somebody imposes one on the same basis at the same moment."""
    account, staffing = officer_of(actor, of) if of else None, staffing_on(at)
    finding, follow_up = _basis(given.basis, basis_id)
    is_imposed = bool(basis_id) and Sanction.objects.filter(account=account, finding=finding, follow_up=follow_up).exists()
    roles = account.actor(jakarta_day(at)).roles if account else frozenset()
    outcome = rules.impose(actor, of, roles, given, staffing, is_imposed_already=is_imposed)
    assert account and given.starts_on, "one without officer or day is refused above"
    row = Sanction(
        account=account,
        kind=given.kind,
        clause=staffing.sanctions_clause,
        decree=given.decree.strip()[:100],
        starts_on=given.starts_on,
        words=given.words.strip(),
        heard=given.heard.strip(),
        imposed_at=at,
        imposed_by_id=actor.person,
        finding=finding,
        follow_up=follow_up,
    )
    try:
        with together():
            carry_out(row, outcome, actor=actor, at=at, about=account.id)
    except IntegrityError:
        raise Overtaken("Atas dasar ini sanksi baru saja dijatuhkan.") from None
    return row


def _basis(basis: str, id: UUID | None) -> tuple[OversightFinding | None, ComplaintFollowUp | None]:
    """The finding or the complaint's follow-up; NotAllowed for one that does not exist."""
    if basis not in set(Basis) or id is None:
        return None, None
    finding = OversightFinding.objects.filter(pk=id).first() if basis == Basis.FINDING else None
    follow_up = ComplaintFollowUp.objects.filter(pk=id, kind=FOLLOWS).first() if basis == Basis.COMPLAINT else None
    if finding is None and follow_up is None:
        raise NotAllowed(CLAUSE, "Dasar sanksi ini tidak ada.")
    return finding, follow_up


def read(actor: Actor, id: UUID, *, at: datetime) -> tuple[str, str]:
    """What a sanction says, and what the officer said; another's look is recorded first (51.10.2)."""
    row = Sanction.objects.filter(pk=id).first()
    if row is None or not rules.may_read(actor, row.account_id):
        raise NotAllowed(CLAUSE, "Sanksi ini tidak ada, atau bukan untuk Anda.")
    if row.account_id != actor.id:
        event = Event(kind="data.looked_at", clause=row.clause, after={"what": f"sanction:{row.id}"})
        note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=row.account_id)
    return str(row.words), str(row.heard)
