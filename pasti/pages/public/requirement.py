"""One requirement on one page: its questions, its files, what the examiner found (51.1.A.2, 51.1.A.3, 51.1.B.*)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pasti.actions import intake
from pasti.actions.files import MOST_BYTES, MOST_FILES
from pasti.domain.errors import FieldProblem, Overtaken, RuleBroken
from pasti.pages.forms.fields import FILES, SPARE_ROWS, AnswersForm, local_name, parse
from pasti.pages.forms.questions import questions_of
from pasti.pages.public.intake import Filling, lacks, on_draft
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import intake as drafts

MORE_ROWS = 5


@on_draft
def requirement(request: HttpRequest, filling: Filling, clause: str) -> HttpResponse:
    """The questions and files of one requirement. Every button of the page keeps what was typed and uploaded."""
    line = _line(filling.draft, clause)
    if request.method == "POST":
        return _save(request, filling, line)
    form = AnswersForm(line.requirement.fields, line.answers, files=_files_wanted(filling.draft, line))
    if "periksa" in request.GET:
        form.put_problems(line.problems)
    return _page(request, filling, line, form)


def _line(draft: drafts.DraftView, clause: str) -> drafts.DossierLine:
    found = next((line for line in draft.dossier if line.requirement.clause == clause), None)
    if found is None:
        raise Http404(clause)
    return found


def _files_wanted(draft: drafts.DraftView, line: drafts.DossierLine) -> str:
    """A site outside an estate must show its ground, though inside one nothing is asked (51.1.A.4)."""
    outside = draft.raw.get("place", {}).get("in_estate") == "tidak"
    if line.requirement.section == "place" and outside:
        return "required"
    return line.requirement.evidence


def _uploads(request: HttpRequest) -> tuple[tuple[str, bytes], ...]:
    """The files sent, read before any table is touched: one byte over the limit is enough to be refused for its size."""
    sent = request.FILES.getlist(FILES)[: MOST_FILES + 1]
    return tuple((upload.name or "", upload.read(MOST_BYTES + 1)) for upload in sent)


def _save(request: HttpRequest, filling: Filling, line: drafts.DossierLine) -> HttpResponse:
    uploads, clause = _uploads(request), line.requirement.clause
    raw = parse(line.requirement.fields, request.POST)
    spare = MORE_ROWS if "more" in request.POST else SPARE_ROWS
    form = AnswersForm(line.requirement.fields, raw, files=_files_wanted(filling.draft, line), spare=spare)
    try:
        problems = intake.save_requirement(filling.actor, filling.draft.id, clause, raw, uploads=uploads, at=filling.at)
        _remove(request, filling)
    except Overtaken as overtaken:
        form.add_error(None, _(str(overtaken)))
        return _page(request, filling, line, form, status=409)
    except RuleBroken as broken:
        form.add_error(None, sentence(broken))
        return _again(request, filling, clause, form, status=422)
    stays = "more" in request.POST or "remove" in request.POST
    shown = _to_show(problems, stays=stays or "keep" in request.POST, uploaded=bool(uploads))
    form.put_problems(shown)
    if shown or stays:
        return _again(request, filling, clause, form, status=422 if shown else 200)
    if "keep" in request.POST:
        return redirect("requirements", id=filling.draft.id)
    return redirect(_after(_kept(filling), clause))


def _remove(request: HttpRequest, filling: Filling) -> None:
    if not request.POST.get("remove"):
        return
    try:
        evidence = UUID(request.POST["remove"])
    except ValueError:
        raise Http404 from None
    intake.remove_file(filling.actor, filling.draft.id, evidence, at=filling.at)
    messages.success(request, _("Berkas disisihkan dan tidak dihitung lagi."))


def _to_show(problems: tuple[FieldProblem, ...], *, stays: bool, uploaded: bool) -> tuple[FieldProblem, ...]:
    """All that is missing when going on; when only keeping, just the files that were refused, so that none is lost unseen."""
    if not stays:
        return problems
    return tuple(p for p in problems if uploaded and local_name(p.field) == FILES)


def _after(draft: drafts.DraftView, clause: str) -> str:
    """The next requirement that still lacks something, those before this one last; the check when none does."""
    here = [line.requirement.clause for line in draft.dossier].index(clause)
    others = (*draft.dossier[here + 1 :], *draft.dossier[:here])
    lacking = next((line.requirement.clause for line in others if lacks(draft, line)), None)
    return reverse("requirement", args=[draft.id, lacking]) if lacking else reverse("check", args=[draft.id])


def _kept(filling: Filling) -> drafts.DraftView:
    return drafts.draft(filling.actor, filling.draft.id, at=filling.at) or filling.draft


def _again(request: HttpRequest, filling: Filling, clause: str, form: AnswersForm, *, status: int) -> HttpResponse:
    """The page with the dossier as it stands after keeping."""
    draft = _kept(filling)
    fresh = Filling(actor=filling.actor, at=filling.at, draft=draft)
    return _page(request, fresh, _line(draft, clause), form, status=status)


def _page(
    request: HttpRequest, filling: Filling, line: drafts.DossierLine, form: AnswersForm, *, status: int = 200
) -> HttpResponse:
    clauses = [each.requirement.clause for each in filling.draft.dossier]
    return show(
        request,
        "public/requirement.html",
        title=in_language(line.requirement.title),
        status=status,
        draft=filling.draft,
        line=line,
        number=clauses.index(line.requirement.clause) + 1,
        total=len(clauses),
        form=form,
        questions=questions_of(form),
    )
