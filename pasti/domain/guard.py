"""The deadline guard: warnings before a term runs out, what follows when it has, each exactly once (51.3).

Every rule answers None when there is nothing to do at that moment, so that it may be asked as often as one likes.
"""

from dataclasses import dataclass
from datetime import date, time

from pasti.domain import clock as clocks
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.clock import ClockState, Reckoning
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.licensing import Case, Ground, is_overdue, move, responsible, tell_office
from pasti.domain.roles import Role
from pasti.domain.standard import OnLapse
from pasti.domain.texts import is_assumed
from pasti.domain.workflow import TIMED, Act, State


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Whom the guard turns to beside the role whose step is open; the office's file says so, and what of it is assumed."""

    warned_too: tuple[Role, ...]
    told_of_lapse: tuple[Role, ...]
    ladder: tuple[Role, ...]  # above the step's own role
    source: str

    @property
    def is_assumed(self) -> bool:
        """Whether it is our assumption."""
        return is_assumed(self.source)


def _reckon(case: Case, ground: Ground) -> Reckoning:
    return clocks.reckon(case.clock, ground.standard.clock, ground.calendar, ground.at)


def _in_charge(case: Case, ground: Ground) -> Role:
    """The role whose step is open, or was when the clock stopped."""
    role = responsible(case, case.resume_to or case.state, ground.standard)
    assert role is not None, "a term only counts while an officer's step is open"
    return role


def warn(case: Case, ground: Ground, *, opens: time, watch: Watch) -> Outcome | None:
    """The warning that is due now: the smallest of the edition's numbers of remaining days that was reached (51.3).

    The one of the last day waits until the office `opens`. None when that warning of this term has gone out, or none is due.
    """
    if case.state not in TIMED or case.clock.state is not ClockState.RUNNING:
        return None
    reckoning = _reckon(case, ground)
    is_morning = ground.at.astimezone(JAKARTA).time() >= opens
    reached = [left for left in ground.standard.clock.warnings if reckoning.remaining <= left and (left or is_morning)]
    if reckoning.is_overdue or not reached or (case.warned is not None and case.warned <= min(reached)):
        return None
    assert reckoning.due_on is not None, "a running term has a date"
    after: dict[str, Json] = {"remaining": min(reached), "due_on": reckoning.due_on.isoformat()}
    event = Event(kind="guard.warned", clause=ground.standard.cite("3"), after=after)
    errand = tell_office("warned", (_in_charge(case, ground), *watch.warned_too), remaining=reckoning.remaining)
    return Outcome(changes={"warned": min(reached)}, events=(event,), errands=(errand,))


def has_lapsed(case: Case, ground: Ground) -> bool:
    """Whether the term has run out undecided and the edition lets that mean approval (51.3)."""
    return ground.standard.clock.on_lapse is OnLapse.DEEMED_APPROVED and is_overdue(case, ground)


def lapse(case: Case, certificate_number: str, ground: Ground, *, watch: Watch) -> Outcome:
    """Record that the application is deemed approved, on the edition's legal ground; its certificate awaits the signature (51.3).

    `ground.actor` is the system. The lapsed date stays on the row: what is longest overdue is first on every desk.
    """
    due_on = _reckon(case, ground).due_on
    assert due_on is not None, "only a dated term lapses"
    words = ground.standard.clock.on_lapse_ground.id
    outcome = move(
        case,
        Act.LAPSE,
        Ground(actor=ground.actor, at=ground.at, standard=ground.standard, calendar=ground.calendar, reason=words),
        after={"certificate": certificate_number, "due_on": due_on.isoformat()},
        changes={"decided_at": ground.at, "due_on": due_on, "lapsed_on": due_on},
    )
    errand = tell_office("deemed_approved", (_in_charge(case, ground), *watch.told_of_lapse))
    return Outcome(changes=outcome.changes, events=outcome.events, errands=(*outcome.errands, errand))


def _rungs(case: Case, ground: Ground, watch: Watch) -> tuple[Role, ...]:
    return tuple(dict.fromkeys((_in_charge(case, ground), *watch.ladder)))


def _rung_due(due_on: date, ground: Ground, rungs: int) -> int:
    """One rung a working day, the first on the first working day after the term."""
    return min(rungs, ground.calendar.working_days_between(due_on, jakarta_day(ground.at)))


def escalate(case: Case, ground: Ground, *, watch: Watch) -> Outcome | None:
    """Carry an overdue case up the ladder as far as the working days since say, each rung a fact (51.3)."""
    if ground.standard.clock.on_lapse is not OnLapse.ESCALATE or not is_overdue(case, ground):
        return None
    due_on, rungs = _reckon(case, ground).due_on, _rungs(case, ground, watch)
    assert due_on is not None, "what is overdue has a date"
    reached = _rung_due(due_on, ground, len(rungs))
    if reached <= case.rung:
        return None
    cite = ground.standard.cite("3")
    why = ground.standard.clock.on_lapse_ground.id
    events = tuple(
        Event(
            kind="guard.escalated",
            clause=cite,
            reason=why,
            after={"rung": n, "to": rungs[n - 1], "due_on": due_on.isoformat()},
            public=True,
        )
        for n in range(case.rung + 1, reached + 1)
    )
    climbed = rungs[case.rung : reached]
    changes = {"rung": reached, "escalated_to": rungs[reached - 1]}
    return Outcome(changes=changes, events=events, errands=(tell_office("escalated", climbed),))


def lapse_fulfilment(case: Case, ground: Ground) -> Outcome | None:
    """Give a case back to the head once the applicant's time to fulfil has passed unused (51.1). `ground.actor` is the system."""
    if case.state is not State.NOT_MET or case.fulfil_by is None or jakarta_day(ground.at) <= case.fulfil_by:
        return None
    outcome = move(case, Act.LAPSE_FULFILMENT, ground, after={"fulfil_by": case.fulfil_by.isoformat()})
    errand = tell_office("fulfilment_lapsed", (Role.HEAD,))
    return Outcome(changes=outcome.changes, events=outcome.events, errands=(*outcome.errands, errand))


def warn_of_fulfilment(case: Case, ground: Ground) -> Outcome | None:
    """Remind the applicant that the time to fulfil ends soon, once at each of the edition's numbers of remaining days (51.1)."""
    if case.state is not State.NOT_MET or case.fulfil_by is None:
        return None
    left = (case.fulfil_by - jakarta_day(ground.at)).days
    reached = [days for days in ground.standard.clock.fulfilment_warnings if 0 <= left <= days]
    if not reached or (case.fulfil_warned is not None and case.fulfil_warned <= min(reached)):
        return None
    after: dict[str, Json] = {"left": left, "fulfil_by": case.fulfil_by.isoformat()}
    event = Event(kind="guard.fulfilment_warned", clause=ground.standard.cite("1"), after=after, public=True)
    errand = Errand(name="tell_applicant", payload={"kind": "fulfilment_ending", "left": left})
    return Outcome(changes={"fulfil_warned": min(reached)}, events=(event,), errands=(errand,))
