"""The holidays by decree: against an independent library, and by the count of working days (51.3)."""

from datetime import date

import holidays as independent
import pytest

from pasti.domain.calendar import HolidayKind
from tests.standards.library import shipped


@pytest.mark.clause("51.3")
@pytest.mark.parametrize(("year", "days"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_its_known_number_of_working_days(year: int, days: int) -> None:
    calendar = shipped().calendar()
    new_year_works = calendar.is_working_day(date(year, 1, 1))
    assert calendar.working_days_between(date(year, 1, 1), date(year, 12, 31)) + new_year_works == days


@pytest.mark.clause("51.3")
@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize(
    ("category", "kinds"),
    [
        ("public", {HolidayKind.NATIONAL, HolidayKind.ELECTION}),
        ("government", {HolidayKind.JOINT_LEAVE}),
    ],
)
def test_the_days_off_equal_those_of_an_independent_library(year: int, category: str, kinds: set[HolidayKind]) -> None:
    theirs = set(independent.country_holidays("ID", years=year, categories=(category,)))
    ours = {h.day for h in shipped().calendar().holidays if h.day.year == year and h.kind in kinds}
    assert ours == theirs


@pytest.mark.clause("51.3")
@pytest.mark.parametrize(("year", "national", "joint"), [(2024, 17, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_the_decrees_count_as_many_days_as_announced(year: int, national: int, joint: int) -> None:
    days = [h for h in shipped().calendar().holidays if h.day.year == year]
    assert sum(h.kind is HolidayKind.NATIONAL for h in days) == national
    assert sum(h.kind is HolidayKind.JOINT_LEAVE for h in days) == joint
    assert all(h.decree for h in days)


@pytest.mark.clause("51.3")
def test_the_day_added_in_2025_was_unknown_before_its_decree() -> None:
    calendar, added = shipped().calendar(), date(2025, 8, 18)
    assert not calendar.is_working_day(added)
    assert calendar.known_on(date(2025, 8, 6)).is_working_day(added)
    assert not calendar.known_on(date(2025, 8, 7)).is_working_day(added)
