"""Who may see the reporter, and each look as a fact in the looker's own chain (51.6.5.a, 51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.domain.complaint_intake import Reporter
from pasti.domain.roles import Actor
from pasti.records.complaints import ComplaintFile


def name(actor: Actor, id: UUID, account: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Name one officer who may see the identity of a secret reporter (51.6.5.a)."""
    raise NotImplementedError


def reveal(actor: Actor, id: UUID, *, at: datetime) -> Reporter:
    """The reporter's identity; the look is recorded before anything is shown. NotAllowed for who may not (51.6.5.a)."""
    raise NotImplementedError


def open_file(actor: Actor, file_id: UUID, *, at: datetime) -> tuple[ComplaintFile, bytes]:
    """A file that came with a complaint, verified against its name in the store; the look is recorded."""
    raise NotImplementedError
