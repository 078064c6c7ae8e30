"""/meja/peninjauan/<id>/: the inspection on a phone, with or without script, with or without a network (51.2, 51.13.2).

Without script each form sends one item. With script the device keeps every item first and sends it when it can, to `send`.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pasti.actions import inspection
from pasti.actions.files import MOST_BYTES, store
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.fieldwork import ItemKind
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.forms.inspection import from_device, from_form, unreadable
from pasti.pages.office.door import CLAUSE, officer
from pasti.pages.office.inspection import open_inspection
from pasti.pages.public.files import as_download
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.queries import inspection as inspections

MOST_AT_ONCE = 40
PLACES: dict[ItemKind, str] = {ItemKind.SAFETY: "safety", ItemKind.START: "start", ItemKind.MINUTES: "minutes"}

# What inspection.js says, so that it is said in the reader's language.
WORDS: dict[str, Promise] = {
    "met": gettext_lazy("Memenuhi"),
    "not_met": gettext_lazy("Belum memenuhi"),
    "met_signed": gettext_lazy("memenuhi"),
    "not_met_signed": gettext_lazy("belum memenuhi"),
    "none_signed": gettext_lazy("belum diperiksa"),
    "stored": gettext_lazy("tersimpan di perangkat"),
    "sent": gettext_lazy("terkirim"),
    "refused": gettext_lazy("ditolak, tetap tersimpan di perangkat"),
    "safety": gettext_lazy("Daftar periksa keselamatan"),
    "start": gettext_lazy("Dimulai"),
    "finding": gettext_lazy("Temuan"),
    "photo": gettext_lazy("Foto"),
    "minutes": gettext_lazy("Berita acara"),
    "photo_of": gettext_lazy("Foto untuk {clause}"),
    "missing": gettext_lazy("Masih {count} syarat belum diperiksa."),
    "waiting": gettext_lazy("{count} catatan tersimpan di perangkat, belum terkirim."),
    "offline": gettext_lazy("Tidak ada jaringan: {count} catatan tersimpan di perangkat dan dikirim begitu jaringan kembali."),
    "signed_out": gettext_lazy("{count} catatan tersimpan di perangkat. Masuk lagi dengan akun yang sama untuk mengirimnya."),
    "failed": gettext_lazy("Kantor belum dapat menerima: {count} catatan tersimpan di perangkat dan dicoba lagi."),
    "some_refused": gettext_lazy("{count} catatan ditolak dan tetap tersimpan di perangkat; alasannya di bawah."),
    "send_now": gettext_lazy("Kirim sekarang"),
    "send_again": gettext_lazy("Kirim ulang yang ditolak"),
    "no_time": gettext_lazy("Belum ada jadwal yang disepakati. Tawarkan waktunya pada “Jadwal dan tim” dahulu."),
    "other_day": gettext_lazy(
        "Peninjauan dijadwalkan pada {day}. Bila dimajukan, sepakati waktu baru pada “Jadwal dan tim” dahulu."
    ),
    "all_sent": gettext_lazy("Semua catatan terkirim."),
    "nothing": gettext_lazy("Belum ada catatan dari perangkat ini."),
    "refused_item": gettext_lazy("{what} ditolak"),
    "reason_needed": gettext_lazy("Tulis alasan belum memenuhi (paling sedikit 10 huruf)."),
    "unreadable": gettext_lazy("Foto ini tidak dapat dibaca perangkat. Ambil ulang sebagai JPEG."),
    "names_needed": gettext_lazy("Isi nama wakil pemohon, dan centang pernyataan petugas."),
    "typed_needed": gettext_lazy("Wakil pemohon mengetik ulang namanya sendiri; keduanya harus sama."),
    "drawing_needed": gettext_lazy("Tanda tangan belum digambar."),
    "remarks_needed": gettext_lazy("Tulis alasan wakil pemohon tidak menandatangani (paling sedikit 10 huruf)."),
    "ready": gettext_lazy("Halaman ini siap dipakai tanpa jaringan."),
    "not_ready": gettext_lazy("Halaman ini belum siap dipakai tanpa jaringan; buka sekali lagi sebelum berangkat."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def field(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The page of the visit; POST keeps one item of a plain form and comes back to where it was typed."""
    if request.method != "POST":
        return _page(request, actor, id)
    uploaded, cite = request.FILES.get("photo"), open_inspection(actor, id).standard.cite("2")
    try:
        noted = from_form(
            request.POST, uploaded.read(MOST_BYTES + 1) if uploaded else b"", by=actor.person, at=moment(), cite=cite
        )
        inspection.keep(actor, id, noted.item, at=moment(), data=noted.data)
    except RuleBroken as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 422
        return _page(request, actor, id, status=status, refusal=refusal, typed=request.POST)
    anchor = PLACES.get(noted.item.kind, f"syarat-{noted.item.clause.replace('.', '-')}")
    return redirect(f"{reverse('inspection', args=[id])}#{anchor}")


def _page(
    request: HttpRequest,
    actor: Actor,
    id: UUID,
    *,
    status: int = 200,
    refusal: RuleBroken | None = None,
    typed: Any = None,
) -> HttpResponse:
    view = open_inspection(actor, id)
    lines = [
        {"line": line, "anchor": f"syarat-{line.requirement.clause.replace('.', '-')}", "items": (uuid4(), uuid4())}
        for line in view.lines
    ]
    return show(
        request,
        "office/fieldwork.html",
        title=_("Peninjauan {name}").format(name=view.business_name),
        status=status,
        view=view,
        me=actor.person,
        lines=lines,
        shown=json.dumps(view.verdicts),
        missing=len(view.lines) - len(view.verdicts),
        items=[uuid4() for _each in range(4)],
        notice=sentence(refusal) if refusal else "",
        notice_clause=refusal.clause if refusal else "",
        typed=typed or {},
        words={name: str(text) for name, text in WORDS.items()},
    )


@require_POST
@officer
def send(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """What a device has kept: each item is answered for itself, kept, kept before, or refused with a sentence."""
    cite = open_inspection(actor, id).standard.cite("2")
    try:
        items = json.loads(request.body)["items"]
        assert isinstance(items, list) and len(items) <= MOST_AT_ONCE
    except (ValueError, KeyError, TypeError, AssertionError):
        return JsonResponse({"sentence": sentence(unreadable(cite))}, status=400)
    answers = [_keep_one(actor, id, values, cite) for values in items]
    fresh = open_inspection(actor, id)
    found = {
        clause: {"verdict": f.verdict, "reason": f.reason, "made_at": f.made_at.isoformat()}
        for clause, f in inspections.findings_now(id).items()
    }
    return JsonResponse({"items": answers, "stage": fresh.stage, "is_closed": fresh.is_closed, "findings": found})


def _keep_one(actor: Actor, id: UUID, values: object, cite: str) -> dict[str, str]:
    name = str(values.get("id", "")) if isinstance(values, dict) else ""
    try:
        noted = from_device(values, cite=cite)
        kept = inspection.keep(actor, id, noted.item, at=moment(), data=noted.data)
    except RuleBroken as refusal:
        return {"id": name, "status": "refused", "sentence": sentence(refusal), "clause": refusal.clause}
    return {"id": name, "status": "kept" if kept else "kept_before", "sentence": ""}


@require_safe
@officer
def picture(_request: HttpRequest, actor: Actor, id: UUID, sha256: str) -> HttpResponse:
    """One photograph of the inspection, or the drawn signature."""
    mime = inspections.picture(actor, id, sha256)
    if mime is None:
        raise NotAllowed(CLAUSE, "Foto ini tidak ada, atau bukan untuk Anda.")
    return as_download(store().get(sha256), name=f"{sha256[:12]}.jpg", mime=mime, inline=True)


@require_safe
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, at an address that gives it these pages and no others. It holds no data, so anyone may read it."""
    found = finders.find("inspection-worker.js")
    if not isinstance(found, str):
        raise Http404
    return HttpResponse(Path(found).read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
