"""Counts the ledger's new facts by day, once a night: what published figures and the scorecard read (51.14.1).

These writes have no fact of their own: they follow from the ledger alone, and can be thrown away and made again.
"""

from datetime import datetime

from django.db import connection, transaction

from pasti.records.figures import COUNT, COUNTED, GROUPED, DayFigure, FigureMark
from pasti.records.roots import LedgerRoot


def count_new(*, at: datetime) -> int:
    """Count every fact under the newest root that is not counted yet; how many rows that touched. Safe to run again."""
    newest = LedgerRoot.objects.order_by("-number").first()
    if newest is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE figure_mark IN EXCLUSIVE MODE")
        mark = FigureMark.objects.order_by("-through").first()
        after = mark.through if mark else 0
        if newest.through <= after:
            return 0
        found = COUNT + " AND id > %(after)s AND id <= %(through)s" + GROUPED
        cursor.execute(
            f"INSERT INTO day_figure (entry, day, kind, key, count) {found} "  # constants of ours alone
            "ON CONFLICT (entry, kind, key, day) DO UPDATE SET count = day_figure.count + EXCLUDED.count",
            {"kinds": list(COUNTED), "after": after, "through": newest.through},
        )
        touched = int(cursor.rowcount)
        FigureMark.objects.all().delete()
        FigureMark.objects.create(through=newest.through, counted_at=at)
    return touched


def count_anew(*, at: datetime) -> int:
    """Throw the counts away and make them again, such as when a new kind is counted; how many rows that made."""
    with transaction.atomic():
        DayFigure.objects.all().delete()
        FigureMark.objects.all().delete()
        return count_new(at=at)
