"""Working days by decree: Monday to Friday, neither national holiday nor joint leave (51.3; UU 25/2009 counts the same days)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pasti.domain.errors import MissingCalendar

JAKARTA = ZoneInfo("Asia/Jakarta")
SATURDAY = 5


class HolidayKind(StrEnum):
    """Why a weekday is not a working day."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    ELECTION = "election"
    REGIONAL = "regional"


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One day off with the decree that set it and the day that decree was announced."""

    day: date
    name: str
    kind: HolidayKind
    decree: str
    announced_on: date


def jakarta_day(at: datetime) -> date:
    """The day in Purwakarta at an aware moment."""
    return at.astimezone(JAKARTA).date()


def end_of(day: date) -> datetime:
    """The last moment of a day in Purwakarta."""
    return datetime.combine(day, time.max, JAKARTA)


def _decreed(holidays: Iterable[Holiday]) -> frozenset[int]:
    """The years whose yearly decree is among `holidays`: a later or partial decree alone does not put a year on file."""
    return frozenset(h.day.year for h in holidays if h.kind is HolidayKind.NATIONAL)


class Calendar:
    """The years on file, their days off, and counting over them. A year not on file raises MissingCalendar, never a guess."""

    def __init__(self, holidays: Iterable[Holiday], years: Iterable[int]) -> None:
        self.holidays = tuple(sorted(holidays, key=lambda h: (h.day, h.announced_on)))
        self.years = frozenset(years)
        self._by_day = {h.day: h for h in reversed(self.holidays)}
        self._announced = sorted({h.announced_on for h in self.holidays})
        self._views: dict[int, Calendar] = {}
        self._working: list[date] = []
        self._passed: dict[date, int] = {}  # every day on file: how many working days up to and including it
        for year in sorted(self.years):
            self._index(year)

    def _index(self, year: int) -> None:
        day = date(year, 1, 1)
        while day.year == year:
            if day.weekday() < SATURDAY and day not in self._by_day:
                self._working.append(day)
            self._passed[day] = len(self._working)
            day += timedelta(days=1)

    def known_on(self, day: date) -> "Calendar":
        """The calendar as the decrees announced by `day` had it, for replays: a year first decreed later is not on file yet."""
        announced = bisect_right(self._announced, day)
        if announced == len(self._announced):
            return self
        if announced not in self._views:
            known = [h for h in self.holidays if h.announced_on <= day]
            self._views[announced] = Calendar(known, self.years - (_decreed(self.holidays) - _decreed(known)))
        return self._views[announced]

    def _require(self, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if year not in self.years:
                raise MissingCalendar(year)

    def holiday(self, day: date) -> Holiday | None:
        """The day off on `day`, the earliest announced when several fall together; None on any other day."""
        self._require(day.year, day.year)
        return self._by_day.get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the SLA counts `day`."""
        self._require(day.year, day.year)
        return day.weekday() < SATURDAY and day not in self._by_day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`; `day` itself for n = 0. Counting back is a ValueError."""
        if n <= 0:
            if n < 0:
                raise ValueError("working days are only counted forward")
            self._require(day.year, day.year)
            return day
        try:
            found = self._working[self._passed[day] + n - 1]
        except KeyError:
            raise MissingCalendar(day.year) from None
        except IndexError:
            self._require(day.year, max(self.years) + 1)
            raise AssertionError("a year beyond the last is not on file") from None
        if found.year != day.year:
            self._require(day.year, found.year)
        return found

    def working_days_between(self, after: date, through: date) -> int:
        """How many working days lie after `after` up to and including `through`; 0 when `through` is not later."""
        self._require(min(after, through).year, max(after, through).year)
        return max(0, self._passed[through] - self._passed[after])

    def received_on(self, at: datetime, closing: time) -> date:
        """The day something arriving at `at` counts as received: that working day before closing, else the next working day."""
        local = at.astimezone(JAKARTA)
        if self.is_working_day(local.date()) and local.time() < closing:
            return local.date()
        return self.add_working_days(local.date(), 1)
