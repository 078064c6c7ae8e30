"""The requirements of an edition: one for each clause of component 1, each question answerable (51.1)."""

from collections.abc import Mapping, Sequence

from pasti.domain.answers import CHECKS
from pasti.domain.standard import FieldKind
from pasti.standards.faults import rows_of
from pasti.standards.requirement import ColumnShape, FieldShape, RequirementShape
from pasti.standards.tree import Trail, Tree
from pasti.standards.words import as_clause


def check_requirements(tree: Tree, requirements: Sequence[RequirementShape | None], clauses: Mapping[str, int]) -> None:
    """Note every fault of the requirements, those that are not sound as written; `clauses` are the edition's by component."""
    seen: set[str] = set()
    misnamed = 0
    for index, requirement in enumerate(requirements):
        here = ("requirements", index)
        clause, section = as_clause(tree.raw(*here, "clause")), tree.raw(*here, "section")
        if clause is not None and clauses.get(clause) != 1:
            tree.problem((*here, "clause"), f"klausul {clause} tidak ada di komponen 1.")
        misnamed += clauses.get(clause or "") != 1
        values = {value for value in (clause, section) if isinstance(value, str)}
        for value in sorted(values & seen):
            tree.problem(here, f"syarat untuk {value} sudah ada; hapus salah satunya.")
        seen |= values
        if requirement is not None:
            _check_answerable(tree, here, requirement)
        check_fields(tree, (*here, "fields"), rows_of(tree.raw(*here, "fields"), FieldShape))
    missing = [clause for clause, component in clauses.items() if component == 1 and clause not in seen]
    for clause in missing if len(missing) > misnamed else ():  # else each is one that is misnamed, and said already
        tree.problem(("requirements",), f"syarat untuk klausul {clause} belum ada; tambahkan.")


def _check_answerable(tree: Tree, here: Trail, requirement: RequirementShape) -> None:
    if requirement.section and requirement.fields:
        tree.problem((*here, "fields"), "syarat yang dijawab sebuah bagian (section) tidak punya fields sendiri.")
    if requirement.evidence == "none" and not requirement.fields and not requirement.section:
        tree.problem(here, "syarat ini tidak meminta apa-apa; isi fields, section, atau evidence.")


def check_fields(tree: Tree, here: Trail, fields: Sequence[ColumnShape | None]) -> None:
    """Note every fault of these questions, and of the columns of those that are lists; one that is not sound lends its name."""
    names: dict[str, ColumnShape | None] = {}
    for index, field in enumerate(fields):
        place = (*here, index)
        name = str(tree.raw(*place, "name") or "")
        if name and name in names:
            tree.problem((*place, "name"), f"isian “{name}” sudah ada; beri nama lain.")
        if field and (message := _fault(field)):
            tree.problem(place, f"isian “{name}”: {message}")
        if field and (message := _condition_fault(field, names)):
            tree.problem((*place, "only_when"), f"isian “{name}”: {message}")
        check_fields(tree, (*place, "columns"), rows_of(tree.raw(*place, "columns"), ColumnShape))
        names.setdefault(name, field)


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


def _condition_fault(field: ColumnShape, earlier: Mapping[str, ColumnShape | None]) -> str:
    if field.only_when is None:
        return ""
    if field.only_when.field not in earlier:
        return f"only_when menunjuk “{field.only_when.field}”, yang tidak ada di atasnya."
    other = earlier[field.only_when.field]
    if other is None:
        return ""
    values = ("ya",) if other.kind is FieldKind.YES else tuple(other.choices)
    if field.only_when.value not in values:
        return f"only_when menunggu “{field.only_when.value}”, padahal pilihannya {', '.join(values) or 'tidak ada'}."
    return ""
