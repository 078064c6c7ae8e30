"""What the administrator records about officers: appointments, standing in, leave (51.11)."""

from datetime import date, datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.domain import staff
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import CAPACITY_WORDS, ROLE_TITLES, Actor, Capacity, Role
from pasti.records.accounts import Account, Appointment, Leave


def _account(id: UUID) -> Account:
    found = Account.objects.filter(pk=id, is_active=True).first()
    if found is None:
        raise RuleBroken(staff.CLAUSE, "Akun ini tidak ada atau tidak aktif.")
    return found


def appoint(
    actor: Actor,
    id: UUID,
    role: Role,
    *,
    at: datetime,
    starts_on: date,
    ends_on: date | None = None,
    kind: Capacity = Capacity.DEFINITIVE,
    stands_in_for: UUID | None = None,
) -> None:
    """Give an account a role from a day until a day, definitively or standing in (51.11)."""
    account = _account(id)
    outcome = staff.appoint(
        actor, role=role, kind=kind, account=id, stands_in_for=stands_in_for, starts_on=starts_on, ends_on=ends_on
    )
    title = " ".join(filter(None, (CAPACITY_WORDS.get(kind), ROLE_TITLES[role])))
    post = Appointment(
        account=account,
        role=role,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=kind,
        stands_in_for_id=_account(stands_in_for).id if stands_in_for else None,
    )
    carry_out(account, outcome, actor=actor, at=at, inserts=[post])


def be_away(actor: Actor, id: UUID, *, at: datetime, starts_on: date, ends_on: date, reason: str) -> None:
    """Record an officer's leave (51.11)."""
    account = _account(id)
    leave = Leave(account=account, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:200])
    carry_out(account, staff.be_away(actor, starts_on=starts_on, ends_on=ends_on), actor=actor, at=at, inserts=[leave])
