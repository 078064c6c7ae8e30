"""/pengawasan/semua/: every fact of the office, for the Inspectorate to read; each page it opens is itself a fact (51.10.2)."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.pages.office.words import what_happened
from pasti.pages.oversight.door import overseer
from pasti.pages.screen import show
from pasti.queries.inspectorate import FactView, everything

LONGEST_NUMBER = 18
KINDS = {
    "": gettext_lazy("Semua jenis"),
    "application.": gettext_lazy("Permohonan"),
    "complaint.": gettext_lazy("Pengaduan"),
    "clock.": gettext_lazy("Hitungan waktu"),
    "guard.": gettext_lazy("Peringatan dan batas waktu"),
    "certificate.": gettext_lazy("Sertifikat"),
    "notice.": gettext_lazy("Pemberitahuan"),
    "data.": gettext_lazy("Penglihatan data"),
    "account.": gettext_lazy("Akun dan penugasan"),
    "staff.": gettext_lazy("Data pegawai"),
    "sanction.": gettext_lazy("Sanksi"),
    "facility.": gettext_lazy("Sarana"),
    "post_audit.": gettext_lazy("Audit sesudah terbit"),
    "sample.": gettext_lazy("Sampel pengawasan"),
    "finding.": gettext_lazy("Temuan pengawasan"),
    "ledger_root.": gettext_lazy("Akar malam"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact as the table shows it."""

    fact: FactView
    what: str
    after: str


@require_safe
@overseer
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All facts, the newest first; `jenis` narrows them, `sebelum` is where the page starts."""
    asked, before = request.GET.get("jenis", ""), request.GET.get("sebelum", "")
    kind = asked if asked in KINDS else ""
    start = int(before) if before.isdecimal() and len(before) <= LONGEST_NUMBER else 0
    found = everything(actor, kind=kind, before=start)
    if found is None:
        raise NotAllowed("51.10.2", "Seluruh catatan kantor hanya dibuka oleh Inspektorat. Jejak satu berkas ada di berkasnya.")
    return show(
        request,
        "oversight/everything.html",
        title=_("Semua catatan"),
        rows=tuple(_row(fact) for fact in found.rows),
        kinds=tuple({"value": value, "title": title, "is_open": value == kind} for value, title in KINDS.items()),
        oversees=True,
        inspector=True,
        first_url=_address(jenis=kind) if start else "",
        next_url=_address(jenis=kind, sebelum=str(found.next)) if found.next else "",
    )


def _row(fact: FactView) -> Row:
    after = json.dumps(fact.after, ensure_ascii=False) if fact.after else ""
    return Row(fact=fact, what=what_happened(fact.kind, fact.after), after=after)


def _address(**query: str) -> str:
    return f"{reverse('inspectorate')}?{urlencode({name: value for name, value in query.items() if value})}"
