"""The whole ledger as a file that an inspector checks without us: `tools/verify_ledger.py` (51.10.2)."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

from django.db import connection, transaction

from pasti import standards
from pasti.actions import roots
from pasti.domain.chain import Fact, canonical
from pasti.domain.events import Json
from pasti.records.ledger import LedgerEntry
from pasti.records.roots import LedgerRoot
from pasti.records.subject import recorded_ends

FORM = "pasti-ledger-2"
SIGNED_LINES = ("ledger", "root", "end")  # kinds whose lines are signed as they stand; the facts are by their tree
BATCH = 5000
FIELDS: dict[str, Json] = {
    "id": "nomor urut catatan di seluruh jejak audit; tidak termasuk sidik jari, tetapi menentukan urutan daun akar",
    "subject_kind": "jenis subjek: permohonan, sertifikat, akun, …",
    "subject_id": "tanda acak subjek; bukan NIK, bukan nomor telepon",
    "seq": "nomor catatan di dalam rantai subjeknya, mulai 1",
    "at": "saat kejadian, UTC",
    "actor_id": "tanda acak akun yang berbuat; null bila sistem",
    "actor_roles": "peran yang dipakai saat itu",
    "kind": "jenis kejadian",
    "clause": "pasal standar yang menjadi dasar",
    "edition": "edisi standar yang dipakai",
    "reason": "alasan seperti diketik petugas atau pemohon; dapat memuat nama bila diketik orang",
    "before": "nilai sebelum",
    "after": "nilai sesudah: nomor, tanggal, sidik jari; bukan isi formulir",
    "public": "apakah tampak pada garis waktu pemohon",
    "about": "subjek lain yang disangkut catatan ini",
    "prev_hash": "sidik jari catatan sebelumnya di rantai yang sama",
    "hash": "SHA-256 dari prev_hash, baris baru, dan isi dalam JSON dengan nama terurut",
}
PERSONAL = (
    "Jejak audit tidak memuat isian formulir (NIK, telepon, alamat): isian itu tersimpan tersandi di luar jejak audit. "
    "Yang masih dapat menyangkut orang: tanda acak akun dan kata-kata yang diketik di reason."
)
# Sixteen digits, or a telephone number, standing alone: not part of a hash, a case number or a longer number.
LOOKS_PERSONAL = re.compile(r"(?<![\w.-])(?:\d{16}|(?:\+62|62|0)8\d{7,11})(?![\w-])")


def write(out: IO[str], *, at: datetime) -> tuple[int, int]:
    """Write the export, as the database stands at one moment; answers how many facts, and how many look personal (51.10.2)."""
    entries = suspicious = 0
    hashes = {kind: hashlib.sha256() for kind in SIGNED_LINES}
    through = roots.settled()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for line in (_head(at), *_roots()):
            _put(out, line, hashes)
        for line, text in _entries():
            _put(out, line, hashes)
            entries += 1
            suspicious += bool(LOOKS_PERSONAL.search(text))
        for subject, length, head in recorded_ends():
            _put(out, {"type": "end", "subject_id": str(subject), "length": length, "head": head}, hashes)
        lines = {f"{kind}_lines": hashed.hexdigest() for kind, hashed in hashes.items()}
        _put(out, {"type": "done", "proof": roots.sign_export(through, lines, at=at)}, hashes)
    return entries, suspicious


def _put(out: IO[str], line: dict[str, Json], hashes: Mapping[str, "hashlib._Hash"]) -> None:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
    if hashed := hashes.get(str(line["type"])):
        hashed.update(text.encode())
    out.write(text)


def _head(at: datetime) -> dict[str, Json]:
    return {
        "type": "ledger",
        "form": FORM,
        "office": standards.load().office().name,
        "exported_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "fields": FIELDS,
        "personal": PERSONAL,
        "keys": [{**key} for key in roots.public_keys()],
    }


def _roots() -> Iterator[dict[str, Json]]:
    rows = LedgerRoot.objects.order_by("number").values_list("proof", "stamp")
    for proof, stamp in rows.iterator(chunk_size=BATCH):
        yield {"type": "root", "proof": proof, "stamp": base64.b64encode(stamp).decode() if stamp else None}


def _entries() -> Iterator[tuple[dict[str, Json], str]]:
    """Each fact as a line, and the words of it that a person may have typed."""
    names = tuple(Fact.__dataclass_fields__)
    rows = LedgerEntry.objects.order_by("id").values_list("id", "prev_hash", "hash", *names)
    for id, prev_hash, digest, *values in rows.iterator(chunk_size=BATCH):
        content = canonical(Fact(**dict(zip(names, values, strict=True))))
        line: dict[str, Json] = {"type": "entry", "id": id, **json.loads(content), "prev_hash": prev_hash, "hash": digest}
        yield line, content
