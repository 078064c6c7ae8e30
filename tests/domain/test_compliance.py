"""How a clause stands by its evidence: unknown without any, stale when it expired (51.1 to 51.14)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pasti.domain.compliance import Evidence, Status, all_of, statuses
from pasti.domain.sentence import Sentence, said_number
from pasti.domain.standard import Standard
from tests.standards.library import shipped

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def standard() -> Standard:
    return shipped().in_force("51", TODAY)


def _fact(clause: str = "51.3", *, is_met: bool = True, days_ago: int = 0, valid_days: int | None = None) -> Evidence:
    seen_on = TODAY - timedelta(days=days_ago)
    valid_until = None if valid_days is None else seen_on + timedelta(days=valid_days)
    return Evidence(clause=clause, is_met=is_met, what="Bukti", seen_on=seen_on, valid_until=valid_until)


def test_a_breach_that_stands_is_not_washed_away_by_newer_figures(standard: Standard) -> None:
    breach = Evidence(clause="51.3", is_met=False, what="Bukti", seen_on=TODAY - timedelta(days=60), stands=True)
    assert _status(standard, breach, _fact()) is Status.NOT_MET
    assert _status(standard, _fact(), breach) is Status.NOT_MET
    assert _status(standard, replace(breach, stands=False), _fact()) is Status.MET


def _status(standard: Standard, *facts: Evidence) -> Status:
    return next(row.status for row in statuses(standard, facts, on=TODAY) if row.id == "51.3")


def test_without_evidence_nothing_is_met(standard: Standard) -> None:
    assert {row.status for row in statuses(standard, (), on=TODAY)} == {Status.NO_EVIDENCE}


def test_evidence_speaks_for_its_own_clause_alone(standard: Standard) -> None:
    rows = statuses(standard, [_fact()], on=TODAY)
    assert [(row.id, row.status, row.as_of) for row in rows if row.status is not Status.NO_EVIDENCE] == [
        ("51.3", Status.MET, TODAY)
    ]


def test_evidence_against_a_clause_is_not_met(standard: Standard) -> None:
    assert _status(standard, _fact(is_met=False)) is Status.NOT_MET


def test_the_newest_evidence_counts_and_on_one_day_the_worse(standard: Standard) -> None:
    assert _status(standard, _fact(is_met=False, days_ago=1), _fact()) is Status.MET
    assert _status(standard, _fact(is_met=False), _fact()) is Status.NOT_MET
    assert _status(standard, _fact(), _fact(is_met=False)) is Status.NOT_MET


@pytest.mark.parametrize(("valid_days", "expected"), [(30, Status.MET), (29, Status.STALE), (None, Status.MET)])
def test_an_attestation_is_stale_the_day_after_it_expires(standard: Standard, valid_days: int | None, expected: Status) -> None:
    assert _status(standard, _fact(days_ago=30, valid_days=valid_days)) is expected


def test_evidence_of_tomorrow_or_of_another_entry_does_not_count(standard: Standard) -> None:
    assert _status(standard, _fact(days_ago=-1), _fact("52.3")) is Status.NO_EVIDENCE


NAMES = (Sentence("Penjaga"), Sentence("Alat"))


def test_what_names_two_things_is_met_by_both_and_as_old_as_the_older() -> None:
    young, old = _fact("51.13.1", valid_days=7), _fact("51.13.1", days_ago=9, valid_days=90)
    whole = all_of("51.13.1", list(zip(NAMES, (young, old), strict=True)))
    assert whole is not None
    assert (whole.is_met, whole.seen_on, whole.valid_until) == (True, old.seen_on, young.valid_until)
    broken = all_of("51.13.1", [(NAMES[0], young), (NAMES[1], replace(old, is_met=False))])
    assert broken is not None and not broken.is_met


def test_of_what_names_two_things_the_one_without_evidence_is_said_and_none_at_all_is_unknown() -> None:
    half = all_of("51.13.1", [(NAMES[0], _fact("51.13.1")), (NAMES[1], None)])
    assert half is not None
    assert (half.is_met, half.what) == (False, "Bukti Alat: belum ada bukti.")
    assert all_of("51.13.1", [(name, None) for name in NAMES]) is None


@pytest.mark.parametrize(("number", "said"), [(8.0, "8"), (8.5, "8,5"), (0.0, "0"), (7.26, "7,3"), (7.96, "8")])
def test_a_number_is_said_with_a_comma_and_no_empty_decimal(number: float, said: str) -> None:
    assert said_number(number) == said
