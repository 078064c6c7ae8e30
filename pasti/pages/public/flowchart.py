"""The drawing of an SOP table: what each cell of the actors' columns shows, sheet by sheet (51.2; PermenPANRB 35/2012).

Every cell is an SVG of its own as large as the cell, without a viewBox: a place is a share of the cell in percent, or pixels
from its edge. So lines meet at the cells' edges however high a row becomes, and symbols keep their shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pasti.domain.sop import Sop, SopRow, Symbol

ROWS_A_SHEET = 5  # fits a landscape A4 page below the form's header
LETTERS = "ABCDEFGH"
TURN = "9"  # px below a row's upper edge: where a line crosses to another column
TRUNK = "90%"  # the way back runs here, beside the symbols
MIDDLE, START, END = "50%", "0", "100%"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One stroke within a cell."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(kw_only=True)
class Cell:
    """What one cell shows. `heads`: at which sides of its symbol an arrow arrives: "down", "left", "right"."""

    symbol: Symbol | None = None
    label: str = ""  # within a pentagon: the letter of the other end
    away: str = ""  # the number of an activity on another sheet to which this one may lead back
    lines: list[Line] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def draw(self, x1: str, y1: str, x2: str, y2: str) -> None:
        """Add one stroke."""
        self.lines.append(Line(x1=x1, y1=y1, x2=x2, y2=y2))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn here."""
        return self.symbol is None and not self.lines


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One line of a sheet: an activity, or (None) the pentagon that joins two sheets."""

    row: SopRow | None
    column: int
    cells: tuple[Cell, ...]
    joins: str  # the letter, for a pentagon's line


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One printed page of the table."""

    number: int
    rows: tuple[SheetRow, ...]


def sheets(sop: Sop) -> tuple[Sheet, ...]:
    """The table cut into pages, each drawn by itself; pentagons join them."""
    pages = [sop.rows[i : i + ROWS_A_SHEET] for i in range(0, len(sop.rows), ROWS_A_SHEET)]
    drawn = []
    for place, rows in enumerate(pages):
        before = pages[place - 1][-1] if place else None
        after = rows[-1] if place + 1 < len(pages) else None
        drawn.append(Sheet(number=place + 1, rows=_sheet(rows, len(sop.actors), before=before, after=after, place=place)))
    return tuple(drawn)


def _sheet(
    rows: Sequence[SopRow], width: int, *, before: SopRow | None, after: SopRow | None, place: int
) -> tuple[SheetRow, ...]:
    lines = [
        *([_joint(before, width, LETTERS[place - 1])] if before else []),
        *(SheetRow(row=row, column=row.column, cells=_cells(row, width), joins="") for row in rows),
        *([_joint(after, width, LETTERS[place])] if after else []),
    ]
    for upper, lower in pairwise(lines):
        _onward(upper, lower)
    for line in lines:
        _back(line, lines)
    return tuple(lines)


def _joint(row: SopRow, width: int, letter: str) -> SheetRow:
    cells = tuple(Cell(symbol=Symbol.PENTAGON, label=letter) if c == row.column else Cell() for c in range(width))
    return SheetRow(row=None, column=row.column, cells=cells, joins=letter)


def _cells(row: SopRow, width: int) -> tuple[Cell, ...]:
    return tuple(Cell(symbol=row.symbol) if column == row.column else Cell() for column in range(width))


def _onward(upper: SheetRow, lower: SheetRow) -> None:
    """From one symbol down to the next: across at the upper edge of the lower row when the actor changes."""
    upper.cells[upper.column].draw(MIDDLE, MIDDLE, MIDDLE, END)
    target = lower.cells[lower.column]
    target.heads.append("down")
    if upper.column == lower.column:
        target.draw(MIDDLE, START, MIDDLE, MIDDLE)
        return
    lower.cells[upper.column].draw(MIDDLE, START, MIDDLE, TURN)
    _across(lower.cells, upper.column, lower.column, height=TURN, leaves=MIDDLE)
    target.draw(MIDDLE, TURN, MIDDLE, MIDDLE)


def _across(cells: Sequence[Cell], first: int, last: int, *, height: str, leaves: str) -> None:
    """A level line from `leaves` in one column to the middle of another."""
    rightwards = first < last
    cells[first].draw(leaves, height, END if rightwards else START, height)
    for column in _between(first, last):
        cells[column].draw(START, height, END, height)
    cells[last].draw(START if rightwards else END, height, MIDDLE, height)


def _between(first: int, last: int) -> Iterator[int]:
    yield from range(min(first, last) + 1, max(first, last))


def _back(line: SheetRow, lines: Sequence[SheetRow]) -> None:
    """From a diamond's right side up its trunk to each earlier activity; to one on another sheet by a pentagon at its left."""
    if line.row is None:
        return
    cell = line.cells[line.column]
    for number in line.row.back_to:
        target = next((other for other in lines if other.row is not None and other.row.number == number), None)
        if target is None:
            cell.away = str(number)
            continue
        cell.draw(MIDDLE, MIDDLE, TRUNK, MIDDLE)
        cell.draw(TRUNK, MIDDLE, TRUNK, START)
        for between in lines[lines.index(target) + 1 : lines.index(line)]:
            between.cells[line.column].draw(TRUNK, START, TRUNK, END)
        _arrive(target, line.column)


def _arrive(target: SheetRow, column: int) -> None:
    """The end of the way back: off the trunk in `column`, level to the side of the target's symbol."""
    target.cells[column].draw(TRUNK, END, TRUNK, MIDDLE)
    symbol = target.cells[target.column]
    if column == target.column:
        symbol.draw(TRUNK, MIDDLE, MIDDLE, MIDDLE)
    else:
        _across(target.cells, column, target.column, height=MIDDLE, leaves=TRUNK)
    symbol.heads.append("right" if column < target.column else "left")
