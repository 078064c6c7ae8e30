"""What the facts of the registers are called: facilities, surveys, evaluation, improvements, messages, keys (51.8, 51.14)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REGISTER_EVENTS: dict[str, str | Promise] = {
    "facility.entered": _("Sarana dicatat: {name}"),
    "facility.checked": _("Sarana diperiksa: {condition}"),
    "facility.handed_over": _("Pengelola atau tempat sarana diganti"),
    "facility.retired": _("Sarana dikeluarkan dari daftar"),
    "facility.fault_reported": _("Pengunjung melaporkan kerusakan"),
    "facility.fault_settled": _("Laporan kerusakan diselesaikan"),
    "survey.opened": _("Survei dibuka: {quarter}"),
    "survey.answered": _("Survei diisi satu responden"),
    "survey.taken_in": _("Survei kertas dimasukkan: {count} lembar"),
    "survey.closed": _("Survei ditutup"),
    "survey.published": _("Hasil survei diumumkan"),
    "survey.planned": _("Rencana tindak lanjut survei dicatat"),
    "survey.improved": _("Tindak lanjut survei selesai"),
    "evaluation.begun": _("Evaluasi tahun {year} dimulai"),
    "evaluation.found": _("Hasil evaluasi dicatat untuk satu bagian"),
    "evaluation.closed": _("Evaluasi ditutup"),
    "evaluation.told": _("Hasil evaluasi dikirim kepada {staff} petugas"),
    "evaluation.reminded": _("Petugas yang belum membaca evaluasi diingatkan: {waiting}"),
    "evaluation.acknowledged": _("Hasil evaluasi dibaca satu petugas"),
    "evaluation.all_acknowledged": _("Hasil evaluasi sudah dibaca semua petugas"),
    "improvement.planned": _("Perbaikan direncanakan"),
    "improvement.finished": _("Perbaikan selesai"),
    "message.filed": _("Pesan masuk dijadikan pengaduan"),
    "message.ignored": _("Pesan mesin diabaikan"),
    "message.set_aside": _("Pesan disisihkan"),
    "message.quarantined": _("Pesan dikarantina"),
    "api_key.created": _("Kunci sistem lain dibuat: {name}"),
    "api_key.revoked": _("Kunci sistem lain dicabut: {name}"),
}
