"""The office's working hours, and the working minutes between two moments (51.2, 51.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pasti.domain.calendar import JAKARTA, Calendar, jakarta_day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """The working hours of some weekdays. 0 is Monday; the break, `break_minutes` from `break_starts`, is not worked."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time
    break_starts: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        """Working minutes of such a whole day."""
        return self.minutes_within(None, None)

    def minutes_within(self, since: time | None, until: time | None) -> int:
        """Working minutes of such a day between two times; None: from its opening, to its closing."""
        first = max(_minute(self.opens), _minute(since) if since else 0)
        last = min(_minute(self.closes), _minute(until) if until else _minute(self.closes))
        pause = _minute(self.break_starts)
        return _between(first, last) - _between(max(first, pause), min(last, pause + self.break_minutes))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _between(first: int, last: int) -> int:
    return max(0, last - first)


def shortest_day(week: Sequence[OpeningHours]) -> int:
    """Working minutes of the shortest working day of the week."""
    return min(hours.minutes for hours in week)


def _of_day(week: Sequence[OpeningHours], calendar: Calendar, day: date) -> OpeningHours | None:
    if not calendar.is_working_day(day):
        return None
    return next((hours for hours in week if day.weekday() in hours.weekdays), None)


def working_minutes(week: Sequence[OpeningHours], calendar: Calendar, *, since: datetime, until: datetime) -> int:
    """Working minutes from `since` to `until`, by the office's hours on the calendar's working days; whole minutes (51.2)."""
    first, last = jakarta_day(since), jakarta_day(until)
    total, day = 0, first
    while day <= last:
        if hours := _of_day(week, calendar, day):
            total += hours.minutes_within(
                since.astimezone(JAKARTA).time() if day == first else None,
                until.astimezone(JAKARTA).time() if day == last else None,
            )
        day += ONE_DAY
    return total
