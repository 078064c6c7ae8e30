"""docs/clauses.md is as the sources have it: a clause, its rules, its screens, its tests (51.14.1)."""

import pytest

from tests import clauses
from tests.marks import ENTRY, meant

RULE, SCREEN, TEST = 3, 4, 5  # the columns
pytestmark = pytest.mark.clause("51.14.1")


def test_the_list_of_clauses_is_up_to_date() -> None:
    assert clauses.document() == clauses.DOC.read_text(), "run bin/clauses"


@pytest.mark.parametrize("column", [RULE, SCREEN, TEST], ids=["rule", "screen", "test"])
def test_every_clause_is_in_it_once_with_a_rule_a_screen_and_a_test_of_its_own(column: int) -> None:
    rows = [line.removesuffix(" |").split(" | ") for line in clauses.document().splitlines() if line.startswith("| 51.")]
    assert len(rows) == len({row[0] for row in rows}) == 126
    assert [row[0] for row in rows if row[column] == "–" or row[column].startswith("*")] == []


def test_a_rule_or_screen_that_serves_a_list_is_tried_on_each_of_it() -> None:
    """ "51.8.*" in a docstring is a claim about each of fifty clauses: each has a test of its own."""
    known, tests = set(meant(f"{ENTRY}.*")), clauses.marked()
    claims = [
        (id, f"{file}: {words}")
        for folder in (*clauses.RULES, *clauses.SCREENS)
        for file in sorted((clauses.ROOT / folder).rglob("*.py"))
        for id, words in clauses.listed(file.read_text())
    ]
    assert len({id for id, _where in claims}) > 80
    assert [(id, where) for id, where in claims if id in known and id not in tests] == []


def test_a_list_names_each_of_it() -> None:
    assert clauses.cited("(51.9.3 to 51.9.5)") == {"51.9.3", "51.9.4", "51.9.5"}
    assert clauses.cited("(51.12.*)") == {f"51.12.{number}" for number in range(1, 6)}
    assert clauses.cited("both (51.1 to 51.14), 51.6.4.") == {"51.6.4"}


def test_a_span_names_no_clause_in_particular_and_a_citation_does() -> None:
    assert clauses.NUMBER.findall(clauses.SPAN.sub("", "both (51.1 to 51.14) and (51.6.4).")) == ["51.6.4"]
    assert clauses.CITED.findall('ground.standard.cite("6.5.a")') == ["6.5.a"]
