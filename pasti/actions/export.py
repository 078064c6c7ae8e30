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
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor, Role
from pasti.records.certificate import Certificate
from pasti.records.desk import CaseNote
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application

EXPORTING = frozenset({Role.VALIDATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR})
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive waits in a temporary file
README = """Arsip berkas {number}, dibuat {at} oleh {who}.

berkas.json      isi berkas, termasuk data pribadi: simpan dan hapus menurut aturan pelindungan data pribadi
jejak.json       jejak audit, berantai; periksa dengan: bin/pasti ledger verify
bukti/           berkas yang diunggah, per syarat; yang diganti ada di bukti/lama/
sertifikat/      sertifikat yang ditandatangani, bita demi bita
"""


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
        "certificate": Certificate.objects.filter(application=row).values("number", "status", "data", "signed_sha256").first(),
    }


def _ledger(row: Application) -> dict[str, Any]:
    facts = LedgerEntry.objects.filter(subject_id=row.id).order_by("seq").values()
    about = LedgerEntry.objects.filter(about=row.id).order_by("at", "id").values()
    return {"chain": list(facts), "about": list(about)}


def _files(row: Application) -> Iterator[tuple[str, str]]:
    """The path in the archive and the content's hash of every file. The path is ours, so no name of theirs can lead astray."""
    for number, evidence in enumerate(row.evidence.order_by("uploaded_at"), start=1):
        folder = "bukti/lama" if evidence.replaced_at else "bukti"
        ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}.get(evidence.mime, "bin")
        yield f"{folder}/{evidence.clause}/{number:03}.{ending}", evidence.sha256
    certificate = Certificate.objects.filter(application=row).exclude(signed_sha256="").first()
    if certificate is not None:
        yield "sertifikat/sertifikat.pdf", certificate.signed_sha256
