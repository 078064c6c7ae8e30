"""The last day of a term that simply runs, working days or calendar days as it says (51.1, 51.3, 51.5)."""

from datetime import date, timedelta

from pasti.domain.calendar import Calendar
from pasti.domain.standard import Term


def last_day(term: Term, day: date, calendar: Calendar) -> date:
    """The last day of `term` when `day` is its day zero. MissingCalendar when working days run into a year not on file (51.3)."""
    if term.unit == "calendar_days":
        return day + timedelta(days=term.amount)
    return calendar.add_working_days(day, term.amount)
