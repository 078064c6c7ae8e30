"""The one strict reader: folders of YAML become a Library, or every fault at once as `file:line: sentence` (51.1 to 51.14).

`<entry>/<day>.yaml`, continued by `<entry>/<day>/*.yaml`, is an edition; `procedures/<code>.yaml`, `holidays/<year>.yaml`,
`legal_bases.yaml` and `office.yaml` are shared. With several folders, a later one replaces files of the same name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pasti.domain.calendar import Calendar
from pasti.domain.errors import StandardInvalid
from pasti.domain.standard import LegalBasis, Standard
from pasti.standards.edition import EditionShape
from pasti.standards.edition_checks import check_edition
from pasti.standards.faults import shape
from pasti.standards.law import BasesShape, BasisShape, HolidaysShape
from pasti.standards.law_checks import check_bases, check_holidays, holidays_of
from pasti.standards.library import Library
from pasti.standards.office import Office, OfficeShape
from pasti.standards.procedure import ProcedureShape
from pasti.standards.procedure_checks import check_procedure, check_sum
from pasti.standards.tree import Problem, Tree, join, read_tree

EDITION = re.compile(r"(\d+)/([^/]+)\.yaml")
PART = re.compile(r"(\d+)/([^/]+)/[^/]+\.yaml")
Files = Mapping[str, Path]  # name inside the folder -> file


@dataclass
class _Reading:
    """What has been read so far, whole or not."""

    problems: list[Problem] = field(default_factory=list)
    office: Office | None = None
    bases: dict[str, BasisShape] = field(default_factory=dict)
    procedures: dict[str, tuple[Tree, ProcedureShape]] = field(default_factory=dict)
    editions: list[tuple[Tree, EditionShape]] = field(default_factory=list)
    years: list[HolidaysShape] = field(default_factory=list)

    def keep(self, tree: Tree) -> None:
        self.problems += tree.problems


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
    _read_bases(files, reading)
    _read_procedures(files, reading)
    _read_holidays(files, reading)
    _read_editions(files, reading)
    _refuse_strangers(files, reading)
    if reading.problems:
        raise StandardInvalid(tuple(str(problem) for problem in sorted(set(reading.problems))))
    assert reading.office is not None, "without an office there is a problem"
    return _library(reading, reading.office)


def _read_office(files: Files, reading: _Reading) -> None:
    if "office.yaml" not in files:
        reading.problems.append(Problem("office.yaml", 1, "berkas kantor tidak ada; tulis office.yaml di folder standar."))
        return
    tree = read_tree(files["office.yaml"])
    found = shape(tree, OfficeShape)
    if found:
        reading.office = found.value()
    reading.keep(tree)


def _read_bases(files: Files, reading: _Reading) -> None:
    if "legal_bases.yaml" not in files:
        reading.problems.append(Problem("legal_bases.yaml", 1, "berkas dasar hukum tidak ada; tulis legal_bases.yaml."))
        return
    tree = read_tree(files["legal_bases.yaml"])
    found = shape(tree, BasesShape)
    if found:
        reading.bases = check_bases(tree, found)
    reading.keep(tree)


def _read_procedures(files: Files, reading: _Reading) -> None:
    for name, path in _under(files, r"procedures/([^/]+)\.yaml"):
        tree = read_tree(path)
        found = shape(tree, ProcedureShape)
        if found:
            check_procedure(tree, found, name)
            reading.procedures[found.code] = (tree, found)
        reading.keep(tree)


def _read_holidays(files: Files, reading: _Reading) -> None:
    for name, path in _under(files, r"holidays/([^/]+)\.yaml"):
        tree = read_tree(path)
        found = shape(tree, HolidaysShape)
        if found and check_holidays(tree, found, name):
            reading.years.append(found)
        reading.keep(tree)


def _read_editions(files: Files, reading: _Reading) -> None:
    for name, path in files.items():
        if not (match := EDITION.fullmatch(name)):
            continue
        folder = name.removesuffix(".yaml") + "/"
        parts = [read_tree(part) for other, part in sorted(files.items()) if other.startswith(folder)]
        tree = join(read_tree(path), parts)
        found = shape(tree, EditionShape)
        if found:
            check_edition(tree, found, entry=match[1], day=match[2], office=reading.office, bases=reading.bases)
            _check_procedures(tree, found, reading)
            reading.editions.append((tree, found))
        reading.keep(tree)


def _check_procedures(tree: Tree, edition: EditionShape, reading: _Reading) -> None:
    """Each class the edition names is there, and its steps fit the promise (51.2, 51.3)."""
    for index, code in enumerate(edition.procedures):
        if code not in reading.procedures:
            known = ", ".join(sorted(reading.procedures)) or "belum ada"
            tree.problem(("procedures", index), f"prosedur {code} tidak ada di procedures/; yang ada: {known}.")
            continue
        steps, procedure = reading.procedures[code]
        if reading.office and (fault := check_sum(steps, procedure, edition, reading.office)):
            reading.problems.append(fault)


def _refuse_strangers(files: Files, reading: _Reading) -> None:
    """A file that nothing reads is a mistake: its author believes that it counts."""
    for name, path in files.items():
        known = name in ("office.yaml", "legal_bases.yaml") or re.fullmatch(r"(procedures|holidays)/[^/]+\.yaml", name)
        part = PART.fullmatch(name)
        if known or EDITION.fullmatch(name) or (part and f"{part[1]}/{part[2]}.yaml" in files):
            continue
        message = "berkas ini tidak dibaca; taruh di <entri>/<hari berlaku>.yaml, procedures/, atau holidays/."
        reading.problems.append(Problem(Tree(file=str(path)).file, 1, message))


def _under(files: Files, pattern: str) -> list[tuple[str, Path]]:
    found = ((re.fullmatch(pattern, name), path) for name, path in files.items())
    return [(match[1], path) for match, path in found if match]


def _library(reading: _Reading, office: Office) -> Library:
    by_entry: dict[str, list[Standard]] = {}
    for _, edition in sorted(reading.editions, key=lambda pair: pair[1].effective):
        by_entry.setdefault(edition.entry, []).append(_standard(edition, reading))
    return Library(
        by_entry={entry: _with_ends(editions) for entry, editions in by_entry.items()},
        working_calendar=Calendar(
            (day for year in reading.years for day in holidays_of(year)), (year.year for year in reading.years)
        ),
        the_office=office,
        procedures={code: procedure.value() for code, (_, procedure) in reading.procedures.items()},
        legal_bases=tuple(basis.value() for basis in reading.bases.values()),
    )


def _with_ends(editions: list[Standard]) -> tuple[Standard, ...]:
    """Each edition ends the day before the next takes effect."""
    ends = [later.effective - timedelta(days=1) for later in editions[1:]]
    return tuple(replace(edition, until=end) for edition, end in zip(editions, [*ends, None], strict=True))


def _standard(edition: EditionShape, reading: _Reading) -> Standard:
    return Standard(
        entry=edition.entry,
        effective=edition.effective,
        until=None,
        title=edition.title.value(),
        short_title=edition.short_title.value(),
        kbli=edition.kbli,
        kbli_version=edition.kbli_version,
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
        procedures=tuple(reading.procedures[code][1].value() for code in edition.procedures),
        procedure_rules=tuple(rule.value() for rule in edition.procedure_rules),
        legal_bases=_cited(edition, reading.bases),
        complaint_channels=tuple(channel.value() for channel in edition.complaint.channels),
        complaint_answer=edition.complaint.answer.value(),
        complaint_filing=edition.complaint.filing.value(),
        staff_required=edition.staff_required,
        source=edition.source,
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
