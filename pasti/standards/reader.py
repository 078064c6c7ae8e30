"""The one strict reader: folders of YAML become a Library, or every fault at once as `file:line: sentence` (51.1 to 51.14).

`<entry>/<day>.yaml`, continued by `<entry>/<day>/*.yaml`, is an edition, in full or as changes `based_on` an earlier one;
`procedures/<code>.yaml`, `holidays/<year>.yaml`, `legal_bases.yaml`, `office.yaml` and `survey.yaml` are shared. With several
folders, a later one replaces files of the same name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pasti.domain.calendar import Calendar
from pasti.domain.errors import StandardInvalid
from pasti.domain.hours import OpeningHours, shortest_day
from pasti.domain.standard import Duties, KbliMapping, LegalBasis, Standard
from pasti.domain.survey import Instrument
from pasti.standards.changes import BASED_ON, changed
from pasti.standards.edition import ClockShape, EditionShape
from pasti.standards.edition_checks import check_edition
from pasti.standards.faults import parts_of, sound
from pasti.standards.law import BasesShape, BasisShape, HolidaysShape
from pasti.standards.law_checks import check_bases, check_holidays, holidays_of
from pasti.standards.library import Library
from pasti.standards.office import Office, OfficeShape
from pasti.standards.office_checks import check_office
from pasti.standards.procedure import ProcedureShape
from pasti.standards.procedure_checks import check_procedure, check_sum
from pasti.standards.survey import SurveyShape, check_survey
from pasti.standards.tree import Problem, Tree, join, read_tree, shown

EDITION = re.compile(r"(\d+)/([^/]+)\.yaml")
PART = re.compile(r"(\d+)/([^/]+)/[^/]+\.yaml")
Files = Mapping[str, Path]  # name inside the folder -> file


@dataclass
class _Reading:
    """What has been read so far. The lists of shapes are only whole when there is no problem."""

    problems: list[Problem] = field(default_factory=list)
    office: Office | None = None
    survey: Instrument | None = None
    week: tuple[OpeningHours, ...] = ()
    base_names: frozenset[str] | None = None
    bases: dict[str, BasisShape] = field(default_factory=dict)
    tables: dict[str, Tree] = field(default_factory=dict)  # the procedures as written
    procedures: dict[str, ProcedureShape] = field(default_factory=dict)
    editions: list[EditionShape] = field(default_factory=list)
    years: list[HolidaysShape] = field(default_factory=list)


def files_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The YAML files of the folders by their name inside; a later folder's file replaces an earlier one's."""
    found: dict[str, Path] = {}
    for folder in folders:
        found |= {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}
    return found


def read(files: Files) -> Library:
    """The library of these files. StandardInvalid carries every fault of every file."""
    reading = _Reading()
    _read_office(files, reading)
    _read_survey(files, reading)
    _read_bases(files, reading)
    _read_procedures(files, reading)
    _read_holidays(files, reading)
    _read_editions(files, reading)
    _refuse_strangers(files, reading)
    if reading.problems:
        raise StandardInvalid(tuple(str(problem) for problem in sorted(set(reading.problems))))
    assert reading.office is not None and reading.survey is not None, "without one of them there is a problem"
    return _library(reading, reading.office, reading.survey)


def _read_office(files: Files, reading: _Reading) -> None:
    tree = _tree_of("office.yaml", files)
    found = sound(tree, OfficeShape)
    check_office(tree, found)
    reading.week = tuple(hours.value() for hours in found.get("hours", ()) if hours)
    if not tree.problems:
        reading.office = OfficeShape.model_construct(**found).value()
    reading.problems += tree.problems


def _read_survey(files: Files, reading: _Reading) -> None:
    tree = _tree_of("survey.yaml", files)
    found = sound(tree, SurveyShape)
    check_survey(tree, found)
    if not tree.problems:
        reading.survey = SurveyShape.model_construct(**found).value()
    reading.problems += tree.problems


def _read_bases(files: Files, reading: _Reading) -> None:
    tree = _tree_of("legal_bases.yaml", files)
    found = sound(tree, BasesShape)
    if "legal_bases" in found:
        reading.base_names = check_bases(tree, found["legal_bases"])
        reading.bases = {basis.id: basis for basis in found["legal_bases"] if basis}
    reading.problems += tree.problems


def _tree_of(name: str, files: Files) -> Tree:
    if name in files:
        return read_tree(files[name])
    return Tree(file=name, problems=[Problem(name, 1, "berkas ini wajib ada di folder standar.")])


def _read_procedures(files: Files, reading: _Reading) -> None:
    for name, path in _under(files, r"procedures/([^/]+)\.yaml"):
        tree = read_tree(path)
        found = sound(tree, ProcedureShape)
        check_procedure(tree, found, name)
        reading.tables[name] = tree
        if not tree.problems:
            reading.procedures[name] = ProcedureShape.model_construct(**found)
        reading.problems += tree.problems


def _read_holidays(files: Files, reading: _Reading) -> None:
    for name, path in _under(files, r"holidays/([^/]+)\.yaml"):
        tree = read_tree(path)
        found = sound(tree, HolidaysShape)
        check_holidays(tree, found, name)
        if not tree.problems:
            reading.years.append(HolidaysShape.model_construct(**found))
        reading.problems += tree.problems


def _read_editions(files: Files, reading: _Reading) -> None:
    """Earliest first; an edition based on a faulty one is only judged once that one is sound: one mistake, one line."""
    trees: dict[str, Tree] = {}
    for name in sorted(files):
        if not (match := EDITION.fullmatch(name)):
            continue
        tree, base = _edition(name, files, trees)
        trees[name] = tree
        if base is not None and base.problems:
            reading.problems += tree.problems
            continue
        found = sound(tree, EditionShape)
        check_edition(
            tree,
            found,
            entry=match[1],
            day=match[2],
            week=reading.week,
            bases=reading.base_names,
            classes=reading.tables.keys(),
        )
        _check_sums(tree, match[1], reading)
        if not tree.problems:
            reading.editions.append(EditionShape.model_construct(**found))
        reading.problems += tree.problems


def _edition(name: str, files: Files, earlier: Mapping[str, Tree]) -> tuple[Tree, Tree | None]:
    """An edition's tree of its file and those that continue it, on the earlier edition it is based on; and that one, if any."""
    folder = name.removesuffix(".yaml") + "/"
    parts = [read_tree(part) for other, part in sorted(files.items()) if other.startswith(folder)]
    tree = join(read_tree(files[name]), parts)
    based_on = tree.raw(BASED_ON)
    if based_on is None:
        return tree, None
    base = earlier.get(f"{name.partition('/')[0]}/{based_on}.yaml")
    if base is not None:
        return changed(base, tree), base
    message = f"tidak ada edisi {based_on} yang lebih awal; tulis hari berlaku edisi yang menjadi dasarnya."
    return Tree(file=tree.file, places=tree.places, problems=[*tree.problems, Problem(*tree.place((BASED_ON,)), message)]), tree


def _check_sums(tree: Tree, entry: str, reading: _Reading) -> None:
    """The steps of each class the edition names fit its promise (51.2, 51.3)."""
    clock, codes = parts_of(tree.raw("clock"), ClockShape), tree.raw("procedures")
    if not reading.week or "promise" not in clock or not isinstance(codes, list):
        return
    promise, minutes = clock["promise"].value(), shortest_day(reading.week)
    for code in map(str, codes):
        if code in reading.tables and (fault := check_sum(reading.tables[code], code, entry, promise, minutes)):
            reading.problems.append(fault)


def _refuse_strangers(files: Files, reading: _Reading) -> None:
    """A file that nothing reads is a mistake: its author believes that it counts."""
    for name, path in files.items():
        known = name in ("office.yaml", "legal_bases.yaml", "survey.yaml") or re.fullmatch(
            r"(procedures|holidays)/[^/]+\.yaml", name
        )
        part = PART.fullmatch(name)
        if known or EDITION.fullmatch(name) or (part and f"{part[1]}/{part[2]}.yaml" in files):
            continue
        message = "berkas ini tidak dibaca; taruh di <entri>/<hari berlaku>.yaml, procedures/, atau holidays/."
        reading.problems.append(Problem(shown(path), 1, message))


def _under(files: Files, pattern: str) -> list[tuple[str, Path]]:
    found = ((re.fullmatch(pattern, name), path) for name, path in files.items())
    return [(match[1], path) for match, path in found if match]


def _library(reading: _Reading, office: Office, survey: Instrument) -> Library:
    by_entry: dict[str, list[Standard]] = {}
    for edition in sorted(reading.editions, key=lambda e: e.effective):
        by_entry.setdefault(edition.entry, []).append(_standard(edition, reading))
    return Library(
        by_entry={entry: _with_ends(editions) for entry, editions in by_entry.items()},
        working_calendar=Calendar(
            (day for year in reading.years for day in holidays_of(year)), (year.year for year in reading.years)
        ),
        the_office=office,
        the_survey=survey,
        procedures={code: procedure.value() for code, procedure in reading.procedures.items()},
        legal_bases=tuple(basis.value() for basis in reading.bases.values()),
    )


def _with_ends(editions: list[Standard]) -> tuple[Standard, ...]:
    """Each edition ends the day before the next takes effect, and knows what a later one makes of its KBLI code."""
    ends = [later.effective - timedelta(days=1) for later in editions[1:]]
    return tuple(
        replace(edition, until=end, kbli_later=_kbli_later(edition, editions))
        for edition, end in zip(editions, [*ends, None], strict=True)
    )


def _kbli_later(edition: Standard, editions: list[Standard]) -> KbliMapping | None:
    mappings = (later.kbli_mapping for later in editions if later.effective > edition.effective)
    return next((m for m in mappings if m and (m.version, m.code) == (edition.kbli_version, edition.kbli)), None)


def _standard(edition: EditionShape, reading: _Reading) -> Standard:
    return Standard(
        entry=edition.entry,
        effective=edition.effective,
        until=None,
        title=edition.title.value(),
        short_title=edition.short_title.value(),
        kbli=edition.kbli,
        kbli_version=edition.kbli_version,
        kbli_title=edition.kbli_title.value(),
        risk=edition.risk.value(),
        product=edition.product.value(),
        fee_rupiah=edition.fee_rupiah,
        issuer=edition.issuer,
        certificate_number=edition.certificate_number,
        office_unit=edition.office_unit,
        components=edition.components(),
        requirements=tuple(requirement.value() for requirement in edition.requirements),
        intake=edition.intake.value(),
        clock=edition.clock.value(),
        procedures=tuple(reading.procedures[code].value() for code in edition.procedures),
        procedure_rules=tuple(rule.value() for rule in edition.procedure_rules),
        legal_bases=_cited(edition, reading.bases),
        complaint_channels=tuple(channel.value() for channel in edition.complaint.channels),
        complaint_answer=edition.complaint.answer.value(),
        complaint_filing=edition.complaint.filing.value(),
        staff_required=edition.staff_required,
        source=edition.source,
        remedies=edition.remedies.value() if edition.remedies else None,
        duties=edition.duties.value() if edition.duties else Duties(),
        complaint_handling=edition.complaint_handling.value() if edition.complaint_handling else None,
        own_safety_checklist=edition.safety_checklist.value() if edition.safety_checklist else None,
        staffing=edition.staffing.value() if edition.staffing else None,
        kbli_mapping=edition.kbli_mapping.value(edition.kbli_version) if edition.kbli_mapping else None,
    )


def _cited(edition: EditionShape, bases: Mapping[str, BasisShape]) -> tuple[LegalBasis, ...]:
    """The edition's own bases with their clauses, what took their place, then the others it stands on (51.7)."""
    clauses = {id: clause for clause, id in edition.legal_bases.items()}
    order: dict[str, None] = {}

    def follow(id: str) -> None:
        if id not in order:
            order[id] = None
            for successor in bases[id].replaced_by:
                follow(successor)

    for id in (*clauses, *edition.other_legal_bases):
        follow(id)
    return tuple(bases[id].value(clauses.get(id, "")) for id in order)
