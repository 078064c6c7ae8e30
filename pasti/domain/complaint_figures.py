"""What published counts may show: no number so small that it points at a person (UU 27/2022 in spirit; the bound is data)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date


def suppressed(counts: Mapping[str, int], *, below: int) -> dict[str, int | None]:
    """The counts with None for each that is too small; nothing is a count that tells nothing, so zero stays.

    Never is one hidden alone.

    >>> suppressed({"web": 40, "surat": 2, "telepon": 9, "kotak": 0}, below=5)
    {'web': 40, 'surat': None, 'telepon': None, 'kotak': 0}
    """
    return _never_one({name: None if 0 < count < below else count for name, count in counts.items()})


def _never_one(counts: Mapping[str, int | None]) -> dict[str, int | None]:
    """One hidden cell would follow from the total: then the smallest of the others is hidden, too."""
    hidden = {name for name, count in counts.items() if count is None}
    if len(hidden) == 1:
        others = sorted((count, name) for name, count in counts.items() if count)
        hidden |= {name for _, name in others[:1]}
    return {name: None if name in hidden else count for name, count in counts.items()}


def not_by_subtraction(whole: Mapping[str, int | None], parts: Sequence[Mapping[str, int | None]]) -> dict[str, int | None]:
    """The counts of a year without those that, less its published quarters, would give the one quarter that is hidden.

    >>> not_by_subtraction({"web": 40, "surat": 20, "sms": 9}, [{"web": 20, "surat": None}, {"web": 20, "surat": 18}])
    {'web': 40, 'surat': None, 'sms': None}
    """
    told = [name for name in whole if sum(name in part and part[name] is None for part in parts) == 1]
    return _never_one({name: None if name in told else count for name, count in whole.items()})


def quarter_of(day: date) -> date:
    """The first day of its quarter.

    >>> quarter_of(date(2026, 11, 25))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def months_suppressed(counts: Mapping[date, int], *, below: int) -> dict[date, int | None]:
    """The counts of months by their first days; the quarter's own is published, so that no month of one is hidden alone.

    Of each quarter all months that had any must be given.

    >>> list(months_suppressed({date(2026, 7, 1): 6, date(2026, 8, 1): 9, date(2026, 9, 1): 2}, below=5).values())
    [None, 9, None]
    """
    quarters: dict[date, dict[str, int]] = defaultdict(dict)
    for month, count in counts.items():
        quarters[quarter_of(month)][month.isoformat()] = count
    return {
        date.fromisoformat(month): count
        for months in quarters.values()
        for month, count in suppressed(months, below=below).items()
    }


def median(counts: Sequence[tuple[int, int]]) -> float | None:
    """The middle of values given as (value, how often); None without any.

    >>> median([(3, 1), (5, 1), (8, 2)])
    6.5
    """
    total = sum(times for _, times in counts)
    if not total:
        return None
    ordered = sorted(counts)
    return (_at(ordered, (total - 1) // 2) + _at(ordered, total // 2)) / 2


def _at(ordered: Sequence[tuple[int, int]], place: int) -> int:
    for value, times in ordered:
        if place < times:
            return value
        place -= times
    raise AssertionError("a place within the total is found")
