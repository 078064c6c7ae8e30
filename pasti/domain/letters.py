"""The letter of rejection as a value: what is refused, on which requirements, and how to object (51.1, 51.6)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from pasti.domain.certificate import Letterhead, Signatory


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """One requirement that was found not met."""

    clause: str
    title: str
    reason: str  # "" when the applicant let the term lapse before it was judged again


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One way to object or to complain."""

    title: str
    text: str
    assumed: bool


@dataclass(frozen=True, kw_only=True)
class LetterData:
    """All that one letter of rejection says. Empty text: not known, and not printed."""

    number: str
    letterhead: Letterhead
    holder: str
    nib: str
    address: str
    case_number: str
    submitted_on: date
    standard_title: str
    clause: str  # on which the decision stands
    why_now: str  # the second verification, or the fulfilment term that lapsed
    reason: str  # in the words of who decides
    unmet: tuple[Unmet, ...]
    remedies: tuple[Remedy, ...]
    channels: tuple[tuple[str, str], ...]  # where to complain: (title, address)
    again: str  # the sentence that a new application is free and open
    issued_on: date
    issued_in: str
    signatory: Signatory
    demonstration: str = ""

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str) + "\n"


def letter_number(case_number: str) -> str:
    """The number of a case's letter of rejection; a case has one at most, so no series is needed (assumed).

    >>> letter_number("PB-2026-0412")
    'PB-2026-0412/TOLAK'
    """
    return f"{case_number}/TOLAK"
