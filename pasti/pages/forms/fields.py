"""The questions of the standard as a form: shown from the fields' description, parsed back into raw answers (51.1).

The form refuses nothing: the rules check the answers (domain.answers), and their problems are put at the fields.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from pasti.actions.files import MOST_BYTES
from pasti.domain.answers import MOST_ROWS
from pasti.domain.errors import FieldProblem
from pasti.domain.events import Json
from pasti.domain.standard import Field, FieldKind
from pasti.pages.forms.day import PARTS, DayInput
from pasti.pages.refusals import sentence
from pasti.pages.words import in_language, said

AnyField = TypeVar("AnyField", bound=forms.Field)
FILES = "files"
SPARE_ROWS = 1
MOST_RADIOS = 6
# How an identifier is typed on a phone, by the rule that checks it.
NUMERIC = {"nib", "nik", "npwp", "kbli", "postal_code"}
ATTRS: Mapping[str, Mapping[str, str]] = {
    **{check: {"inputmode": "numeric", "class": "govuk-input--width-20"} for check in NUMERIC},
    "postal_code": {"inputmode": "numeric", "class": "govuk-input--width-10", "autocomplete": "postal-code"},
    "kbli": {"inputmode": "numeric", "class": "govuk-input--width-10"},
    "phone": {"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"},
    "email": {"type": "email", "autocomplete": "email", "spellcheck": "false"},
    "latitude": {"class": "govuk-input--width-10"},
    "longitude": {"class": "govuk-input--width-10"},
}


def asked(field: AnyField) -> AnyField:
    """The field, marked as one that the rules ask for: they refuse what is empty, in their own words."""
    vars(field)["asked_by_rules"] = True
    return field


def typed(data: QueryDict, name: str) -> str:
    """What was typed in one input, without the characters no table can keep."""
    return str(data.get(name, "")).replace("\x00", "")


def _day(data: QueryDict, name: str) -> str:
    parts = {part: typed(data, f"{name}_{part}").strip() for part, _label, _width in PARTS}
    if not any(parts.values()):
        return ""
    return f"{parts['year']}-{parts['month'].zfill(2)}-{parts['day'].zfill(2)}"


def _answer(field: Field, data: QueryDict, name: str) -> str:
    if field.kind is FieldKind.DATE:
        return _day(data, name)
    if field.kind is FieldKind.YES:
        return "ya" if data.get(name) else ""
    return typed(data, name)


def _rows(field: Field, data: QueryDict) -> list[Json]:
    pattern = re.compile(rf"{re.escape(field.name)}\.(\d{{1,4}})\.")
    numbers = sorted({int(found[1]) for key in data if (found := pattern.match(key))})
    rows = [
        {c.name: _answer(c, data, f"{field.name}.{n}.{c.name}") for c in field.columns} for n in numbers[: MOST_ROWS + SPARE_ROWS]
    ]
    return [dict(row) for row in rows if any(value.strip() for value in row.values())]


def parse(fields: Sequence[Field], data: QueryDict) -> dict[str, Json]:
    """The raw answers as typed, right or wrong; empty rows of a list are left out, so that rows are numbered as shown again."""
    return {f.name: _rows(f, data) if f.kind is FieldKind.ROWS else _answer(f, data, f.name) for f in fields}


def _widget(field: Field) -> forms.Widget:
    if field.kind is FieldKind.PARAGRAPH:
        return forms.Textarea(attrs={"rows": 4})
    if field.kind is FieldKind.DATE:
        return DayInput()
    if field.kind is FieldKind.YES:
        return forms.CheckboxInput()
    if field.kind is FieldKind.CHOICE:
        if len(field.choices) <= MOST_RADIOS:
            return forms.RadioSelect(choices=[(value, said(label)) for value, label in field.choices])
        choices = [(value, in_language(label)) for value, label in field.choices]
        return forms.Select(choices=[("", _("Pilih satu")), *choices])
    if field.kind is FieldKind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-20"})
    return forms.TextInput(attrs=dict(ATTRS.get(field.check, {})))


def _input(field: Field) -> forms.Field:
    help_text = said(field.help) if field.help else ""
    return forms.Field(label=said(field.label), help_text=help_text, required=field.required, widget=_widget(field))


class SeveralFiles(forms.FileInput):
    """A file input that takes more than one file at once."""

    allow_multiple_selected = True


def _files() -> forms.Field:
    widget = SeveralFiles(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})
    help_text = _("PDF, JPEG, atau PNG, paling besar {size} MB tiap berkas. Boleh beberapa sekaligus.").format(
        size=MOST_BYTES // 2**20
    )
    return forms.Field(label=_("Unggah bukti"), help_text=help_text, widget=widget)


class AnswersForm(forms.Form):
    """The inputs of a list of questions, filled with raw answers. `files`: "required", "optional" or "none"."""

    use_required_attribute = False

    def __init__(
        self, fields: Sequence[Field], answers: Mapping[str, Json], *, files: str = "none", spare: int = SPARE_ROWS
    ) -> None:
        super().__init__(auto_id="isian-%s", initial={f.name: answers.get(f.name, "") for f in fields})
        self.asked = tuple(fields)
        self.row_counts: dict[str, int] = {}
        for field in fields:
            if field.kind is FieldKind.ROWS:
                self._add_rows(field, answers.get(field.name), spare)
            else:
                self.fields[field.name] = _input(field)
        if files != "none":
            self.fields[FILES] = _files()
            self.fields[FILES].required = files == "required"

    def _add_rows(self, field: Field, value: Json, spare: int) -> None:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        self.row_counts[field.name] = len(rows) + spare
        for number in range(len(rows) + spare):
            for column in field.columns:
                name = f"{field.name}.{number}.{column.name}"
                self.fields[name] = _input(column)
                self.initial[name] = rows[number].get(column.name, "") if number < len(rows) else ""

    def full_clean(self) -> None:
        """Nothing is refused here: the rules do that, and `put_problems` shows what they found."""
        self._errors: Any = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}

    def is_multipart(self) -> bool:
        """Whether the form takes files."""
        return FILES in self.fields

    def put_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show each problem at its field; one of a whole list at the list's first cell; any other above the form."""
        for problem in problems:
            place = self._place(local_name(problem.field))
            self.add_error(place, _in_row(place or "", sentence(problem)))

    def _place(self, name: str) -> str | None:
        if name in self.fields:
            return name
        return next((known for known in self.fields if known.startswith(f"{name}.0.")), None)


def _in_row(name: str, text: str) -> str:
    row = re.search(r"\.(\d+)\.", name)
    return _("Baris {number}: {text}").format(number=int(row[1]) + 1, text=text) if row else text


def local_name(field: str) -> str:
    """The name of a problem's field inside its page: "business.nib" is "nib", "51.1.B.8:rows.0.body" is "rows.0.body"."""
    head, mark, tail = field.partition(":")
    return tail if mark else head.partition(".")[2]
