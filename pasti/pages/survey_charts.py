"""The survey as pictures made here: where each bar and point stands; the same numbers stand in the table beside (51.14.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pasti.domain.sentence import Sentence
from pasti.domain.standard import Text
from pasti.domain.survey import Band
from pasti.queries.survey import ElementLine, RunLine

WIDTH = 320
BAR = 250  # of the widest bar; its number stands to the right of it
ROW = 34
WORST, BEST = 1, 4
HEIGHT, TOP, BOTTOM, LEFT = 200, 16, 40, 30
LOWEST, HIGHEST = 25, 100


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One element's bar: its words above it."""

    title: Text
    value: Decimal
    y: int
    text_y: int
    number_x: int
    number_y: int
    width: int
    is_lowest: bool


@dataclass(frozen=True, kw_only=True)
class Bars:
    """The averages of all elements."""

    bars: tuple[Bar, ...]
    width: int
    full: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Point:
    """One quarter's index."""

    title: Sentence
    label: str  # the same, as short as a chart wants it, over its year
    year: int
    value: Decimal
    grade: str
    x: int
    y: int
    text_y: int


@dataclass(frozen=True, kw_only=True)
class Border:
    """Where a grade begins."""

    grade: str
    y: int


@dataclass(frozen=True, kw_only=True)
class Trend:
    """The indexes of quarters, one after another."""

    points: tuple[Point, ...]
    borders: tuple[Border, ...]
    line: str
    width: int
    height: int
    left: int
    label_y: int
    year_y: int


def bars(lines: Sequence[ElementLine]) -> Bars:
    """A bar for each element, from nothing at 1 to full at 4."""
    known = [(line, line.nrr) for line in lines if line.nrr is not None]
    return Bars(
        bars=tuple(_bar(line, nrr, number * ROW) for number, (line, nrr) in enumerate(known)),
        width=WIDTH,
        full=BAR,
        height=len(known) * ROW,
    )


def _bar(line: ElementLine, nrr: Decimal, y: int) -> Bar:
    width = round(float(nrr - WORST) / (BEST - WORST) * BAR)
    return Bar(
        title=line.title,
        value=nrr,
        y=y + 16,
        text_y=y + 12,
        number_x=BAR + 8,
        number_y=y + 26,
        width=width,
        is_lowest=line.is_lowest,
    )


def trend(lines: Sequence[RunLine], bands: Sequence[Band], *, fewest: int = 2) -> Trend | None:
    """A point for each quarter over the borders of the grades; None for fewer than `fewest`."""
    if len(lines) < fewest:
        return None
    step = (WIDTH - LEFT - 40) // max(len(lines) - 1, 1)
    points = tuple(_point(line, LEFT + 20 + number * step) for number, line in enumerate(lines))
    return Trend(
        points=points,
        borders=tuple(Border(grade=band.grade, y=_height(band.lowest)) for band in bands),
        line=" ".join(f"{point.x},{point.y}" for point in points),
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        label_y=HEIGHT - 20,
        year_y=HEIGHT - 6,
    )


def _point(line: RunLine, x: int) -> Point:
    assert line.index is not None, "only closed quarters are in a trend"
    y = _height(line.index)
    label = _("Tw {number}").format(number=line.quarter.number)
    return Point(
        title=line.quarter.title, label=label, year=line.quarter.year, value=line.index, grade=line.grade, x=x, y=y, text_y=y - 8
    )


def _height(index: Decimal) -> int:
    share = float(index - LOWEST) / (HIGHEST - LOWEST)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM))
