"""Following a complaint by number and secret: the clock, what is asked, the answer, and whether it helped (51.6.4, 51.6.8)."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import complaint_answer, complaints
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.pages.access import count_try, moment, posted_from, remember_shown, shown, too_many_tries
from pasti.pages.forms.complaints import ComplaintKeyForm, CompleteForm, HelpedForm
from pasti.pages.forms.fields import FILES, typed
from pasti.pages.public.complaint_filing import uploads_of
from pasti.pages.public.complaint_words import told
from pasti.pages.public.files import as_download
from pasti.pages.public.survey import invitation_to
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.queries import complaint_tracking as tracking
from pasti.queries.complaint_tracking import ComplaintTrack

MOST_TRIES = 10
TRIES_SECONDS = 10 * 60


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Number and secret; whatever does not fit gets one and the same answer, and too many tries wait."""
    if request.method != "POST":
        return _ask(request, ComplaintKeyForm(initial={"number": request.GET.get("nomor", "")[:40]}))
    form = ComplaintKeyForm(request.POST)
    if too_many_tries(request, "complaint", most=MOST_TRIES):
        form.add_error(None, _("Terlalu banyak percobaan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi."))
        return _ask(request, form, status=429)
    if form.is_valid():
        number = typed(request.POST, "number").strip().upper()
        id = tracking.find(number, typed(request.POST, "secret"))
        if id is not None:
            remember_shown(request, number, id)
            return redirect("complaint", number=number)
        count_try(request, "complaint", seconds=TRIES_SECONDS)
        form.add_error(None, _("Nomor dan kata sandi ini tidak cocok. Periksa keduanya pada tanda terima Anda."))
    return _ask(request, form, status=422)


def _ask(request: HttpRequest, form: ComplaintKeyForm, *, status: int = 200) -> HttpResponse:
    return show(request, "public/complaint_lookup.html", title=_("Lacak pengaduan"), status=status, form=form)


View = Callable[..., HttpResponse]


def _of_shown(view: View) -> Callable[Concatenate[HttpRequest, ...], HttpResponse]:
    """Only for the browser that has shown the secret; anyone else is asked for it, whether the number exists or not."""

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def asked(request: HttpRequest, number: str, **address: int) -> HttpResponse:
        id = shown(request, number)
        found = tracking.track(id, at=moment()) if id else None
        return redirect("track_complaint") if found is None else view(request, found, **address)

    return asked


@require_safe
@_of_shown
def complaint(request: HttpRequest, view: ComplaintTrack) -> HttpResponse:
    """One complaint as its reporter follows it."""
    return _page(request, view)


def _page(
    request: HttpRequest,
    view: ComplaintTrack,
    *,
    completing: CompleteForm | None = None,
    judging: HelpedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "public/complaint_track.html",
        title=view.number,
        status=status,
        view=view,
        facts=told(view.timeline),
        invitation=invitation_to(request, view.id, kind="complaint") if view.answered_on else None,
        completing=completing or CompleteForm(missing=view.missing, question=view.question),
        judging=judging or HelpedForm(),
        status_kind="stopped"
        if view.is_aside
        else "good"
        if view.stage is Stage.CLOSED
        else "late"
        if view.is_overdue
        else "active",
    )


@posted_from("complaint", "number")
@_of_shown
def complete(request: HttpRequest, view: ComplaintTrack) -> HttpResponse:
    """Supply what is missing or was asked, with files; the term runs on (51.6.5.a)."""
    form = CompleteForm(request.POST, missing=view.missing, question=view.question)
    uploads = uploads_of(request)
    status = attempt(form, lambda: _complete(view, form, uploads))
    if status == 200:
        messages.success(request, _("Terima kasih, sudah kami terima."))
        return redirect("complaint", number=view.number)
    if uploads:
        form.add_error(FILES, _("Berkas Anda belum tersimpan. Pilih lagi sebelum mengirim."))
    return _page(request, tracking.track(view.id, at=moment()) or view, completing=form, status=status)


def _complete(view: ComplaintTrack, form: CompleteForm, uploads: tuple[tuple[str, bytes], ...]) -> None:
    said = form.cleaned_data
    complaints.complete(
        complaints.REPORTER,
        view.id,
        reporter=Reporter(name=said.get("name", ""), contact=said.get("contact", "")),
        object=said.get("object", ""),
        service_on=said.get("service_received_on"),
        text=said["text"],
        at=moment(),
        uploads=uploads,
    )


@posted_from("complaint", "number")
@_of_shown
def judge(request: HttpRequest, view: ComplaintTrack) -> HttpResponse:
    """Say whether the answer helped; "no" reopens a complaint once, one tier higher (51.6.8)."""
    form = HelpedForm(request.POST)
    status = attempt(
        form,
        lambda: complaints.say_helped(
            view.id, helped=form.cleaned_data["helped"] == "ya", words=form.cleaned_data["words"], at=moment()
        ),
    )
    if status == 200:
        messages.success(request, _("Terima kasih, penilaian Anda sudah kami catat."))
        return redirect("complaint", number=view.number)
    return _page(request, tracking.track(view.id, at=moment()) or view, judging=form, status=status)


@require_safe
@_of_shown
def letter(_request: HttpRequest, view: ComplaintTrack, which: int = 0) -> HttpResponse:
    """A signed letter with an answer, the latest unless another is asked for (51.6.8)."""
    number, data = complaint_answer.letter(view.id, which=which)
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", number)
    return as_download(data, name=f"{name}.pdf", mime="application/pdf")
