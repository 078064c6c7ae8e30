"""The table of moves: complete, without dead ends, each on a clause of the standard."""

import pytest

from pasti import standards
from pasti.domain.errors import RuleBroken
from pasti.domain.standard import Procedure, Standard
from pasti.domain.workflow import (
    ACT_TITLES,
    FINAL,
    MOVES,
    STATE_TITLES,
    VALID,
    Act,
    By,
    Direction,
    State,
    move_for,
    moves_from,
    step_of,
    target_of,
)

ENDED = FINAL - VALID
EDITIONS = [edition for entry in standards.load().entries() for edition in standards.load().editions(entry)]
PROCEDURES = [(edition, procedure) for edition in EDITIONS for procedure in edition.procedures]


def test_every_state_and_act_has_a_title() -> None:
    assert set(STATE_TITLES) == set(State)
    assert set(ACT_TITLES) == set(Act)


@pytest.mark.clause("51.2")
def test_no_act_has_two_moves_from_one_state() -> None:
    pairs = [(move.act, source) for move in MOVES for source in move.sources]

    assert len(pairs) == len(set(pairs))


@pytest.mark.clause("51.2")
@pytest.mark.parametrize("state", sorted(set(State) - ENDED))
def test_every_open_state_has_a_way_out(state: State) -> None:
    assert moves_from(state)


@pytest.mark.clause("51.2")
@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_follows_an_end(state: State) -> None:
    assert moves_from(state) == ()


@pytest.mark.clause("51.2")
@pytest.mark.parametrize(("edition", "procedure"), PROCEDURES, ids=lambda x: getattr(x, "code", getattr(x, "entry", "")))
def test_every_procedure_leads_from_submission_to_the_certificate(edition: Standard, procedure: Procedure) -> None:
    state, seen = State.SUBMITTED, [State.SUBMITTED]
    while state is not State.ISSUED:
        forward = next(m for m in moves_from(state) if m.target is Direction.NEXT or m.target is State.ISSUED)
        assert step_of(procedure, state) is not None
        state = target_of(forward, state=state, procedure=procedure, resume_to=None)
        assert state not in seen
        seen.append(state)


@pytest.mark.clause("51.2")
def test_every_move_cites_a_clause_of_the_standard() -> None:
    standard = standards.load().editions("51")[0]
    components = {f"51.{component.number}" for component in standard.components}

    cited = {standard.cite(move.clause) for move in MOVES}

    assert cited <= components | {clause.id for clause in standard.clauses()}
    assert cited == {f"51.{move.clause}" for move in MOVES}


@pytest.mark.clause("51.2")
def test_an_act_outside_the_table_is_refused_with_the_state_named() -> None:
    with pytest.raises(RuleBroken, match="Terbit"):
        move_for(Act.APPROVE, State.ISSUED, entry="51")


@pytest.mark.clause("51.2")
def test_every_state_is_reached_by_some_move() -> None:
    steps = {State(name) for _, procedure in PROCEDURES for name in procedure.states()}

    assert set(State) == {move.target for move in MOVES if isinstance(move.target, State)} | steps | {State.DRAFT}


@pytest.mark.clause("51.3")
def test_the_system_alone_lets_time_run_out() -> None:
    assert {move.act for move in MOVES if move.by is By.SYSTEM} == {Act.LAPSE, Act.LAPSE_FULFILMENT}
