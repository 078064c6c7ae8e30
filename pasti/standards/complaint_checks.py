"""What must hold between the parts of an edition's handling of complaints (51.6.3 to 51.6.8)."""

from collections.abc import Mapping, Sequence

from pasti.domain.roles import COMPLAINT_ROLES, Role
from pasti.standards.complaint import HandlingShape
from pasti.standards.tree import Tree

HERE = "complaint_handling"
NUMBERS = (1, 2, 3)
MAY_SETTLE = COMPLAINT_ROLES | {Role.TECHNICAL_TEAM}


def check_handling(tree: Tree, handling: HandlingShape, clauses: Mapping[str, int]) -> None:
    """Note every fault: doubles, a clause that is none of component 6, a tier nobody may sit on, a number that repeats."""
    _check_number(tree, handling.number)
    for list_name in ("services", "components"):
        _check_doubles(tree, list_name, [row.id for row in getattr(handling, list_name)])
    known = set(clauses.values())
    for index, problem in enumerate(handling.components):
        if problem.component is not None and problem.component not in known:
            tree.problem((HERE, "components", index, "component"), f"komponen {problem.component} tidak ada pada standar ini.")
    if tuple(c.number for c in handling.categories) != NUMBERS:
        tree.problem((HERE, "categories"), "kategori harus tiga dan berurutan: 1, 2, 3.")
    for index in range(len(handling.categories)):
        _check_category(tree, handling, index, clauses)


def _check_category(tree: Tree, handling: HandlingShape, index: int, clauses: Mapping[str, int]) -> None:
    category, here = handling.categories[index], (HERE, "categories", index)
    if not tree.problems and clauses.get(category.clause) != 6:  # else it may only echo a misnumbered clause
        tree.problem((*here, "clause"), f"klausul {category.clause} tidak ada di komponen 6.")
    if category.number == 3 and not category.needs_approval:
        tree.problem((*here, "needs_approval"), "kategori 3 melibatkan APIP, jadi needs_approval harus true.")
    ids = [tier.id for tier in category.tiers]
    for place, tier in enumerate(category.tiers):
        if tier.id in ids[:place]:
            tree.problem((*here, "tiers", place, "id"), f"jenjang “{tier.id}” sudah ada; hapus salah satunya.")
        if tier.role not in MAY_SETTLE:
            tree.problem((*here, "tiers", place, "role"), f"{tier.role} tidak dapat membuka pengaduan; pilih peran lain.")


def _check_doubles(tree: Tree, list_name: str, ids: Sequence[str]) -> None:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            tree.problem((HERE, list_name, index, "id"), f"kelompok “{id}” sudah ada; hapus salah satunya.")


def _check_number(tree: Tree, pattern: str) -> None:
    """The pattern must print, and tell complaints apart by sequence and year."""
    try:
        spelled = {pattern.format(sequence=n, year=y) for n in (1, 2) for y in (2026, 2027)}
    except (KeyError, ValueError, IndexError, AttributeError):
        spelled = set()
    if len(spelled) != 4 or max(map(len, spelled), default=0) > 30:
        tree.problem((HERE, "number"), "pola nomor harus memuat {sequence:05d} dan {year}, paling panjang 30 huruf.")
