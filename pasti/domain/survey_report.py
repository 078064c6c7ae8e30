"""The report of one quarter's survey as a value: method, averages, index, trend, follow-up (51.14.2)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from pasti.domain.certificate import Letterhead


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One element: its average of 1 to 4 and what it adds, as printed."""

    code: str
    title: str
    answered: int
    nrr: str
    weighed: str
    is_lowest: bool


@dataclass(frozen=True, kw_only=True)
class ReportPlan:
    """What is done about one element."""

    element: str
    action: str
    owner: str
    due_on: date
    done: str  # what shows that it was done; "" until then


@dataclass(frozen=True, kw_only=True)
class SurveyReport:
    """All that the printed report says. Numbers are text, as rounded for print."""

    letterhead: Letterhead
    service: str
    clause: str
    quarter: str
    code: str
    first_day: date
    last_day: date
    closed_on: date
    published_on: date | None
    population: int
    needed: int
    n: int
    reached: bool
    index: str
    grade: str
    grade_title: str
    weight: str
    rows: tuple[ReportRow, ...]  # none when too few answered to show them
    lowest: tuple[str, ...]
    unanswered: tuple[str, ...]
    fewest: int
    bands: tuple[tuple[str, str, str], ...]  # grade, from, title
    trend: tuple[tuple[str, str, str], ...]  # quarter, index, grade
    plans: tuple[ReportPlan, ...]
    earlier_plans: tuple[ReportPlan, ...]
    source: str
    demonstration: str = ""

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"
