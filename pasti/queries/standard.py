"""The live figures beside the promise (51.3)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median

from pasti.domain.calendar import JAKARTA, jakarta_day
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


def figures(entry: str = "", *, at: datetime) -> Figures:
    """This quarter's decided cases of one entry (of all, without one), as their clocks ended. Three SQL queries."""
    since = quarter_start(jakarta_day(at))
    ours = Application.objects.filter(entry=entry) if entry else Application.objects.all()
    decided = ours.filter(decided_at__gte=datetime.combine(since, time(), JAKARTA), used_days__isnull=False)
    ended = [(int(used or 0), late) for used, late in decided.values_list("used_days", "was_late")]
    waiting = ours.exclude(waiting_role="")
    return Figures(
        since=since,
        decided=len(ended),
        median_days=median(used for used, _ in ended) if ended else None,
        on_time_percent=100 * sum(not late for _, late in ended) / len(ended) if ended else None,
        open=waiting.count(),
        overdue=waiting.filter(due_on__lt=jakarta_day(at)).count(),
    )
