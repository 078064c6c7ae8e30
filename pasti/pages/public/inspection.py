"""The applicant's side of an inspection: accepting its time or asking for another, and reading the minutes (51.2)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import inspection
from pasti.actions.files import store
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.inspection import ProposalForm
from pasti.pages.office.inspection import minutes_page
from pasti.pages.public.files import as_download
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import inspection as inspections
from pasti.queries.inspection import InspectionView


def _own(request: HttpRequest, id: UUID) -> InspectionView:
    """The last inspection of the applicant's own application; 404 for anyone else's, or when there is none."""
    actor, line = actor_of(request), inspections.latest_of(id)
    view = inspections.inspection_view(actor, line.id, public_only=True) if line else None
    if view is None or view.applicant_id != actor.id:
        raise Http404
    return view


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """The offered time: `setuju` accepts it, anything else asks for another with a reason."""
    view = _own(request, id)
    if request.method != "POST":
        return _page(request, view, ProposalForm(initial={"seen": view.seen}))
    if "setuju" in request.POST:
        return _accept(request, view)
    form = ProposalForm(request.POST)
    if form.is_valid():
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        try:
            inspection.propose(actor_of(request), view.id, form.moment(), seen=seen, at=moment(), reason=reason)
        except RuleBroken as refusal:
            put_into(form, refusal)
        except Overtaken:
            return _overtaken(request, id)
        else:
            messages.success(request, _("Usulan Anda sudah kami terima. Petugas menjawab dengan jadwal baru."))
            return redirect("application", id=id)
    return _page(request, view, form, status=422)


def _accept(request: HttpRequest, view: InspectionView) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        inspection.accept(actor_of(request), view.id, seen=int(seen) if seen.isdecimal() else -1, at=moment())
    except Overtaken:
        return _overtaken(request, view.case_id)
    messages.success(request, _("Jadwal peninjauan disepakati."))
    return redirect("application", id=view.case_id)


def _overtaken(request: HttpRequest, id: UUID) -> HttpResponse:
    fresh = _own(request, id)
    form = ProposalForm(initial={"seen": fresh.seen})
    return _page(
        request, fresh, form, status=409, notice=_("Petugas baru saja mengubah jadwalnya. Baca jadwal terbaru, lalu jawab lagi.")
    )


def _page(request: HttpRequest, view: InspectionView, form: ProposalForm, *, status: int = 200, notice: str = "") -> HttpResponse:
    return show(
        request, "public/visit.html", title=_("Jadwal peninjauan lapangan"), status=status, view=view, form=form, notice=notice
    )


@login_required
@require_safe
@never_cache
def minutes(request: HttpRequest, id: UUID) -> HttpResponse:
    """The minutes as signed on the spot."""
    view = _own(request, id)
    content = inspections.signed_minutes(actor_of(request), view.id)
    if content is None:
        raise Http404
    return minutes_page(request, view, content, base="base_public.html", pictures="own_picture")


@login_required
@require_safe
@never_cache
def picture(request: HttpRequest, id: UUID, sha256: str) -> HttpResponse:
    """One photograph of the applicant's own inspection `id`."""
    actor = actor_of(request)
    mime = inspections.picture(actor, id, sha256)
    if mime is None:
        raise Http404
    return as_download(store().get(sha256), name=f"{sha256[:12]}.jpg", mime=mime, inline=True)
