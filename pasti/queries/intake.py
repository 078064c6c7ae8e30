"""A draft and a dossier as their readers see them (51.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format, number_format

from pasti import standards
from pasti.domain import identifiers
from pasti.domain.answers import Answers, is_asked
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import FieldProblem, NotServed
from pasti.domain.events import Json
from pasti.domain.intake import SECTIONS, Choices, Row, check_draft, require_served, section_fields
from pasti.domain.licensing import EDITABLE, assists
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Field, FieldKind, Requirement, Standard, Text
from pasti.domain.workflow import STATE_TITLES, State
from pasti.records.intake import DossierRow, Evidence
from pasti.records.licensing import Application

SECTION_TITLES = {"business": Sentence("Usaha Anda"), "place": Sentence("Lokasi"), "scale": Sentence("Skala dan industri")}
Words = str | Text  # said in the reader's language where it is shown
LONGEST_UNGROUPED = 4  # digits
PERSONAL = frozenset({"nik", "phone", "owner_name", "email", "address", "npwp"})


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One question with its answer in words; `rows` for lists: header and lines."""

    name: str
    label: Words
    text: Words
    header: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One section of the form with its answers."""

    name: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One uploaded file; `replaced` ones stay visible as history."""

    id: UUID
    name: str
    mime: str
    size: int  # bytes
    sha256: str
    uploaded_at: datetime
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """One requirement: what is asked, what was answered and shown, what was found."""

    requirement: Requirement
    answers: Answers
    lines: tuple[AnswerLine, ...]
    files: tuple[FileLine, ...]
    verdict: str
    reason: str
    judged_at: datetime | None
    problems: tuple[FieldProblem, ...] = ()

    @property
    def current_files(self) -> tuple[FileLine, ...]:
        """The files that count."""
        return tuple(f for f in self.files if not f.replaced)


def _text(field: Field, value: Json) -> Words:
    if field.kind is FieldKind.CHOICE:
        return next((label for code, label in field.choices if code == value), str(value or ""))
    if field.kind is FieldKind.YES:
        return Sentence("Ya" if value == "ya" else "Belum")
    if field.kind is FieldKind.NUMBER:
        return _grouped(str(value or ""))
    return _day(str(value or "")) if field.kind is FieldKind.DATE else str(value or "")


def _grouped(text: str) -> str:
    """4.500.000.000; a year or a small count stays as it is, and so does what is no number."""
    return number_format(int(text), force_grouping=True) if text.isdecimal() and len(text) > LONGEST_UNGROUPED else text


def _day(text: str) -> str:
    """15 Januari 2026; what is no date stays as typed."""
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def _line(field: Field, value: Json, *, masked: bool) -> AnswerLine:
    if field.kind is FieldKind.ROWS:
        header = tuple(c.label for c in field.columns)
        listed = value if isinstance(value, list) else []
        rows = tuple(tuple(_text(c, row.get(c.name)) for c in field.columns) for row in listed if isinstance(row, dict))
        return AnswerLine(name=field.name, label=field.label, text="", header=header, rows=rows)
    text, hidden = _text(field, value), masked and field.name in PERSONAL
    return AnswerLine(name=field.name, label=field.label, text=_masked(field.name, str(text)) if hidden else text)


def _masked(name: str, text: str) -> str:
    if not text:
        return ""
    if name == "nik":
        return identifiers.mask_nik(text)
    if name == "phone":
        return identifiers.mask_phone(text)
    return f"{text[:2]}•••"


def answer_lines(fields: tuple[Field, ...], answers: Answers, *, masked: bool = False) -> tuple[AnswerLine, ...]:
    """The asked questions with their answers in words."""
    return tuple(_line(f, answers.get(f.name), masked=masked) for f in fields if is_asked(f, answers))


def choices() -> Choices:
    """The office's lists that the form offers."""
    office = standards.load().office()
    return Choices(districts=office.districts, estates=office.estates)


def sections_of(row: Application, standard: Standard, *, masked: bool) -> tuple[SectionView, ...]:
    """The three sections with their answers; personal ones masked for who does not need them."""
    return tuple(
        SectionView(
            name=name,
            title=SECTION_TITLES[name],
            lines=answer_lines(section_fields(name, standard, choices()), row.answers.get(name, {}), masked=masked),
        )
        for name in SECTIONS
    )


def _files(row: Application) -> dict[str, list[FileLine]]:
    files: dict[str, list[FileLine]] = {}
    for e in Evidence.objects.filter(application=row).order_by("uploaded_at"):
        line = FileLine(
            id=e.id,
            name=e.name,
            mime=e.mime,
            size=e.size,
            sha256=e.sha256,
            uploaded_at=e.uploaded_at,
            replaced=e.replaced_at is not None,
        )
        files.setdefault(e.clause, []).append(line)
    return files


def dossier(row: Application, standard: Standard) -> tuple[DossierLine, ...]:
    """Every requirement of the edition, in its order. Two SQL queries."""
    files, rows = _files(row), {r.clause: r for r in row.rows.all()}
    return tuple(
        DossierLine(
            requirement=requirement,
            answers=found.answers,
            lines=answer_lines(requirement.fields, found.answers),
            files=tuple(files.get(requirement.clause, ())),
            verdict=found.verdict,
            reason=found.reason,
            judged_at=found.judged_at,
        )
        for requirement in standard.requirements
        for found in (rows.get(requirement.clause) or DossierRow(clause=requirement.clause),)  # asked by a newer edition: empty
    )


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A draft as its applicant sees it: sections, requirements, what is still missing, who serves it if we may not."""

    id: UUID
    state: State
    state_title: str
    standard: Standard
    begun_under: Standard | None  # the earlier edition it was begun under; None for the one in force
    raw: dict[str, dict[str, Json]]
    sections: tuple[SectionView, ...]
    dossier: tuple[DossierLine, ...]
    problems: tuple[FieldProblem, ...]
    not_served: NotServed | None
    helping: str = ""  # whose it is, for who helps at the counter; "" for the applicant

    def problems_of(self, part: str) -> tuple[FieldProblem, ...]:
        """The problems of one section or of one requirement's clause."""
        return tuple(p for p in self.problems if p.field.startswith((f"{part}.", f"{part}:")))

    def section_done(self, section: str) -> bool:
        """Whether a section is complete."""
        return section in self.raw and not self.problems_of(section)

    @property
    def requirements_done(self) -> int:
        """How many requirements are complete."""
        return sum(not line.problems for line in self.dossier)

    @property
    def ready(self) -> bool:
        """Whether it may be submitted."""
        return not self.problems and self.not_served is None


def draft(actor: Actor, id: UUID, *, at: datetime) -> DraftView | None:
    """The actor's own draft or returned dossier, or one they help with at the counter; None for any other (51.1)."""
    row = Application.objects.select_related("applicant").filter(pk=id, state__in=EDITABLE).first()
    if row is None or not (row.applicant_id == actor.id or assists(row.case(), actor)):
        return None
    library, is_draft = standards.load(), row.state == State.DRAFT
    standard = library.edition_of_case(row.entry, row.effective, is_draft=is_draft, on=jakarta_day(at))
    begun = library.in_force(row.entry, jakarta_day(row.created_at))
    lines = dossier(row, standard)
    rows = tuple(
        Row(clause=x.requirement.clause, answers=x.answers, files=len(x.current_files), verdict=x.verdict) for x in lines
    )
    checked = check_draft(standard, row.answers, rows, choices(), jakarta_day(at))
    return DraftView(
        id=row.id,
        state=State(row.state),
        state_title=STATE_TITLES[State(row.state)],
        standard=standard,
        begun_under=begun if is_draft and begun.effective < standard.effective else None,
        raw=row.answers,
        sections=sections_of(row, standard, masked=False),
        dossier=tuple(DossierLine(**{**x.__dict__, "problems": checked.of_row(x.requirement.clause)}) for x in lines),
        problems=checked.problems,
        not_served=_refusal(standard, checked.sections),
        helping=str(row.applicant) if row.applicant_id != actor.id else "",
    )


def _refusal(standard: Standard, sections: Mapping[str, Answers]) -> NotServed | None:
    try:
        require_served(standard, sections)
    except NotServed as refusal:
        return refusal
    return None
