"""What is noted in the field: safety first, then findings, photographs and the minutes both sides sign (51.2, 51.13.2).

The rule for conflicts: within one inspection the last finding of a requirement by the device's time counts; every version
stays in the ledger. A device whose clock runs ahead gains nothing: no time counts as later than the moment of receipt.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.inspection import CLOSED, STARTABLE, Inspection, Stage, require_member
from pasti.domain.licensing import Case, Ground
from pasti.domain.workflow import State

MOST_PHOTOS = 60
Minutes = Mapping[str, Json]


class ItemKind(StrEnum):
    """What may be noted in the field."""

    SAFETY = "safety"
    START = "start"
    FINDING = "finding"
    PHOTO = "photo"
    MINUTES = "minutes"


class Signing(StrEnum):
    """How the applicant's side signed the minutes on the spot."""

    TYPED = "typed"
    DRAWN = "drawn"
    DECLINED = "declined"  # with the reason in the remarks: nobody can block a case by not signing


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who signed the minutes for the applicant's side, and how."""

    representative: str
    position: str
    how: str  # a Signing
    remarks: str
    typed: str = ""
    drawing: str = ""  # the SHA-256 of the drawn signature
    officer_confirms: bool = False
    shown: Mapping[str, str] | None = None  # clause -> verdict, as both sides read them when they signed


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing noted in the field. `id` is made where it is noted, so that sending it twice keeps it once."""

    id: UUID
    kind: ItemKind
    made_at: datetime
    device: str
    by: UUID  # the account that noted it
    clause: str = ""
    verdict: str = ""
    reason: str = ""
    checked: frozenset[str] = frozenset()
    position: tuple[float, float, float] | None = None  # latitude, longitude, accuracy in metres
    file: str = ""  # the SHA-256 of a photo
    signed: Signed | None = None


def received(item: Item, at: datetime) -> Item:
    """The item with no time later than its receipt: a clock that runs ahead must not win for ever."""
    return replace(item, made_at=min(item.made_at, at))


def note(case: Case, inspection: Inspection, item: Item, write: Callable[[Item], Minutes], ground: Ground) -> Outcome:
    """Keep one thing noted in the field, each by the rule of its kind (51.2, 51.13.2).

    `write` puts the minutes together, for the item that signs them. RuleBroken says why an item is not kept.
    """
    require_noting(case, inspection, item, ground)
    if item.kind is ItemKind.SAFETY:
        return _check_safety(item, ground)
    if item.kind is ItemKind.START:
        return _start(inspection, item, ground)
    if inspection.stage is not Stage.STARTED:
        raise RuleBroken(ground.standard.cite("13.2"), "Peninjauan belum dimulai. Isi daftar periksa keselamatan, lalu mulai.")
    if item.kind is ItemKind.FINDING:
        return _find(item, ground)
    if item.kind is ItemKind.PHOTO:
        return _photograph(inspection, item, ground)
    return _seal(inspection, item, write, ground)


def require_noting(case: Case, inspection: Inspection, item: Item, ground: Ground) -> None:
    """Whether anything may still be noted, and by this person (51.10.1)."""
    cite = ground.standard.cite("2")
    require_member(inspection, ground)
    if item.by != ground.actor.id:
        raise NotAllowed(
            ground.standard.cite("10.1"),
            "Catatan ini dibuat dengan akun lain pada perangkat ini. Masuk dengan akun itu untuk mengirimnya.",
        )
    if inspection.stage in CLOSED:
        raise RuleBroken(
            cite, "Peninjauan ini sudah ditutup dengan berita acara, jadi catatan ini tidak diterima. Bicarakan dengan ketua tim."
        )
    if case.state is not State.FIELD_INSPECTION or case.round != inspection.round:
        raise RuleBroken(cite, "Permohonan ini tidak sedang pada tahap peninjauan lapangan, jadi catatan ini belum diterima.")


def _fact(item: Item, kind: str, clause: str, *, reason: str = "", public: bool = False, **after: Json) -> Event:
    told: dict[str, Json] = {"item": str(item.id), "made_at": item.made_at.isoformat(), "device": item.device, **after}
    return Event(kind=f"inspection.{kind}", clause=clause, reason=reason, after=told, public=public)


def _check_safety(item: Item, ground: Ground) -> Outcome:
    checklist = ground.standard.safety_checklist
    missing = [i.text for i in checklist.items if i.id not in item.checked]
    if missing:
        raise RuleBroken(
            checklist.clause,
            "Daftar periksa keselamatan belum lengkap, masih {count} butir: {first}",
            count=len(missing),
            first=missing[0],
        )
    known: list[str] = sorted(i.id for i in checklist.items)
    event = _fact(item, "safety_checked", checklist.clause, checked=[*known])
    return Outcome(changes={"safety": known}, events=(event,))


def _start(inspection: Inspection, item: Item, ground: Ground) -> Outcome:
    checklist = ground.standard.safety_checklist
    if not {i.id for i in checklist.items} <= inspection.safety:
        raise RuleBroken(checklist.clause, "Peninjauan tidak dapat dimulai sebelum daftar periksa keselamatan lengkap.")
    event = _fact(item, "started", checklist.clause, public=True)
    if inspection.started_at is not None:  # a second device of the team: the first start counts
        return Outcome(changes={"started_at": min(inspection.started_at, item.made_at)}, events=(event,))
    if inspection.stage not in STARTABLE or inspection.visit_at is None:
        raise RuleBroken(ground.standard.cite("2"), "Belum ada jadwal yang ditawarkan kepada pemohon dan disepakati.")
    if jakarta_day(item.made_at) < jakarta_day(inspection.visit_at):
        raise RuleBroken(ground.standard.cite("2"), "Peninjauan dijadwalkan pada hari lain. Tawarkan jadwal baru bila dimajukan.")
    return Outcome(changes={"stage": Stage.STARTED, "started_at": item.made_at}, events=(event,))


def _find(item: Item, ground: Ground) -> Outcome:
    if item.clause not in {r.clause for r in ground.standard.before_issue()}:
        cite = ground.standard.cite("1")
        raise RuleBroken(cite, "Syarat {clause} tidak diperiksa di lapangan menurut standar ini.", clause=item.clause)
    if item.verdict not in ("met", "not_met"):
        raise RuleBroken(item.clause, "Pilih “memenuhi” atau “belum memenuhi”.")
    if item.verdict == "not_met" and len(item.reason.strip()) < 10:
        raise RuleBroken(item.clause, "Tulis alasan belum memenuhi (paling sedikit 10 huruf); pemohon membaca alasan ini.")
    return Outcome(events=(_fact(item, "found", item.clause, reason=item.reason.strip(), verdict=item.verdict),))


def _photograph(inspection: Inspection, item: Item, ground: Ground) -> Outcome:
    if item.clause and item.clause not in {r.clause for r in ground.standard.requirements}:
        raise RuleBroken(ground.standard.cite("1"), "Syarat {clause} tidak ada pada standar ini.", clause=item.clause)
    if inspection.photos >= MOST_PHOTOS:
        raise RuleBroken(ground.standard.cite("2"), "Sudah ada {most} foto, batas untuk satu peninjauan.", most=MOST_PHOTOS)
    return Outcome(events=(_fact(item, "photographed", item.clause or ground.standard.cite("2"), sha256=item.file),))


def _seal(inspection: Inspection, item: Item, write: Callable[[Item], Minutes], ground: Ground) -> Outcome:
    """Sign the minutes: every requirement looked at, the applicant's side named, and what both read is what is kept."""
    cite = ground.standard.cite("2")
    missing = [r.clause for r in ground.standard.before_issue() if r.clause not in inspection.findings]
    if missing:
        raise RuleBroken(missing[0], "Belum semua syarat diperiksa di lapangan: {clauses}.", clauses=", ".join(missing))
    signed = item.signed
    if signed is None or not signed.officer_confirms or len(signed.representative.strip()) < 3:
        raise RuleBroken(cite, "Berita acara memerlukan pernyataan petugas dan nama wakil pemohon.")
    _require_signature(signed, cite)
    if dict(signed.shown or {}) != {clause: finding.verdict for clause, finding in inspection.findings.items()}:
        raise RuleBroken(
            cite,
            "Temuan berubah sejak berita acara ini dibaca, misalnya dari perangkat lain. Baca lagi, lalu tanda tangani lagi.",
        )
    minutes = write(item)
    digest = digest_of(minutes)
    event = _fact(item, "minutes_signed", cite, public=True, minutes_sha256=digest, signed=signed.how)
    changes: dict[str, object] = {"stage": Stage.SEALED, "sealed_at": item.made_at, "minutes": dict(minutes)}
    return Outcome(changes={**changes, "minutes_sha256": digest}, events=(event,))


def _require_signature(signed: Signed, cite: str) -> None:
    if signed.how not in tuple(Signing):
        raise RuleBroken(cite, "Pilih cara wakil pemohon menyatakan setuju.")
    if signed.how == Signing.TYPED and signed.typed.strip().casefold() != signed.representative.strip().casefold():
        raise RuleBroken(cite, "Wakil pemohon mengetik ulang namanya sendiri sebagai tanda setuju; keduanya harus sama.")
    if signed.how == Signing.DRAWN and not signed.drawing:
        raise RuleBroken(cite, "Tanda tangan wakil pemohon belum digambar.")
    if signed.how == Signing.DECLINED and len(signed.remarks.strip()) < 10:
        raise RuleBroken(cite, "Tulis alasan wakil pemohon tidak menandatangani (paling sedikit 10 huruf).")


def digest_of(minutes: Minutes) -> str:
    """The SHA-256 of the minutes in their one spelling: JSON, keys sorted, no spaces."""
    text = json.dumps(dict(minutes), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
