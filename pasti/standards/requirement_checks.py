"""The requirements of an edition: one for each clause of component 1, each question answerable (51.1)."""

from collections.abc import Mapping, Sequence

from pasti.domain.answers import CHECKS
from pasti.domain.standard import FieldKind
from pasti.standards.requirement import ColumnShape, FieldShape, RequirementShape
from pasti.standards.tree import Trail, Tree


def check_requirements(tree: Tree, requirements: Sequence[RequirementShape | None], clauses: Mapping[str, int]) -> None:
    """Note every fault of the requirements; `clauses` are the edition's, each with its component."""
    seen: set[str] = set()
    for index, requirement in enumerate(requirements):
        here = ("requirements", index)
        if requirement is None:  # faulty: its clause is taken as written
            seen.add(str(tree.raw("requirements", index, "clause")))
            continue
        if clauses.get(requirement.clause) != 1:
            tree.problem((*here, "clause"), f"klausul {requirement.clause} tidak ada di komponen 1.")
        for value in (requirement.clause, requirement.section):
            if value in seen:
                tree.problem(here, f"syarat untuk {value} sudah ada; hapus salah satunya.")
        seen |= {requirement.clause, requirement.section} if requirement.section else {requirement.clause}
        _check_answerable(tree, here, requirement)
        check_fields(tree, (*here, "fields"), requirement.fields)
    misnamed = any(r and clauses.get(r.clause) != 1 for r in requirements)  # said already; one of them is the missing one
    for clause, component in clauses.items():
        if component == 1 and clause not in seen and not misnamed:
            tree.problem(("requirements",), f"syarat untuk klausul {clause} belum ada; tambahkan.")


def _check_answerable(tree: Tree, here: Trail, requirement: RequirementShape) -> None:
    if requirement.section and requirement.fields:
        tree.problem((*here, "fields"), "syarat yang dijawab sebuah bagian (section) tidak punya fields sendiri.")
    if requirement.evidence == "none" and not requirement.fields and not requirement.section:
        tree.problem(here, "syarat ini tidak meminta apa-apa; isi fields, section, atau evidence.")


def check_fields(tree: Tree, here: Trail, fields: Sequence[ColumnShape]) -> None:
    """Note every fault of these questions, and of the columns of those that are lists."""
    names: dict[str, ColumnShape] = {}
    for index, field in enumerate(fields):
        place = (*here, index)
        if field.name in names:
            tree.problem((*place, "name"), f"isian “{field.name}” sudah ada; beri nama lain.")
        if message := _fault(field):
            tree.problem(place, f"isian “{field.name}”: {message}")
        if message := _condition_fault(field, names):
            tree.problem((*place, "only_when"), f"isian “{field.name}”: {message}")
        if isinstance(field, FieldShape):
            check_fields(tree, (*place, "columns"), field.columns)
        names.setdefault(field.name, field)


def _fault(field: ColumnShape) -> str:
    if (field.kind is FieldKind.CHOICE) != bool(field.choices):
        return "choices diisi bila, dan hanya bila, kind-nya choice."
    if (field.kind is FieldKind.ROWS) != bool(field.parts()):
        return "columns diisi bila, dan hanya bila, kind-nya rows; kolom tidak boleh berupa rows."
    if field.must_be_after_today and field.kind is not FieldKind.DATE:
        return "must_be_after_today hanya untuk kind date."
    if field.check and (field.check not in CHECKS or field.kind is not FieldKind.TEXT):
        return f"check “{field.check}” tidak dikenal untuk isian ini; pilih {', '.join(CHECKS)}, pada kind text."
    return ""


def _condition_fault(field: ColumnShape, earlier: Mapping[str, ColumnShape]) -> str:
    if field.only_when is None:
        return ""
    other = earlier.get(field.only_when.field)
    if other is None:
        return f"only_when menunjuk “{field.only_when.field}”, yang tidak ada di atasnya."
    values = ("ya",) if other.kind is FieldKind.YES else tuple(other.choices)
    if field.only_when.value not in values:
        return f"only_when menunggu “{field.only_when.value}”, padahal pilihannya {', '.join(values) or 'tidak ada'}."
    return ""
