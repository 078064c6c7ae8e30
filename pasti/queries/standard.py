"""The live figures beside the promise (51.3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Q

from pasti.domain.calendar import jakarta_day
from pasti.queries import counts as ledger
from pasti.records.licensing import Application


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How the promise was kept over a period. `None` where there is nothing to measure: no evidence is not a success."""

    since: date
    decided: int
    median_days: float | None  # working days used until the decision
    on_time_percent: float | None
    open: int
    overdue: int  # of the open ones: past their date and still undecided


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter `day` lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The terms that ended in a period: how many decided, how many late, and each one's used working days, in order."""

    late: int
    used: Mapping[int, int]  # working days -> how many

    @property
    def decided(self) -> int:
        """How many."""
        return sum(self.used.values())

    @property
    def percent(self) -> int | None:
        """How many in a hundred were in time, rounded down: 99.9 is not 100. None without any."""
        return 100 * (self.decided - self.late) // self.decided if self.decided else None

    @property
    def median_days(self) -> float | None:
        """Working days used by the middle one. None without any."""
        days = [day for day, count in sorted(self.used.items()) for _ in range(count)]
        return median(days) if days else None


def tally(facts: Iterable[ledger.Counted]) -> Ended:
    """The recent facts `clock.ended` among these, added up."""
    used: Counter[int] = Counter()
    late = 0
    for fact in facts:
        days, _, how = fact.key.partition(" ")
        if fact.kind == "clock.ended" and days and fact.recent:
            used[int(days)] += fact.recent
            late += fact.recent if how == "late" else 0
    return Ended(late=late, used=used)


def ended(entry: str = "", *, since: date, at: datetime) -> Ended:
    """The terms of one entry (of all, without one) that ended from `since` to `at`, by the ledger. Two SQL queries."""
    return tally(ledger.counts(entry or None, "clock.ended", at=at, since=since))


def figures(entry: str = "", *, at: datetime) -> Figures:
    """This quarter's decided cases of one entry (of all, without one), as their clocks ended. Three SQL queries."""
    since = quarter_start(jakarta_day(at))
    ours = Application.objects.filter(entry=entry) if entry else Application.objects.all()
    kept = ended(entry, since=since, at=at)
    late = Count("id", filter=Q(due_on__lt=jakarta_day(at)))
    waiting = ours.exclude(waiting_role="").aggregate(all=Count("id"), late=late)
    return Figures(
        since=since,
        decided=kept.decided,
        median_days=kept.median_days,
        on_time_percent=kept.percent,
        open=waiting["all"],
        overdue=waiting["late"],
    )
