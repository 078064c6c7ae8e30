"""The live figures beside the promise (51.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.clock import Clock, ClockState, reckon
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
    """This quarter's decided cases of one entry (of all, without one), each replayed with its own clock. Three SQL queries."""
    since = quarter_start(jakarta_day(at))
    ours = Application.objects.filter(entry=entry) if entry else Application.objects.all()
    rows = ours.filter(decided_at__date__gte=since).only("clock", "entry", "effective")
    library, used, on_time = standards.load(), [], 0
    for row in rows.iterator(chunk_size=2000):
        clock = Clock.from_json(row.clock)
        if clock.state is not ClockState.ENDED:
            continue
        moment = clock.events[-1].at
        standard = library.edition(row.entry, row.effective)
        reckoning = reckon(clock, standard.clock, library.calendar().known_on(jakarta_day(moment)), moment)
        used.append(reckoning.used)
        on_time += not reckoning.is_overdue
    waiting = ours.exclude(waiting_role="")
    return Figures(
        since=since,
        decided=len(used),
        median_days=median(used) if used else None,
        on_time_percent=100 * on_time / len(used) if used else None,
        open=waiting.count(),
        overdue=waiting.filter(due_on__lt=jakarta_day(at)).count(),
    )
