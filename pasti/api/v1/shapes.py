"""What goes in and out about complaints, as other systems write and read it (51.6.2, 51.6.5)."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, StrictBool, ValidationInfo
from pydantic_core import PydanticCustomError

from pasti import standards
from pasti.domain.complaint_intake import (
    E_MAIL,
    LONGEST_LINE,
    LONGEST_MATTER,
    LONGEST_NUMBER,
    LONGEST_OBJECT,
    PHONE,
    Filing,
    Receipt,
    Reporter,
)


def _as_written(given: object) -> object:
    """A day is YYYY-MM-DD and nothing else that could be taken for one."""
    if given is None:
        return None
    try:
        if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            return date.fromisoformat(given)
    except ValueError:
        pass  # a day that no calendar has
    raise PydanticCustomError("date_form", "Tulis tanggal sebagai TTTT-BB-HH.")


def _channel_ids() -> list[str]:
    """The channels of the editions on file, so that the description cannot grow stale."""
    library = standards.load()
    editions = [edition for entry in library.entries() for edition in library.editions(entry)]
    return list(dict.fromkeys(channel.id for edition in editions for channel in edition.complaint_channels))


def _channels(schema: dict[str, Any]) -> None:
    schema["enum"] = _channel_ids()


# What the rule would refuse anyway, said in the same round as what cannot be read.


def _known(given: str) -> str:
    """A channel of some edition; whether of the one in force then, the rule says (51.6.2)."""
    if given.strip() not in (known := _channel_ids()):
        context = {"known": ", ".join(known), "clause": "51.6.2"}
        raise PydanticCustomError("channel", "Pilih salah satu saluran: {known}.", context)
    return given


def _says_what(given: str | None, found: ValidationInfo) -> str | None:
    """Either `object` or `matter` says what it is about (51.6.5.a)."""
    if "object" in found.data and not ((given or "").strip() or (found.data["object"] or "").strip()):
        raise PydanticCustomError("says_nothing", "Tulis apa yang diadukan.", {"clause": "51.6.5.a"})
    return given


def _reachable(given: str | None) -> str | None:
    """An e-mail address or a telephone number (51.6.5.a)."""
    said = (given or "").strip()
    if said and not (E_MAIL.fullmatch(said) or PHONE.fullmatch(said)):
        raise PydanticCustomError("contact", "Tulis alamat surel atau nomor telepon.", {"clause": "51.6.5.a"})
    return given


Day = Annotated[date | None, BeforeValidator(_as_written)]
Words = str | None
Next = Literal["answer_question", "supply_missing", "wait_for_answer", "say_whether_it_helped", "nothing"]


class ReporterIn(Schema):
    """Who complains; nothing is required. `contact` is an e-mail address or a telephone number."""

    model_config = ConfigDict(extra="forbid")
    name: Words = Field(None, max_length=LONGEST_LINE)
    contact: Annotated[Words, AfterValidator(_reachable)] = Field(None, max_length=LONGEST_LINE)
    address: Words = Field(None, max_length=LONGEST_LINE)


class ComplaintIn(Schema):
    """A complaint. Without the reporter's name, or late, it is kept as a suggestion and answered (51.6.3, 51.6.5.b)."""

    model_config = ConfigDict(extra="forbid")
    channel: Annotated[str, AfterValidator(_known)] = Field(
        description="Saluran tempat pelapor menyampaikannya (51.6.2)", json_schema_extra=_channels
    )
    service_received_on: Day = Field(None, description="Hari pelayanan diterima; kosong bila tidak diketahui")
    reporter: ReporterIn | None = None
    object: Words = Field(None, max_length=LONGEST_OBJECT, description="Hal yang diadukan, singkat")
    matter: Annotated[Words, AfterValidator(_says_what)] = Field(
        None,
        validate_default=True,
        max_length=LONGEST_MATTER,
        description="Uraiannya; ini atau `object` perlu diisi, salah satu cukup (51.6.5.a)",
    )
    entry: Words = Field(None, description="Nomor entri layanan; bawaan: yang pertama di kantor ini")
    case_number: Words = Field(None, max_length=LONGEST_NUMBER, description="Nomor berkas permohonan yang diadukan")
    keep_identity_secret: StrictBool = Field(False, description="Pelapor minta identitasnya dirahasiakan (51.6.5.a)")
    detail: Words = Field(None, max_length=LONGEST_LINE, description="Tautan atau nomor di sistem asal")

    def filing(self) -> Filing:
        """The value that the act takes."""
        who = self.reporter
        return Filing(
            channel=self.channel,
            matter=self.matter or "",
            object=self.object or "",
            reporter=Reporter(name=who.name or "", contact=who.contact or "", address=who.address or "") if who else Reporter(),
            service_on=self.service_received_on,
            wants_secrecy=self.keep_identity_secret,
            entry=self.entry or "",
            application_number=self.case_number or "",
            detail=self.detail or "",
        )


class ReceiptOut(Schema):
    """What the reporter is to be told: the number, the secret to follow it with, what it was taken for, the day of the answer."""

    number: str
    secret: str
    kind: Literal["complaint", "suggestion", "input", "correction", "revision"]
    reason_clause: str | None = Field(description="Ketentuan yang membuatnya bukan pengaduan, misalnya 51.6.3")
    answer_due_on: date | None = Field(description="Kosong selama keputusan hari libur tahun itu belum ada")
    days_since_service: int | None
    missing: list[str] = Field(description="Yang masih ditanyakan: identity, object, service_on")

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptOut":
        """As the act answered it."""
        return cls(**{name: getattr(receipt, name) for name in cls.model_fields if name != "missing"}, missing=[*receipt.missing])


class FactOut(Schema):
    """One step that the reporter may know."""

    at: datetime
    kind: str
    clause: str


class TrackOut(Schema):
    """How a complaint stands, without any officer's name and without the reporter."""

    number: str
    kind: str
    reason_clause: str | None
    status: str
    status_title: str
    received_at: datetime
    answer_due_on: date | None
    working_days_left: int | None
    is_overdue: bool
    next: Next
    missing: list[str]
    question: str | None
    answer_number: str | None
    answer: str | None
    helped: bool | None
    follow_at: str = Field(description="Halaman tempat pelapor mengikuti pengaduannya")
    history: list[FactOut]
