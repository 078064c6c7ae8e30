"""docs/clauses.md is as the sources have it: a clause, its rules, its screens, its tests (51.14.1)."""

import pytest

from tests import clauses

WITHOUT_RULE = 11  # clauses that no rule names yet; lower it as they come
pytestmark = pytest.mark.clause("51.14.1")


def test_the_list_of_clauses_is_up_to_date() -> None:
    assert clauses.document() == clauses.DOC.read_text(), "run bin/clauses"


def test_every_clause_is_in_it_once_and_few_have_no_rule() -> None:
    rows = [line.split(" | ") for line in clauses.document().splitlines() if line.startswith("| 51.")]
    assert len(rows) == len({row[0] for row in rows}) == 126
    assert len([row[0] for row in rows if row[3] == "–"]) <= WITHOUT_RULE


def test_a_span_names_no_clause_in_particular_and_a_citation_does() -> None:
    assert clauses.NUMBER.findall(clauses.SPAN.sub("", "both (51.1 to 51.14) and (51.6.4).")) == ["51.6.4"]
    assert clauses.CITED.findall('ground.standard.cite("6.5.a")') == ["6.5.a"]
