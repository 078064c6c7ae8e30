"""How many facts there were by a moment: the nightly counts, and the ledger itself for what came after them (51.14.1).

The counts follow from the ledger alone, and no fact counted is counted again: any moment of the past has one answer.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.records.figures import COUNT, GROUPED, FigureMark

MOMENT = timedelta(microseconds=1)
FIRST_DAY = date(1, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Facts of one kind and key in one period of one entry; `last` is the day of the last."""

    entry: str
    period: str  # "" for all of it, or "2026-11"
    kind: str
    key: str
    count: int
    recent: int  # of them, those since `recent_since`
    last: date


def counts(
    entry: str | None, *kinds: str, at: datetime, since: date = FIRST_DAY, recent_since: date = FIRST_DAY, by_month: bool = False
) -> tuple[Counted, ...]:
    """The facts of these kinds from `since` to `at`, of one entry or (None) of all. Two SQL queries."""
    mark = FigureMark.objects.order_by("-through").first()
    through = mark.through if mark else 0
    today = jakarta_day(at)
    whole_days = jakarta_day(at + MOMENT) - timedelta(days=1)  # those that are over by `at`
    counted = today if mark and at >= mark.counted_at else whole_days
    values: dict[str, Any] = {
        "kinds": [kind for kind in kinds if kind != "payment"],
        "asked": list(kinds),
        "entry": entry,
        "since": since,
        "recent": recent_since,
        "counted": counted,
        "through": through,
        "at": at,
        "from": datetime.combine(counted + timedelta(days=1), time(), JAKARTA),
    }
    period = "to_char(day, 'YYYY-MM')" if by_month else "''"
    # Of what is not counted yet: the facts above the mark, and those of a day whose count holds more than we may know.
    later = COUNT + ' AND id > %(through)s AND "at" <= %(at)s' + GROUPED
    if counted < today and through:
        later += " UNION ALL " + COUNT + ' AND id <= %(through)s AND "at" >= %(from)s AND "at" <= %(at)s' + GROUPED
    statement = f"""SELECT entry, {period}, kind, key, sum(count)::int,
        coalesce(sum(count) FILTER (WHERE day >= %(recent)s), 0)::int, max(day) FROM (
        SELECT entry, day, kind, key, count FROM day_figure WHERE day <= %(counted)s AND kind = ANY(%(asked)s)
        UNION ALL {later}) AS facts
        WHERE kind = ANY(%(asked)s) AND day >= %(since)s AND (%(entry)s::text IS NULL OR entry = %(entry)s)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""  # noqa: S608  # constants of ours alone
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    names = ("entry", "period", "kind", "key", "count", "recent", "last")
    return tuple(Counted(**dict(zip(names, row, strict=True))) for row in rows)
