"""A class as the official SOP table: actors as columns, symbols, what leads back (51.2)."""

from datetime import date

import pytest

from pasti import standards
from pasti.domain.roles import Role
from pasti.domain.sop import Symbol, sop_of

STANDARD = standards.load().in_force("51", date(2026, 11, 23))


@pytest.mark.clause("51.2")
@pytest.mark.parametrize("procedure", STANDARD.procedures, ids=lambda p: p.code)
def test_every_step_has_one_row_in_its_actors_column_and_the_times_add_up(procedure: object) -> None:
    table = sop_of(procedure)  # type: ignore[arg-type]  # parametrized

    assert [row.step for row in table.rows] == list(table.procedure.steps)
    assert all(table.actors[row.column] is row.step.actor for row in table.rows)
    assert sum(row.step.minutes for row in table.rows if row.step.within_promise) == table.procedure.minutes


@pytest.mark.clause("51.2")
def test_symbols_follow_what_the_table_of_moves_allows() -> None:
    table = sop_of(STANDARD.procedure("7"))

    assert [row.symbol for row in table.rows] == [
        Symbol.CAPSULE,
        Symbol.DIAMOND,  # complete, or returned
        Symbol.BOX,
        Symbol.BOX,
        Symbol.BOX,
        Symbol.DIAMOND,  # validated, or sent back
        Symbol.DIAMOND,  # approved, sent back, or not met
        Symbol.BOX,
        Symbol.CAPSULE,
    ]
    assert table.actors[0] is Role.COUNTER_OFFICER
    assert [row.back_to for row in table.rows if row.back_to] == [(1,), (5,), (6, 1)]
