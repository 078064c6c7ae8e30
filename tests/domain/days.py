"""Makers of days, calendars and counting rules for the tests of the calendar and the clock."""

from datetime import date, datetime, time

from pasti.domain.calendar import JAKARTA, Calendar, Holiday, HolidayKind
from pasti.domain.standard import ClockRules, OnLapse, Term

YEARS = range(2024, 2028)
DECREED = date(2023, 9, 12)


def day_off(
    day: date, *, kind: HolidayKind = HolidayKind.NATIONAL, announced_on: date = DECREED, decree: str = "SKB uji"
) -> Holiday:
    """One day off."""
    return Holiday(day=day, name=f"Libur {day}", kind=kind, decree=decree, announced_on=announced_on)


# The turn of 2026 as its two decrees have it: Christmas with its joint leave, New Year, and Isra Mikraj on 5 January.
TURN_OF_2026 = Calendar(
    (
        day_off(date(2026, 12, 24), kind=HolidayKind.JOINT_LEAVE),
        day_off(date(2026, 12, 25)),
        day_off(date(2027, 1, 1)),
        day_off(date(2027, 1, 5)),
    ),
    YEARS,
)
PLAIN = Calendar((), YEARS)  # weekends alone


def rules(amount: int = 7, *, unit: str = "working_days", day_zero: bool = True, closing: time = time(16)) -> ClockRules:
    """How a term counts; seven working days, the day of start not counted, closing at 16.00."""
    return ClockRules(
        promise=Term(amount=amount, unit=unit),
        closing=closing,
        day_zero=day_zero,
        on_lapse=OnLapse.DEEMED_APPROVED,
        fulfilment=Term(amount=30, unit="calendar_days"),
        warnings=(3, 1, 0),
        source="uji",
    )


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Purwakarta."""
    return datetime.combine(day, time(hour, minute), tzinfo=JAKARTA)
