"""The survey at the office: its quarters, closing, follow-up, publishing, paper, and the counter's screen (51.14.2)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pasti import standards
from pasti.actions import survey, survey_paper, survey_report
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.survey import CLAUSE, EXACT
from pasti.domain.survey_run import READS, SEATS, Plan, require
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.survey import DoneForm, PaperForm, PlanForm, SeatForm
from pasti.pages.public.files import as_download
from pasti.pages.public.kiosk import leave_on
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.pages.survey_charts import bars, trend
from pasti.pages.words import in_language
from pasti.queries import survey as surveys
from pasti.queries.survey import RunView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_TOLD = 30  # wrong rows named on one page
CHANGED = gettext_lazy("Survei ini baru saja berubah. Periksa keadaannya di bawah, lalu kirim lagi.")
View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """A page of the survey: sign in first; NotAllowed for who is not of the office. The view gets the actor."""

    @wraps(view)
    def inside(request: HttpRequest, **address: Any) -> HttpResponse:
        actor = actor_of(request)
        if not actor.roles & READS:
            raise NotAllowed(CLAUSE, "Halaman survei hanya untuk petugas kantor. Hasilnya diumumkan di halaman hasil survei.")
        return view(request, actor, **address)

    return never_cache(login_required(inside))


@require_safe
@staff
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every quarter of every service, the latest first."""
    lines = surveys.runs(actor)
    return show(request, "office/survey.html", title=_("Survei kepuasan"), lines=lines, seats=bool(actor.roles & SEATS))


@require_safe
@staff
def run(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One quarter: the sample, the averages, the index, the trend, the follow-up, and what may be done now."""
    return _page(request, actor, id)


def _page(request: HttpRequest, actor: Actor, id: UUID, *, status: int = 200, **forms: Form) -> HttpResponse:
    instrument, weight = standards.load().survey(), request.GET.get("bobot", EXACT)
    view = surveys.run(actor, id, at=moment(), weight=weight if weight in instrument.weights else EXACT)
    if view is None:
        raise NotAllowed(CLAUSE, "Survei ini tidak ada, atau bukan untuk Anda.")
    return show(
        request,
        "office/survey_run.html",
        title=_("Survei {service}").format(service=in_language(view.line.service)),
        status=status,
        view=view,
        bars=bars(view.lines),
        trend=trend(view.trend, instrument.bands),
        weights=instrument.weights.values(),
        remarks=surveys.remarks(actor, id),
        paper=forms.get("paper") or PaperForm(),
        planning=forms.get("planning") or _fresh_plan(view),
        finishing=forms.get("finishing") or DoneForm(),
    )


def _fresh_plan(view: RunView) -> PlanForm:
    lowest = next((line.code for line in view.unplanned), "")
    return _plan_form(initial={"seen": view.seen, "element": lowest})


def _plan_form(data: Any = None, **more: Any) -> PlanForm:
    elements = [(element.code, element.title) for element in standards.load().survey().elements]
    return PlanForm(data, elements=elements, owners=surveys.owners(jakarta_day(moment())), **more)


def _post_only(view: View) -> View:
    """GET comes back from signing in: it shows the quarter."""

    @wraps(view)
    def inside(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
        return view(request, actor, id) if request.method == "POST" else redirect("survey_run", id=id)

    return require_http_methods(["GET", "HEAD", "POST"])(staff(inside))


def _seen(request: HttpRequest) -> int:
    written = request.POST.get("seen", "")
    return int(written) if written.isascii() and written.isdigit() else 0


@_post_only
def close(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Close the quarter."""
    survey.close(actor, id, at=moment())
    messages.success(request, _("Survei triwulan ini ditutup. Sekarang rencanakan tindak lanjut unsur terendah."))
    return redirect("survey_run", id=id)


@_post_only
def publish(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Publish the quarter."""
    survey.publish(actor, id, seen=_seen(request), at=moment())
    messages.success(request, _("Hasilnya sudah diumumkan di halaman hasil survei."))
    return redirect("survey_run", id=id)


@_post_only
def plan(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Plan what is done about an element."""
    view = surveys.run(actor, id, at=moment())
    if view is None:
        raise NotAllowed(CLAUSE, "Survei ini tidak ada, atau bukan untuk Anda.")
    form = _plan_form(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        asked = Plan(element=given["element"], action=given["action"], owner=UUID(given["owner"]), due_on=given["due_on"])
        try:
            survey.plan(actor, id, asked, seen=given["seen"], at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal)
        except Overtaken:
            form = _plan_form({**request.POST.dict(), "seen": str(view.seen)})
            form.add_error(None, CHANGED)
        else:
            messages.success(request, _("Rencana dicatat."))
            return redirect("survey_run", id=id)
    return _page(request, actor, id, status=422, planning=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def finish(request: HttpRequest, actor: Actor, id: UUID, plan_id: UUID) -> HttpResponse:
    """Record that a plan was carried out."""
    if request.method != "POST":
        return redirect("survey_run", id=id)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            survey.finish_plan(actor, plan_id, form.cleaned_data["evidence"], at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _("Tindak lanjut dicatat selesai."))
            return redirect("survey_run", id=id)
    return _page(request, actor, id, status=422, finishing=form)


@_post_only
def paper(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Take in questionnaires from paper: all of the file, or none with every wrong row named."""
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sheet = survey_paper.take_in(actor, id, _bytes(form), at=moment())
        except InvalidInput as refusal:
            for problem in refusal.problems[:MOST_TOLD]:
                form.add_error("file", sentence(problem))
            if len(refusal.problems) > MOST_TOLD:
                form.add_error("file", _("Dan {count} baris lain.").format(count=len(refusal.problems) - MOST_TOLD))
            form.add_error(None, _("Tidak ada yang dimasukkan. Perbaiki baris di bawah, lalu unggah lagi."))
        except RuleBroken as refusal:
            put_into(form, refusal, at="file")
        else:
            messages.success(request, _("{count} kuesioner kertas dimasukkan.").format(count=len(sheet.answers)))
            return redirect("survey_run", id=id)
    return _page(request, actor, id, status=422, paper=form)


def _bytes(form: PaperForm) -> bytes:
    """No more than one byte over what is taken: enough to refuse it."""
    data: bytes = form.cleaned_data["file"].read(survey_paper.MOST_BYTES + 1)
    return data


@require_safe
@staff
def report(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The printed report."""
    name, data = survey_report.report(actor, id)
    return as_download(data, name=name, mime="application/pdf")


@require_safe
@staff
def worksheet(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The worksheet that computes everything again."""
    name, data = survey_report.worksheet(actor, id)
    answer = as_download(data, name=name, mime=XLSX)
    answer["Content-Type"] = XLSX
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def seat(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make this device the counter's screen: the officer is signed out on it, whatever else it showed before (51.14.2)."""
    require(actor, SEATS, CLAUSE)
    form = SeatForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"]
        token = surveys.seat(number) if number else ""
        if token or not number:
            return _handed_over(request, token)
        form.add_error("number", _("Tidak ada permohonan selesai dengan nomor ini. Periksa nomornya pada tanda terima."))
    return show(request, "office/survey_seat.html", title=_("Survei di loket"), status=422 if form.errors else 200, form=form)


def _handed_over(request: HttpRequest, token: str) -> HttpResponse:
    logout(request)
    response = leave_on(redirect("kiosk_answer", token=token) if token else redirect("kiosk"))
    response.delete_cookie("messages")
    return response
