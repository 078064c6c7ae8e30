"""Filing: what is kept, as what, on which clause, and what the reporter is told (51.6.1 to 51.6.5)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from pasti.domain.complaints import Kind
from pasti.domain.errors import FieldProblem


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who complains, as given: nothing is required. `contact` is an e-mail address or a telephone number."""

    name: str = ""
    contact: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What was filed, by whom it may be and through which channel. `entry` "": the office's first service."""

    channel: str  # the id of a channel of the edition, "web_dpmptsp"
    matter: str = ""
    object: str = ""
    reporter: Reporter = field(default_factory=Reporter)
    service_on: date | None = None  # None: not known
    received_at: datetime | None = None  # None: now; a letter or a box is typed in later
    wants_secrecy: bool = False
    entry: str = ""
    application_number: str = ""  # "PB-2026-0412" when it concerns a case
    detail: str = ""  # a link, a message's id, which box


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the reporter is told at once. `kind` is "complaint" or what it is kept as; `missing` is asked of the reporter."""

    id: UUID
    number: str
    secret: str
    kind: Kind
    reason_clause: str | None
    days_since_service: int | None  # None: the day is not known
    answer_due_on: date | None
    missing: tuple[str, ...]  # of "identity", "object", "service_on"
    refused: tuple[FieldProblem, ...]  # files that were not taken
    is_new: bool  # False: this key was filed before; nothing was filed again
