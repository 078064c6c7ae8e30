"""What the facts of the registers are called: facilities, the yearly evaluation, improvements, the survey (51.8, 51.14)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasti.domain.facilities import CONDITION_TITLES, Condition
from pasti.pages.words import in_language

REGISTER_EVENTS: dict[str, str | Promise] = {
    "facility.entered": _("Sarana dicatat"),
    "facility.checked": _("Sarana diperiksa: {condition}"),
    "facility.handed_over": _("Sarana diserahkan kepada pengelola lain"),
    "facility.retired": _("Sarana dikeluarkan dari daftar"),
    "facility.fault_reported": _("Kerusakan dilaporkan pengunjung"),
    "facility.fault_settled": _("Laporan kerusakan diselesaikan"),
    "evaluation.begun": _("Evaluasi tahun {year} dimulai"),
    "evaluation.found": _("Temuan satu bagian evaluasi ditulis"),
    "evaluation.closed": _("Evaluasi ditutup"),
    "evaluation.told": _("Hasil evaluasi dikirim kepada {staff} petugas"),
    "evaluation.acknowledged": _("Petugas menyatakan sudah membaca hasil evaluasi"),
    "evaluation.reminded": _("Diingatkan membaca hasil evaluasi: {waiting} petugas"),
    "evaluation.all_acknowledged": _("Semua petugas sudah membaca hasil evaluasi"),
    "improvement.planned": _("Perbaikan direncanakan, paling lambat {due_on}"),
    "improvement.finished": _("Perbaikan selesai"),
    "survey.opened": _("Survei {quarter} dibuka"),
    "survey.answered": _("Satu kuesioner survei diisi"),
    "survey.taken_in": _("Kuesioner kertas dimasukkan: {count}"),
    "survey.closed": _("Survei ditutup dan dihitung"),
    "survey.planned": _("Tindak lanjut survei direncanakan"),
    "survey.improved": _("Tindak lanjut survei selesai"),
    "survey.published": _("Hasil survei diumumkan"),
}


def register_value(name: str, value: object) -> str | None:
    """A value of such a fact in words; None for one that needs none."""
    if name == "condition" and value in set(Condition):
        return in_language(CONDITION_TITLES[Condition(str(value))])
    return None
