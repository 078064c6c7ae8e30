"""Complaining: the form without an account, the channels beside it, and the receipt (51.6.2 to 51.6.5)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions.complaint_ground import secret_of
from pasti.domain.calendar import jakarta_day
from pasti.pages.access import moment, remember_shown, shown
from pasti.pages.forms.complaints import ComplaintForm
from pasti.pages.public import complaint_filing as filing
from pasti.pages.public.standard import in_force
from pasti.pages.public.survey import invitation_to
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.queries import complaint_tracking as tracking


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form, open to anybody (51.6.1), and below it every channel with its address and clause (51.6.2.*)."""
    if request.method != "POST":
        return _page(request, filing.empty(request))
    standard = in_force(jakarta_day(moment()))[0]
    receipt, form = filing.file(request, filing.web_channels(standard)[0])
    if receipt is None:
        return _page(request, form, status=422)
    remember_shown(request, receipt.number, receipt.id)
    for problem in receipt.refused:
        messages.warning(request, sentence(problem))
    if receipt.refused:
        messages.warning(
            request, _("Unggah lagi lewat tombol “Lihat pengaduan”, pada “Tambahkan keterangan atau berkas” atau “Lengkapi”.")
        )
    return redirect("complaint_receipt", number=receipt.number)


def _page(request: HttpRequest, form: ComplaintForm, *, status: int = 200) -> HttpResponse:
    standard = in_force(jakarta_day(moment()))[0]
    return show(request, "public/complain.html", title=_("Pengaduan"), status=status, standard=standard, form=form)


def grouped(id: UUID) -> str:
    """The secret as it is read: AAAA-BBBB-CCCC."""
    letters = secret_of(id)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


@require_safe
@cache_control(private=True, no_store=True)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, secret, what happens next and until when, for the browser that filed it or has shown the secret."""
    id = shown(request, number)
    view = tracking.track(id, at=moment()) if id else None
    if view is None:
        return redirect("track_complaint")
    return show(
        request,
        "public/complaint_receipt.html",
        title=_("Tanda terima pengaduan"),
        view=view,
        secret=grouped(view.id),
        invitation=invitation_to(request, view.id, kind="complaint"),
    )
