"""Handing out many cases at once; each is decided by itself (51.10.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.ground import application_for, edition_of, ground_for
from pasti.domain import assignment
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.records.accounts import Account

MOST = 50  # cases at once: a page of the desk


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """What became of one case: None, or why it was not handed over."""

    id: UUID
    number: str
    refusal: RuleBroken | Overtaken | None


def assign(actor: Actor, ids: Sequence[UUID], to: UUID, *, at: datetime) -> tuple[Assigned, ...]:
    """Put each case into the hands of the officer `to`, or say why not; one refusal holds up no other (51.10.1)."""
    if not assignment.may_assign(actor):
        raise NotAllowed("51.10.1", "Berkas dibagikan oleh kepala bidang (validator) atau atasan langsung.")
    account = Account.objects.filter(pk=to, is_active=True).prefetch_related("appointments").first()
    if account is None or not ids:
        raise RuleBroken("51.10.1", "Pilih petugasnya, dan paling sedikit satu berkas.")
    today = jakarta_day(at)
    if account.leaves.filter(starts_on__lte=today, ends_on__gte=today).exists():
        raise RuleBroken(
            "51.11", "{name} sedang cuti. Pilih petugas lain, atau yang menggantikannya.", name=account.get_full_name()
        )
    officer = account.actor(today)
    return tuple(_one(actor, id, officer, at) for id in dict.fromkeys(ids[:MOST]))


def _one(actor: Actor, id: UUID, officer: Actor, at: datetime) -> Assigned:
    row = application_for(actor, id)
    refusal: RuleBroken | Overtaken | None = None
    try:
        outcome = assignment.assign(row.case(), officer, ground_for(row, actor, at))
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row))
    except (RuleBroken, Overtaken) as refused:
        refusal = refused
    return Assigned(id=id, number=row.number or "", refusal=refusal)
