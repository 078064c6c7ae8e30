"""/meja/kewajiban/: duties of holders that are overdue, and asking for a response about one (51.1.A.5, 51.5)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import validity
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import Act
from pasti.pages.access import moment
from pasti.pages.forms.duties import HearForm
from pasti.pages.office.door import officer
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import duties
from pasti.queries.duties import OverdueLine


@require_safe
@officer
def overdue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The overdue duties, the longest overdue first; `setelah` says where the page starts."""
    after = request.GET.get("setelah", "")
    page = duties.overdue(actor, at=moment(), after=after)
    here = reverse("overdue_duties")
    return show(
        request,
        "office/duties.html",
        title=_("Kewajiban lewat tenggat"),
        page=page,
        first_url=here if after else "",
        next_url=f"{here}?{urlencode({'setelah': page.next_key})}" if page.next_key else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def hear(request: HttpRequest, actor: Actor, duty: int) -> HttpResponse:
    """Ask the holder for a response about one overdue duty; the ground stands there already, to be changed or kept."""
    line = duties.overdue_one(actor, duty, at=moment())
    if line is None:
        raise Http404
    if not actor.has(Role.HEAD):
        raise NotAllowed("51.5", "Tanggapan pemegang diminta oleh kepala dinas.")
    if request.method != "POST":
        first = {"seen": line.seen, "reason": str(line.ground)}
        return _page(request, line, HearForm(initial=first, suspended=line.is_suspended))
    form = HearForm(request.POST, suspended=line.is_suspended)
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            validity.hear(actor, line.case, Act(given["intends"]), seen=given["seen"], at=moment(), reason=given["reason"])
        except RuleBroken as refusal:
            put_into(form, refusal, at="reason")
        except Overtaken:
            form, status = _fresh(request, line), 409
        else:
            messages.success(request, _("{number}: tanggapan pemegang diminta.").format(number=line.number))
            return redirect("case", id=line.case)
    return _page(request, line, form, status=status)


def _fresh(request: HttpRequest, line: OverdueLine) -> HearForm:
    """The form on the version that is now there, with all that was typed."""
    typed = request.POST.copy()
    typed["seen"] = str(line.seen)
    form = HearForm(typed, suspended=line.is_suspended)
    form.add_error(None, _("Berkas ini berubah sejak Anda membukanya. Belum ada yang dilakukan: periksa, lalu kirim lagi."))
    return form


def _page(request: HttpRequest, line: OverdueLine, form: HearForm, *, status: int = 200) -> HttpResponse:
    return show(request, "office/duty_hearing.html", title=_("Minta tanggapan pemegang"), status=status, line=line, form=form)
