"""Applying, one topic a page: start, the task list, the sections, the requirements (51.1). What is typed is always kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import assistance, intake
from pasti.domain.calendar import jakarta_day
from pasti.domain.editions import Change, compare
from pasti.domain.errors import FieldProblem, MissingCalendar, NotServed, Overtaken
from pasti.domain.intake import section_clause, section_fields
from pasti.domain.roles import Actor
from pasti.domain.standard import Field, Standard
from pasti.domain.workflow import State
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.fields import AnswersForm, parse
from pasti.pages.forms.questions import questions_of
from pasti.pages.public.standard import in_force, standard_or_404
from pasti.pages.public.suitability import in_words, take_answers
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import intake as drafts
from pasti.queries import tracking
from pasti.queries.bar import promise_from
from pasti.queries.outages import open_outages

# The sections' addresses, in the order they are asked.
SECTIONS = {"usaha": "business", "lokasi": "place", "skala": "scale"}
LEADS = {
    "business": gettext_lazy("Isi seperti tertulis pada NIB dari OSS."),
    "place": gettext_lazy("Tempat produksi menentukan siapa yang berwenang dan apakah ada peninjauan lapangan."),
    "scale": gettext_lazy("Skala usaha dan kepemilikan modal menentukan siapa yang berwenang melayani."),
}
# Of what an edition changed, that which a draft has to answer.
ASKED = ("Nama syarat", "Berkas bukti", "Kapan diminta", "Pertanyaan", "Kolom")


@dataclass(frozen=True, kw_only=True)
class Filling:
    """Who fills in which draft, now."""

    actor: Actor
    at: datetime
    draft: drafts.DraftView


Filler = Callable[..., HttpResponse]


def on_draft(view: Filler) -> Filler:
    """The view gets the draft the actor may fill in; one already submitted leads to its page, any other is not found."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, id: UUID, **more: str) -> HttpResponse:
        actor, at = actor_of(request), moment()
        draft = drafts.draft(actor, id, at=at)
        if draft is not None:
            if draft.helping and request.method != "POST":
                assistance.look_in(actor, id, at=at)
            return view(request, Filling(actor=actor, at=at, draft=draft), **more)
        if tracking.track(id, at=at, actor=actor) is None:
            raise Http404
        return redirect("receipt" if request.method == "POST" else "application", id=id)

    return guarded


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What can be applied for."""
    return show(request, "public/apply.html", title=_("Ajukan permohonan"), standards=in_force(jakarta_day(moment())))


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, entry: str) -> HttpResponse:
    """What applying takes; POST starts a draft, after signing in."""
    at = moment()
    standard = standard_or_404(entry, jakarta_day(at))
    if request.method == "POST":
        return _start(request, entry)
    open_drafts: tuple[tracking.ApplicationLine, ...] = ()
    if request.user.is_authenticated:
        open_drafts = tuple(line for line in tracking.mine(actor_of(request), at=at) if line.state is State.DRAFT)
    return show(
        request,
        "public/begin.html",
        title=_("Ajukan permohonan"),
        standard=standard,
        drafts=open_drafts,
        outages=open_outages(),
        promised=promised(standard),
    )


def promised(standard: Standard) -> date | None:
    """The day promised to a dossier found complete now; None while the calendar for it has not been decreed (51.3)."""
    try:
        return promise_from(standard, moment())
    except MissingCalendar:
        return None


@login_required
def _start(request: HttpRequest, entry: str) -> HttpResponse:
    actor, at = actor_of(request), moment()
    row = intake.start(actor, entry, at=at)
    for name, answers in take_answers(request, entry).items():
        intake.save_section(actor, row.id, name, answers, at=at)
    return redirect("draft", id=row.id)


@on_draft
def tasks(request: HttpRequest, filling: Filling) -> HttpResponse:
    """What there is to fill in, and what is done."""
    draft = filling.draft
    return show(
        request,
        "public/draft.html",
        title=_("Permohonan Anda"),
        draft=draft,
        tasks=_tasks(draft),
        changed=changed_for(draft),
        refusal=in_words(draft.not_served),
    )


def changed_for(draft: drafts.DraftView) -> tuple[Change, ...]:
    """What the edition in force changed of what a draft is asked, when it was begun under an earlier one (51.1)."""
    if draft.begun_under is None:
        return ()
    comparison = compare(draft.begun_under, draft.standard)
    return (*(c for c in comparison.name if c.what == "KBLI"), *(c for c in comparison.of_components(1) if c.what in ASKED))


def _tasks(draft: drafts.DraftView) -> tuple[dict[str, str], ...]:
    sections = tuple(
        {
            "title": in_language(drafts.SECTION_TITLES[name]),
            "url": reverse("section", args=[draft.id, path]),
            **_section_status(draft, name),
        }
        for path, name in SECTIONS.items()
    )
    due = [line for line in draft.dossier if line.requirement.due == "before_issue"]
    done, total = sum(is_done(draft, line) for line in due), len(due)
    requirements = {
        "title": _("Persyaratan"),
        "url": reverse("requirements", args=[draft.id]),
        "hint": _("Satu halaman untuk satu syarat"),
        "status": _("Selesai") if done == total else _("{done} dari {total}").format(done=done, total=total),
        "status_kind": "good" if done == total else "active" if done else "",
    }
    check = {
        "title": _("Periksa dan kirim"),
        "url": reverse("check", args=[draft.id]),
        "hint": "" if draft.ready else _("Dapat dikirim setelah semua terisi; lihat apa yang masih kurang"),
        "status": _("Siap dikirim") if draft.ready else _("Terkunci"),
        "status_kind": "active" if draft.ready else "locked",
    }
    return (*sections, requirements, check)


def is_done(draft: drafts.DraftView, line: drafts.DossierLine) -> bool:
    """Whether nothing is missing from a requirement, its section of the form included."""
    section = line.requirement.section
    return not line.problems and (not section or draft.section_done(section))


def lacks(draft: drafts.DraftView, line: drafts.DossierLine) -> bool:
    """Whether something is still to be done about a requirement before the application is sent, again or for the first time."""
    return line.requirement.due == "before_issue" and (line.verdict == "not_met" or not is_done(draft, line))


def _section_status(draft: drafts.DraftView, name: str) -> dict[str, str]:
    if draft.section_done(name):
        return {"status": _("Selesai"), "status_kind": "good"}
    if name in draft.raw:
        return {"status": _("Belum lengkap"), "status_kind": "active"}
    return {"status": _("Belum"), "status_kind": ""}


@on_draft
def section(request: HttpRequest, filling: Filling, path: str) -> HttpResponse:
    """The questions of one section. `periksa` in the address shows what is still wrong with it."""
    if path not in SECTIONS:
        raise Http404(path)
    draft, name = filling.draft, SECTIONS[path]
    fields = section_fields(name, draft.standard, drafts.choices())
    if request.method == "POST":
        return _save_section(request, filling, path, fields)
    form = AnswersForm(fields, draft.raw.get(name, {}))
    if "periksa" in request.GET:
        form.put_problems(draft.problems_of(name))
    return _section_page(request, draft, path, form, draft.not_served if "periksa" in request.GET else None)


def _save_section(request: HttpRequest, filling: Filling, path: str, fields: Sequence[Field]) -> HttpResponse:
    raw = parse(fields, request.POST)
    form = AnswersForm(fields, raw)
    refusal: NotServed | None = None
    problems: tuple[FieldProblem, ...] = ()
    try:
        answers = {name: str(value) for name, value in raw.items()}
        problems = intake.save_section(filling.actor, filling.draft.id, SECTIONS[path], answers, at=filling.at)
    except NotServed as refused:
        refusal = refused
    except Overtaken as overtaken:
        form.add_error(None, _(str(overtaken)))
        return _section_page(request, filling.draft, path, form, None, status=409)
    if "keep" in request.POST:
        return redirect("draft", id=filling.draft.id)
    if not problems and refusal is None:
        return redirect(_after_section(filling.draft.id, path))
    form.put_problems(problems)
    return _section_page(request, filling.draft, path, form, refusal, status=422)


def _after_section(id: UUID, path: str) -> str:
    paths = [*SECTIONS]
    later = paths[paths.index(path) + 1 :]
    return reverse("section", args=[id, later[0]]) if later else reverse("requirements", args=[id])


def _section_page(
    request: HttpRequest, draft: drafts.DraftView, path: str, form: AnswersForm, refusal: NotServed | None, *, status: int = 200
) -> HttpResponse:
    name = SECTIONS[path]
    return show(
        request,
        "public/section.html",
        title=in_language(drafts.SECTION_TITLES[name]),
        status=status,
        draft=draft,
        number=[*SECTIONS].index(path) + 1,
        lead=LEADS[name],
        clause=section_clause(name, draft.standard),
        form=form,
        questions=questions_of(form),
        refusal=in_words(refusal),
    )


@on_draft
def requirements(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Every requirement with how far it is."""
    draft = filling.draft
    return show(
        request,
        "public/requirements.html",
        title=_("Persyaratan"),
        draft=draft,
        tasks=[_requirement_task(draft, line) for line in draft.dossier],
    )


def _requirement_task(draft: drafts.DraftView, line: drafts.DossierLine) -> dict[str, str]:
    status, kind = _requirement_status(draft, line)
    return {
        "title": in_language(line.requirement.title),
        "url": reverse("requirement", args=[draft.id, line.requirement.clause]),
        "hint": line.requirement.clause,
        "status": status,
        "status_kind": kind,
    }


def _requirement_status(draft: drafts.DraftView, line: drafts.DossierLine) -> tuple[str, str]:
    if line.verdict == "not_met":
        return _("Perlu diperbaiki"), "warn"
    if line.requirement.due == "after_issue":
        return _("Setelah terbit"), "stopped"
    if is_done(draft, line):
        return _("Selesai"), "good"
    return (_("Belum lengkap"), "active") if line.answers or line.current_files else (_("Belum"), "")
