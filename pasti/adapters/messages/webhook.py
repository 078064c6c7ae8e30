"""What the gateway tells the office, checked: a message that came in, or how far an answer came (51.6.2.e, 51.6.2.f)."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from pasti.adapters.messages.signature import is_genuine
from pasti.domain.identifiers import one_spelling_of_phone
from pasti.domain.messages import Delivery, DeliveryStatus, Medium, Message, Origin, clean
from pasti.domain.sentence import Sentence

MOST_BYTES = 256 * 1024
LONGEST_TEXT = 20_000
MEDIA = {medium.value: medium for medium in (Medium.SMS, Medium.WHATSAPP)}
ID = re.compile(r"[!-~]{1,200}")


class Refused(Exception):
    """Not taken, and why. `status` is the HTTP status to answer with: 401 it is not the gateway; 400, 413 not its language."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def receive(
    headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime, own: Collection[str] = ()
) -> Message | Delivery:
    """The one event of a request. Refused when it is not signed, too old, or not understood.

    Sent again within five minutes it is taken again: the caller knows a double by `Message.key`. `own` are the office's numbers.
    """
    if len(body) > MOST_BYTES:
        raise Refused(413, "Peristiwa ini terlalu besar.")
    if not is_genuine(headers, body, secret=secret, now=now):
        raise Refused(401, "Tanda tangan tidak cocok, atau permintaannya lebih lama dari lima menit.")
    event = _parsed(body)
    if event.get("event") == "delivery":
        return _delivery(event, now)
    if event.get("event") == "message":
        return _message(event, now, own)
    raise Refused(400, "Jenis peristiwa tidak dikenal: event harus message atau delivery.")


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise Refused(400, "Isinya bukan objek JSON.")
    return event


def _word(event: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = event.get(name, "" if not needed else None)
    if not isinstance(value, str) or (needed and not value):
        raise Refused(400, f"{name} harus berupa tulisan.")
    return value


def _id(event: Mapping[str, Any]) -> str:
    id = _word(event, "id")
    if not ID.fullmatch(id):
        raise Refused(400, "id harus 1 sampai 200 huruf ASCII tanpa spasi.")
    return id


def _delivery(event: Mapping[str, Any], now: datetime) -> Delivery:
    status = _word(event, "status")
    if status not in set(DeliveryStatus):
        raise Refused(400, f"status harus salah satu dari: {', '.join(DeliveryStatus)}.")
    return Delivery(id=_id(event), status=DeliveryStatus(status), at=_moment(event) or now)


def _message(event: Mapping[str, Any], now: datetime, own: Collection[str]) -> Message:
    medium = MEDIA.get(_word(event, "medium"))
    if medium is None:
        raise Refused(400, "medium harus sms atau whatsapp.")
    given, text = _word(event, "from"), clean(_word(event, "text", needed=False)).strip()
    sender, media = one_spelling_of_phone(given), event.get("media", [])
    if not isinstance(media, list):
        raise Refused(400, "media harus berupa daftar.")
    left_out = [Sentence("{count} foto atau berkas, yang tidak diteruskan gerbang pesan.", count=len(media))] if media else []
    if len(text) > LONGEST_TEXT:
        left_out.append(Sentence("Akhir tulisannya, karena terlalu panjang."))
    return Message(
        medium=medium,
        id=_id(event),
        sha256=hashlib.sha256(f"{given}\0{text}".encode()).hexdigest(),
        received_at=now,
        sender=sender,
        sender_name=clean(_word(event, "name", needed=False))[:200].replace("\n", " "),
        text=text[:LONGEST_TEXT],
        sent_at=_moment(event),
        origin=_origin(event, sender, own),
        left_out=tuple(left_out),
    )


def _origin(event: Mapping[str, Any], sender: str, own: Collection[str]) -> Origin:
    """A name or a short number is a firm that sends to thousands; nobody reads an answer there."""
    if not sender:
        return Origin.BULK
    if sender in own:
        return Origin.LOOP
    return Origin.AUTO_REPLY if event.get("automatic") is True else Origin.PERSON


def _moment(event: Mapping[str, Any]) -> datetime | None:
    """When the gateway says it happened; None when it says nothing that can be believed."""
    try:
        moment = datetime.fromisoformat(_word(event, "at", needed=False))
        return moment.astimezone(UTC) if moment.tzinfo and 1990 < moment.year < 2200 else None
    except (ValueError, OverflowError):
        return None
