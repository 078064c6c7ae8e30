"""The numbers of an edition's clauses: complete, once each, in their own component (51.1 to 51.14)."""

from collections.abc import Mapping, Sequence

from pasti.standards.edition import ComponentShape
from pasti.standards.tree import Trail, Tree
from pasti.standards.words import as_clause

COMPONENTS = 14
DELIVERY = 6  # components 1 to 6 are part A, the rest part B
PARTS = {"delivery": range(1, DELIVERY + 1), "management": range(DELIVERY + 1, COMPONENTS + 1)}
Components = Sequence[ComponentShape | None]


def check_components(tree: Tree, entry: str, parts: dict[str, Components]) -> dict[str, int]:
    """Each clause with its component, in order; every fault of their numbers is noted, in what is not sound too."""
    clauses: dict[str, int] = {}
    for key, components in parts.items():
        _check_numbers(tree, key, components)
        for index in range(len(components)):
            all_there = len(components) == len(PARTS[key])  # then the place says which component is meant
            number = PARTS[key][index] if all_there else tree.raw(key, index, "number")
            if isinstance(number, int):
                _check_clauses(tree, (key, index, "clauses"), entry, number, clauses)
    return clauses


def _check_clauses(tree: Tree, here: Trail, entry: str, number: int, clauses: dict[str, int]) -> None:
    """The clauses of one component; those that are well numbered join `clauses`."""
    rows = tree.raw(*here)
    found = [as_clause(tree.raw(*here, place, "id")) for place in range(len(rows))] if isinstance(rows, list) else []
    ids = [id for id in found if id is not None]
    for place, id in enumerate(found):
        if id is None:
            continue
        if message := _fault(id, f"{entry}.{number}", clauses):
            tree.problem((*here, place, "id"), message)
        else:
            clauses[id] = number
    if len(ids) == len(found):  # else the gap may be one that is misspelt
        _check_sequence(tree, here, f"{entry}.{number}", ids)


def _check_numbers(tree: Tree, key: str, components: Components) -> None:
    numbers = [tree.raw(key, index, "number") for index in range(len(components))]
    expected = PARTS[key]
    if numbers != list(expected):
        said = ", ".join(str(number) for number in numbers)
        tree.problem((key,), f"{key} harus memuat komponen {expected[0]} sampai {expected[-1]} berurutan; sekarang {said}.")


def _fault(id: str, prefix: str, clauses: Mapping[str, int]) -> str:
    if id != prefix and not id.startswith(f"{prefix}."):
        return f"klausul {id} berada di komponen yang salah; nomornya harus diawali {prefix}."
    return f"klausul {id} sudah ada; tiap nomor hanya sekali." if id in clauses else ""


def _check_sequence(tree: Tree, here: Trail, prefix: str, ids: Sequence[str]) -> None:
    """Under each number the next labels must follow one another: 1, 2, 3 or a, b, c, without a gap."""
    reached: dict[str, str] = {}
    broken: set[str] = set()  # one gap is one line
    for place, id in enumerate(ids):
        if id in ids[:place] or not id.startswith(prefix):
            continue  # said already
        parts = id.split(".")
        for depth in range(2, len(parts)):
            parent, label = ".".join(parts[:depth]), parts[depth]
            last = reached.get(parent)
            reached[parent] = label
            expected = [last, _after(last)] if last else ["1", "a", "A"]
            if label not in expected and parent not in broken:
                broken.add(parent)
                wanted = " atau ".join(f"{parent}.{label}" for label in (expected[1:] if last else expected))
                tree.problem((*here, place, "id"), f"nomor {id} tidak berurutan; sebelum ini seharusnya ada {wanted}.")


def _after(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
