"""Writes docs/clauses.md: for every clause of entry 51 the rules, screens and tests that name it (bin/clauses; 51.1 to 51.14).

Nothing is listed by hand. Rules and screens are found by the clause numbers they cite, in `cite("6.4")`, in a docstring or in a
template; tests by their marks. Where one function serves a list of the standard's data, its docstring says "51.8.*" (each clause
below) or "51.9.3 to 51.9.9", and a test marked by `each_clause` or `every_clause` looks at each, as test_clauses.py demands.
A clause that nothing names directly shows who names the clause above it, in italics.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pasti import standards
from tests.marks import ENTRY, ON, meant

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "clauses.md"
RULES = ("pasti/domain", "pasti/actions", "pasti/queries")
SCREENS = ("pasti/pages", "pasti/templates")
NUMBER = re.compile(rf"(?<![\w.]){ENTRY}\.\d+(?:\.[A-Za-z\d]+)*")
SPAN = re.compile(rf"({ENTRY}\.[\w.]*\w) (?:to|–) ({ENTRY}\.[\w.]*\w)")
BELOW = re.compile(rf"(?<![\w.])({ENTRY}(?:\.\w+)+)\.\*")  # "51.8.*"
SMALL = 3  # numbers: "51.9.3 to 51.9.9" names seven clauses, "51.1 to 51.14" none in particular
CITED = re.compile(r"""\bcite\(["'](\d+(?:\.[A-Za-z\d]+)*)["']\)""")
SHOWN = ("styleguide", "showcase", "demonstration", "simulation")  # what only shows the rules at work is no rule
MOST = 4
HEAD = """# Clauses

Written by `bin/clauses`; do not edit. Each clause of entry 51 with the code that names it. *Italics*: nothing names the clause
itself, so the clause above it is looked up; a dash: nothing names that either. `bin/pasti clauses` says how each clause stands in
an office; `/kartu-skor/` shows it.

| clause | way | what it says | rule | screen | test |
|---|---|---|---|---|---|
"""

Places = Mapping[str, list[str]]


def document() -> str:
    """The whole file."""
    standard = standards.load().in_force(ENTRY, ON)
    known = {clause.id for clause in standard.clauses()}
    rules, screens = named(RULES), named(SCREENS)
    tests = marked()
    rows = [
        " | ".join((f"| {c.id}", c.way, c.text.id.replace("|", "/"), *(_cell(c.id, p) for p in (rules, screens, tests)))) + " |"
        for c in standard.clauses()
    ]
    lost = sorted(id for id in tests if not _is_known(id, known))
    assert not lost, f"tests mark clauses that the standard has not: {lost}"
    return HEAD + "\n".join(rows) + "\n"


def _is_known(id: str, known: Iterable[str]) -> bool:
    return not id.startswith(f"{ENTRY}.") or any(clause == id or clause.startswith(f"{id}.") for clause in known)


def named(folders: Iterable[str]) -> Places:
    """Clause -> the files below these folders that cite it, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in _files(folders, ("*.py", "*.html")):
        for number in cited(file.read_text()):
            found[number].append(str(file.relative_to(ROOT)))
    return found


def cited(text: str) -> set[str]:
    """The clauses that a text names: one by one, from one to another, or all below one."""
    plain = BELOW.sub("", SPAN.sub("", text))
    single = {match.rstrip(".") for match in NUMBER.findall(plain)} | {f"{ENTRY}.{n}" for n in CITED.findall(plain)}
    return single | {id for id, _from in listed(text)}


def listed(text: str) -> Iterator[tuple[str, str]]:
    """The clauses that a text names by a list, each with the words of the list."""
    for match in BELOW.finditer(text):
        yield from ((id, match[0]) for id in meant(match[0]))
    for match in SPAN.finditer(text):
        yield from ((id, match[0]) for id in _between(match[1], match[2]))


def _between(first: str, last: str) -> Iterator[str]:
    """The siblings from one to the other, both of them clauses of one component; none where the span is wider."""
    (above, _dot, low), (other, _, high) = first.rpartition("."), last.rpartition(".")
    if above != other or first.count(".") < SMALL - 1 or not (low.isdigit() and high.isdigit()):
        return
    yield from (f"{above}.{number}" for number in range(int(low), int(high) + 1))


def marked() -> Places:
    """Clause -> the test files with a mark of it, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in _files(("tests",), ("test_*.py",)):
        for id in dict.fromkeys(_marks(ast.parse(file.read_text()))):
            found[id].append(str(file.relative_to(ROOT)))
    return found


def _marks(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="clause"), args=[*ids]):
                yield from _words(ids)
            case ast.Call(func=ast.Name(id="each_clause" | "every_clause"), args=[*ids]):
                yield from meant(*_words(ids))


def _words(nodes: Iterable[ast.expr]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _files(folders: Iterable[str], patterns: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        found = (file for pattern in patterns for file in (ROOT / folder).rglob(pattern))
        yield from sorted(file for file in found if not file.stem.startswith(SHOWN))


def _cell(id: str, places: Places) -> str:
    """The files that name the clause, or in italics those that name the nearest above it; a dash for none."""
    above, mark = id, ""
    while above != ENTRY:
        if above in places:
            files = places[above]
            more = f" +{len(files) - MOST}" if len(files) > MOST else ""
            return mark + ", ".join(_link(file) for file in files[:MOST]) + more + mark
        above, mark = above.rpartition(".")[0], "*"
    return "–"


def _link(file: str) -> str:
    return f"[{Path(file).stem.removeprefix('test_')}](../{file})"


if __name__ == "__main__":
    DOC.write_text(document())
    sys.exit(0)
