"""What came in and was not filed, for an officer to look at: nothing is lost by being odd (51.6.2.e–g)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from pasti.domain.errors import NotAllowed
from pasti.domain.messages import ORIGINS, TROUBLES, Fate, Medium, Origin, Trouble
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.records.messages import IncomingMessage

PAGE = 50
READERS = frozenset({Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD})
TOO_MANY = Sentence("Lebih banyak dalam sehari dari satu pengirim daripada yang dicatat tanpa dilihat petugas.")


@dataclass(frozen=True, kw_only=True)
class UnfiledMessage:
    """One message that is no complaint yet; who wrote it is in the original alone, whose name in the store this is."""

    id: UUID
    medium: Medium
    fate: Fate
    why: Sentence
    refusal: str  # the rule's own words, when a rule refused it
    received_at: datetime
    taken_at: datetime
    original: str


def unfiled(actor: Actor, *, after: tuple[datetime, UUID] | None = None) -> tuple[UnfiledMessage, ...]:
    """The latest fifty, or the fifty older than `after` (taken_at, id): one query (51.6.5.a).

    NotAllowed for who does not handle complaints.
    """
    if not actor.roles & READERS:
        raise NotAllowed("51.6.5.a", "Pesan yang masuk dilihat oleh petugas pengaduan.")
    rows = IncomingMessage.objects.exclude(fate=Fate.FILED).order_by("-taken_at", "-id")
    if after is not None:
        at, id = after
        rows = rows.filter(Q(taken_at__lt=at) | Q(taken_at=at, id__lt=id))
    return tuple(_line(row) for row in rows[:PAGE])


def _line(row: IncomingMessage) -> UnfiledMessage:
    fate = Fate(row.fate)
    why = {Fate.IGNORED: lambda: ORIGINS[Origin(row.why)], Fate.QUARANTINED: lambda: TROUBLES[Trouble(row.why)]}
    return UnfiledMessage(
        id=row.id,
        medium=Medium(row.medium),
        fate=fate,
        why=why.get(fate, lambda: TOO_MANY)(),
        refusal=row.words or "",
        received_at=row.received_at,
        taken_at=row.taken_at,
        original=row.original,
    )
