"""The steps of a procedure class as one case went through them: who held each, and its standard time against that used (51.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pasti.domain.calendar import Calendar
from pasti.domain.hours import OpeningHours, working_minutes
from pasti.domain.roles import Role
from pasti.domain.standard import Procedure, Step
from pasti.domain.workflow import FINAL, State

# States beside a class's table, and the step a case in them stands at.
AT_STEP_OF: dict[State, State] = {
    State.DEEMED_APPROVED: State.SIGNING,
    State.SUSPENDED: State.ISSUED,
    State.REVOKED: State.ISSUED,
    State.RETURNED: State.SUBMITTED,
    State.NOT_MET: State.SUBMITTED,
}
ASIDE = frozenset({State.CLARIFICATION, State.RETURNED})  # from where the case comes back, or ends
UNFINISHED = frozenset({State.WITHDRAWN, State.DEEMED_APPROVED})  # who leaves a step for these has not finished it
WITH_APPLICANT = frozenset({State.RETURNED, State.NOT_MET})  # the office's step waits for what the applicant sends
LATE_SIGNING = (State.DEEMED_APPROVED, State.SIGNING)  # signed late, at the same step


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one fact of the ledger did to the case: brought it to a state, or put it into somebody's hands."""

    at: datetime
    state: State | None = None
    holder: str | None = None  # an account's id; "" when it was laid down


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Somebody had the case from one moment to another (None: still has it). `who` is "" while nobody had taken it."""

    who: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The case stood in a state, from its first hold to its last."""

    state: State
    holds: tuple[Hold, ...]

    @property
    def since(self) -> datetime:
        """When it came there."""
        return self.holds[0].since

    @property
    def until(self) -> datetime | None:
        """When it left; None while it is there."""
        return self.holds[-1].until


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"  # it is opened again once the applicant has done their part
    LATER = "later"
    NOT_DONE = "not_done"  # the case ended, or passed on by itself, before it was finished


@dataclass(frozen=True, kw_only=True)
class StepRecord:
    """One step of the class with what became of it in this round; minutes are working minutes."""

    step: Step
    progress: Progress
    holds: tuple[Hold, ...]
    used: int | None  # None: not measured, for it is the applicant's own time or leaves no fact at its end

    @property
    def is_over(self) -> bool:
        """Whether it took, or has taken so far, more than its standard time."""
        return self.used is not None and self.used > self.step.minutes


def stays(turns: Iterable[Turn]) -> tuple[Stay, ...]:
    """The states a case stood in since its present round began, oldest first, with who had it there."""
    found: list[Stay] = []
    for turn in turns:
        if turn.state is not None and (not found or found[-1].state is not turn.state):
            if found:
                found[-1] = _left(found[-1], turn.at)
            if turn.state is State.SUBMITTED and found and found[-1].state is State.NOT_MET:
                found = [stay for stay in found if stay.state is State.DRAFT]
            found.append(Stay(state=turn.state, holds=(Hold(who="", since=turn.at, until=None),)))
        elif turn.holder is not None and found:
            handed = Hold(who=turn.holder, since=turn.at, until=None)
            found[-1] = replace(found[-1], holds=(*_left(found[-1], turn.at).holds, handed))
    return tuple(found)


def _left(stay: Stay, at: datetime) -> Stay:
    return replace(stay, holds=(*stay.holds[:-1], replace(stay.holds[-1], until=at)))


def records(
    procedure: Procedure, turns: Iterable[Turn], *, week: Sequence[OpeningHours], calendar: Calendar, at: datetime
) -> tuple[StepRecord, ...]:
    """Every step of the class as it stands at `at` (51.2).

    Time during a clarification belongs to the applicant and counts for no step. A step visited again adds up.
    """
    been = stays(turns)
    here = _open_state(been)
    waits = bool(been) and been[-1].state in WITH_APPLICANT
    order = [State(step.state) for step in procedure.steps]
    reached = order.index(here) if here in order else -1
    rows = []
    for place, step in enumerate(procedure.steps):
        mine = [stay for stay in been if stay.state == step.state or (stay.state, step.state) == LATE_SIGNING]
        progress = _progress(place, reached, ended=here in FINAL, finished=_is_finished(been, step))
        if waits and progress is Progress.NOW:
            progress = Progress.WAITING
        used = None
        if mine and step.actor is not Role.APPLICANT and step.state not in (State.DRAFT, *FINAL):
            used = sum(working_minutes(week, calendar, since=s.since, until=s.until or at) for s in mine)
        rows.append(StepRecord(step=step, progress=progress, holds=tuple(h for s in mine for h in s.holds), used=used))
    return tuple(rows)


def _open_state(been: Sequence[Stay]) -> State | None:
    """The state whose step is open: while a question waits, the one it was asked in; while the applicant completes, the check."""
    if not been:
        return None
    last = been[-1].state
    if last is State.CLARIFICATION:
        return been[-2].state
    return AT_STEP_OF.get(last, last)


def _is_finished(been: Sequence[Stay], step: Step) -> bool:
    """Whether the case left the step by what it is for: not withdrawn, nor passed on by the clock (51.3)."""
    here = [place for place, stay in enumerate(been) if stay.state == step.state or (stay.state, step.state) == LATE_SIGNING]
    if not here:
        return False
    after = been[here[-1] + 1 :]
    onward = next((stay.state for stay in after if stay.state not in ASIDE), None)
    return onward not in UNFINISHED


def _progress(place: int, reached: int, *, ended: bool, finished: bool) -> Progress:
    if place == reached and not ended:
        return Progress.NOW
    if place <= reached or ended:
        return Progress.DONE if finished else Progress.NOT_DONE
    return Progress.LATER
