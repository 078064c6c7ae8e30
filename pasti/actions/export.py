"""One case as one archive: its files, its certificate, its ledger and its data. The export is a recorded look (51.10.2)."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from pasti.actions.files import store
from pasti.actions.ground import application_for, edition_of, standard_of
from pasti.actions.looks import record_look
from pasti.actions.papers import papers_of
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor, Role
from pasti.records.desk import CaseNote
from pasti.records.inspection import Finding, Inspection, Photo
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application

EXPORTING = frozenset({Role.VALIDATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR})
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive waits in a temporary file
README = """Arsip berkas {number}, dibuat {at} oleh {who}.

berkas.json      isi berkas, termasuk data pribadi: simpan dan hapus menurut aturan pelindungan data pribadi
jejak.json       jejak audit, berantai; periksa dengan: bin/pasti ledger verify
bukti/           berkas yang diunggah, per syarat; yang diganti ada di bukti/lama/
sertifikat/      setiap sertifikat yang ditandatangani, yang diganti pun, bita demi bita
surat/           surat kepada pemohon yang ditandatangani
tanda-terima.pdf tanda terima permohonan, tanpa kode rahasianya
peninjauan/      surat tugas dan berita acara tiap peninjauan lapangan, tanda tangan yang digambar, dan fotonya
"""
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def may_export(actor: Actor) -> bool:
    """Whether the actor takes whole cases out of the house (51.10.1)."""
    return bool(actor.roles & EXPORTING)


def export(actor: Actor, id: UUID, *, at: datetime) -> tuple[str, IO[bytes]]:
    """The archive's name and its open file; the look is recorded before anything is read (51.10.2)."""
    row = application_for(actor, id)
    cite = standard_of(row).cite("10.1")
    if not may_export(actor) or actor.id == row.applicant_id:
        raise NotAllowed(cite, "Arsip berkas hanya diambil oleh kepala bidang, kepala kantor, atasan, atau Inspektorat.")
    record_look(actor, row, "export", at)
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # whoever sends it closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("BACA.txt", README.format(number=row.number, at=at.isoformat(), who=actor.name))
        out.writestr("berkas.json", _json(_case(row)))
        out.writestr("jejak.json", _json(_ledger(row)))
        for name, sha256 in _files(row):
            out.writestr(name, store().get(sha256))
        for name, paper in papers_of(row):
            out.writestr(name, paper)
    archive.seek(0)
    return f"{row.number}.zip", archive


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _case(row: Application) -> dict[str, Any]:
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "secret"}
    return {
        **columns,
        "edition": edition_of(row),
        "requirements": list(
            row.rows.order_by("clause").values("clause", "answers", "verdict", "reason", "judged_by", "judged_at")
        ),
        "clarifications": list(row.clarifications.order_by("asked_at").values()),
        "notes": list(CaseNote.objects.filter(application=row).order_by("at").values("text", "by__name", "at")),
        "evidence": list(row.evidence.order_by("uploaded_at").values()),
        "inspections": [_inspection(visit) for visit in row.inspections.order_by("round")],
        "letters": list(row.letters.order_by("signed_at").values("kind", "number", "data", "signed_sha256", "signed_at")),
        "hearings": list(row.hearings.order_by("id").values()),
        "change_requests": list(row.change_requests.order_by("id").values()),
        "certificates": list(row.certificates.order_by("prepared_at").values("number", "status", "data", "signed_sha256")),
    }


def _inspection(visit: Inspection) -> dict[str, Any]:
    findings = Finding.objects.filter(item__inspection=visit).order_by("item__made_at")
    photos = Photo.objects.filter(item__inspection=visit).order_by("item__made_at")
    return {
        **{field.attname: getattr(visit, field.attname) for field in visit._meta.concrete_fields},
        "team": list(visit.team.values_list("account__name", flat=True)),
        "findings": list(findings.values("clause", "verdict", "reason", "item__made_at")),
        "photos": list(photos.values("clause", "sha256", "item__made_at", "latitude", "longitude", "accuracy_metres")),
    }


def _ledger(row: Application) -> dict[str, Any]:
    facts = LedgerEntry.objects.filter(subject_id=row.id).order_by("seq").values()
    about = LedgerEntry.objects.filter(about=row.id).order_by("at", "id").values()
    return {"chain": list(facts), "about": list(about)}


def _files(row: Application) -> Iterator[tuple[str, str]]:
    """The path in the archive and the content's hash of every file. The path is ours, so no name of theirs can lead astray."""
    for number, evidence in enumerate(row.evidence.order_by("uploaded_at"), start=1):
        folder = "bukti/lama" if evidence.replaced_at else "bukti"
        yield f"{folder}/{evidence.clause}/{number:03}.{_ending(evidence.mime)}", evidence.sha256
    for number, photo in enumerate(Photo.objects.filter(item__inspection__application=row).order_by("item__made_at"), start=1):
        yield f"peninjauan/{number:03}.{_ending(photo.mime)}", photo.sha256
    for visit in row.inspections.order_by("round"):
        if drawing := (visit.minutes or {}).get("drawing"):
            yield f"peninjauan/tanda-tangan-{visit.round}.png", drawing
    for number, letter in enumerate(row.letters.order_by("signed_at"), start=1):
        yield f"surat/{number:02}-{letter.kind}.pdf", letter.signed_sha256
    signed = row.certificates.exclude(signed_sha256="").order_by("signed_at")
    for number, certificate in enumerate(signed, start=1):
        yield f"sertifikat/{number:02}-{certificate.status}.pdf", certificate.signed_sha256


def _ending(mime: str) -> str:
    return ENDINGS.get(mime, "bin")
