"""The shape of what an edition says of its staff, and what must hold in it (51.9, 51.12, 51.13)."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from pasti.domain import staff_promise as promise
from pasti.domain.roles import Role
from pasti.standards.tree import Trail, Tree
from pasti.standards.words import ClauseId, Count, Flag, Line, Name, Several, Shape, Text

STAFF, OVERSIGHT, GUARANTEE = 9, 10, 12  # the components
NOBODY = frozenset({Role.APPLICANT, Role.SYSTEM})


class GroundShape(Shape):
    """One way to qualify."""

    id: Name
    title: Text
    education: promise.Education | None = None
    experience: tuple[promise.Experience, ...] = ()
    years: Count = 0
    competence: Flag = False

    def value(self) -> promise.StaffGround:
        """The domain's ground."""
        return promise.StaffGround(
            id=self.id,
            title=self.title.value(),
            education=self.education,
            experience=frozenset(self.experience),
            years=self.years,
            competence=self.competence,
        )


class TitledShape(Shape):
    """Something with a name and a title: a training, a kind of sanction."""

    id: Name
    title: Text


class ProclamationShape(Shape):
    """A text with the clause it keeps."""

    clause: ClauseId
    title: Text
    text: Text
    source: Line

    def value(self, id: str) -> promise.Pledge:
        """The domain's text under that name."""
        return promise.Pledge(id=id, clause=self.clause, title=self.title.value(), text=self.text.value(), source=self.source)


class PledgeShape(ProclamationShape):
    """A text that every officer signs."""

    id: Name


class StaffingShape(Shape):
    """Everything about staff."""

    source: Line
    unqualified: promise.Unqualified
    valid_days: Several
    guard_days: Several
    legal_aid_days: Several
    judged: Annotated[tuple[Role, ...], Field(min_length=1)]
    apart_clause: ClauseId
    apart: tuple[Role, ...] = ()
    not_apart: promise.Unqualified
    grounds_clause: ClauseId
    grounds: Annotated[tuple[GroundShape, ...], Field(min_length=1)]
    trainings_clause: ClauseId
    trainings: tuple[TitledShape, ...]
    competences: tuple[ClauseId, ...]
    sanctions_clause: ClauseId
    sanctions: Annotated[tuple[TitledShape, ...], Field(min_length=1)]
    pledges: tuple[PledgeShape, ...]
    proclamation: ProclamationShape

    def value(self) -> promise.Staffing:
        """The domain's staffing."""
        return promise.Staffing(
            source=self.source,
            unqualified=self.unqualified,
            valid_days=self.valid_days,
            guard_days=self.guard_days,
            legal_aid_days=self.legal_aid_days,
            judged=frozenset(self.judged),
            apart_clause=self.apart_clause,
            apart=frozenset(self.apart),
            not_apart=self.not_apart,
            grounds_clause=self.grounds_clause,
            grounds=tuple(ground.value() for ground in self.grounds),
            trainings_clause=self.trainings_clause,
            trainings=tuple(promise.Training(id=t.id, title=t.title.value()) for t in self.trainings),
            competences=self.competences,
            sanctions_clause=self.sanctions_clause,
            sanctions=tuple(promise.SanctionKind(id=s.id, title=s.title.value()) for s in self.sanctions),
            pledges=tuple(pledge.value(pledge.id) for pledge in self.pledges),
            proclamation=self.proclamation.value("proclamation"),
        )


def check_staffing(tree: Tree, staffing: StaffingShape, clauses: Mapping[str, int]) -> None:
    """Note every fault: a clause of another component, a name given twice, a ground that asks nothing or half a thing."""
    here: Trail = ("staffing",)
    for trail, clause, component in _cited(staffing):
        if clauses.get(clause) != component:
            tree.problem((*here, *trail), f"klausul {clause} tidak ada di komponen {component}.")
    names: Mapping[str, list[str]] = {
        "grounds": [ground.id for ground in staffing.grounds],
        "trainings": [training.id for training in staffing.trainings],
        "sanctions": [sanction.id for sanction in staffing.sanctions],
        "pledges": [pledge.id for pledge in staffing.pledges],
        "competences": list(staffing.competences),
        "judged": list(staffing.judged),
        "apart": list(staffing.apart),
    }
    for key, given in names.items():
        for index, name in enumerate(given):
            if name in given[:index]:
                tree.problem((*here, key, index), f"“{name}” sudah ada; hapus salah satunya.")
    for key in ("judged", "apart"):
        for index, role in enumerate(names[key]):
            if role in NOBODY:
                tree.problem((*here, key, index), f"peran {role} bukan peran petugas; hapus.")
    for index, ground in enumerate(staffing.grounds):
        if message := _fault(ground):
            tree.problem((*here, "grounds", index), message)


def _cited(staffing: StaffingShape) -> Iterator[tuple[Trail, str, int]]:
    yield ("apart_clause",), staffing.apart_clause, OVERSIGHT
    yield ("grounds_clause",), staffing.grounds_clause, STAFF
    yield ("trainings_clause",), staffing.trainings_clause, STAFF
    yield ("sanctions_clause",), staffing.sanctions_clause, GUARANTEE
    yield ("proclamation", "clause"), staffing.proclamation.clause, GUARANTEE
    yield from ((("competences", i), clause, STAFF) for i, clause in enumerate(staffing.competences))
    yield from ((("pledges", i, "clause"), pledge.clause, GUARANTEE) for i, pledge in enumerate(staffing.pledges))


def _fault(ground: GroundShape) -> str:
    if bool(ground.experience) != bool(ground.years):
        return f"dasar “{ground.id}” harus memuat experience dan years bersama, atau tidak keduanya."
    if not (ground.education or ground.experience or ground.competence):
        return f"dasar “{ground.id}” tidak meminta apa pun; isi education, experience, atau competence."
    return ""
