"""Is this for me? A check without an account: may this office serve the business, and who does if not (51.1.A.1, 51.1.A.4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.answers import Answers, check_answers
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, NotServed
from pasti.domain.intake import require_served, section_clause, section_fields
from pasti.domain.kbli import CHOICE
from pasti.domain.standard import Field, Standard
from pasti.pages.access import moment
from pasti.pages.forms.fields import AnswersForm, parse
from pasti.pages.forms.questions import questions_of
from pasti.pages.public.standard import standard_or_404
from pasti.pages.refusals import sentence
from pasti.pages.screen import show
from pasti.queries.intake import choices

# What decides whom the office may serve; the rest of the form does not.
DECISIVE = {
    "scale": ("basis", "capital", "yearly_sales", "ownership"),
    "place": ("district", "crosses_border"),
    "business": ("kbli", CHOICE),
}


ANSWERED = "answered"  # in the session: entry -> section -> the answers that were found served


def take_answers(request: HttpRequest, entry: str) -> Mapping[str, Mapping[str, str]]:
    """What this browser answered here about `entry`, by section, for the draft that starts from it; given once."""
    answered: Mapping[str, Mapping[str, Mapping[str, str]]] = request.session.pop(ANSWERED, {})
    return answered.get(entry, {})


def _fields(section: str, standard: Standard) -> tuple[Field, ...]:
    fields = tuple(f for f in section_fields(section, standard, choices()) if f.name in DECISIVE[section])
    return tuple(replace(f, required=False) if f.name == "kbli" else f for f in fields)


@require_safe
def suitability(request: HttpRequest, entry: str) -> HttpResponse:
    """The questions, and once they are answered in the address: whether this is for the business."""
    today = jakarta_day(moment())
    standard = standard_or_404(entry, today)
    by_section = {section: _fields(section, standard) for section in DECISIVE}
    fields = tuple(f for group in by_section.values() for f in group)
    raw = parse(fields, request.GET)
    form = AnswersForm(fields, raw)
    clean: dict[str, Answers] = {}
    problems: tuple[FieldProblem, ...] = ()
    for section, group in by_section.items():
        clean[section], found = check_answers(
            group, raw, clause=section_clause(section, standard), today=today, prefix=f"{section}."
        )
        problems += found
    asked = "periksa" in request.GET
    if asked:
        form.put_problems(problems)
    context: dict[str, Any] = {"standard": standard, "form": form, "questions": questions_of(form)}
    if asked and not problems:
        context |= _answer(standard, clean)
    if "served" in context:
        request.session[ANSWERED] = {entry: {section: answers for section, answers in clean.items() if answers}}
    return show(request, "public/suitability.html", title=_("Apakah ini untuk saya?"), **context)


def _answer(standard: Standard, clean: dict[str, Answers]) -> dict[str, Any]:
    try:
        require_served(standard, clean)
    except NotServed as refusal:
        return {"refusal": in_words(refusal)}
    return {"served": True}


def in_words(refusal: NotServed | None) -> dict[str, str] | None:
    """A refusal as public/not_served.html shows it; None when there is none."""
    return {"text": sentence(refusal), "clause": refusal.clause} if refusal else None
