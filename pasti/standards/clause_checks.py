"""The numbers of an edition's clauses: complete, once each, in their own component (51.1 to 51.14)."""

from pasti.standards.edition import EditionShape
from pasti.standards.tree import Trail, Tree

COMPONENTS = 14
DELIVERY = 6  # components 1 to 6 are part A, the rest part B


def check_components(tree: Tree, found: EditionShape) -> dict[str, int]:
    """Each clause with its component, in order; every fault of their numbers is noted."""
    clauses: dict[str, int] = {}
    for key, first, last in (("delivery", 1, DELIVERY), ("management", DELIVERY + 1, COMPONENTS)):
        components = found.delivery if key == "delivery" else found.management
        numbers = [component.number for component in components]
        if numbers != list(range(first, last + 1)):
            tree.problem((key,), f"{key} harus memuat komponen {first} sampai {last} berurutan; sekarang {numbers}.")
        for index, component in enumerate(components):
            here: Trail = (key, index, "clauses")
            for place, clause in enumerate(component.clauses):
                _check_clause(tree, (*here, place), clause.id, f"{found.entry}.{component.number}", clauses)
                clauses.setdefault(clause.id, component.number)
            _check_sequence(tree, here, [clause.id for clause in component.clauses])
    return clauses


def _check_clause(tree: Tree, here: Trail, id: str, prefix: str, clauses: dict[str, int]) -> None:
    if id != prefix and not id.startswith(f"{prefix}."):
        tree.problem((*here, "id"), f"klausul {id} berada di komponen yang salah; nomornya harus diawali {prefix}.")
    elif id in clauses:
        tree.problem((*here, "id"), f"klausul {id} sudah ada; tiap nomor hanya sekali.")


def _check_sequence(tree: Tree, here: Trail, ids: list[str]) -> None:
    """Under each number the next labels must follow one another: 1, 2, 3 or a, b, c, without a gap."""
    reached: dict[str, str] = {}
    for place, id in enumerate(ids):
        parts = id.split(".")
        for depth in range(2, len(parts)):
            parent, label = ".".join(parts[:depth]), parts[depth]
            last = reached.get(parent)
            if label == last:
                continue
            expected = _after(last) if last else None
            if label not in (expected, None) if last else label not in ("1", "a", "A"):
                wanted = f"{parent}.{expected}" if expected else f"{parent}.1, {parent}.a, atau {parent}.A"
                tree.problem((*here, place, "id"), f"nomor {id} tidak berurutan; sebelum ini seharusnya ada {wanted}.")
            reached[parent] = label


def _after(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
