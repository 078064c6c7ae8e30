"""The decrees on file count 2024 to 2027 as they should, and as an independent library does (51.3)."""

from datetime import date, timedelta

import holidays
import pytest

from pasti import standards

pytestmark = pytest.mark.clause("51.3")
ONE_DAY = timedelta(days=1)


def test_the_filed_decrees_give_the_same_seven_days() -> None:
    assert standards.load().calendar().add_working_days(date(2026, 12, 23), 7) == date(2027, 1, 7)


@pytest.mark.parametrize(("year", "expected"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_a_filed_year_has_as_many_working_days_as_its_decree_leaves(year: int, expected: int) -> None:
    calendar = standards.load().calendar()
    first = date(year, 1, 1)
    assert calendar.working_days_between(first, date(year, 12, 31)) + calendar.is_working_day(first) == expected


def test_no_day_of_three_years_and_no_term_up_to_thirty_differs_from_the_independent_library() -> None:
    calendar = standards.load().calendar()
    theirs = set(holidays.country_holidays("ID", years=[2024, 2025, 2026], categories=("public", "government")))
    differing = []
    for offset in range(1096):
        start = date(2024, 1, 1) + timedelta(days=offset)
        day, n = start, 0
        while n < 30 and (day := day + ONE_DAY).year < 2027:
            if day.weekday() < 5 and day not in theirs:
                n += 1
                differing += [] if calendar.add_working_days(start, n) == day else [(start, n, day)]
    assert differing == []


def test_18_august_2025_is_on_file_since_the_day_it_was_announced() -> None:
    calendar, friday = standards.load().calendar(), date(2025, 8, 15)
    assert calendar.known_on(date(2025, 8, 6)).add_working_days(friday, 1) == date(2025, 8, 18)
    assert calendar.known_on(date(2025, 8, 7)).add_working_days(friday, 1) == date(2025, 8, 19)
