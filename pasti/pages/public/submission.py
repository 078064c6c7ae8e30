"""Checking everything once more, submitting, and the receipt (51.1 to 51.4)."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pasti.actions import assistance, intake
from pasti.domain.assistance import IDENTITIES, Confirmation
from pasti.domain.errors import FieldProblem, InvalidInput, NotServed, Overtaken, RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.workflow import VALID, State
from pasti.pages.access import actor_of, moment
from pasti.pages.forms.fields import local_name
from pasti.pages.public.intake import SECTIONS, Filling, changed_for, on_draft, promised
from pasti.pages.public.suitability import in_words
from pasti.pages.public.survey import invitation_to
from pasti.pages.refusals import put_into, sentence
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries import assistance as helped
from pasti.queries import intake as drafts
from pasti.queries import tracking

PATHS = {name: path for path, name in SECTIONS.items()}


@on_draft
def _look(request: HttpRequest, filling: Filling) -> HttpResponse:
    return _page(request, filling.draft)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, id: UUID) -> HttpResponse:
    """All answers on one page with what is missing; POST submits."""
    return _submit(request, id) if request.method == "POST" else _look(request, id=id)


class ConfirmForm(forms.Form):
    """At the counter: the applicant types the name, the officer says which identity was seen."""

    name = forms.CharField(
        label=gettext_lazy("Nama lengkap, diketik pemohon sendiri"),
        help_text=gettext_lazy(
            "Sama dengan nama penanggung jawab pada bagian Usaha. Dengan ini pemohon menyetujui isian di atas."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Minta pemohon mengetik namanya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity = forms.ChoiceField(
        label=gettext_lazy("Identitas yang dilihat petugas"),
        help_text=gettext_lazy("Wajah dan nama dicocokkan. Nomornya tidak dicatat."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih identitas yang Anda lihat.")},
        choices=tuple(IDENTITIES.items()),
    )
    use_required_attribute = False

    @property
    def confirmation(self) -> Confirmation:
        """What was typed and seen."""
        return Confirmation(name=self.cleaned_data["name"], identity=self.cleaned_data["identity"])


def _submit(request: HttpRequest, id: UUID) -> HttpResponse:
    """The act checks the draft itself, so the page of it is only made when there is something to correct."""
    actor, at = actor_of(request), moment()
    form = ConfirmForm(request.POST) if "name" in request.POST else None  # only the counter's page asks for it
    confirmation = form.confirmation if form and form.is_valid() else None
    try:
        intake.submit(actor, id, at=at, confirmation=confirmation)
    except (RuleBroken, Overtaken) as refusal:
        draft = drafts.draft(actor, id, at=at)
        if draft is not None and isinstance(refusal, InvalidInput | NotServed):
            form = form or ConfirmForm({})
            if draft.ready and not form.errors:
                put_into(form, refusal)
            return _page(request, draft, status=422, form=form)
        if draft is not None:
            raise
        if _own_or_helped(actor, id, at) is None:
            raise Http404 from None
        # The same button pressed twice: the first press has submitted it, and its receipt is what the second is shown.
    return redirect("receipt", id=id)


def _own_or_helped(actor: Actor, id: UUID, at: datetime) -> tracking.TrackView | None:
    return tracking.track(id, at=at, actor=actor) or helped.receipt(actor, id, at=at)


def _page(request: HttpRequest, draft: drafts.DraftView, *, status: int = 200, form: ConfirmForm | None = None) -> HttpResponse:
    sections = [(part, reverse("section", args=[draft.id, PATHS[part.name]])) for part in draft.sections]
    rows = [(line, reverse("requirement", args=[draft.id, line.requirement.clause])) for line in draft.dossier]
    return show(
        request,
        "public/check.html",
        title=_("Periksa dan kirim"),
        status=status,
        draft=draft,
        form=form or ConfirmForm(),
        sections=sections,
        requirements=rows,
        missing=_missing(draft),
        untouched=_untouched(draft),
        changed=changed_for(draft),
        refusal=in_words(draft.not_served),
    )


def _untouched(draft: drafts.DraftView) -> tuple[drafts.DossierLine, ...]:
    """What was found not met and has not been changed since; sending it is allowed, and rarely meant."""
    return tuple(line for line in draft.dossier if line.requirement.due == "before_issue" and line.verdict == "not_met")


def _missing(draft: drafts.DraftView) -> list[tuple[str, str, str]]:
    """What is left to put right, a line for each page: its address with the errors shown, what is wrong, the clause."""
    pages: dict[str, list[FieldProblem]] = {}
    for problem in draft.problems:
        pages.setdefault(problem.field.partition(":")[0] if ":" in problem.field else problem.field.partition(".")[0], []).append(
            problem
        )
    return [(_address(draft.id, name, found[0]), _in_short(draft, name, found), found[0].clause) for name, found in pages.items()]


def _address(id: UUID, name: str, problem: FieldProblem) -> str:
    page = reverse("section", args=[id, PATHS[name]]) if name in PATHS else reverse("requirement", args=[id, name])
    return f"{page}?periksa=1#isian-{local_name(problem.field)}"


def _in_short(draft: drafts.DraftView, name: str, found: list[FieldProblem]) -> str:
    title = in_language(drafts.SECTION_TITLES[name] if name in PATHS else draft.standard.requirement(name).title)
    text = sentence(found[0]) if len(found) == 1 else _("{count} isian").format(count=len(found))
    return f"{title}: {text}"


@login_required
@require_safe
def receipt(request: HttpRequest, id: UUID) -> HttpResponse:
    """The receipt: number, secret and how to keep it, the promise, that it is free."""
    actor, at = actor_of(request), moment()
    own = tracking.track(id, at=at, actor=actor)
    view = own or helped.receipt(actor, id, at=at)
    if view is None:
        raise Http404
    if own is None:
        assistance.look_in(actor, id, at=at)
    waits = view.state is State.SUBMITTED and not view.bar.cells
    letters = view.secret
    secret = "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
    return show(
        request,
        "public/receipt.html",
        title=_("Tanda terima"),
        view=view,
        own=own is not None,
        secret=secret,
        promised=promised(view.standard) if waits else None,
        invitation=invitation_to(request, id),
        finished=view.state in VALID | {State.REJECTED},
    )
