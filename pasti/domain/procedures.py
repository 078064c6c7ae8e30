"""The procedure class of a case, changed by the validator while the case is worked on (51.2)."""

from dataclasses import replace
from functools import partial

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.licensing import (
    Case,
    Ground,
    holds,
    procedure_of,
    require_not_lapsed,
    require_officer,
    require_reason,
    responsible,
)
from pasti.domain.roles import Role
from pasti.domain.standard import Procedure
from pasti.domain.workflow import State, step_of

CHANGEABLE = frozenset(
    {
        State.SUBMITTED,
        State.TECHNICAL_REVIEW,
        State.FIELD_INSPECTION,
        State.RECOMMENDATION,
        State.VALIDATION,
        State.DECISION,
    }
)


def _alike(case: Case, ground: Ground) -> tuple[Procedure, ...]:
    """The other classes of the edition that are filed as this case was."""
    own = procedure_of(case, ground.standard)
    return tuple(p for p in ground.standard.procedures if p != own and p.assisted == own.assisted)


def _require_visit_kept(new: Procedure, ground: Ground, *, team_sent: bool) -> None:
    if team_sent and not new.visit:
        raise RuleBroken(
            ground.standard.cite("2"),
            "Tim peninjauan sudah ditugaskan untuk berkas ini. Selesaikan peninjauannya, atau pilih kelas yang ditinjau.",
        )


def open_classes(case: Case, ground: Ground, *, team_sent: bool) -> tuple[Procedure, ...]:
    """The classes the actor may move the case to now; none for who may not (51.2)."""
    if case.state not in CHANGEABLE or not ground.actor.has(Role.VALIDATOR):
        return ()
    if not holds(lambda: require_not_lapsed(case, ground)):
        return ()
    return tuple(p for p in _alike(case, ground) if holds(partial(_require_visit_kept, p, ground, team_sent=team_sent)))


def continues_at(own: Procedure, new: Procedure, state: State) -> State:
    """Where a case in `state` goes on under the new class: at a step that the new class adds before it, so that none is skipped;
    else at the same step; else at the next one the new class has (51.2)."""
    before, names = own.states(), new.states()
    place = before.index(state)
    earlier = names[: names.index(state)] if state in names else ()
    added = next((name for name in earlier if name not in before), None)
    return State(added or next(name for name in before[place:] if name in names))


def _require_validator(case: Case, ground: Ground) -> None:
    if not ground.actor.has(Role.VALIDATOR):
        raise NotAllowed(ground.standard.cite("2"), "Kelas prosedur hanya diubah oleh kepala bidang (validator).")
    require_officer(replace(case, holder_id=None), ground, role=Role.VALIDATOR)


def change_class(case: Case, code: str, ground: Ground, *, team_sent: bool) -> Outcome:
    """Move the case to another class of its edition, with the reason the applicant reads; the promise stays as it is (51.2).

    How it was filed, assisted or not, is a fact that no change of class can undo; nor is a visit for which a team was sent.
    """
    cite = ground.standard.cite("2")
    _require_validator(case, ground)
    if case.state not in CHANGEABLE:
        raise RuleBroken(cite, "Kelas prosedur hanya diubah selama berkas dikerjakan petugas dan belum diputus.")
    require_not_lapsed(case, ground)
    own = procedure_of(case, ground.standard)
    new = next((p for p in _alike(case, ground) if p.code == code), None)
    if new is None:
        raise RuleBroken(
            cite,
            "Pilih kelas lain yang cara pengajuannya sama: dibantu di loket atau mandiri adalah kenyataan yang tidak berubah.",
        )
    _require_visit_kept(new, ground, team_sent=team_sent)
    reason = require_reason(ground)
    state = continues_at(own, new, case.state)
    after: dict[str, Json] = {"procedure": new.code, "state": state}
    event = Event(
        kind="application.class_changed",
        clause=cite,
        reason=reason,
        before={"procedure": own.code, "state": case.state},
        after=after,
        public=True,
    )
    changes: dict[str, object] = {"procedure": new.code, "procedure_reason": reason, **_moved(case, new, state, ground)}
    errand = Errand(name="tell_applicant", payload={"kind": "class_changed"})
    return Outcome(changes=changes, events=(event,), errands=(errand,))


def _moved(case: Case, new: Procedure, state: State, ground: Ground) -> dict[str, object]:
    """The columns of a case that goes on at another step: it waits there, in nobody's hands."""
    if state is case.state:
        return {}
    step = step_of(new, state)
    assert step is not None, "a class has a step for each state it continues at"
    waiting = responsible(replace(case, procedure=new.code), state, ground.standard)
    changes: dict[str, object] = {
        "state": state,
        "step": step.id,
        "holder_id": None,
        "held_since": ground.at,
        "waiting_role": waiting or "",
    }
    order = new.states()
    if order.index(state) < order.index(State.RECOMMENDATION):
        changes["recommendation"] = ""  # the step added may find otherwise
    return changes
