"""One letter as it came, turned into a `Message`, or refused as unreadable; whatever its bytes are, nothing else (51.6.2.g)."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from email.message import Message as Head
from email.utils import parseaddr, parsedate_to_datetime

from pasti.adapters.email.client import OWN_HEADER
from pasti.adapters.email.parts import Part, first, has_plain_parameters, parts_of, type_of
from pasti.adapters.email.words import decoded, header, text_of_html
from pasti.domain.messages import Attachment, Medium, Message, Origin, Trouble, Unreadable, clean
from pasti.domain.sentence import Sentence

MOST_BYTES = 25 * 1024 * 1024
MOST_ATTACHMENTS = 20
LARGEST_ATTACHMENT = 10 * 1024 * 1024
LONGEST_TEXT = 100_000
LONGEST_NAME = 120
MOST_REFERENCES = 50
LONGEST_ADDRESS_LINE = 1000
ID = re.compile(r"<([^<>\s]{1,250})>")
ADDRESS = re.compile(r"[^\s@<>\"'(),:;\\\[\]]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,60}")
MIME = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,60}/[a-z0-9][a-z0-9.+_-]{0,80}")
SUPPRESSED = re.compile(r"(?i)\b(all|oof|autoreply)\b")
BULK = frozenset({"bulk", "junk", "list"})
MACHINES = frozenset({"mailer-daemon", "postmaster"})


def read(raw: bytes, *, received_at: datetime, own: Collection[str] = ()) -> Message:
    """The message in these bytes. Unreadable, with the reason, when nobody could read it; no other error.

    `own` are the office's addresses in small letters: what they send comes back in a loop.
    """
    if not raw.strip():
        raise Unreadable(Trouble.EMPTY)
    if len(raw) > MOST_BYTES:
        raise Unreadable(Trouble.TOO_LARGE)
    try:
        return _read(raw, received_at, own)
    except Unreadable:
        raise
    except Exception as surprise:  # bytes of a stranger went through a dozen parsers: whatever one says, the next letter is read
        raise Unreadable(Trouble.BROKEN) from surprise


def _read(raw: bytes, received_at: datetime, own: Collection[str]) -> Message:
    head, parts = parts_of(raw)
    name, sender = _sender(head)
    subject = header(first(head, "Subject"))[:500]
    text, files = _text_and_files(parts)
    attachments, left_out = _attachments(files)
    if len(text) > LONGEST_TEXT:
        text, left_out = text[:LONGEST_TEXT], (*left_out, Sentence("Akhir tulisannya, karena terlalu panjang."))
    return Message(
        medium=Medium.EMAIL,
        id=next(iter(_ids(head, "Message-ID")), ""),
        sha256=_digest(raw, head),
        received_at=received_at,
        sender=sender,
        sender_name=name,
        subject=subject,
        text=text,
        references=tuple(dict.fromkeys((*_ids(head, "References"), *_ids(head, "In-Reply-To"))))[-MOST_REFERENCES:],
        sent_at=_sent_at(head),
        attachments=attachments,
        origin=_origin(head, sender, own),
        left_out=left_out,
    )


def _digest(raw: bytes, head: Head) -> str:
    """Of what the sender sent: two deliveries of one letter differ in their envelopes alone."""
    digest = hashlib.sha256()
    for name in ("From", "Subject", "Date", "Content-Type"):
        digest.update(first(head, name).encode("utf-8", "surrogateescape") + b"\0")
    body = re.search(rb"\r?\n\r?\n", raw)
    digest.update(raw[body.end() :].rstrip() if body else raw)
    return digest.hexdigest()


def _sender(head: Head) -> tuple[str, str]:
    """Name and address of who wrote it, each empty when there is none to be had."""
    try:
        name, address = parseaddr(first(head, "From")[:LONGEST_ADDRESS_LINE])
    except RecursionError:  # brackets in brackets
        return "", ""
    plain = address.strip().lower()
    return header(name)[:200], plain if ADDRESS.fullmatch(plain) else ""


def _ids(head: Head, name: str) -> list[str]:
    return [clean(found) for found in ID.findall(first(head, name)[-20_000:])]


def _sent_at(head: Head) -> datetime | None:
    """When its sender says it was sent; None when that is no moment of our age."""
    try:
        moment = parsedate_to_datetime(first(head, "Date")[:100])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC) if 1990 < moment.year < 2200 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _origin(head: Head, sender: str, own: Collection[str]) -> Origin:
    said = {name: first(head, name).strip().lower() for name in ("Auto-Submitted", "Precedence", "Return-Path")}
    if first(head, OWN_HEADER) or sender in own:
        return Origin.LOOP
    if said["Return-Path"] == "<>" or sender.partition("@")[0] in MACHINES or type_of(head) == "multipart/report":
        return Origin.BOUNCE
    if said["Auto-Submitted"].partition(";")[0].strip() not in ("", "no") or said["Precedence"] == "auto_reply":
        return Origin.AUTO_REPLY
    if SUPPRESSED.search(first(head, "X-Auto-Response-Suppress")) or first(head, "X-Autoreply") or first(head, "X-Autorespond"):
        return Origin.AUTO_REPLY
    if said["Precedence"] in BULK or first(head, "List-Id"):
        return Origin.BULK
    return Origin.PERSON


def _text_and_files(parts: Iterable[Part]) -> tuple[str, list[Part]]:
    """What is written, from the plain parts or else from the pages; and all that is neither."""
    plain: list[str] = []
    pages: list[str] = []
    files: list[Part] = []
    for part in parts:
        kind = type_of(part.head)
        if kind not in ("text/plain", "text/html") or _is_file(part.head):
            files.append(part)
        elif kind == "text/html":
            pages.append(text_of_html(decoded(part.content(), _charset(part.head))))
        else:
            plain.append(decoded(part.content(), _charset(part.head)).strip())
    written = "\n\n".join(text for text in plain if text) or "\n\n".join(text for text in pages if text)
    return written, files


def _is_file(head: Head) -> bool:
    return first(head, "Content-Disposition").strip().lower().startswith("attachment")


def _charset(head: Head) -> str:
    return (head.get_content_charset() or "") if has_plain_parameters(head, "Content-Type") else ""


def _attachments(files: list[Part]) -> tuple[tuple[Attachment, ...], tuple[Sentence, ...]]:
    """The files within the limits, and what was left out."""
    kept: list[Attachment] = []
    left_out: list[Sentence] = []
    for name, part in zip(_names(files), files, strict=True):
        data = part.content()
        if len(kept) == MOST_ATTACHMENTS:
            left_out.append(Sentence("Lampiran “{name}”: lebih dari {most} lampiran.", name=name, most=MOST_ATTACHMENTS))
        elif len(data) > LARGEST_ATTACHMENT:
            most = LARGEST_ATTACHMENT // 1024 // 1024
            left_out.append(Sentence("Lampiran “{name}”: lebih besar dari {most} MB.", name=name, most=most))
        elif data:
            kept.append(Attachment(name=name, mime=_mime(part.head), data=data))
    return tuple(kept), tuple(left_out)


def _names(files: list[Part]) -> Iterator[str]:
    """A name for each file: its own without any path, or one of ours."""
    for number, part in enumerate(files, start=1):
        plain = has_plain_parameters(part.head, "Content-Disposition") and has_plain_parameters(part.head, "Content-Type")
        given = header(part.head.get_filename() or "") if plain else ""
        own = re.split(r"[/\\]", given)[-1].strip(". ")[-LONGEST_NAME:]
        extension = ".eml" if type_of(part.head) == "message/rfc822" else ""
        yield own or f"lampiran-{number}{extension}"


def _mime(head: Head) -> str:
    kind = type_of(head)
    return kind if MIME.fullmatch(kind) else "application/octet-stream"
