"""What reporters do: file, complete, say whether it helped (51.6.1 to 51.6.5, 51.6.8)."""

from datetime import date, datetime
from uuid import UUID

from pasti.domain.complaint_intake import Filing, Receipt, Reporter
from pasti.domain.roles import Actor, Role

REPORTER = Actor(id=None, name="Pelapor", roles=frozenset({Role.APPLICANT}))
Uploads = tuple[tuple[str, bytes], ...]


def file(
    filing: Filing, *, actor: Actor = REPORTER, at: datetime, uploads: Uploads = (), key: str = "", client: str = ""
) -> Receipt:
    """Keep what was filed and queue its receipt (51.6.1 to 51.6.5). At most 12 SQL statements.

    `actor`: the officer who takes it in at a counter, from a letter or a box; REPORTER when it came by itself (web, e-mail, API).
    Missing identity or object, a late or unknown day never refuse it. InvalidInput when there is nothing to keep or a field is
    malformed. `key` (of `client`) makes a resend harmless: the same receipt again; RuleBroken for the same key with other words.
    """
    raise NotImplementedError


def complete(
    actor: Actor,
    id: UUID,
    *,
    reporter: Reporter | None = None,
    object: str = "",
    service_on: date | None = None,
    text: str = "",
    at: datetime,
    uploads: Uploads = (),
) -> None:
    """Supply what was missing or asked, by the reporter who showed the secret (REPORTER) or an officer who heard it (51.6.5.a).

    What it is kept as is judged anew as of the day it was received; the terms run on.
    """
    raise NotImplementedError


def say_helped(id: UUID, *, helped: bool, words: str = "", actor: Actor = REPORTER, at: datetime) -> None:
    """Whether the answer helped; "no" reopens a complaint once and climbs a tier (51.6.8)."""
    raise NotImplementedError
