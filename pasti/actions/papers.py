"""The papers of a case for its archive, from what was kept when each was made (51.2, 51.10.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from pasti import standards
from pasti.actions.ground import standard_of
from pasti.actions.printing import letterhead
from pasti.adapters.pdf.client import render_paper
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.papers import Paper, Part
from pasti.records.inspection import Inspection
from pasti.records.licensing import Application

DEMONSTRATION_PAPER = "Peragaan: surat ini dari data contoh."
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
VERDICTS = {"met": "memenuhi", "not_met": "belum memenuhi"}
SIGNED = {"declined": "tidak menandatangani", "drawn": "menandatangani di tempat", "typed": "menyetujui dengan mengetik namanya"}


def papers_of(row: Application) -> Iterator[tuple[str, bytes]]:
    """Each paper's path in the archive and its PDF."""
    if row.submitted_at is not None:
        yield "tanda-terima.pdf", render_paper(_receipt(row, row.submitted_at))
    for visit in row.inspections.select_related("lead").order_by("round"):
        yield f"peninjauan/surat-tugas-{visit.round}.pdf", render_paper(_assignment(row, visit))
        if visit.minutes:
            yield f"peninjauan/berita-acara-{visit.round}.pdf", render_paper(_minutes(visit, visit.minutes))


def _receipt(row: Application, at: datetime) -> Paper:
    facts = (*_case(row), ("Diterima", _said(at)), ("Cara pengajuan", "Dibantu petugas di loket" if row.assisted else "Mandiri"))
    closing = "Kode rahasia untuk melacak tidak disertakan dalam arsip."
    return _paper("Tanda terima permohonan", row.number or "", at, facts, (), closing)


def _assignment(row: Application, visit: Inspection) -> Paper:
    team = sorted(member.account.get_full_name() for member in visit.team.select_related("account"))
    lead = visit.lead.get_full_name()
    checklist = standard_of(row).safety_checklist
    parts = (
        Part(title="Menugaskan", lines=tuple(f"{name}, ketua tim" if name == lead else name for name in team)),
        Part(title=f"Daftar periksa keselamatan ({checklist.clause})", lines=tuple(item.text.id for item in checklist.items)),
    )
    facts = (*_case(row), ("Waktu", _said(visit.visit_at) if visit.visit_at else "belum disepakati"))
    closing = "Untuk meninjau lapangan atas permohonan ini."
    closing += " Layanan ini tidak dipungut biaya." if standard_of(row).fee_rupiah == 0 else ""
    return _paper("Surat tugas", visit.letter, visit.assigned_at, facts, parts, closing)


def _minutes(visit: Inspection, minutes: dict[str, Any]) -> Paper:
    """What both sides signed, word for word; nothing is looked up anew."""
    sealed = datetime.fromisoformat(minutes["sealed_at"])
    facts = (
        ("Nomor permohonan", minutes["number"]),
        ("Layanan", minutes["standard"]),
        ("Usaha", minutes["business"]),
        ("Lokasi", minutes["site"]),
        ("Dimulai", _said(datetime.fromisoformat(minutes["started_at"])) if minutes["started_at"] else ""),
        ("Ditandatangani", _said(sealed)),
        ("Tim", f"{', '.join(minutes['team'])} (ketua: {minutes['lead']})"),
    )
    found = tuple(
        f"{f['clause']} {f['title']}: {VERDICTS[f['verdict']]}" + (f". {f['reason']}" if f["reason"] else "")
        for f in minutes["findings"]
    )
    position = f", {minutes['position']}" if minutes["position"] else ""
    signatures = (
        f"{minutes['officer']}, petugas: menyatakan isi berita acara ini benar",
        f"{minutes['representative']}{position}, wakil pemohon: {SIGNED[minutes['signed']]}",
    )
    parts = (
        Part(title="Keselamatan dipastikan sebelum mulai", lines=tuple(minutes["safety"])),
        Part(title="Temuan", lines=found),
        Part(title="Keterangan wakil pemohon", lines=(minutes["remarks"],) if minutes["remarks"] else ()),
        Part(title="Tanda tangan", lines=signatures),
    )
    closing = f"Sidik jari berita acara (SHA-256), juga tercatat pada jejak audit: {visit.minutes_sha256}"
    return _paper("Berita acara peninjauan lapangan", minutes["letter"], sealed, facts, parts, closing)


def _case(row: Application) -> tuple[tuple[str, str], ...]:
    return (("Nomor permohonan", row.number or ""), ("Layanan", standard_of(row).title.id), ("Usaha", row.business_name))


def _paper(
    title: str, number: str, at: datetime, facts: tuple[tuple[str, str], ...], parts: tuple[Part, ...], closing: str
) -> Paper:
    return Paper(
        title=title,
        number=number,
        letterhead=letterhead(standards.load().office()),
        facts=tuple((what, value) for what, value in facts if value),
        parts=tuple(part for part in parts if part.lines),
        closing=closing,
        made_on=jakarta_day(at),
        demonstration=DEMONSTRATION_PAPER if settings.PASTI_DEMONSTRATION else "",
    )


def _said(at: datetime) -> str:
    local = at.astimezone(JAKARTA)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} pukul {local:%H.%M} WIB"
