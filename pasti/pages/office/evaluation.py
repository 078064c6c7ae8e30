"""/meja/evaluasi/: the yearly evaluation, part by part, closed, read by all, improvements planned (51.14.1, 51.14.3)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pasti.actions import evaluation as act
from pasti.actions import improvements
from pasti.actions.looks import read_page
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.evaluation import CLAUSE, KEEPS, READS
from pasti.domain.roles import Actor
from pasti.pages.access import actor_of, moment, page_of, posted_from
from pasti.pages.forms.evaluation import BeginForm, CloseForm, FindingForm, PlanForm
from pasti.pages.public.standard import in_force
from pasti.pages.refusals import attempt
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import evaluation as evaluations
from pasti.queries.evaluation import EvaluationView, PartView
from pasti.queries.evaluation_owed import owed
from pasti.queries.improvements import waiting
from pasti.queries.survey import owners

CHANGED = 409
View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """A page for whoever works here; the Inspectorate's reading is recorded. The view gets the actor."""

    @wraps(view)
    def inside(request: HttpRequest, **address: Any) -> HttpResponse:
        actor = actor_of(request)
        if not actor.roles & READS:
            raise NotAllowed(CLAUSE, "Halaman ini untuk petugas kantor. Ringkasan evaluasi untuk umum ada di halaman evaluasi.")
        if request.method in ("GET", "HEAD"):
            read_page(actor, page_of(request), at=moment())
        return view(request, actor, **address)

    return never_cache(login_required(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is due, the evaluations so far; POST begins one."""
    today = jakarta_day(moment())
    entries = [(standard.entry, standard.short_title) for standard in in_force(today)]
    form = BeginForm(request.POST if request.method == "POST" else None, entries=entries, this=today.year)
    begun = []
    status = attempt(form, lambda: begun.append(_begin(actor, form))) if form.is_bound else 200
    if begun:
        messages.success(request, _("Evaluasi dimulai. Isi temuan tiap bagian."))
        return redirect("evaluation", id=begun[0])
    return show(
        request,
        "office/evaluations.html",
        title=_("Evaluasi tahunan"),
        status=status,
        owed=owed(moment()),
        owing=waiting(actor, at=moment()),
        lines=evaluations.evaluations(actor),
        form=form if actor.roles & KEEPS else None,
    )


def _begin(actor: Actor, form: Form) -> UUID:
    return act.begin(actor, form.cleaned_data["entry"], form.cleaned_data["year"], at=moment()).id


def _view(actor: Actor, id: UUID) -> EvaluationView:
    view = evaluations.evaluation(actor, id, at=moment())
    if view is None:
        raise NotAllowed(CLAUSE, "Evaluasi ini tidak ada, atau bukan untuk Anda.")
    return view


def _part(view: EvaluationView, id: str) -> PartView:
    found = next((part for part in view.parts if part.part.id == id), None)
    if found is None:
        raise NotAllowed(CLAUSE, "Bagian ini tidak ada pada evaluasi ini.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def evaluation(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One year's evaluation; POST closes it."""
    view = _view(actor, id)
    form, status = CloseForm(initial={"seen": view.seen}), 200
    if request.method == "POST":
        form = CloseForm(request.POST)
        status = attempt(form, lambda: act.close(actor, id, form.cleaned_data["summary"], seen=_seen(form), at=moment()))
        if status == 200:
            messages.success(request, _("Evaluasi ditutup; hasilnya dikirim kepada semua petugas."))
            return redirect("evaluation", id=id)
        view = _view(actor, id)
        form = _anew(form, status, view.seen)
    return show(
        request,
        "office/evaluation.html",
        title=_("Evaluasi tahun {year}").format(year=view.line.year),
        status=status,
        view=view,
        form=form if view.may_keep else None,
    )


def _seen(form: Form) -> int:
    return int(form.cleaned_data["seen"])


def _anew(form: Any, status: int, seen: int) -> Any:
    """After somebody else's change the same words, on the version that is shown now."""
    if status == CHANGED:
        form.data = {**form.data.dict(), "seen": str(seen)}
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def part(request: HttpRequest, actor: Actor, id: UUID, part: str) -> HttpResponse:
    """One part with its figures; POST notes what was found of it."""
    view = _view(actor, id)
    found = _part(view, part)
    known = {"seen": view.seen, "verdict": found.verdict.value if found.verdict else "", "words": found.words}
    form, status = FindingForm(initial=known), 200
    if request.method == "POST":
        form = FindingForm(request.POST)
        status = attempt(form, lambda: _find(actor, id, part, form))
        if status == 200:
            messages.success(request, _("Temuan tercatat."))
            return redirect("evaluation", id=id)
        form = _anew(form, status, _view(actor, id).seen)
    return show(
        request,
        "office/evaluation_part.html",
        title=in_language(found.part.title),
        status=status,
        view=view,
        found=found,
        form=form if view.may_keep else None,
    )


def _find(actor: Actor, id: UUID, part: str, form: Form) -> None:
    given = form.cleaned_data
    act.find(actor, id, part, verdict=given["verdict"], words=given["words"], seen=_seen(form), at=moment())


@posted_from("evaluation", "id")
@staff
def acknowledge(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The reader says that they have read it."""
    act.acknowledge(actor, id, at=moment())
    messages.success(request, _("Terima kasih. Tercatat bahwa Anda sudah membaca hasil evaluasi ini."))
    return redirect("evaluation", id=id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def plan(request: HttpRequest, actor: Actor, id: UUID, part: str) -> HttpResponse:
    """Plan an improvement for one finding."""
    view = _view(actor, id)
    found = _part(view, part)
    if not view.may_plan:
        raise NotAllowed(view.told_clause, "Perbaikan direncanakan petugas survei dan evaluasi atau kepala, sesudah ditutup.")
    form = PlanForm(request.POST if request.method == "POST" else None, owners=owners(jakarta_day(moment())))
    status = attempt(form, lambda: improvements.plan(actor, id, part, form.asked(), at=moment())) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("Perbaikan direncanakan."))
        return redirect("evaluation", id=id)
    title = _("Rencanakan perbaikan")
    return show(request, "office/evaluation_part.html", title=title, status=status, view=view, found=found, plan=form)
