"""Preparing an inspection at the desk: the team and its letter, the appointment; its minutes to print (51.2)."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import inspection, looks
from pasti.domain.calendar import JAKARTA
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.fieldwork import Minutes
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.pages.access import moment
from pasti.pages.forms.inspection import OfferForm, TeamForm
from pasti.pages.office.door import CLAUSE, officer, open_case
from pasti.pages.office.words import told
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import inspection as inspections
from pasti.queries.inspection import InspectionView, VisitLine
from pasti.queries.licensing import CaseView

WITHOUT_TIME = frozenset({Stage.ASSIGNED, Stage.COUNTERED})
CHANGED = gettext_lazy("Ini baru saja berubah. Baca keadaan terbarunya di bawah, lalu putuskan lagi.")


def open_inspection(actor: Actor, id: UUID) -> InspectionView:
    """The inspection as it stands now; NotAllowed alike when it does not exist and when it is not the actor's to see."""
    view = inspections.inspection_view(actor, id)
    if view is None:
        raise NotAllowed(CLAUSE, "Peninjauan ini tidak ada, atau bukan untuk Anda.")
    return view


def next_step(case: CaseView, visit: VisitLine | None) -> str:
    """Where an inspection that the actor is to finish goes on: team, time, field; "" when it is done or not theirs."""
    if Act.INSPECT not in case.acts or (visit is not None and visit.is_closed):
        return ""
    if visit is None:
        return reverse("assign", args=[case.id])
    return reverse("appointment" if visit.stage in WITHOUT_TIME else "inspection", args=[visit.id])


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def assign(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Choose the team for a case's inspection; one that is assigned is shown instead."""
    case = open_case(actor, id)
    known = inspections.of_case(id, case.case.round)
    if known is not None:
        return redirect("inspection", id=known.id)
    people = inspections.candidates(id, at=moment())
    if request.method != "POST":
        return _team_page(request, actor, id, TeamForm(people=people, initial={"seen": case.seen, "lead": actor.id}))
    form = TeamForm(request.POST, people=people)
    if form.is_valid():
        team, lead = [UUID(member) for member in form.cleaned_data["team"]], UUID(form.cleaned_data["lead"])
        try:
            visit = inspection.assign(actor, id, team=team, lead=lead, seen=form.cleaned_data["seen"], at=moment())
        except RuleBroken as refusal:
            put_into(form, refusal)
        except Overtaken:
            typed = request.POST.copy()
            typed["seen"] = str(open_case(actor, id).seen)
            form = TeamForm(typed, people=people)
            form.add_error(None, CHANGED)
        else:
            messages.success(request, _("Surat tugas {letter} dibuat.").format(letter=visit.letter))
            return redirect("appointment", id=visit.id)
    return _team_page(request, actor, id, form, status=422)


def _team_page(request: HttpRequest, actor: Actor, id: UUID, form: TeamForm, *, status: int = 200) -> HttpResponse:
    case = open_case(actor, id)
    return show(request, "office/inspection_team.html", title=_("Tugaskan tim"), status=status, case=case, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def appointment(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The appointment: what was offered and answered, and a new offer."""
    view = open_inspection(actor, id)
    if request.method != "POST":
        return _appointment_page(request, view, _fresh_time(view))
    form = OfferForm(request.POST)
    if form.is_valid():
        try:
            seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
            inspection.offer(actor, id, form.moment(), seen=seen, at=moment(), reason=reason)
        except RuleBroken as refusal:
            put_into(form, refusal)
        except Overtaken:
            view = open_inspection(actor, id)
            typed = request.POST.copy()
            typed["seen"] = str(view.seen)
            form = OfferForm(typed)
            form.add_error(None, CHANGED)
        else:
            messages.success(request, _("Jadwal disampaikan kepada pemohon lewat surel dan halaman lacak."))
            return redirect("appointment", id=id)
    return _appointment_page(request, view, form, status=422)


def _fresh_time(view: InspectionView) -> OfferForm:
    """Filled with what the applicant proposed, so that agreeing is one press."""
    initial: dict[str, object] = {"seen": view.seen}
    if view.proposed_at:
        local = view.proposed_at.astimezone(JAKARTA)
        initial |= {"day": local.date(), "time": f"{local:%H.%M}"}
    return OfferForm(initial=initial)


def _appointment_page(request: HttpRequest, view: InspectionView, form: OfferForm, *, status: int = 200) -> HttpResponse:
    return show(
        request,
        "office/appointment.html",
        title=_("Jadwal peninjauan {letter}").format(letter=view.letter),
        status=status,
        view=view,
        form=form,
        facts=told(view.timeline),
    )


@require_safe
@officer
def letter(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The letter of assignment, to print and sign."""
    view = open_inspection(actor, id)
    return show(request, "office/letter.html", title=_("Surat tugas {letter}").format(letter=view.letter), view=view)


@require_safe
@officer
def minutes(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The signed minutes, to print; they name people, so the look is recorded first (51.10.1)."""
    content = inspections.signed_minutes(actor, id)
    if content is None:
        raise Http404
    view = open_inspection(actor, id)
    looks.read_minutes(actor, view.case_id, view.letter, at=moment())
    return minutes_page(request, view, content, base="base_desk.html", pictures="inspection_picture")


def minutes_page(request: HttpRequest, view: InspectionView, content: Minutes, *, base: str, pictures: str) -> HttpResponse:
    """The minutes as a sheet of paper, for either side; `pictures` names the address of their photographs."""
    return show(
        request,
        "office/minutes.html",
        title=_("Berita acara {letter}").format(letter=view.letter),
        view=view,
        minutes=content,
        started_at=_moment(content["started_at"]),
        sealed_at=_moment(content["sealed_at"]),
        photos=(*(photo for line in view.lines for photo in line.photos), *view.photos),
        base=base,
        picture_url=pictures,
    )


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(str(written)) if written else None
