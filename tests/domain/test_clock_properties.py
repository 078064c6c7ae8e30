"""What holds for every clock, whatever happens to it (51.3): found by trying, and by counting the naive way."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti.domain import clock as clocks
from pasti.domain.calendar import JAKARTA, Calendar, HolidayKind, jakarta_day
from pasti.domain.clock import Clock, ClockKind, ClockState, DayKind, reckon
from tests.domain.days import at, day_off, rules

pytestmark = pytest.mark.clause("51.3")
FIRST = date(2026, 3, 2)
CLOSING = time(16)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar with any days off around the months in which these clocks run."""
    off = draw(st.sets(st.dates(FIRST, FIRST + timedelta(days=90)), max_size=30))
    return Calendar((day_off(d) for d in off), [FIRST.year])


@st.composite
def running_clocks(draw: st.DrawFn) -> Clock:
    """A clock that was started, then stopped, reset and resumed any number of times at any hour."""
    moment = at(FIRST, draw(st.integers(0, 23)))
    clock = clocks.start(Clock(), at=moment)
    for hours, how in draw(st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["stop", "stop", "reset"])), max_size=4)):
        moment += timedelta(hours=hours)
        stop = clocks.stop if how == "stop" else clocks.reset
        clock = stop(clock, at=moment, reason="Sebab")
        moment += timedelta(hours=draw(st.integers(0, 90)))
        clock = clocks.resume(clock, at=moment)
    return clock


def _effective(moment: datetime, calendar: Calendar) -> datetime:
    """When what happens at `moment` takes effect: during that day, or at noon of the day on which it is received."""
    local = moment.astimezone(JAKARTA)
    if calendar.is_working_day(local.date()) and local.time() < CLOSING:
        return local
    day = local.date() + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return at(day, 12)


def naive_due_on(clock: Clock, amount: int, calendar: Calendar) -> date:
    """Decision 0002 read literally: look at each day's opening and closing and ask whether the clock ran at both.

    Receipts of one day are all put within its hours: the earliest keeps its place, order is kept.
    """
    marks: list[tuple[datetime, bool]] = []
    zero = FIRST
    for event in clock.events:
        moment = _effective(event.at, calendar)
        if marks and moment < marks[-1][0]:
            moment = marks[-1][0]
        runs = event.kind in (ClockKind.STARTED, ClockKind.RESUMED)
        if event.kind is ClockKind.RESET:
            marks, zero = [], date.max
        if runs and (event.kind is ClockKind.STARTED or zero == date.max):
            marks, zero = [], moment.date()
        marks.append((moment, runs))

    def ran(moment: datetime) -> bool:
        return next((runs for mark, runs in reversed(marks) if mark <= moment), False)

    day, counted = zero, 0
    while counted < amount:
        day += timedelta(days=1)
        before_opening = at(day, 0) - timedelta(microseconds=1)
        counted += calendar.is_working_day(day) and ran(before_opening) and ran(datetime.combine(day, CLOSING, tzinfo=JAKARTA))
    return day


@given(running_clocks(), st.integers(1, 15), calendars())
def test_the_date_is_that_of_asking_each_day_whether_the_clock_ran_at_its_opening_and_closing(
    clock: Clock, amount: int, calendar: Calendar
) -> None:
    assert reckon(clock, rules(amount), calendar, clock.events[-1].at).due_on == naive_due_on(clock, amount, calendar)


@given(running_clocks(), st.integers(1, 15), calendars(), st.integers(0, 90), st.integers(0, 90))
def test_stopping_and_resuming_never_brings_the_date_forward(
    clock: Clock, amount: int, calendar: Calendar, wait: int, pause: int
) -> None:
    stop_at = clock.events[-1].at + timedelta(hours=wait)
    resume_at = stop_at + timedelta(hours=pause)
    stopped = clocks.resume(clocks.stop(clock, at=stop_at, reason="Sebab"), at=resume_at)
    without, with_it = (reckon(c, rules(amount), calendar, resume_at).due_on for c in (clock, stopped))
    assert without is not None
    assert with_it is not None
    assert with_it >= without


@given(running_clocks(), st.integers(1, 15), calendars(), st.integers(0, 40))
def test_the_days_of_the_bar_agree_with_its_figures(clock: Clock, amount: int, calendar: Calendar, later: int) -> None:
    now = clock.events[-1].at + timedelta(days=later)
    reckoning = reckon(clock, rules(amount), calendar, now)
    days, today = reckoning.days, jakarta_day(now)
    assert reckoning.due_on is not None
    assert calendar.is_working_day(reckoning.due_on)
    assert [c.day for c in days if c.kind is DayKind.DUE] == [reckoning.due_on]
    assert [c.day for c in days if c.number == amount] == [reckoning.due_on]
    assert sum(1 for c in days if c.number and c.day <= today) == reckoning.used
    assert reckoning.remaining == max(0, amount - reckoning.used)
    assert reckoning.is_overdue == (today > reckoning.due_on)
    assert [c.day for c in days] == [days[0].day + timedelta(days=n) for n in range(len(days))]


@given(running_clocks(), st.integers(1, 15), calendars(), st.dates(FIRST, FIRST + timedelta(days=90)), st.integers(1, 40))
def test_a_later_decree_and_later_events_leave_a_past_view_as_it_was(
    clock: Clock, amount: int, calendar: Calendar, day: date, later: int
) -> None:
    now = clock.events[-1].at
    announced_on = jakarta_day(now) + timedelta(days=later)
    late = day_off(day, kind=HolidayKind.JOINT_LEAVE, announced_on=announced_on)
    amended = Calendar((*calendar.holidays, late), calendar.years)
    ended = clocks.end(clock, at=now + timedelta(days=later))
    assert reckon(ended, rules(amount), amended, now) == reckon(clock, rules(amount), calendar, now)


@given(running_clocks())
def test_a_clock_survives_its_json(clock: Clock) -> None:
    back = Clock.from_json(json.loads(json.dumps(clock.to_json())))
    assert back == clock
    assert back.state is ClockState.RUNNING
