"""/pengawasan/temuan/: findings, their follow-up, and judging it (51.10.1, 51.10.2)."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import findings as act
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.sanctions import may_impose
from pasti.pages.access import moment
from pasti.pages.office.words import Told, told
from pasti.pages.oversight.door import CLAUSE, overseer, staff
from pasti.pages.oversight.forms import JudgeForm, RaiseForm, SeenForm
from pasti.pages.refusals import put_into
from pasti.pages.screen import show
from pasti.queries import findings
from pasti.queries.findings import FindingView
from pasti.queries.ledger import timeline
from pasti.queries.licensing import case_view
from pasti.queries.samples import oversees


@require_safe
@staff
def entries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The findings that are open, or with `selesai` those that are closed."""
    closed, after = request.GET.get("selesai") == "1", request.GET.get("setelah", "")
    found = findings.findings(actor, at=moment(), closed=closed, after=after)
    here = f"{reverse('findings')}?selesai={int(closed)}"
    return show(
        request,
        "oversight/findings.html",
        title=_("Temuan pengawasan"),
        rows=found.rows,
        closed=closed,
        oversees=oversees(actor),
        inspector=actor.has(Role.INSPECTOR),
        first_url=here if after else "",
        next_url=f"{here}&setelah={found.next_key}" if found.next_key else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@overseer
def new(request: HttpRequest, actor: Actor, case: UUID | None = None) -> HttpResponse:
    """Raise a finding about a case, or about the office as a whole."""
    about = case_view(actor, case, at=moment()) if case else None
    if case and about is None:
        raise NotAllowed(CLAUSE, "Berkas ini tidak ada, atau bukan untuk Anda.")
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            row = act.raised(actor, values["words"], values["owner"], values["due_on"], application_id=case, at=moment())
        except NotAllowed:
            raise
        except RuleBroken as refusal:
            put_into(form, refusal, at="words")
        else:
            messages.success(request, _("Temuan tercatat."))
            return redirect("finding", id=row.id)
    title = _("Temuan baru: {number}").format(number=about.number) if about else _("Temuan baru")
    return show(request, "oversight/new.html", title=title, status=422 if form.errors else 200, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def finding(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """One finding with what the reader may do to it now."""
    found = findings.finding(actor, id, at=moment())
    if found is None:
        raise NotAllowed(CLAUSE, "Temuan ini tidak ada, atau bukan untuk Anda.")
    form = _form_for(found)(request.POST if request.method == "POST" else None, initial={"seen": found.seen})
    if request.method == "POST" and form.is_valid():
        try:
            _act_of(form)(actor, id, form.cleaned_data["words"], seen=form.cleaned_data["seen"], at=moment())
        except NotAllowed:
            raise
        except RuleBroken as refusal:
            put_into(form, refusal, at="words")
        else:
            messages.success(request, _("Tercatat."))
            return redirect("finding", id=id)
    return show(
        request,
        "oversight/finding.html",
        title=_("Temuan pengawasan"),
        status=422 if form.errors else 200,
        finding=found,
        opens_cases=actor.may_open_desk,
        may_impose=may_impose(actor),
        history=_history(id),
        form=form if found.may_answer or found.may_judge else None,
    )


def _history(id: UUID) -> tuple[Told, ...]:
    """Every round, once there was more than one; the facts of the only one are on the page already."""
    facts = timeline(id, public_only=False)
    return told(facts) if any(fact.kind == "finding.sent_back" for fact in facts) else ()


def _form_for(found: FindingView) -> type[SeenForm]:
    return JudgeForm if found.may_judge else SeenForm


def _act_of(form: Form) -> Callable[..., None]:
    accepted = form.cleaned_data.get("accepted")
    return act.answer if accepted is None else act.close if accepted == "yes" else act.send_back
