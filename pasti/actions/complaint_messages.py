"""A message becomes a complaint, or a part of the one it answers (51.6.2, 51.6.5.a)."""

from datetime import datetime

from django.conf import settings

from pasti.actions import complaints
from pasti.actions.complaint_ground import keyed
from pasti.actions.complaints import REPORTER, Uploads
from pasti.actions.files import MOST_BYTES, MOST_FILES
from pasti.actions.messages import standard_on
from pasti.adapters.store.sniff import check_upload
from pasti.domain.complaint_intake import LONGEST_MATTER, LONGEST_OBJECT, Filing, Reporter
from pasti.domain.errors import RuleBroken
from pasti.domain.messages import CLAUSES, Medium, Message, numbers_named
from pasti.records.complaints import Complaint

NOT_TAKEN = "[Catatan sistem: yang berikut tidak ikut dipindahkan dan hanya ada di pesan asli: {what}]"


def file_one(message: Message, at: datetime) -> str:
    """The number of the complaint that the message became, or of the one it answers (51.6.2, 51.6.5.a).

    It answers one when it names it and its reporter sent it. What can be added no more, for the complaint is being settled, is a
    complaint of its own that names the earlier one.
    """
    earlier = _answered_by(message, at)
    if earlier is not None:
        taken = earlier.files.count()
        uploads, refused = _acceptable(message, room=MOST_FILES - taken, clause=standard_on(at).cite("6.5.a"))
        try:
            complaints.complete(REPORTER, earlier.id, text=_matter(message, refused), at=at, uploads=uploads)
        except RuleBroken:
            return _file(message, at, detail=f"Menyusul {earlier.number}")
        return earlier.number
    return _file(message, at, detail=message.id)


def _answered_by(message: Message, at: datetime) -> Complaint | None:
    """The complaint of this sender that the message belongs to; by SMS, also the one about which the sender was asked."""
    if not message.sender:
        return None
    own = Complaint.objects.filter(contact_digest=keyed("contact", message.sender)).order_by("-received_at", "-id")
    pattern = standard_on(at).handling.number
    if numbers := numbers_named(message, pattern=pattern, host=settings.PASTI_HOST):
        return own.filter(number__in=numbers).first()
    return None if message.medium is Medium.EMAIL else own.exclude(question="").first()


def _file(message: Message, at: datetime, *, detail: str) -> str:
    standard = standard_on(at)
    uploads, refused = _acceptable(message, room=MOST_FILES, clause=standard.cite("6.5.a"))
    clause = standard.cite(CLAUSES[message.medium])
    filing = Filing(
        channel=next(channel.id for channel in standard.complaint_channels if channel.clause == clause),
        object=message.subject[:LONGEST_OBJECT],
        matter=_matter(message, refused),
        reporter=Reporter(name=message.sender_name, contact=message.sender),
        received_at=message.received_at,
        detail=detail[:LONGEST_OBJECT],
    )
    return complaints.file(filing, actor=REPORTER, at=at, uploads=uploads, key=message.key, client="message").number


def _acceptable(message: Message, *, room: int, clause: str) -> tuple[Uploads, list[str]]:
    """The attachments that the office keeps with a complaint, and the names of the others."""
    kept: list[tuple[str, bytes]] = []
    refused: list[str] = []
    for file in message.attachments:
        try:
            if len(kept) < room and check_upload(file.data, name=file.name, max_bytes=MOST_BYTES, clause=clause):
                kept.append((file.name, file.data))
                continue
        except RuleBroken:
            pass  # said below, and its bytes are in the original
        refused.append(file.name)
    return tuple(kept), refused


def _matter(message: Message, refused: list[str]) -> str:
    """What was written, and a note of what is only in the original."""
    left_out = [*message.left_out, *refused]
    text = message.text
    if len(text) > LONGEST_MATTER - 2000:
        text, left_out = text[: LONGEST_MATTER - 2000], ["akhir tulisannya", *left_out]
    note = NOT_TAKEN.format(what="; ".join(str(one) for one in left_out)[:1500]) if left_out else ""
    return f"{text}\n\n{note}".strip()
