"""Handing cases out: the head of division or the superior puts one into an officer's hands (51.10.1)."""

from collections.abc import Iterable
from dataclasses import replace

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.licensing import EDITABLE, Case, Ground, require_officer, responsible
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.standard import Standard
from pasti.domain.workflow import FINAL, STATE_TITLES

ASSIGNING = frozenset({Role.VALIDATOR, Role.SUPERIOR})


def may_assign(actor: Actor) -> bool:
    """Whether the actor hands out cases (51.10.1)."""
    return bool(actor.roles & ASSIGNING)


def holders(standards: Iterable[Standard]) -> frozenset[Role]:
    """The roles that may hold a case at some step of these editions (51.2)."""
    steps = (step for standard in standards for procedure in standard.procedures for step in procedure.steps)
    return frozenset(step.actor for step in steps if step.state not in FINAL | EDITABLE)


def assign(case: Case, to: Actor, ground: Ground) -> Outcome:
    """Put the case into the hands of `to`, whose step it is and who has not acted on it in another role (51.10.1)."""
    cite = ground.standard.cite("10.1")
    if not may_assign(ground.actor):
        raise NotAllowed(cite, "Berkas dibagikan oleh kepala bidang (validator) atau atasan langsung.")
    role = responsible(case, case.state, ground.standard)
    if role is None:
        raise RuleBroken(cite, "Berkas pada tahap “{state}” tidak menunggu petugas.", state=STATE_TITLES[case.state])
    if not to.has(role):
        raise RuleBroken(
            cite, "{name} bukan {role}, jadi tidak dapat mengerjakan tahap ini.", name=to.name, role=ROLE_TITLES[role]
        )
    if case.holder_id == to.id:
        raise RuleBroken(cite, "Berkas ini sudah di tangan {name}.", name=to.name)
    try:
        require_officer(replace(case, holder_id=None), replace(ground, actor=to))
    except NotAllowed:
        raise RuleBroken(
            cite, "{name} pemohonnya, atau sudah bertindak pada berkas ini dalam peran lain.", name=to.name
        ) from None
    event = Event(
        kind="application.assigned",
        clause=cite,
        before={"holder": str(case.holder_id) if case.holder_id else None},
        after={"holder": str(to.id)},
    )
    return Outcome(changes={"holder_id": to.id, "held_since": ground.at}, events=(event,))
