"""YAML as plain values that remember their lines; as few guesses as possible.

PyYAML's C composer reads the text, but its YAML 1.1 guesses are not used: `no` stays "no", `012` stays "012", `51.10` stays
"51.10". Only whole numbers that would be written the same way again, true, false and null are more than text.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

MOST_BYTES = 2_000_000
Trail = tuple[str | int, ...]
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is, and a sentence that says what is wrong and what is expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass
class Tree:
    """The values of one or more files read as one, and where each of them stands."""

    file: str
    data: Plain = None
    places: dict[Trail, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: bool = False  # a part of it could not be read

    def place(self, trail: Trail) -> tuple[str, int]:
        """File and line of the value at `trail`, or of the nearest thing around it."""
        while trail and trail not in self.places:
            trail = trail[:-1]
        return self.places.get(trail, (self.file, 1))

    def raw(self, *trail: str | int) -> Plain:
        """The value at `trail` as written, sound or not; None when there is none."""
        value = self.data
        for part in trail:
            if isinstance(value, dict) and isinstance(part, str):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def problem(self, trail: Trail, message: str) -> None:
        """Note a fault at `trail`."""
        self.problems.append(Problem(*self.place(trail), message))


def shown(path: Path) -> str:
    """The path as people know it: from the current folder when it lies in there."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def read_tree(path: Path) -> Tree:
    """The values of one file; faults of reading are in its `problems`, never raised."""
    tree = Tree(file=shown(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        tree.problem((), f"berkas tidak dapat dibaca ({error.strerror}).")
        return tree
    node = _compose(content, tree)
    if node is not None:
        tree.data = _Walk(tree).value(node, ())
    return tree


def _compose(content: bytes, tree: Tree) -> yaml.Node | None:
    if len(content) > MOST_BYTES:
        tree.problem((), f"berkas terlalu besar ({len(content)} bita); paling besar {MOST_BYTES} bita.")
        return None
    try:
        node: yaml.Node | None = yaml.compose(content.decode(), Loader=yaml.CBaseLoader)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        tree.problems.append(Problem(tree.file, line, "ada bita yang bukan UTF-8; simpan berkas sebagai UTF-8."))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        tree.problems.append(Problem(tree.file, line, f"bukan YAML yang benar: {error.problem}."))
    except (yaml.YAMLError, ValueError) as error:
        line = content.count(b"\n", 0, getattr(error, "position", 0) or 0) + 1
        tree.problems.append(Problem(tree.file, line, "ada huruf kendali yang tidak boleh ada di YAML; hapus huruf itu."))
    else:
        if node is None:
            tree.problem((), "berkas kosong; isinya harus kunci dan nilai.")
        return node
    return None


class _Walk:
    """From composed nodes to plain values, noting each place and refusing what the files do not need."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: set[int] = set()

    def note(self, node: yaml.Node, message: str) -> None:
        self.tree.problems.append(Problem(self.tree.file, node.start_mark.line + 1, message))

    def value(self, node: yaml.Node, trail: Trail) -> Plain:
        self.tree.places.setdefault(trail, (self.tree.file, node.start_mark.line + 1))
        if id(node) in self.seen:
            self.note(node, "rujukan YAML (& dan *) tidak dipakai di berkas standar; tulis nilainya.")
            return None
        self.seen.add(id(node))
        if node.tag not in _TAGS:
            self.note(node, f"tag YAML {node.tag} tidak dipakai di berkas standar; hapus tag itu.")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, trail)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*trail, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode), "there is no fourth kind of node"
        return _scalar(node)

    def mapping(self, node: yaml.MappingNode, trail: Trail) -> Plain:
        result: dict[str, Plain] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.note(key, "kunci harus berupa kata, bukan daftar.")
                continue
            if key.value in result:
                first = self.tree.places[(*trail, key.value)][1]
                self.note(key, f"kunci “{key.value}” sudah ada di baris {first}; hapus salah satunya.")
                continue
            self.tree.places[(*trail, key.value)] = (self.tree.file, key.start_mark.line + 1)
            result[key.value] = self.value(item, (*trail, key.value))
        return result


def _scalar(node: yaml.ScalarNode) -> Plain:
    text: str = node.value
    if node.style:  # quoted or block: always text
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) else text


def join(head: Tree, parts: Iterable[Tree]) -> Tree:
    """One tree of a head file and the files that continue it; a key may stand in one of them only."""
    if not isinstance(head.data, dict):
        return head
    whole = Tree(file=head.file, data=dict(head.data), places=dict(head.places), problems=list(head.problems))
    assert isinstance(whole.data, dict)
    for part in parts:
        whole.problems += part.problems
        if not isinstance(part.data, dict):
            whole.unread = True
            if not part.problems:
                whole.problems.append(Problem(part.file, 1, "isinya harus kunci dan nilai."))
            continue
        for key, item in part.data.items():
            if key in whole.data:
                file, line = whole.place((key,))
                whole.problems.append(
                    Problem(*part.place((key,)), f"kunci “{key}” sudah ada di {file}:{line}; hapus salah satunya.")
                )
                continue
            whole.data[key] = item
            whole.places.update({trail: place for trail, place in part.places.items() if trail[:1] == (key,)})
    return whole
