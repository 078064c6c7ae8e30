"""Closing an account at once, and opening it again: by the administrator, with a reason, each a fact in its chain (51.10.1)."""

from datetime import datetime

from pasti.actions.accounts import account_of
from pasti.actions.carry_out import carry_out, together
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import SYSTEM, Actor, Role
from pasti.records.accounts import Account

CLAUSE = "51.10.1"
LONGEST_REASON = 200


def deactivate(email: str, *, reason: str, at: datetime, actor: Actor = SYSTEM) -> None:
    """Nobody signs in with it from now on, and who is signed in is out; roles and cases stay as they are."""
    account = account_of(email)
    if not account.is_active:
        raise RuleBroken(CLAUSE, "Akun {email} sudah nonaktif.", email=account.email)
    _set(account, "account.deactivated", is_active=False, reason=reason, at=at, actor=actor)


def activate(email: str, *, reason: str, at: datetime, actor: Actor = SYSTEM) -> None:
    """It may be signed in with again, with the roles it then holds; no session of before comes back."""
    account = account_of(email)
    if account.is_active:
        raise RuleBroken(CLAUSE, "Akun {email} masih aktif.", email=account.email)
    _set(account, "account.activated", is_active=True, reason=reason, at=at, actor=actor)


def _set(account: Account, kind: str, *, is_active: bool, reason: str, at: datetime, actor: Actor) -> None:
    if actor != SYSTEM and not actor.has(Role.ADMINISTRATOR):
        raise RuleBroken(CLAUSE, "Hanya administrator yang menonaktifkan atau mengaktifkan akun.")
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise RuleBroken(CLAUSE, "Tulis alasannya, paling panjang {most} huruf.", most=LONGEST_REASON)
    event = Event(kind=kind, clause=CLAUSE, reason=why, before={"is_active": account.is_active}, after={"is_active": is_active})
    with together():
        carry_out(account, Outcome(changes={"is_active": is_active}, events=(event,)), actor=actor, at=at)
        account.sessions.all().delete()
