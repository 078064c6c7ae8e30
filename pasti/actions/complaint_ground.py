"""What an act on a complaint stands on, gathered: the row the actor may see, its edition, the digests that find it."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_steps import EARLY
from pasti.domain.complaints import Complaint as ComplaintValue
from pasti.domain.complaints import may_see
from pasti.domain.errors import NotAllowed, Overtaken
from pasti.domain.identifiers import LETTERS
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor
from pasti.records.complaints import Complaint

SECRET_LENGTH = 12


def complaint_for(actor: Actor, id: UUID, *, seen: int | None = None) -> tuple[Complaint, ComplaintValue]:
    """The complaint's row and value, when the actor may see it; NotAllowed alike for one that does not exist (51.6)."""
    row = Complaint.objects.select_related("application").filter(pk=id).first() if actor.may_open_complaints else None
    if row is None:
        raise NotAllowed("51.6", "Pengaduan ini tidak ada, atau bukan untuk Anda.")
    value = value_of(row)
    if not may_see(value, actor):
        raise NotAllowed("51.6", "Pengaduan ini tidak ada, atau bukan untuk Anda.")
    require_seen(row, seen)
    return row, value


def require_seen(row: Complaint, seen: int | None) -> None:
    """Overtaken when the complaint has moved since the person looked at it."""
    if seen is not None and row.ledger_length != seen:
        raise Overtaken("Pengaduan ini sudah berubah sejak Anda membukanya. Lihat keadaan terbarunya, lalu putuskan lagi.")


def value_of(row: Complaint) -> ComplaintValue:
    """The domain's value, with who may see a secret identity, who acted on the case complained of, who was given work."""
    named = row.named.values_list("account_id", flat=True) if row.is_secret else ()
    hands = row.application.hands.values() if row.application else ()
    given = row.actions.values_list("owner_id").union(row.follow_ups.values_list("owner_id")) if row.stage not in EARLY else ()
    owners = [owner for (owner,) in given]
    return row.complaint(named=list(named), involved=[UUID(id) for ids in hands for id in ids], owners=owners)


def ground_of(row: Complaint, actor: Actor, at: datetime, reason: str = "") -> Ground:
    """Who, when, why, under which edition and which calendar as known at that moment (51.6.4)."""
    library = standards.load()
    return Ground(
        actor=actor,
        at=at,
        standard=library.edition(row.entry, row.effective),
        calendar=library.calendar().known_on(jakarta_day(at)),
        reason=reason,
    )


def edition_of(row: Complaint) -> str:
    """The edition as the ledger names it: "51@2022-01-03"."""
    return f"{row.entry}@{row.effective.isoformat()}"


def secret_of(id: UUID, purpose: str = "complaint") -> str:
    """The secret of a complaint or a referral: made from the office's key, so that it is stored nowhere and can be told again."""
    number = int.from_bytes(salted_hmac(f"pasti.{purpose}.secret", str(id), algorithm="sha256").digest())
    letters = []
    for _ in range(SECRET_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def digest_of(secret: str) -> str:
    """How a secret is kept; spaces, hyphens and small letters do not matter."""
    return hashlib.sha256("".join(secret.upper().replace("-", "").split()).encode()).hexdigest()


def is_secret_of(digest: str, secret: str) -> bool:
    """Whether `secret` is the one kept as `digest`, in constant time."""
    return hmac.compare_digest(digest, digest_of(secret))


def keyed(purpose: str, text: str) -> str:
    """A digest that finds the same text again and tells nothing without the office's key; "" for no text."""
    return salted_hmac(f"pasti.complaint.{purpose}", text, algorithm="sha256").hexdigest() if text else ""
