"""The demonstration office's evaluation of this year: read by most staff, its improvements under way (51.14.1, 51.14.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pasti.actions import evaluation, improvements
from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import parts_of
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor, Role
from pasti.records.evaluation import Evaluation

SUMMARY = (
    "Contoh peragaan: pelayanan berjalan, tetapi sembilan komponen belum seluruhnya terbukti. Yang mendesak: penjelasan "
    "persyaratan di loket, saluran pengaduan, dan kelengkapan bukti petugas."
)
IN_ORDER = "Contoh peragaan: tidak ada yang perlu diperbaiki menurut pemeriksaan bersama angka tahun ini."


@dataclass(frozen=True, kw_only=True)
class Lack:
    """What was found of one part, and what is done about it, by whom, in how many calendar days."""

    found: str
    what: str
    owner: Role
    days: int


TO_IMPROVE: Mapping[str, Lack] = {
    f"komponen-{number}": Lack(found=f"Contoh peragaan: {found}", what=what, owner=owner, days=days)
    for number, found, what, owner, days in (
        (
            1,
            "pemohon masih bertanya syarat mana yang berlaku baginya.",
            "Contoh syarat yang benar dipasang di loket.",
            Role.COUNTER_OFFICER,
            30,
        ),
        (
            2,
            "ada langkah yang memakai waktu lebih lama daripada waktu bakunya.",
            "Langkah yang lewat waktu baku dibahas tiap pekan bersama pemegangnya.",
            Role.VALIDATOR,
            40,
        ),
        (
            3,
            "ada permohonan yang selesai lewat tanggal janjinya.",
            "Berkas yang sisa waktunya tiga hari dibahas tiap pagi.",
            Role.VALIDATOR,
            45,
        ),
        (
            6,
            "kotak pengaduan jarang dibuka.",
            "Kotak pengaduan dibuka tiap hari kerja, dengan catatan.",
            Role.COMPLAINTS_OFFICER,
            14,
        ),
        (
            8,
            "sebagian besar sarana belum tercatat, satu rusak.",
            "Semua sarana didaftar dan mesin antrean diperbaiki.",
            Role.FACILITY_CUSTODIAN,
            60,
        ),
        (
            9,
            "bukti pendidikan dan diklat sebagian petugas belum diserahkan.",
            "Tiap petugas menyerahkan bukti, atasan menilai kompetensinya.",
            Role.HEAD,
            90,
        ),
        (
            11,
            "petugas peragaan ini lebih sedikit daripada jumlah dalam standar.",
            "Kebutuhan petugas dihitung dan diusulkan kepada bupati.",
            Role.HEAD,
            120,
        ),
        (
            12,
            "kode etik dan pakta integritas belum ditandatangani semua petugas.",
            "Penandatanganan bersama pada apel pertama bulan depan.",
            Role.HEAD,
            30,
        ),
        (
            14,
            "hasil survei satu triwulan belum diumumkan pada waktunya.",
            "Rencana tindak lanjut disusun pada pekan pertama sesudah triwulan.",
            Role.SURVEY_OFFICER,
            21,
        ),
    )
}
UNREAD = frozenset({Role.TECHNICAL_TEAM, Role.FACILITY_CUSTODIAN})


def furnish(office: Mapping[Role, Actor], entry: str, *, at: datetime) -> None:
    """Evaluate, close, let most of the staff acknowledge, plan the improvements; once."""
    if Evaluation.objects.filter(entry=entry).exists():
        return
    keeper = office[Role.SURVEY_OFFICER]
    row = evaluation.begin(keeper, entry, jakarta_day(at).year, at=at)
    for part in parts_of(evaluation.standard_of(row)):
        verdict, words = ("to_improve", TO_IMPROVE[part.id].found) if part.id in TO_IMPROVE else ("in_order", IN_ORDER)
        seen = Evaluation.objects.get(pk=row.pk).ledger_length
        evaluation.find(keeper, row.id, part.id, verdict=verdict, words=words, seen=seen, at=at)
    evaluation.close(keeper, row.id, SUMMARY, seen=Evaluation.objects.get(pk=row.pk).ledger_length, at=at)
    told = set(row.readings.values_list("account", flat=True))
    for role, actor in office.items():
        if actor.id in told and role not in UNREAD:
            evaluation.acknowledge(actor, row.id, at=at)
    for id, lack in TO_IMPROVE.items():
        asked = Asked(what=lack.what, owner=office[lack.owner].id, due_on=jakarta_day(at) + timedelta(days=lack.days))
        improvements.plan(keeper, row.id, id, asked, at=at)
