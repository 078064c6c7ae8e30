"""A procedure class as the official SOP table: actors as columns, a symbol for each activity (51.2; PermenPANRB 35/2012)."""

from dataclasses import dataclass
from enum import StrEnum

from pasti.domain.roles import Role
from pasti.domain.standard import Procedure, Step
from pasti.domain.workflow import ACT_TITLES, Direction, State, moves_from

TO_APPLICANT = frozenset({State.RETURNED, State.NOT_MET})


class Symbol(StrEnum):
    """The form's symbols; the fifth, the arrow, joins these."""

    CAPSULE = "capsule"  # the first and the last activity
    BOX = "box"
    DIAMOND = "diamond"  # an activity that may also lead back
    PENTAGON = "pentagon"  # goes on, or comes from, another sheet


@dataclass(frozen=True, kw_only=True)
class SopRow:
    """One activity: its number, its actor's column, its symbol, and to which earlier numbers it may lead back."""

    number: int
    step: Step
    column: int
    symbol: Symbol
    back_to: tuple[int, ...]
    otherwise: tuple[str, ...]  # the acts that lead back, in words


@dataclass(frozen=True, kw_only=True)
class Sop:
    """The whole table of one class. The sum of `minutes` within the promise is `procedure.minutes`."""

    procedure: Procedure
    actors: tuple[Role, ...]
    rows: tuple[SopRow, ...]


def sop_of(procedure: Procedure) -> Sop:
    """The class as the form's table; what may lead back is what the table of moves says of each state (51.2)."""
    actors = tuple(dict.fromkeys(step.actor for step in procedure.steps))
    last = len(procedure.steps)
    rows = tuple(_row(step, number, last, actors) for number, step in enumerate(procedure.steps, start=1))
    return Sop(procedure=procedure, actors=actors, rows=rows)


def _row(step: Step, number: int, last: int, actors: tuple[Role, ...]) -> SopRow:
    moves = [m for m in moves_from(State(step.state)) if m.target is Direction.PREVIOUS or m.target in TO_APPLICANT]
    back_to = tuple(dict.fromkeys(number - 1 if m.target is Direction.PREVIOUS else 1 for m in moves))
    symbol = Symbol.CAPSULE if number in (1, last) else Symbol.DIAMOND if moves else Symbol.BOX
    if symbol is Symbol.CAPSULE:
        moves, back_to = [], ()
    return SopRow(
        number=number,
        step=step,
        column=actors.index(step.actor),
        symbol=symbol,
        back_to=back_to,
        otherwise=tuple(ACT_TITLES[m.act] for m in moves),
    )
