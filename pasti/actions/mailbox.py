"""The office's mailbox, read to its end: each letter is kept, then filed or put aside, then marked (51.6.2.g)."""

import itertools
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import InterfaceError, OperationalError

from pasti.actions.complaint_messages import file_one as as_a_complaint
from pasti.actions.files import store
from pasti.actions.messages import FileOne, quarantine, take_in
from pasti.adapters.email import letter
from pasti.adapters.email.mailbox import Mailbox, Waiting, opened
from pasti.domain.errors import DoorClosed
from pasti.domain.messages import Fate, Medium, Trouble, Unreadable

log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class MailboxReport:
    """What one reading did. `doubles` were taken in before; `failed` ones wait for the next reading, and are in the log."""

    fates: Counter[Fate] = field(default_factory=Counter)
    doubles: int = 0
    failed: int = 0


def read_office_mailbox(*, at: datetime) -> MailboxReport | None:
    """Read the mailbox of PASTI_IMAP_URL; None when none is set. DoorClosed when it cannot be read."""
    if not settings.PASTI_IMAP_URL:
        return None
    with opened(settings.PASTI_IMAP_URL) as mailbox:
        return read_mailbox(mailbox, at=at)


def read_mailbox(reader: Mailbox, file_one: FileOne = as_a_complaint, *, at: datetime) -> MailboxReport:
    """Take in every waiting letter, one at a time. A letter that fails holds up no other and waits for the next reading.

    DoorClosed when the mailbox goes away, OperationalError when the database does: what was not marked is read again.
    """
    report = MailboxReport()
    for waiting in reader.waiting():
        try:
            fate = _take(reader, waiting, file_one, at)
        except (DoorClosed, OperationalError, InterfaceError):
            raise
        except Exception:  # a fault of ours in one letter of a stranger must not keep all others from being heard
            log.exception("a letter could not be taken in; it stays in the mailbox", extra={"uid": waiting.uid})
            report.failed += 1
            continue
        reader.take(waiting.uid)
        report.doubles += fate is None
        report.fates.update([fate] if fate else [])
    return report


def own_addresses() -> frozenset[str]:
    """The addresses from which a letter that comes in is our own."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    return frozenset(address for address in (sender, settings.PASTI_COMPLAINTS_MAIL) if "@" in address)


def _take(reader: Mailbox, waiting: Waiting, file_one: FileOne, at: datetime) -> Fate | None:
    """Keep the letter's bytes, then read and file them; what is too large to be read never is in memory whole."""
    arrived_at = min(waiting.arrived_at, at)
    raw, rest = _up_to(reader.blocks(waiting.uid), letter.MOST_BYTES)
    original = store().put_blocks(itertools.chain((raw,), rest))
    try:
        if len(raw) > letter.MOST_BYTES:
            raise Unreadable(Trouble.TOO_LARGE)
        message = letter.read(raw, received_at=arrived_at, own=own_addresses())
    except Unreadable as reason:
        return quarantine(reason.trouble, medium=Medium.EMAIL, original=original, received_at=arrived_at, at=at)
    return take_in(message, original=original, at=at, file_one=file_one)


def _up_to(blocks: Iterator[bytes], most: int) -> tuple[bytes, Iterator[bytes]]:
    """The bytes, when there are not more than `most`; else those read until that was known, and the others still to come."""
    read = bytearray()
    for block in blocks:
        read += block
        if len(read) > most:
            break
    return bytes(read), blocks
