"""Working minutes between two moments, by the office's hours on working days (51.2)."""

from datetime import date, time
from itertools import pairwise

import pytest

from pasti.domain.hours import OpeningHours, working_minutes
from tests.domain.days import PLAIN, TURN_OF_2026, at

WEEK = (
    OpeningHours(weekdays=(0, 1, 2, 3), opens=time(7, 30), closes=time(16), break_starts=time(12), break_minutes=60),
    OpeningHours(weekdays=(4,), opens=time(7, 30), closes=time(16, 30), break_starts=time(11, 30), break_minutes=90),
)
MONDAY, FRIDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.clause("51.2")
@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (at(MONDAY, 7, 30), at(MONDAY, 16), 450),  # a whole day
        (at(MONDAY, 9), at(MONDAY, 9), 0),
        (at(MONDAY, 9), at(MONDAY, 9, 1), 1),
        (at(MONDAY, 9), at(MONDAY, 12), 180),  # the break has not begun
        (at(MONDAY, 9), at(MONDAY, 12, 30), 180),  # half of the break
        (at(MONDAY, 12, 15), at(MONDAY, 12, 45), 0),  # within the break
        (at(MONDAY, 12, 30), at(MONDAY, 14), 60),
        (at(MONDAY, 5), at(MONDAY, 8), 30),  # before opening
        (at(MONDAY, 15), at(MONDAY, 23), 60),  # after closing
        (at(FRIDAY, 7, 30), at(FRIDAY, 16, 30), 450),  # the long Friday break
        (at(FRIDAY, 16), at(NEXT_MONDAY, 8), 60),  # over a weekend
        (at(date(2026, 11, 28), 9), at(date(2026, 11, 29), 15), 0),  # a weekend alone
        (at(MONDAY, 7, 30), at(NEXT_MONDAY, 7, 30), 5 * 450),
    ],
)
def test_working_minutes(since: object, until: object, minutes: int) -> None:
    assert working_minutes(WEEK, PLAIN, since=since, until=until) == minutes  # type: ignore[arg-type]  # moments


@pytest.mark.clause("51.2")
def test_a_day_off_by_decree_is_not_worked() -> None:
    since, until = at(date(2026, 12, 23), 15), at(date(2026, 12, 28), 8, 30)

    assert working_minutes(WEEK, TURN_OF_2026, since=since, until=until) == 120


def test_minutes_add_up_wherever_the_span_is_cut() -> None:
    ends = [at(date(2026, 12, day), hour, 17) for day in range(21, 31) for hour in (6, 11, 12, 16, 20)]

    whole = working_minutes(WEEK, TURN_OF_2026, since=ends[0], until=ends[-1])
    parts = [working_minutes(WEEK, TURN_OF_2026, since=a, until=b) for a, b in pairwise(ends)]
    assert sum(parts) == whole
