"""The table of a complaint's steps is whole, and its terms are counted as the edition and the law say (51.6)."""

from datetime import UTC, date, datetime

import pytest

from pasti import standards
from pasti.domain.calendar import Calendar
from pasti.domain.complaint_clock import days_left, terms
from pasti.domain.complaint_figures import suppressed
from pasti.domain.complaint_steps import MOVES, STAGE_TITLES, STEP_TITLES, TURN, Stage, Step, move_for
from pasti.domain.complaints import EVENT_OF, NEXT
from pasti.domain.errors import RuleBroken
from pasti.domain.standard import Standard

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def edition() -> Standard:
    """Entry 51 as in force then."""
    return standards.load().in_force("51", MONDAY.date())


def test_every_step_has_one_row_a_title_and_a_fact() -> None:
    assert sorted(move.step for move in MOVES) == sorted(Step)
    assert STEP_TITLES.keys() == EVENT_OF.keys() == set(Step)
    assert STAGE_TITLES.keys() == set(Stage)


def test_every_clause_a_step_stands_on_is_one() -> None:
    standard = edition()

    assert [move.step for move in MOVES if f"51.{move.clause}" not in {c.id for c in standard.clauses()}] == []


def test_every_stage_is_somebody_s_turn_or_an_end() -> None:
    assert set(Stage) - set(TURN) == {Stage.IN_TIERS, Stage.CLOSED, Stage.SET_ASIDE}
    assert set(Stage) - set(NEXT) == {Stage.SETTLED}


@pytest.mark.clause("51.6.6.a")
def test_a_step_out_of_order_says_where_it_stands() -> None:
    with pytest.raises(RuleBroken, match="Langkahnya berurutan"):
        move_for(Step.PLAN, Stage.GROUPED, clause="51.6")


@pytest.mark.clause("51.6.4")
@pytest.mark.parametrize(
    ("at", "received", "answer", "first_reply"),
    [
        (MONDAY, date(2026, 11, 23), date(2026, 12, 11), date(2026, 12, 7)),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), date(2026, 11, 24), date(2026, 12, 14), date(2026, 12, 8)),  # after closing
        (datetime(2026, 11, 21, 2, tzinfo=UTC), date(2026, 11, 23), date(2026, 12, 11), date(2026, 12, 7)),  # a Saturday
        (datetime(2026, 12, 11, 2, tzinfo=UTC), date(2026, 12, 11), date(2027, 1, 6), date(2026, 12, 25)),  # over the holidays
    ],
)
def test_fourteen_working_days_and_the_law_s_fourteen_days(at: datetime, received: date, answer: date, first_reply: date) -> None:
    found = terms(edition(), standards.load().calendar(), at)

    assert (found.received_on, found.answer, found.first_reply) == (received, answer, first_reply)
    assert (found.driving(screened=False), found.driving(screened=True)) == (min(first_reply, answer), answer)


@pytest.mark.clause("51.6.4")
def test_a_year_without_a_decree_leaves_the_law_s_dates() -> None:
    found = terms(edition(), Calendar((), ()), MONDAY)

    assert (found.answer, found.driving(screened=True)) == (None, date(2027, 1, 22))
    assert days_left(date(2026, 11, 30), Calendar((), ()), MONDAY.date()) == 7


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 7}, {"a": 9, "b": 7}),
        ({"a": 9, "b": 2, "c": 7}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 2, "c": 3}, {"a": 9, "b": None, "c": None}),
        ({"a": 4, "b": 0}, {"a": None, "b": 0}),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(counts: dict[str, int], shown: dict[str, int | None]) -> None:
    assert suppressed(counts, below=5) == shown
