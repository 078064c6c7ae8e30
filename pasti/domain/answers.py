"""Answers to the questions of the form, checked by the fields' own description (51.1)."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pasti.domain import identifiers
from pasti.domain.errors import FieldProblem, RuleBroken, field_problem
from pasti.domain.events import Json
from pasti.domain.standard import Field, FieldKind

Answers = Mapping[str, Json]

LONGEST = {FieldKind.TEXT: 200, FieldKind.PARAGRAPH: 4000}
MOST_ROWS = 200


def _email(value: str, clause: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value) or len(value) > 254:
        raise RuleBroken(clause, "Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")
    return value


def _degrees(lowest: float, highest: float, *, example: str) -> Callable[[str, str], str]:
    def check(value: str, clause: str) -> str:
        try:
            degrees = float(value.replace(",", "."))
        except ValueError:
            degrees = highest + 1
        if not lowest <= degrees <= highest:
            raise RuleBroken(
                clause,
                "Tulis derajat antara {lowest} dan {highest}, misalnya {example}.",
                lowest=lowest,
                highest=highest,
                example=example,
            )
        return f"{degrees:.6f}"

    return check


CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "nib": identifiers.check_nib,
    "nik": identifiers.check_nik,
    "npwp": identifiers.check_npwp,
    "phone": identifiers.check_phone,
    "kbli": identifiers.check_kbli,
    "postal_code": identifiers.check_postal_code,
    "email": _email,
    "latitude": _degrees(-90, 90, example="-6.5567"),
    "longitude": _degrees(-180, 180, example="107.4433"),
}


def _number(text: str, clause: str) -> str:
    digits = re.sub(r"[.\s]|^Rp", "", text)
    if not re.fullmatch(r"\d{1,15}", digits):
        raise RuleBroken(clause, "Tulis angka bulat tanpa huruf, koma, atau tanda kurang.")
    return str(int(digits))


def _date(field: Field, text: str, clause: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RuleBroken(clause, "Tulis tanggal, bulan, dan tahun yang ada, misalnya 31 3 2027.") from None
    if field.must_be_after_today and day <= today:
        raise RuleBroken(clause, "Tanggal ini sudah lewat. Yang dibutuhkan adalah bukti yang masih berlaku.")
    return day.isoformat()


def _one(field: Field, value: str, clause: str, today: date) -> str:
    if field.kind is FieldKind.CHOICE and value not in field.codes:
        raise RuleBroken(clause, "Pilih salah satu dari daftar.")
    if field.kind is FieldKind.YES and value != "ya":
        raise RuleBroken(clause, "Pernyataan ini perlu dicentang.")
    if field.kind is FieldKind.NUMBER:
        return _number(value, clause)
    if field.kind is FieldKind.DATE:
        return _date(field, value, clause, today)
    longest = LONGEST.get(field.kind, LONGEST[FieldKind.TEXT])
    if len(value) > longest:
        raise RuleBroken(clause, "Paling banyak {longest} huruf; sekarang {length}.", longest=longest, length=len(value))
    return CHECKS[field.check](value, clause) if field.check else value


def is_asked(field: Field, answers: Mapping[str, object]) -> bool:
    """Whether `field` applies, given the other answers."""
    return field.only_when is None or answers.get(field.only_when[0]) == field.only_when[1]


def _rows(field: Field, value: object, *, clause: str, today: date, name: str) -> tuple[list[Json], tuple[FieldProblem, ...]]:
    rows = (
        [row for row in value if isinstance(row, Mapping) and any(str(v).strip() for v in row.values())]
        if isinstance(value, Sequence)
        else []
    )
    if not rows and field.required:
        return [], (field_problem(name, clause, "Isi paling sedikit satu baris pada “{label}”.", label=field.label),)
    if len(rows) > MOST_ROWS:
        return [], (field_problem(name, clause, "Paling banyak {most} baris; unggah selebihnya sebagai berkas.", most=MOST_ROWS),)
    clean: list[Json] = []
    problems: tuple[FieldProblem, ...] = ()
    for number, row in enumerate(rows):
        answers, found = check_answers(field.columns, row, clause=clause, today=today, prefix=f"{name}.{number}.")
        clean.append(dict(answers))
        problems += found
    return clean, problems


def check_answers(
    fields: Sequence[Field], raw: Mapping[str, object], *, clause: str, today: date, prefix: str = ""
) -> tuple[Answers, tuple[FieldProblem, ...]]:
    """The clean answers and every problem, each named `prefix` + field; rows as `field.0.column`. Nothing is raised."""
    clean: dict[str, Json] = {}
    problems: tuple[FieldProblem, ...] = ()
    for field in fields:
        if not is_asked(field, clean):
            continue
        name = f"{prefix}{field.name}"
        if field.kind is FieldKind.ROWS:
            clean[field.name], found = _rows(field, raw.get(field.name), clause=clause, today=today, name=name)
            problems += found
            continue
        value = str(raw.get(field.name) or "").strip()
        if not value:
            if field.required:
                problems += (field_problem(name, clause, "Isi “{label}”.", label=field.label),)
            continue
        try:
            clean[field.name] = _one(field, value, clause, today)
        except RuleBroken as broken:
            problems += (field_problem(name, clause, broken.template, **broken.values),)
    return clean, problems
