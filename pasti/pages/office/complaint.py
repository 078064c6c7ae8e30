"""/meja/pengaduan/<id>/: one complaint on one screen; its steps, its reporter, its files, its letters (51.6)."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.actions import complaint_answer, complaint_identity
from pasti.domain.complaint_steps import FINAL, STEP_TITLES, Stage, Step
from pasti.domain.complaints import NEXT, next_step
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import ROLE_TITLES, Actor
from pasti.pages.access import moment, posted_from
from pasti.pages.office.complaint_steps import STEPS
from pasti.pages.office.complaints import days_said
from pasti.pages.office.door import complaints_officer
from pasti.pages.office.words import told
from pasti.pages.public.files import as_download
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.complaint import complaint_view
from pasti.queries.complaints import ComplaintView

FACTS_IN_SIGHT = 8
ROAD = (
    Stage.RECEIVED,
    Stage.SCREENED,
    Stage.GROUPED,
    Stage.FORMULATED,
    Stage.RELATED,
    Stage.CHECKED,
    Stage.PLANNED,
    Stage.EXAMINED,
    Stage.IN_TIERS,
    Stage.SETTLED,
)
SHORT_ROAD = (Stage.RECEIVED, Stage.SCREENED, Stage.GROUPED, Stage.SETTLED)  # of what is no complaint


@dataclass(frozen=True, kw_only=True)
class RoadStep:
    """One step of the road as the page shows it."""

    title: str
    progress: str  # "done" | "now" | "later"


def open_complaint(actor: Actor, id: UUID) -> ComplaintView:
    """The complaint as it stands now; NotAllowed alike when it does not exist and when it is not the actor's to see."""
    view = complaint_view(actor, id, at=moment())
    if view is None:
        raise NotAllowed("51.6", "Pengaduan ini tidak ada, atau bukan untuk Anda.")
    return view


@require_safe
@complaints_officer
def complaint(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """The complaint as it stands."""
    return complaint_page(request, open_complaint(actor, id))


def complaint_page(
    request: HttpRequest, view: ComplaintView, *, status: int = 200, notice: str = "", typed: str = ""
) -> HttpResponse:
    """The page of a complaint. `notice` and `typed`: why a step was refused, and the words sent with it."""
    facts = told(view.timeline)
    left, left_kind = days_said(view.days_left, is_overdue=view.is_overdue)
    offered = tuple(known for known in STEPS.values() if known.step in view.steps)
    return show(
        request,
        "office/complaint.html",
        title=view.number,
        status=status,
        view=view,
        left=left,
        left_kind=left_kind,
        road=road(view),
        primary=next((known for known in offered if known.step is next_step(view.complaint)), None),
        offered=offered,
        why_not=why_not(view),
        notice=notice,
        typed=typed,
        facts=facts[:FACTS_IN_SIGHT],
        looks=told(view.looks),
        reports=tuple((report, _to_whom(view, report.to)) for report in view.reports),
        older_facts=facts[FACTS_IN_SIGHT:],
        **known_of(view),
    )


def _to_whom(view: ComplaintView, kept: str) -> str:
    """To whom a report went, in the reader's language; it was kept in Indonesian."""
    titles = {tier.title.id: tier.title for category in view.standard.handling.categories for tier in category.tiers}
    return in_language(titles.get(kept) or next((role for role in ROLE_TITLES.values() if role == kept), kept))


def known_of(view: ComplaintView) -> dict[str, object]:
    """What is known of the matter: the clause in words, the case's public facts."""
    clauses = {c.id: c.text for c in view.standard.clauses()}
    return {"clause_text": clauses.get(view.clause, ""), "case_facts": told(view.application_timeline)}


def why_not(view: ComplaintView) -> str:
    """What stands in the way of the step that is next, when it is not offered."""
    if view.hindrance is not None:
        return sentence(view.hindrance)
    complaint = view.complaint
    if complaint.stage is Stage.PLANNED and (complaint.open_actions or complaint.open_referrals):
        words = _("Yang belum selesai: {actions} langkah tanpa hasil, {referrals} rujukan tanpa jawaban.")
        return words.format(actions=complaint.open_actions, referrals=complaint.open_referrals)
    return ""


def road(view: ComplaintView) -> tuple[RoadStep, ...]:
    """The steps of 51.6.5 to 51.6.8, each done, open or to come."""
    stage = view.complaint.stage
    stages = ROAD if view.complaint.is_complaint else SHORT_ROAD
    if stage is Stage.SET_ASIDE:
        return ()
    here = len(stages) if stage in FINAL else stages.index(stage)
    return tuple(
        RoadStep(title=_road_title(one, view), progress="done" if n < here else "now" if n == here else "later")
        for n, one in enumerate(stages)
    )


def _road_title(stage: Stage, view: ComplaintView) -> str:
    if stage is Stage.SETTLED:
        return _("Jawab, laporkan, tutup")
    step = Step.TAKE_NOTE if stage is Stage.GROUPED and not view.complaint.is_complaint else NEXT[stage]
    return in_language(STEP_TITLES[step])


@posted_from("desk_complaint", "id")
@complaints_officer
def identity(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Who filed it; a POST, for the look is recorded before it is shown (51.6.5.a)."""
    view = open_complaint(actor, id)
    reporter = complaint_identity.reveal(actor, id, at=moment())
    lines = ((_("Nama"), reporter.name), (_("Kontak"), reporter.contact), (_("Alamat"), reporter.address))
    return show(request, "office/complaint_identity.html", title=_("Identitas pelapor"), view=view, lines=lines)


@posted_from("complaints_desk")
@complaints_officer
def complaint_file(_request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """A file that came with a complaint; a POST, for the look is recorded first."""
    file, data = complaint_identity.open_file(actor, id, at=moment())
    return as_download(data, name=file.name, mime=file.mime)


@require_safe
@complaints_officer
def answer_letter(_request: HttpRequest, actor: Actor, id: UUID, which: int) -> HttpResponse:
    """The first, second … signed answer, byte for byte (51.6.8)."""
    number, pdf = complaint_answer.letter(id, actor=actor, which=which)
    return as_download(pdf, name=f"{number.replace('/', '-')}.pdf", mime="application/pdf")
