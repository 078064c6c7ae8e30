"""/meja/pengaduan/<id>/langkah/<step>/: what a step will do, and doing it; a refusal stands in place (51.6)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pasti.domain.complaint_steps import STEP_TITLES
from pasti.domain.errors import DoorClosed, NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.pages.access import moment
from pasti.pages.office.act import door_closed
from pasti.pages.office.complaint import complaint_page, known_of, open_complaint
from pasti.pages.office.complaint_forms import StepForm
from pasti.pages.office.complaint_steps import STEPS, OfficeStep, clause_of, follows
from pasti.pages.office.complaints import days_said
from pasti.pages.office.door import complaints_officer
from pasti.pages.office.words import Told, told
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.queries.complaints import ComplaintView
from pasti.queries.ledger import timeline


@sensitive_post_parameters("passphrase", "name", "contact", "address")
@require_http_methods(["GET", "HEAD", "POST"])
@complaints_officer
def complaint_step(request: HttpRequest, actor: Actor, id: UUID, step: str) -> HttpResponse:
    """GET shows what will happen; POST does it, or shows the refusal with all that was typed but a passphrase."""
    wanted = next((known for known in STEPS.values() if known.step == step), None)
    if wanted is None:
        raise Http404
    view = open_complaint(actor, id)
    if request.method != "POST":
        if wanted.step not in view.steps:
            raise _not_open(view, wanted)
        return step_page(request, view, wanted, wanted.form_for(view, moment()))
    form = wanted.form_for(view, moment(), request.POST, request.FILES)
    if "search" in request.POST:
        form.errors.clear()
        return step_page(request, view, wanted, form)
    if not form.is_valid():
        return _again(request, view, wanted, form, 422)
    try:
        wanted.do(actor, id, form, at=moment())
    except Overtaken:
        return _overtaken(request, actor, id, wanted, form)
    except (RuleBroken, DoorClosed) as refusal:
        return _refused(request, open_complaint(actor, id), wanted, form, refusal)
    happened = told(timeline(id, public_only=False)[:1])[0].what
    messages.success(request, f"{view.number}: {happened}.")
    return redirect("desk_complaint", id=id)


def _not_open(view: ComplaintView, wanted: OfficeStep) -> NotAllowed:
    if view.hindrance:
        return view.hindrance
    words = (
        "“{step}” tidak dapat Anda lakukan pada tahap “{stage}”. Buka pengaduannya untuk melihat yang dapat dilakukan sekarang."
    )
    return NotAllowed(view.standard.cite("6"), words, step=STEP_TITLES[wanted.step], stage=view.stage_title)


def _refused(
    request: HttpRequest, view: ComplaintView, wanted: OfficeStep, form: StepForm, refusal: RuleBroken | DoorClosed
) -> HttpResponse:
    if isinstance(refusal, DoorClosed):
        form.add_error(None, door_closed(refusal))
        return _again(request, view, wanted, form, 503)
    put_into(form, refusal, at=form.refused_at)
    return _again(request, view, wanted, form, 403 if isinstance(refusal, NotAllowed) else 422)


def _overtaken(request: HttpRequest, actor: Actor, id: UUID, wanted: OfficeStep, form: StepForm) -> HttpResponse:
    """The fresh complaint, what happened meanwhile, and what was typed; deciding again decides on the fresh version."""
    view = open_complaint(actor, id)
    since = told(view.timeline[: max(0, view.seen - form.cleaned_data["seen"])])
    data: QueryDict = request.POST.copy()
    data["seen"] = str(view.seen)
    again = wanted.form_for(view, moment(), data, request.FILES)
    words = _("Pengaduan ini berubah sejak Anda membukanya. Belum ada yang dilakukan: baca yang baru, lalu putuskan lagi.")
    again.add_error(None, words)
    return _again(request, view, wanted, again, 409, since=since)


def _again(
    request: HttpRequest, view: ComplaintView, wanted: OfficeStep, form: StepForm, status: int, *, since: tuple[Told, ...] = ()
) -> HttpResponse:
    if wanted.step in view.steps:
        return step_page(request, view, wanted, form, status=status, since=since)
    notice = " ".join([sentence(_not_open(view, wanted)), *map(str, form.non_field_errors())])
    return complaint_page(request, view, status=status, notice=notice, typed=_typed(form))


def _typed(form: StepForm) -> str:
    """All the words sent with a step that is no longer open."""
    kept = [name for name in form.fields if name not in ("seen", "passphrase")]
    return "\n".join(str(form.data.get(name, "")) for name in kept if form.data.get(name))


def step_page(
    request: HttpRequest,
    view: ComplaintView,
    wanted: OfficeStep,
    form: StepForm,
    *,
    status: int = 200,
    since: tuple[Told, ...] = (),
) -> HttpResponse:
    """The panel of one step, with what the decision rests on."""
    left, left_kind = days_said(view.days_left, is_overdue=view.is_overdue)
    return show(
        request,
        "office/complaint_step.html",
        title=f"{wanted.title} · {view.number}",
        status=status,
        view=view,
        left=left,
        left_kind=left_kind,
        step=wanted,
        form=form,
        follows=follows(view, wanted),
        clause=clause_of(view, wanted.step),
        since=since,
        **known_of(view),
    )
