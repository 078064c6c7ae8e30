"""Standing in: who may hold a role for someone who is away or for a post that is vacant, and from when until when (51.11)."""

from datetime import date
from uuid import UUID

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import ROLE_TITLES, Actor, Capacity, Role

CLAUSE = "51.11"
OFFICES = frozenset(Role) - {Role.APPLICANT, Role.SYSTEM}


def _require_administrator(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise NotAllowed(CLAUSE, "Penugasan dan cuti dicatat oleh administrator.")


def appoint(
    actor: Actor, *, role: Role, kind: Capacity, account: UUID, stands_in_for: UUID | None, starts_on: date, ends_on: date | None
) -> Outcome:
    """Give a role to an account; whoever stands in has an end, and for Plh. and a.n. someone they stand in for (51.11)."""
    _require_administrator(actor)
    if role not in OFFICES:
        raise RuleBroken(CLAUSE, "Peran “{role}” tidak diberikan dengan penugasan.", role=ROLE_TITLES[role])
    if kind is not Capacity.DEFINITIVE and ends_on is None:
        raise RuleBroken(CLAUSE, "Penugasan sementara harus punya tanggal akhir.")
    if kind in (Capacity.PLH, Capacity.AN) and stands_in_for is None:
        raise RuleBroken(CLAUSE, "Sebutkan pejabat yang digantikan.")
    if stands_in_for == account:
        raise RuleBroken(CLAUSE, "Seseorang tidak menggantikan dirinya sendiri.")
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(CLAUSE, "Tanggal akhir lebih awal daripada tanggal mulai.")
    spelled = role.value if kind is Capacity.DEFINITIVE else f"{kind}.{role}"
    roles: list[Json] = [spelled]
    after: dict[str, Json] = {
        "roles": roles,
        "from": starts_on.isoformat(),
        "until": ends_on.isoformat() if ends_on else None,
        "stands_in_for": str(stands_in_for) if stands_in_for else None,
    }
    return Outcome(events=(Event(kind="account.appointed", clause=CLAUSE, after=after),))


def be_away(actor: Actor, *, starts_on: date, ends_on: date) -> Outcome:
    """Record that an officer is away: what the guard has to say goes to who stands in meanwhile (51.11)."""
    _require_administrator(actor)
    if ends_on < starts_on:
        raise RuleBroken(CLAUSE, "Tanggal akhir lebih awal daripada tanggal mulai.")
    after: dict[str, Json] = {"from": starts_on.isoformat(), "until": ends_on.isoformat()}
    return Outcome(events=(Event(kind="account.away", clause=CLAUSE, after=after),))
