"""What somebody looked at, and which page the Inspectorate read, in words (51.10.2)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasti.pages.workplaces import PLACES

# What a look's fact names, by its first word; after a colon stands which one.
LOOKED: dict[str, str | Promise] = {
    "section": _("isian permohonan"),
    "assisted": _("isian permohonan di loket"),
    "export": _("arsip berkas"),
    "minutes": _("berita acara"),
    "letter": _("surat"),
    "hearing": _("tanggapan pemegang"),
    "change": _("perubahan data"),
    "file": _("berkas"),
    "reporter": _("identitas pelapor"),
    "message": _("pesan asli"),
    "credential": _("bukti pegawai"),
    "legal_aid": _("permintaan bantuan hukum"),
    "sanction": _("sanksi"),
}
# Pages by the name of their address; those of the menu by their words in it.
PAGES: dict[str, str | Promise] = {
    "case": _("berkas permohonan"),
    "trail": _("jejak audit berkas"),
    "agenda": _("jadwal peninjauan"),
    "inspection": _("peninjauan lapangan"),
    "appointment": _("jadwal satu peninjauan"),
    "assignment_letter": _("surat tugas"),
    "after_issue": _("sesudah terbit"),
    "desk_letter": _("surat"),
    "desk_evidence": _("berkas"),
    "overdue_duties": _("kewajiban yang lewat tenggat"),
    "office_scorecard_file": _("berkas kartu skor"),
    "scorecard_clause": _("satu klausul pada kartu skor"),
    "evaluation": _("evaluasi tahunan"),
    "evaluation_part": _("satu bagian evaluasi"),
    "improvement": _("satu perbaikan"),
    "officer": _("data satu pegawai"),
    "paper": _("bukti pegawai"),
    "sanction": _("sanksi"),
    "pledge_file": _("janji yang ditandatangani"),
    "report_incident": _("formulir kejadian"),
    "legal_aid": _("bantuan hukum"),
    "legal_aid_one": _("satu permintaan bantuan hukum"),
    "sample": _("satu sampel"),
    "findings": _("temuan pengawasan"),
    "finding": _("satu temuan"),
    "new_finding": _("formulir temuan"),
    "new_finding_about": _("formulir temuan"),
    "post_audits": _("audit sesudah terbit"),
    "post_audit": _("satu audit sesudah terbit"),
    "inspectorate": _("semua catatan"),
}
OTHER_PAGE = _("halaman lain")


def looked_at(what: str) -> str:
    """What a look was at."""
    return str(LOOKED.get(what.partition(":")[0], what))


def page_read(what: str) -> str:
    """Which page was read; never the name that only a program knows."""
    name = what.partition(":")[0]
    titles = {place.page: place.title for place in PLACES}
    return str(PAGES.get(name) or titles.get(name) or OTHER_PAGE)
