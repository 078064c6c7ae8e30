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


class Calendar:
    """The years on file, their days off, and counting over them. A year not on file raises MissingCalendar, never a guess."""

    def __init__(self, holidays: Iterable[Holiday], years: Iterable[int]) -> None:
        self.holidays = tuple(sorted(holidays, key=lambda h: (h.day, h.announced_on)))
        self.years = frozenset(years)
        self._by_day = {h.day: h for h in reversed(self.holidays)}
        self._working = self._list_working_days()

    def _list_working_days(self) -> list[date]:
        days: list[date] = []
        for year in sorted(self.years):
            first = date(year, 1, 1)
            length = (date(year + 1, 1, 1) - first).days
            year_days = (first + timedelta(days=n) for n in range(length))
            days += [d for d in year_days if d.weekday() < SATURDAY and d not in self._by_day]
        return days

    def known_on(self, day: date) -> "Calendar":
        """The calendar as the decrees announced by `day` had it, for replays."""
        known = tuple(h for h in self.holidays if h.announced_on <= day)
        return self if len(known) == len(self.holidays) else Calendar(known, self.years)

    def _require(self, year: int) -> None:
        if year not in self.years:
            raise MissingCalendar(year)

    def holiday(self, day: date) -> Holiday | None:
        """The day off on `day`, the earliest announced when several fall together; None on any other day."""
        self._require(day.year)
        return self._by_day.get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the SLA counts `day`."""
        self._require(day.year)
        return day.weekday() < SATURDAY and day not in self._by_day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`; `day` itself for n = 0."""
        self._require(day.year)
        if n == 0:
            return day
        index = bisect_right(self._working, day) + n - 1
        if index >= len(self._working):
            raise MissingCalendar(max(self.years) + 1)
        found = self._working[index]
        for year in range(day.year, found.year + 1):
            self._require(year)
        return found

    def working_days_between(self, after: date, through: date) -> int:
        """How many working days lie after `after` up to and including `through`; 0 when `through` is not later."""
        for year in range(after.year, through.year + 1):
            self._require(year)
        return max(0, bisect_right(self._working, through) - bisect_right(self._working, after))

    def received_on(self, at: datetime, closing: time) -> date:
        """The day something arriving at `at` counts as received: that working day before closing, else the next working day."""
        local = at.astimezone(JAKARTA)
        day = local.date()
        if self.is_working_day(day) and local.time() < closing:
            return day
        return self.add_working_days(day, 1)
