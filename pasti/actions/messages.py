"""What becomes of a message that came in: filed, ignored, set aside, quarantined; each once, its bytes kept (51.6.2.e–g)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.utils.crypto import salted_hmac

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.messages import CLAUSES, Fate, Medium, Message, Trouble, fate_of
from pasti.domain.roles import SYSTEM
from pasti.domain.standard import Standard
from pasti.records.messages import IncomingMessage

# Files one message, in the transaction of the caller, and answers the number of the complaint that it became or belongs to.
FileOne = Callable[[Message, datetime], str]


def take_in(message: Message, *, original: str, at: datetime, file_one: FileOne) -> Fate | None:
    """File the message or say why not; `original` names its bytes in the store. None: it was taken in before.

    Filing and noting that it was filed stand or fall together: whoever dies in between takes it in again.
    """
    row = _row(message, original, at)
    if IncomingMessage.objects.filter(pk=row.pk).exists():
        return None
    fate = fate_of(message, filed_today=_filed_today(row, at))
    if fate is not Fate.FILED:
        return _keep(row, fate, why=message.origin if fate is Fate.IGNORED else "")
    try:
        with together():
            row.number = file_one(message, at)
            return _keep(row, fate)
    except RuleBroken as refusal:
        row.number, row.words = "", str(refusal)
        return _keep(row, Fate.QUARANTINED, why=Trouble.REFUSED)


def quarantine(trouble: Trouble, *, medium: Medium, original: str, received_at: datetime, at: datetime) -> Fate | None:
    """Note that the bytes of that name in the store could not be read, and why. None: they were noted before."""
    id = uuid5(NAMESPACE_OID, f"{medium}:unread:{original}")
    if IncomingMessage.objects.filter(pk=id).exists():
        return None
    row = IncomingMessage(id=id, medium=medium, original=original, received_at=received_at, taken_at=at)
    return _keep(row, Fate.QUARANTINED, why=trouble)


def standard_on(at: datetime) -> Standard:
    """The edition a message of that moment is filed under: of the office's first service."""
    library = standards.load()
    return library.in_force(library.entries()[0], jakarta_day(at))


def digest_of_sender(sender: str) -> str:
    """A digest that counts the messages of one sender and tells nothing without the office's key; "" for nobody."""
    return salted_hmac("pasti.message.sender", sender, algorithm="sha256").hexdigest() if sender else ""


def _row(message: Message, original: str, at: datetime) -> IncomingMessage:
    return IncomingMessage(
        id=uuid5(NAMESPACE_OID, message.key),
        medium=message.medium,
        original=original,
        received_at=message.received_at,
        taken_at=at,
        sender_digest=digest_of_sender(message.sender),
        envelope={
            "sender": message.sender,
            "sender_name": message.sender_name,
            "subject": message.subject,
            "id": message.id,
            "references": list(message.references),
        },
    )


def _filed_today(row: IncomingMessage, at: datetime) -> int:
    """How many messages of that sender were filed within a day."""
    if not row.sender_digest:
        return 0
    same = IncomingMessage.objects.filter(sender_digest=row.sender_digest, taken_at__gt=at - timedelta(days=1))
    return same.filter(fate=Fate.FILED).count()


def _keep(row: IncomingMessage, fate: Fate, *, why: str = "") -> Fate:
    """One row, one fact; who wrote it and what is not in the ledger (51.6.5.a)."""
    row.fate, row.why = fate, why
    after = {"medium": row.medium, "original": row.original} | ({"why": why} if why else {})
    after |= {"number": row.number} if row.number else {}
    clause = standard_on(row.taken_at).cite(CLAUSES[Medium(row.medium)])
    carry_out(row, Outcome(events=(Event(kind=f"message.{fate}", clause=clause, after=after),)), actor=SYSTEM, at=row.taken_at)
    return fate
