"""The last working moment at which a case may leave a hand, so that the steps after it still fit the promise (51.2, 51.3)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pasti.domain.calendar import JAKARTA, Calendar
from pasti.domain.hours import OpeningHours, working_minutes
from pasti.domain.standard import Procedure
from pasti.domain.workflow import State, step_of

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


def minutes_after(procedure: Procedure, state: State) -> int | None:
    """The standard minutes of the steps after the one open in `state`; None when none of the promise's steps is open (51.2)."""
    here = step_of(procedure, state)
    if here is None or not here.within_promise:
        return None
    later = procedure.steps[procedure.steps.index(here) + 1 :]
    return sum(step.minutes for step in later if step.within_promise)


def leave_by(
    procedure: Procedure, state: State, due_on: date, *, week: Sequence[OpeningHours], calendar: Calendar
) -> datetime | None:
    """When a case must have left the hand it is in, for a promise that ends when the office closes on `due_on` (51.2, 51.3)."""
    left = minutes_after(procedure, state)
    return None if left is None else _back(left, _midnight(due_on + ONE_DAY), week, calendar)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAKARTA)


def _back(minutes: int, end: datetime, week: Sequence[OpeningHours], calendar: Calendar) -> datetime:
    """The earliest moment with no more than `minutes` working minutes to `end`: before a night or a break, not after it."""

    def fits(at: datetime) -> bool:
        return working_minutes(week, calendar, since=at, until=end) <= minutes

    late, early = end, end - ONE_DAY
    while fits(early):
        late, early = early, early - ONE_DAY
    while late - early > ONE_MINUTE:
        middle = early + (late - early) // ONE_MINUTE // 2 * ONE_MINUTE
        early, late = (early, middle) if fits(middle) else (middle, late)
    return late
