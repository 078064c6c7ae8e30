"""Marks of clauses whose rule is one function and whose list is data: a case, or a mark, for each of them (51.1 to 51.14).

`bin/clauses` reads these calls as it reads `pytest.mark.clause`, and expands them by the same data.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pasti import standards

ENTRY = "51"
ON = date(2026, 7, 1)  # the edition that is listed: its clauses are those of every edition so far


def meant(*words: str) -> tuple[str, ...]:
    """The clauses of these numbers, in the source's order; "51.8.*" means each below 51.8."""
    known = [clause.id for clause in standards.load().in_force(ENTRY, ON).clauses()]
    found = tuple(id for id in known if any(id == word or (word.endswith("*") and id.startswith(word[:-1])) for word in words))
    assert found, f"there is no clause {words}"
    return found


def each_clause(*words: str) -> pytest.MarkDecorator:
    """The test is run once for each of these clauses, given as `clause`, and marked with it."""
    return pytest.mark.parametrize("clause", [pytest.param(id, marks=pytest.mark.clause(id)) for id in meant(*words)])


def every_clause(*words: str) -> Callable[[Any], Any]:
    """One test that looks at each of these clauses in turn, marked with all of them."""

    def marked(test: Any) -> Any:
        for id in meant(*words):
            test = pytest.mark.clause(id)(test)
        return test

    return marked
