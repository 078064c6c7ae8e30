"""The shape of the code that import contracts cannot see: rules that stay pure, files and functions that stay small."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOMAIN = sorted((ROOT / "pasti/domain").glob("*.py"))
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60

# What a rule may not do: know the time, read or write, ask the machine, draw lots. Names as they are called.
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
DOORS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
PATHS = {"read_text", "read_bytes", "write_text", "write_bytes", "exists", "iterdir", "glob", "getenv"}
LOTS = {"uuid1", "uuid4", "token_hex", "token_bytes", "token_urlsafe", "urandom"}
MODULES = {
    "os",
    "io",
    "sys",
    "random",
    "secrets",
    "time",
    "pathlib",
    "socket",
    "subprocess",
    "threading",
    "asyncio",
    "logging",
    "urllib",
}


def sources() -> list[Path]:
    """Every Python file of ours; migrations are made by a tool."""
    found = [p for top in ("pasti", "tests", "bench", "tools") for p in (ROOT / top).rglob("*.py")]
    return sorted(p for p in found if "migrations" not in p.parts and "node_modules" not in p.parts)


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Each function's name and its length in lines."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def impurities(source: str) -> list[str]:
    """What makes a rule impure, as `line: what`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: import {a.name}" for a in node.names if not _may_import(a.name)]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.module else []
            found += [f"{node.lineno}: from {name} import" for name in names if node.level or not _may_import(name)]
            forbidden = [a.name for a in node.names if a.name in LOTS]
            found += [f"{node.lineno}: {name}" for name in forbidden]
        elif isinstance(node, ast.Call) and (name := _called(node)):
            found += [f"{node.lineno}: {name}()"] if name in CLOCKS | PATHS | LOTS else []
            found += [f"{node.lineno}: {name}()"] if name in DOORS and isinstance(node.func, ast.Name) else []
    return found


def _may_import(name: str) -> bool:
    top = name.partition(".")[0]
    if top == "pasti":
        return name == "pasti.domain" or name.startswith("pasti.domain.")
    return top in sys.stdlib_module_names and top not in MODULES


def _called(node: ast.Call) -> str | None:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else None


@pytest.mark.parametrize("file", DOMAIN, ids=lambda p: p.name)
def test_a_rule_needs_only_its_arguments(file: Path) -> None:
    assert impurities(file.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import random",
        "import django",
        "import pasti.records.ledger",
        "from pasti import standards",
        "from pasti.queries import desk",
        "from uuid import uuid4",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date\ndate.today()",
        "import uuid\nuuid.uuid4()",
        "open('x')",
        "def f():\n    import requests",
    ],
)
def test_an_impure_rule_is_caught(source: str) -> None:
    assert impurities(source) != []


def test_no_file_is_longer_than_a_reader_bears() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := len(p.read_text().splitlines())) > LINES_OF_A_FILE}

    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {name: lines for p in sources() for name, lines in functions(p) if lines > LINES_OF_A_FUNCTION}

    assert long == {}


def test_every_file_says_what_it_is() -> None:
    silent = [
        str(p.relative_to(ROOT)) for p in sources() if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]

    assert silent == []


def test_the_medians_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Not a limit: the budget is 80 lines a file and 8 a function, and the numbers are printed so that one sees them move."""
    ours = [p for p in sources() if p.is_relative_to(ROOT / "pasti") and p.read_text().strip()]
    files = statistics.median(len(p.read_text().splitlines()) for p in ours)
    lengths = statistics.median(lines for p in ours for _, lines in functions(p))
    with capsys.disabled():
        sys.stdout.write(f"  [median: {files:.0f} lines a file (budget 80), {lengths:.0f} a function (budget 8)]\n")
