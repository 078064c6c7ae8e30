"""What people write to the office by mail, SMS or WhatsApp, and what becomes of it before anyone reads it (51.6.2.e–g)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pasti.domain.sentence import Sentence

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Medium(StrEnum):
    """The roads a message can take, each by its own door."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


CLAUSES: dict[Medium, str] = {Medium.SMS: "6.2.e", Medium.WHATSAPP: "6.2.f", Medium.EMAIL: "6.2.g"}  # within the entry
MOST_A_DAY = 20  # messages of one sender that are filed without a person looking; two machines would go on for ever


class Origin(StrEnum):
    """Who speaks: a person, or a machine that must not be answered."""

    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"
    BOUNCE = "bounce"
    LOOP = "loop"


class Fate(StrEnum):
    """What became of a message. Whatever it was, its bytes are kept."""

    FILED = "filed"
    IGNORED = "ignored"  # a machine wrote it
    SET_ASIDE = "set_aside"  # more in a day from one sender than is answered without a person looking
    QUARANTINED = "quarantined"  # it could not be read, or not be filed


class Trouble(StrEnum):
    """Why a message could not be read or filed; said by `TROUBLES`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    LONG_HEAD = "long_head"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    BROKEN = "broken"
    REFUSED = "refused"


TROUBLES: dict[Trouble, Sentence] = {
    Trouble.EMPTY: Sentence("Pesan ini kosong."),
    Trouble.TOO_LARGE: Sentence("Pesan ini terlalu besar untuk dibaca. Minta pengirim mengecilkan lampirannya."),
    Trouble.LONG_HEAD: Sentence("Kepala surat ini terlalu panjang, tidak seperti surat biasa."),
    Trouble.TOO_MANY_PARTS: Sentence("Surat ini terdiri atas terlalu banyak bagian, tidak seperti surat biasa."),
    Trouble.TOO_DEEP: Sentence("Bagian surat ini bersarang terlalu dalam, tidak seperti surat biasa."),
    Trouble.BROKEN: Sentence("Susunan pesan ini rusak sehingga tidak dapat dibaca."),
    Trouble.REFUSED: Sentence("Pesan ini terbaca, tetapi tidak dapat dicatat. Catat dengan tangan dari berkas aslinya."),
}

ORIGINS: dict[Origin, Sentence] = {
    Origin.PERSON: Sentence("Ditulis orang."),
    Origin.AUTO_REPLY: Sentence("Jawaban otomatis, misalnya pemberitahuan cuti."),
    Origin.BULK: Sentence("Surat massal atau milis."),
    Origin.BOUNCE: Sentence("Pemberitahuan bahwa surat kantor tidak sampai."),
    Origin.LOOP: Sentence("Surat kantor sendiri yang kembali."),
}


class Unreadable(Exception):
    """A message that no reader of ours can make sense of; its bytes are put aside for a person."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(TROUBLES[trouble]))
        self.trouble = trouble


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file as it came: never unpacked; `mime` is the sender's word. `name` has no path in it."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message. `sender` is a mail address in small letters or a phone number as +62…, empty when there is none.

    `sha256` is of what the sender sent, without what each delivery writes on the envelope. `left_out` says what of it is only in
    the original.
    """

    medium: Medium
    id: str  # Message-ID without its brackets, or the gateway's own id; empty when there is none
    sha256: str
    received_at: datetime
    sender: str
    text: str
    sender_name: str = ""
    subject: str = ""
    references: tuple[str, ...] = ()  # ids of the letters it answers, the oldest first
    sent_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    origin: Origin = Origin.PERSON
    left_out: tuple[Sentence, ...] = ()

    @property
    def key(self) -> str:
        """The same for every delivery of one message, and for nothing else."""
        return f"{self.medium}:{self.id}:{self.sha256}"


class DeliveryStatus(StrEnum):
    """How far an answer by SMS or WhatsApp came."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What the gateway reports of one answer; `id` is the one we gave it."""

    id: str
    status: DeliveryStatus
    at: datetime


def clean(text: str) -> str:
    """The text without what a table cannot keep or an eye cannot see; line ends are \\n."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # no half of a surrogate pair
    return UNSEEN.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def numbers_named(message: Message, *, pattern: str, host: str) -> tuple[str, ...]:
    """The complaint numbers it speaks of: in its subject, without subjects in its text, or in the ids of our letters it answers.

    `pattern` is the edition's, such as "ADU-{year}-{sequence:05d}". A number alone proves nothing, for everybody may have read
    it: it counts only together with its reporter's address.
    """
    number = re.sub(r"\\\{[^{}]*\\\}", "[0-9]{1,12}", re.escape(pattern))
    said = message.subject if message.medium is Medium.EMAIL else message.text
    found = re.findall(rf"(?<!\w){number}(?!\w)", said[:2000], re.IGNORECASE)
    ids = [re.fullmatch(rf"({number})\.[0-9a-f-]{{36}}@{re.escape(host)}", id, re.IGNORECASE) for id in message.references]
    return tuple(dict.fromkeys(word.upper() for word in (*found, *(id[1] for id in ids if id))))


def letter_id(number: str, id: str, *, host: str) -> str:
    """The id of a letter of ours about a complaint, by which an answer to it finds its way back."""
    return f"{number}.{id}@{host}"


def fate_of(message: Message, *, filed_today: int) -> Fate:
    """What becomes of it: a person's message is filed, within what one sender may send in a day (51.6.2)."""
    if message.origin is not Origin.PERSON:
        return Fate.IGNORED
    return Fate.SET_ASIDE if message.sender and filed_today >= MOST_A_DAY else Fate.FILED


def subject_of_answer(subject: str, *, number: str) -> str:
    """The subject of a letter that answers: one "Re:", the number once, no line break, short enough for any list."""
    plain = re.sub(r"(?i)^\s*(?:(?:re|bls|balas|fwd?|tr)\s*:\s*)+", "", " ".join(subject.split()))
    plain = " ".join(plain.replace(f"[{number}]", " ").split())[:120]
    return f"Re: [{number}] {plain}".rstrip()
