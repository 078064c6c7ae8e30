"""Keeps how each clause stood at the end of every day: one row where that changed (51.14.1).

These writes have no fact of their own: they follow from the facts alone.
`bin/pasti clauses --on DAY --check` reckons them again.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.compliance import Status
from pasti.records.figures import ClauseState, ScoreDay
from pasti.records.ledger import LedgerEntry

Standing = Callable[[datetime], Mapping[tuple[str, str], Status]]  # (entry, clause) -> its status at a moment
MOST_AT_ONCE = 400  # days made good in one run, about 40 ms each; the rest in the next


def keep_missing(standing: Standing, *, at: datetime) -> int:
    """Keep every day that is over and not kept yet, from that of the first fact on; how many days. Safe to run again.

    Without a gap from the first fact, the day on which a clause began to stand so is known from these rows.
    """
    yesterday = jakarta_day(at) - timedelta(days=1)
    last = ScoreDay.objects.order_by("-day").first()
    day = last.day + timedelta(days=1) if last else _first_day(at)
    kept = 0
    while day <= yesterday and kept < MOST_AT_ONCE:
        _keep(standing(end_of(day)), day)
        day, kept = day + timedelta(days=1), kept + 1
    return kept


def _first_day(at: datetime) -> date:
    """The day of the ledger's first fact; of this moment while there is none."""
    first = LedgerEntry.objects.aggregate(first=Min("at"))["first"]
    return jakarta_day(first or at)


def _keep(standing: Mapping[tuple[str, str], Status], day: date) -> None:
    with transaction.atomic():
        before = ClauseState.objects.filter(on__lt=day).order_by("entry", "clause", "-on").distinct("entry", "clause")
        known = {(row.entry, row.clause): row.status for row in before}
        changed = [
            ClauseState(entry=entry, clause=clause, on=day, status=status)
            for (entry, clause), status in standing.items()
            if known.get((entry, clause)) != status
        ]
        ClauseState.objects.bulk_create(changed, ignore_conflicts=True)
        ScoreDay.objects.bulk_create([ScoreDay(day=day)], ignore_conflicts=True)
