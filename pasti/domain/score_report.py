"""The scorecard as it is taken away: for the Ombudsman and the yearly review (51.14.1)."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from pasti.domain.certificate import Letterhead


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One clause as it is printed."""

    clause: str
    component: int
    text: str
    way: str
    status: str
    status_title: str
    evidence: str
    as_of: date | None
    since: date
    since_is_exact: bool  # else on that day at the latest: the days before are not known
    role: str


@dataclass(frozen=True, kw_only=True)
class ScorePart:
    """One component with its clauses."""

    number: int
    title: str
    counts: dict[str, int]  # a status -> how many clauses
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreReport:
    """One service's scorecard at a moment."""

    letterhead: Letterhead
    entry: str
    service: str
    edition: date
    at: datetime
    day: date
    counts: dict[str, int]
    parts: tuple[ScorePart, ...]
    demonstration: str = ""

    def to_json(self) -> str:
        """The text that is attached to the PDF, and given alone."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"
