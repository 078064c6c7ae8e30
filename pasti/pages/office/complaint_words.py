"""What the facts about a complaint are called for a person who reads them (51.6)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES, Finding, Kind
from pasti.pages.words import in_language

# Every kind of fact, with {named} values of what it changed.
COMPLAINT_EVENTS: dict[str, str | Promise] = {
    "complaint.filed": _("Pengaduan tercatat"),
    "complaint.taken": _("Pengaduan diambil"),
    "complaint.asked": _("Pelapor ditanya"),
    "complaint.completed": _("Pengaduan dilengkapi"),
    "complaint.screened": _("Ditelaah: {kind}"),
    "complaint.set_aside": _("Disisihkan"),
    "complaint.restored": _("Dikembalikan ke register"),
    "complaint.grouped": _("Dikelompokkan"),
    "complaint.noted": _("Dicatat sebagai masukan"),
    "complaint.formulated": _("Inti masalah dirumuskan"),
    "complaint.related": _("Dihubungkan dengan klausul {clause}"),
    "complaint.checked": _("Bahan yang ada diperiksa"),
    "complaint.planned": _("Rencana disusun"),
    "complaint.action_added": _("Langkah ditambahkan"),
    "complaint.result_recorded": _("Hasil langkah dicatat"),
    "complaint.concluded": _("Pemeriksaan selesai"),
    "complaint.inspectorate_approved": _("Pelibatan APIP disetujui"),
    "complaint.categorised": _("Kategori {category} ditetapkan"),
    "complaint.climbed": _("Dilaporkan dan dinaikkan ke jenjang berikut"),
    "complaint.settled": _("Diputuskan: {finding}"),
    "complaint.referred": _("Diteruskan ke {agency}"),
    "complaint.referral_answered": _("Rujukan dijawab {agency}"),
    "complaint.answered": _("Dijawab dengan surat {letter}"),
    "complaint.reported": _("Dilaporkan kepada atasan langsung"),
    "complaint.closed": _("Pengaduan ditutup"),
    "complaint.helped": _("Pelapor menilai jawabannya"),
    "complaint.reopened": _("Jawaban belum membantu, dibuka lagi satu jenjang lebih tinggi"),
    "complaint.linked": _("Dikaitkan dengan pengaduan lain"),
    "complaint.named": _("Petugas ditunjuk untuk melihat identitas"),
    "complaint.followed_up": _("Tindak lanjut dibuka"),
    "complaint.follow_up_finished": _("Tindak lanjut selesai"),
    "complaint.warned": _("Petugas diingatkan: sisa {remaining} hari kerja"),
    "complaint.escalated": _("Lewat waktu, dinaikkan kepada {to}"),
    "complaint.recalculated": _("Kalender berubah, batas waktu jawaban dihitung ulang"),
    "complaint.referral_reminded": _("Instansi diingatkan"),
}


def complaint_value(name: str, value: object) -> str | None:
    """A value of such a fact in words; None for one that needs none."""
    if name == "kind" and value in set(Kind):
        return in_language(KIND_TITLES[Kind(str(value))])
    if name == "finding" and value in set(Finding):
        return in_language(FINDING_TITLES[Finding(str(value))]).lower()
    return None
