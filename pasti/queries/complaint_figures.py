"""Published figures and the office's own: counts, times, hot clauses, workload, each with its definition (51.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.texts import Text


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One count of a table; `count` None: suppressed, because it or its complement is too small to publish."""

    id: str
    title: Text | Sentence
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure with its definition. A table has `cells`; a single value `value`, None while there is nothing to say."""

    id: str
    title: Sentence
    definition: Sentence
    clause: str
    cells: tuple[Cell, ...] = ()
    value: float | None = None
    unit: str = ""


def published(entry: str, *, first: date, last: date) -> tuple[Figure, ...]:
    """What anyone may see of complaints received from `first` through `last`. At most 3 SQL queries; no personal data."""
    raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class OfficeFigures:
    """For officers, nothing suppressed: months, clauses most often complained of and proven, open work by role and holder."""

    months: tuple[tuple[str, int, int], ...]  # ("2026-11", received, answered in time)
    hot_clauses: tuple[tuple[str, int, int], ...]  # (clause, complaints, proven)
    workload: tuple[tuple[str, str, int, int], ...]  # (role's title, holder, open, overdue)


def office(actor: Actor, *, at: datetime) -> OfficeFigures:
    """The last twelve months; NotAllowed for who may not open the complaints' desk. At most 4 SQL queries."""
    raise NotImplementedError
