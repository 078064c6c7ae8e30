"""What the facts of oversight are called (51.10.1, 51.10.2)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OVERSIGHT_EVENTS: dict[str, str | Promise] = {
    "sample.drawn": _("Diambil sebagai sampel pengawasan"),
    "sample.reviewed": _("Sampel pengawasan diperiksa: {result}"),
    "finding.raised": _("Temuan pengawasan dicatat, batas tindak lanjut {due_on}"),
    "finding.warned": _("Penanggung jawab temuan diingatkan, batas tindak lanjut {due_on}"),
    "finding.answered": _("Tindak lanjut temuan dilaporkan"),
    "finding.sent_back": _("Tindak lanjut temuan diminta lagi"),
    "finding.closed": _("Temuan pengawasan selesai"),
    "data.read": _("Halaman dibaca Inspektorat: {what}"),
    "ledger_root.sealed": _("Akar {number} dibuat atas {size} catatan"),
    "ledger_root.stamped": _("Akar diberi cap waktu"),
    "ledger_root.drawn": _("Sampel pengawasan diundi: {samples}"),
}
OVERSIGHT_VALUES: dict[str, str | Promise] = {"in_order": _("sesuai"), "finding": _("ada temuan")}
