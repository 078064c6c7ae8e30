"""The certificate as a value: what is printed, attached and proved, its number, and the verdicts on it (51.5)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from pasti.domain.events import Json

MONTHS_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class CertificateStatus(StrEnum):
    """The life of a certificate; PREPARED is numbered but not signed yet."""

    PREPARED = "prepared"
    ISSUED = "issued"
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


COUNTS = (CertificateStatus.ISSUED, CertificateStatus.SUSPENDED)  # one at most for a case


class Verdict(StrEnum):
    """What a check of a certificate, or of a file said to be one, finds."""

    VALID = "valid"
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    NOT_SIGNED = "not_signed"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


VERDICT_OF_STATUS: dict[CertificateStatus, Verdict] = {
    CertificateStatus.PREPARED: Verdict.NOT_SIGNED,
    CertificateStatus.ISSUED: Verdict.VALID,
    CertificateStatus.REPLACED: Verdict.REPLACED,
    CertificateStatus.SUSPENDED: Verdict.SUSPENDED,
    CertificateStatus.REVOKED: Verdict.REVOKED,
}


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues: the lines at the head of the page."""

    government: str  # "Pemerintah Kabupaten Purwakarta"
    office: str
    address: str
    contact: str  # telephone, mail, web, in one line


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs, as printed. The NIK and the passphrase never come here."""

    name: str
    title: str
    nip: str = ""
    on_behalf_of: str = ""  # "a.n. Bupati Purwakarta"


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """All that one certificate says. Empty text: not known, and not printed."""

    number: str
    entry: str  # "51"
    edition: date  # the day from which the edition of the standard counts
    title: str  # "Sertifikat Standar"
    standard_title: str
    letterhead: Letterhead
    holder: str  # the business
    nib: str
    npwp: str = ""
    kbli: str
    kbli_version: str  # "2020"
    kbli_title: str
    risk: str
    scale: str
    address: str  # of the site
    district: str
    estate: str = ""  # the industrial estate it lies in, or the ground for lying outside
    issued_on: date
    issued_in: str  # the place of issue
    signatory: Signatory
    legal_bases: tuple[str, ...]
    case_number: str
    product: str  # the product as the standard promises it (51.5)
    duties: tuple[str, ...] = ()  # what the holder owes after issue (51.1.A.5)
    free_of_charge: str  # the sentence that says so (51.4)
    validity: str = ""  # for how long it counts, when a rule says so
    verify_url: str
    deemed_on: str = ""  # the last day (ISO) of the term that ran out undecided: deemed approved, not verified (51.3)
    deemed_ground: str = ""  # on which law
    notes: tuple[str, ...] = ()  # what was assumed, said openly
    demonstration: str = ""  # the sentence that says it is no real licence, when the signing authority is a stand-in

    def to_dict(self) -> dict[str, Json]:
        """Values that JSON can hold, in the order above; `from_dict` reads them back."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def to_json(self) -> str:
        """The text attached to the PDF: the same data always gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_dict(cls, values: Mapping[str, Json]) -> "CertificateData":
        """The value of `to_dict`. TypeError or ValueError when it is not one."""
        known = {field.name for field in fields(cls)}
        if unknown := set(values) - known:
            raise ValueError(f"not a certificate's fields: {sorted(unknown)}")
        made: dict[str, object] = dict(values)
        for name in ("edition", "issued_on"):
            made[name] = date.fromisoformat(str(values[name]))
        for name in ("legal_bases", "duties", "notes"):
            made[name] = tuple(str(item) for item in _list(values.get(name, [])))
        made["letterhead"] = Letterhead(**_texts(values["letterhead"]))
        made["signatory"] = Signatory(**_texts(values["signatory"]))
        return cls(**made)  # type: ignore[arg-type]  # the fields just made


def certificate_number(pattern: str, sequence: int, on: date) -> str:
    """The number of the `sequence`-th certificate of the year of `on`, by the edition's pattern (51.5).

    >>> certificate_number("SS-51/{sequence:04d}/DPMPTSP/{month_roman}/{year}", 12, date(2027, 1, 7))
    'SS-51/0012/DPMPTSP/I/2027'
    """
    return pattern.format(sequence=sequence, month_roman=MONTHS_ROMAN[on.month - 1], month=on.month, year=on.year)


DEEMED = "lewat"  # of the QR's facts: the last day of the term that ran out undecided


def qr_payload(data: CertificateData, *, status: CertificateStatus, as_of: date) -> dict[str, Json]:
    """What the QR proves without a network: the licence's facts, and its status as known on `as_of` (51.5).

    That it is deemed approved, and since which lapsed day, is one of them: no verification stands behind it.
    """
    facts: dict[str, Json] = {
        "no": data.number,
        "nama": data.holder,
        "nib": data.nib,
        "kbli": f"{data.kbli}/{data.kbli_version}",
        "terbit": data.issued_on.isoformat(),
        "status": status.value,
        "per": as_of.isoformat(),
    }
    return {**facts, DEEMED: data.deemed_on} if data.deemed_on else facts


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    return str(value)


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _texts(value: Json) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    return {name: str(text) for name, text in value.items()}
