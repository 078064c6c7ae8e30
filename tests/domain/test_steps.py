"""The steps of a class as a case went through them: who held each from when to when, the time used (51.2)."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from pasti import standards
from pasti.domain.steps import Hold, Progress, StepRecord, Turn, records, stays
from pasti.domain.workflow import State
from tests.domain.days import PLAIN, at

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
STANDARD = standards.load().in_force("51", MONDAY)
START = [Turn(at=at(MONDAY, 8), state=State.DRAFT), Turn(at=at(MONDAY, 9), state=State.SUBMITTED)]


def _of(turns: Sequence[Turn], now: datetime, procedure: str = "12") -> dict[str, StepRecord]:
    rows = records(STANDARD.procedure(procedure), turns, week=standards.load().office().hours, calendar=PLAIN, at=now)
    return {row.step.state: row for row in rows}


@pytest.mark.clause("51.2")
def test_a_step_says_who_held_it_from_when_to_when() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), holder="dewi"), Turn(at=at(MONDAY, 11), state=State.TECHNICAL_REVIEW)]

    check = _of(turns, at(MONDAY, 14))["submitted"]

    assert check.holds == (
        Hold(who="", since=at(MONDAY, 9), until=at(MONDAY, 10)),
        Hold(who="dewi", since=at(MONDAY, 10), until=at(MONDAY, 11)),
    )
    assert (check.progress, check.used, check.is_over) == (Progress.DONE, 120, False)


@pytest.mark.clause("51.2")
def test_the_open_step_counts_until_now_and_later_ones_have_no_time() -> None:
    rows = _of(START, at(TUESDAY, 9, 31))

    assert (rows["submitted"].progress, rows["submitted"].used, rows["submitted"].is_over) == (Progress.NOW, 481, True)
    assert rows["submitted"].holds[-1].until is None
    assert (rows["decision"].progress, rows["decision"].used, rows["decision"].holds) == (Progress.LATER, None, ())


@pytest.mark.clause("51.2")
def test_a_step_at_its_standard_time_is_not_over_it() -> None:
    rows = _of(START, at(TUESDAY, 9))  # 360 minutes of Monday, 90 of Tuesday

    assert (rows["submitted"].used, rows["submitted"].step.minutes, rows["submitted"].is_over) == (450, 450, False)


@pytest.mark.clause("51.3")
def test_time_that_waits_for_the_applicant_counts_for_no_step() -> None:
    turns = [
        *START,
        Turn(at=at(MONDAY, 10), state=State.TECHNICAL_REVIEW),
        Turn(at=at(MONDAY, 11), state=State.CLARIFICATION),
    ]
    waiting = _of(turns, at(WEDNESDAY, 9))["technical_review"]
    answered = _of([*turns, Turn(at=at(WEDNESDAY, 9), state=State.TECHNICAL_REVIEW)], at(WEDNESDAY, 10))["technical_review"]

    assert (waiting.progress, waiting.used) == (Progress.NOW, 60)
    assert (answered.progress, answered.used) == (Progress.NOW, 120)


@pytest.mark.clause("51.2")
def test_a_step_visited_again_adds_up() -> None:
    turns = [
        *START,
        Turn(at=at(MONDAY, 10), state=State.RECOMMENDATION),
        Turn(at=at(MONDAY, 11), state=State.VALIDATION),
        Turn(at=at(MONDAY, 13), state=State.RECOMMENDATION),
    ]

    assert _of(turns, at(MONDAY, 13, 30))["recommendation"].used == 90


@pytest.mark.clause("51.1")
def test_a_second_verification_has_its_own_times() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), state=State.DECISION), Turn(at=at(MONDAY, 11), state=State.NOT_MET)]
    again = [*turns, Turn(at=at(TUESDAY, 9), state=State.SUBMITTED)]

    rows = _of(again, at(TUESDAY, 9, 30))

    assert rows["submitted"].used == 30
    assert (rows["decision"].progress, rows["decision"].used) == (Progress.LATER, None)
    assert _of(turns, at(MONDAY, 12))["submitted"].progress is Progress.WAITING  # while the applicant fulfils


@pytest.mark.clause("51.3")
def test_a_returned_dossier_is_with_the_applicant_not_under_check() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), state=State.RETURNED)]

    assert _of(turns, at(MONDAY, 12))["submitted"].progress is Progress.WAITING
    assert _of([*turns, Turn(at=at(MONDAY, 13), state=State.SUBMITTED)], at(MONDAY, 14))["submitted"].progress is Progress.NOW


def test_a_finished_case_is_done_throughout_and_its_hand_over_is_not_measured() -> None:
    order = STANDARD.procedure("12").states()[2:]
    turns = [*START, *(Turn(at=at(MONDAY, 10, minute), state=State(name)) for minute, name in enumerate(order))]

    rows = _of(turns, at(WEDNESDAY, 9))

    assert {row.progress for row in rows.values()} == {Progress.DONE}
    assert (rows["issued"].used, rows["draft"].used) == (None, None)


def test_a_case_withdrawn_leaves_later_steps_undone() -> None:
    rows = _of([*START, Turn(at=at(MONDAY, 10), state=State.WITHDRAWN)], at(MONDAY, 11))

    assert (rows["draft"].progress, rows["submitted"].used) == (Progress.DONE, 60)
    assert {rows[name].progress for name in ("submitted", "technical_review", "decision", "issued")} == {Progress.NOT_DONE}


def test_a_case_withdrawn_while_the_applicant_was_asked_leaves_the_step_undone() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), state=State.TECHNICAL_REVIEW), Turn(at=at(MONDAY, 11), state=State.CLARIFICATION)]

    rows = _of([*turns, Turn(at=at(MONDAY, 13), state=State.WITHDRAWN)], at(MONDAY, 14))

    assert (rows["submitted"].progress, rows["technical_review"].progress) == (Progress.DONE, Progress.NOT_DONE)


@pytest.mark.clause("51.1")
def test_a_rejection_finishes_the_decision() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), state=State.DECISION), Turn(at=at(MONDAY, 11), state=State.REJECTED)]

    rows = _of(turns, at(MONDAY, 14))

    assert (rows["decision"].progress, rows["signing"].progress) == (Progress.DONE, Progress.NOT_DONE)


def test_a_fact_that_moves_nothing_changes_no_stay() -> None:
    assert stays([*START, Turn(at=at(MONDAY, 10), state=State.SUBMITTED)]) == stays(START)


@pytest.mark.clause("51.3")
def test_what_is_deemed_approved_stands_at_its_signing() -> None:
    turns = [*START, Turn(at=at(MONDAY, 10), state=State.VALIDATION), Turn(at=at(MONDAY, 11), state=State.DEEMED_APPROVED)]
    signed = [*turns, Turn(at=at(MONDAY, 14), state=State.ISSUED), Turn(at=at(TUESDAY, 9), state=State.SUSPENDED)]

    waiting, later = _of(turns, at(MONDAY, 14))["signing"], _of(signed, at(WEDNESDAY, 9))

    assert (waiting.progress, waiting.used) == (Progress.NOW, 120)
    assert later["signing"].used == 120
    never = {"technical_review", "field_inspection", "recommendation", "validation", "decision"} & set(later)
    assert {later[name].progress for name in never} == {Progress.NOT_DONE}
    assert {row.progress for name, row in later.items() if name not in never} == {Progress.DONE}
