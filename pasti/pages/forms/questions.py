"""The questions of a form in the order and grouping in which a page asks them (51.1).

A question that is asked only when another has a certain answer stands below that answer; the style sheet closes it until the
answer is chosen, and a browser that cannot shows it always.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from pasti.domain.standard import Field, FieldKind
from pasti.pages.forms.fields import FILES, MOST_RADIOS, AnswersForm
from pasti.pages.words import in_language, said


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer of a radio question, and what is asked only when it is chosen."""

    value: str
    label: str
    id: str
    checked: bool
    questions: tuple["Question", ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a list: its number as people count, and its cells."""

    number: int
    cells: tuple[BoundField, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing on the page. `shape`: "field", "radios" (with `choices`), "rows" or "when" (`questions` asked only then)."""

    shape: str
    label: str = ""
    help: str = ""
    required: bool = True
    field: BoundField | None = None
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    questions: tuple["Question", ...] = ()


def questions_of(form: AnswersForm) -> tuple[Question, ...]:
    """Everything the form asks, dependent questions below what they depend on, files last."""
    names = {f.name for f in form.asked}
    asked = tuple(q for f in form.asked if f.only_when is None or f.only_when[0] not in names for q in _with_dependents(form, f))
    files = (Question(shape="field", field=form[FILES]),) if FILES in form.fields else ()
    return asked + files


def _dependents(form: AnswersForm, field: Field, value: str | None = None) -> tuple[Field, ...]:
    found = (f for f in form.asked if f.only_when is not None and f.only_when[0] == field.name)
    return tuple(f for f in found if value is None or (f.only_when is not None and f.only_when[1] == value))


def _all(form: AnswersForm, fields: Sequence[Field]) -> tuple[Question, ...]:
    return tuple(q for f in fields for q in _with_dependents(form, f))


def _with_dependents(form: AnswersForm, field: Field) -> tuple[Question, ...]:
    """The question itself, and what depends on it: inside its radios, or in groups after it."""
    if not _dependents(form, field):
        return (_alone(form, field),)
    if field.kind is FieldKind.CHOICE and len(field.choices) <= MOST_RADIOS:
        return (_radios(form, field),)
    groups = (
        Question(
            shape="when",
            label=_("Hanya bila “{label}”: {answer}").format(label=in_language(field.label), answer=title),
            questions=_all(form, found),
        )
        for value, title in _answers(form, field)
        if (found := _dependents(form, field, value))
    )
    return (_alone(form, field), *groups)


def _answers(form: AnswersForm, field: Field) -> tuple[tuple[str, str], ...]:
    """The answers something depends on, in words; of a free text as it is typed."""
    if field.kind is FieldKind.YES:
        return (("ya", _("ya")),)
    if field.choices:
        return tuple((value, in_language(label)) for value, label in field.choices)
    return tuple((value, value) for value in dict.fromkeys(f.only_when[1] for f in _dependents(form, field) if f.only_when))


def _alone(form: AnswersForm, field: Field) -> Question:
    if field.kind is not FieldKind.ROWS:
        return Question(shape="field", field=form[field.name])
    rows = tuple(
        Row(number=number + 1, cells=tuple(form[f"{field.name}.{number}.{c.name}"] for c in field.columns))
        for number in range(form.row_counts[field.name])
    )
    help_text = said(field.help) if field.help else ""
    return Question(shape="rows", label=said(field.label), help=help_text, required=field.required, rows=rows)


def _radios(form: AnswersForm, field: Field) -> Question:
    bound = form[field.name]
    choices = tuple(
        Choice(
            value=str(radio.data["value"]),
            label=str(radio.data["label"]),
            id=radio.id_for_label,
            checked=bool(radio.data["selected"]),
            questions=_all(form, _dependents(form, field, str(radio.data["value"]))),
        )
        for radio in bound
    )
    return Question(shape="radios", field=bound, choices=choices)
