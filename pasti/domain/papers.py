"""A paper of a case as a value: receipt, letter of assignment, minutes, as its archive holds them (51.2, 51.10.2)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from pasti.domain.certificate import Letterhead


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading and what stands under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper: `facts` are (what, value); `closing` says what makes it one."""

    title: str
    number: str
    letterhead: Letterhead
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    closing: str
    made_on: date
    demonstration: str = ""

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"
