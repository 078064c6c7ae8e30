"""Working days are counted by decree, never guessed (51.3)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti.domain.calendar import Calendar, HolidayKind, jakarta_day
from pasti.domain.errors import MissingCalendar
from tests.domain.days import DECREED, PLAIN, TURN_OF_2026, at, day_off

pytestmark = pytest.mark.clause("51.3")
CLOSING = time(16)
ONE_DAY = timedelta(days=1)
DAYS_ON_FILE = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar of 2026 and 2027 with any days off."""
    off = draw(st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=60))
    return Calendar((day_off(d) for d in off), (2026, 2027))


def test_seven_working_days_after_23_december_2026_are_7_january_2027() -> None:
    # By hand: 24 joint leave, 25 Christmas, 26-27 weekend; 28, 29, 30, 31 are days 1-4; 1 New Year, 2-3 weekend;
    # 4 January is day 5; 5 January is Isra Mikraj; 6 is day 6 and 7 January is day 7.
    assert TURN_OF_2026.add_working_days(date(2026, 12, 23), 7) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), True),
    ],
)
def test_weekends_holidays_and_joint_leave_are_no_working_days(day: date, expected: bool) -> None:
    assert TURN_OF_2026.is_working_day(day) is expected


def test_a_day_off_tells_its_decree() -> None:
    holiday = TURN_OF_2026.holiday(date(2026, 12, 24))
    assert holiday is not None
    assert (holiday.kind, holiday.decree) == (HolidayKind.JOINT_LEAVE, "SKB uji")
    assert TURN_OF_2026.holiday(date(2026, 12, 23)) is None


def test_of_two_decrees_on_one_day_the_first_announced_is_named() -> None:
    day = date(2025, 5, 1)
    later, first = day_off(day, announced_on=date(2025, 2, 1), decree="kedua"), day_off(day, decree="pertama")
    holiday = Calendar((later, first), [2025]).holiday(day)
    assert holiday is not None
    assert holiday.decree == "pertama"


def test_no_working_day_added_is_the_day_itself_even_on_a_sunday() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_counting_back_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        PLAIN.add_working_days(date(2026, 11, 23), -1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: PLAIN.is_working_day(date(2028, 1, 1)),
        lambda: PLAIN.holiday(date(2028, 1, 1)),
        lambda: PLAIN.add_working_days(date(2028, 1, 1), 1),
        lambda: PLAIN.add_working_days(date(2028, 1, 1), 0),
        lambda: PLAIN.add_working_days(date(2027, 12, 31), 1),
        lambda: PLAIN.add_working_days(date(2027, 12, 24), 6),
        lambda: PLAIN.working_days_between(date(2027, 12, 31), date(2028, 1, 1)),
        lambda: PLAIN.received_on(at(date(2027, 12, 31), 16), CLOSING),
        lambda: Calendar((), [2027, 2029]).add_working_days(date(2027, 12, 31), 1),
        lambda: Calendar((), [2027, 2029]).working_days_between(date(2027, 12, 31), date(2029, 1, 1)),
    ],
)
def test_a_year_that_is_not_on_file_is_never_guessed(ask) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # a question of any kind
    with pytest.raises(MissingCalendar) as missing:
        ask()
    assert missing.value.year == 2028


def test_the_last_working_day_on_file_is_still_answered() -> None:
    assert PLAIN.add_working_days(date(2027, 12, 24), 5) == date(2027, 12, 31)


def test_before_its_announcement_18_august_2025_counted_and_from_then_on_it_does_not() -> None:
    late = day_off(date(2025, 8, 18), kind=HolidayKind.JOINT_LEAVE, announced_on=date(2025, 8, 7))
    calendar = Calendar((day_off(date(2025, 9, 5)), late), [2025])
    friday = date(2025, 8, 15)
    assert calendar.known_on(date(2025, 8, 6)).add_working_days(friday, 1) == date(2025, 8, 18)
    assert calendar.known_on(date(2025, 8, 7)).add_working_days(friday, 1) == date(2025, 8, 19)


def test_a_year_is_not_on_file_before_its_decree_was_announced() -> None:
    calendar = Calendar((day_off(date(2026, 1, 1)), day_off(date(2027, 1, 1), announced_on=date(2026, 9, 15))), [2026, 2027])
    with pytest.raises(MissingCalendar):
        calendar.known_on(date(2026, 9, 14)).is_working_day(date(2027, 1, 4))
    assert calendar.known_on(date(2026, 9, 15)).is_working_day(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(date(2026, 12, 23), 15, 59), date(2026, 12, 23)),
        (at(date(2026, 12, 23), 16), date(2026, 12, 28)),
        (at(date(2026, 12, 24), 9), date(2026, 12, 28)),
        (at(date(2026, 12, 26), 9), date(2026, 12, 28)),
        (at(date(2026, 12, 28), 0), date(2026, 12, 28)),
        (datetime(2026, 12, 22, 17, 0, tzinfo=UTC), date(2026, 12, 23)),
        (datetime(2026, 12, 22, 16, 59, tzinfo=UTC), date(2026, 12, 23)),
    ],
)
def test_what_arrives_at_closing_or_on_a_day_off_is_received_on_the_next_working_day(moment: datetime, expected: date) -> None:
    assert TURN_OF_2026.received_on(moment, CLOSING) == expected


def test_the_day_is_that_of_jakarta() -> None:
    assert jakarta_day(datetime(2026, 12, 22, 16, 59, tzinfo=UTC)) == date(2026, 12, 22)
    assert jakarta_day(datetime(2026, 12, 22, 17, 0, tzinfo=UTC)) == date(2026, 12, 23)


@given(calendars(), DAYS_ON_FILE, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_counting_it_gives_the_term_back(calendar: Calendar, day: date, n: int) -> None:
    due_on = calendar.add_working_days(day, n)
    assert calendar.is_working_day(due_on)
    assert calendar.working_days_between(day, due_on) == n
    assert calendar.working_days_between(day, due_on - ONE_DAY) == n - 1


@given(calendars(), DAYS_ON_FILE, DAYS_ON_FILE, st.integers(0, 40), st.integers(0, 40))
def test_a_later_start_or_a_longer_term_never_ends_earlier(calendar: Calendar, a: date, b: date, n: int, more: int) -> None:
    early, late = min(a, b), max(a, b)
    assert calendar.add_working_days(early, n) <= calendar.add_working_days(late, n)
    assert calendar.add_working_days(a, n) <= calendar.add_working_days(a, n + more)


@given(calendars(), DAYS_ON_FILE, DAYS_ON_FILE)
def test_counting_equals_asking_each_day(calendar: Calendar, a: date, b: date) -> None:
    b = min(b, a + timedelta(days=90))
    each = sum(calendar.is_working_day(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))
    assert calendar.working_days_between(a, b) == each


@given(calendars(), st.dates(DECREED + ONE_DAY, date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_later_decree_does_not_alter_a_past_view(calendar: Calendar, announced_on: date, day: date) -> None:
    amended = Calendar(
        (*calendar.holidays, day_off(day, announced_on=announced_on, kind=HolidayKind.JOINT_LEAVE)), calendar.years
    )
    before = announced_on - ONE_DAY
    assert amended.known_on(before).is_working_day(day) == calendar.known_on(before).is_working_day(day)
    assert not amended.known_on(announced_on).is_working_day(day)
