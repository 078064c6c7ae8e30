"""The states of an application and every permitted move, one table (51.2; DESIGN "The application").

Which states a case passes, in which order and in whose hands, is the procedure class's table of steps (data).
This table says which act leaves a state, on which clause, and what it does to the clock. `NEXT` is the state of the
procedure's next step, `PREVIOUS` that of the step before, `RESUME` the state the clock was stopped in.
"""

from dataclasses import dataclass
from enum import StrEnum

from pasti.domain.errors import RuleBroken
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Procedure, Step


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLARIFICATION = "clarification"
    TECHNICAL_REVIEW = "technical_review"
    FIELD_INSPECTION = "field_inspection"
    RECOMMENDATION = "recommendation"
    VALIDATION = "validation"
    DECISION = "decision"
    SIGNING = "signing"
    ISSUED = "issued"
    NOT_MET = "not_met"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"  # after a second verification; its moves are not open yet
    DEEMED_APPROVED = "deemed_approved"  # the clock ran out; its moves are not open yet
    SUSPENDED = "suspended"  # after issue; its moves are not open yet
    REVOKED = "revoked"
    REPLACED = "replaced"


STATE_TITLES: dict[State, Sentence] = {
    State.DRAFT: Sentence("Konsep"),
    State.SUBMITTED: Sentence("Pemeriksaan kelengkapan"),
    State.RETURNED: Sentence("Dikembalikan untuk dilengkapi"),
    State.CLARIFICATION: Sentence("Menunggu klarifikasi pemohon"),
    State.TECHNICAL_REVIEW: Sentence("Pemeriksaan teknis"),
    State.FIELD_INSPECTION: Sentence("Peninjauan lapangan"),
    State.RECOMMENDATION: Sentence("Rekomendasi teknis"),
    State.VALIDATION: Sentence("Validasi"),
    State.DECISION: Sentence("Keputusan"),
    State.SIGNING: Sentence("Penandatanganan"),
    State.ISSUED: Sentence("Terbit"),
    State.NOT_MET: Sentence("Belum memenuhi standar"),
    State.WITHDRAWN: Sentence("Ditarik pemohon"),
    State.REJECTED: Sentence("Ditolak"),
    State.DEEMED_APPROVED: Sentence("Dianggap disetujui"),
    State.SUSPENDED: Sentence("Dibekukan"),
    State.REVOKED: Sentence("Dicabut"),
    State.REPLACED: Sentence("Diganti"),
}


class Act(StrEnum):
    """What a person may do to an application."""

    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    ASK = "ask"
    ANSWER = "answer"
    REVIEW = "review"
    INSPECT = "inspect"
    RECOMMEND = "recommend"
    VALIDATE = "validate"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    FIND_NOT_MET = "find_not_met"
    SIGN = "sign"
    WITHDRAW = "withdraw"


ACT_TITLES: dict[Act, Sentence] = {
    Act.SUBMIT: Sentence("Ajukan permohonan"),
    Act.RETURN: Sentence("Kembalikan untuk dilengkapi"),
    Act.ACCEPT: Sentence("Nyatakan lengkap dan benar"),
    Act.ASK: Sentence("Minta klarifikasi"),
    Act.ANSWER: Sentence("Jawab klarifikasi"),
    Act.REVIEW: Sentence("Selesaikan pemeriksaan teknis"),
    Act.INSPECT: Sentence("Selesaikan peninjauan lapangan"),
    Act.RECOMMEND: Sentence("Beri rekomendasi"),
    Act.VALIDATE: Sentence("Validasi"),
    Act.SEND_BACK: Sentence("Kembalikan ke langkah sebelumnya"),
    Act.APPROVE: Sentence("Setujui penerbitan"),
    Act.FIND_NOT_MET: Sentence("Nyatakan belum memenuhi"),
    Act.SIGN: Sentence("Tanda tangani sertifikat"),
    Act.WITHDRAW: Sentence("Tarik permohonan"),
}


class Direction(StrEnum):
    """A target that the procedure's table, or the case itself, knows."""

    NEXT = "next"
    PREVIOUS = "previous"
    RESUME = "resume"


class ClockEffect(StrEnum):
    """What a move does to the term (51.3)."""

    NONE = "none"
    START = "start"
    STOP = "stop"
    RESUME = "resume"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One permitted move. `by_applicant`: only the applicant makes it; otherwise the actor of the open step."""

    act: Act
    sources: frozenset[State]
    target: State | Direction
    clause: str  # without the entry: "3" is 51.3 for entry 51, 52.3 for entry 52
    clock: ClockEffect = ClockEffect.NONE
    by_applicant: bool = False


_WORKED_ON = frozenset({State.TECHNICAL_REVIEW, State.FIELD_INSPECTION, State.RECOMMENDATION, State.VALIDATION, State.DECISION})


def _move(act: Act, source: State, target: State | Direction, clause: str, clock: ClockEffect = ClockEffect.NONE) -> Move:
    return Move(act=act, sources=frozenset({source}), target=target, clause=clause, clock=clock)


MOVES: tuple[Move, ...] = (
    Move(
        act=Act.SUBMIT,
        sources=frozenset({State.DRAFT, State.RETURNED, State.NOT_MET}),
        target=State.SUBMITTED,
        clause="2",
        by_applicant=True,
    ),
    _move(Act.RETURN, State.SUBMITTED, State.RETURNED, "3"),
    _move(Act.ACCEPT, State.SUBMITTED, Direction.NEXT, "3", ClockEffect.START),
    Move(act=Act.ASK, sources=_WORKED_ON, target=State.CLARIFICATION, clause="3", clock=ClockEffect.STOP),
    Move(
        act=Act.ANSWER,
        sources=frozenset({State.CLARIFICATION}),
        target=Direction.RESUME,
        clause="3",
        clock=ClockEffect.RESUME,
        by_applicant=True,
    ),
    _move(Act.REVIEW, State.TECHNICAL_REVIEW, Direction.NEXT, "2"),
    _move(Act.INSPECT, State.FIELD_INSPECTION, Direction.NEXT, "13.2"),
    _move(Act.RECOMMEND, State.RECOMMENDATION, Direction.NEXT, "2"),
    _move(Act.VALIDATE, State.VALIDATION, Direction.NEXT, "2"),
    Move(
        act=Act.SEND_BACK,
        sources=frozenset({State.VALIDATION, State.DECISION}),
        target=Direction.PREVIOUS,
        clause="10.1",
    ),
    _move(Act.APPROVE, State.DECISION, Direction.NEXT, "5", ClockEffect.END),
    _move(Act.FIND_NOT_MET, State.DECISION, State.NOT_MET, "1", ClockEffect.END),
    _move(Act.SIGN, State.SIGNING, State.ISSUED, "5"),
    Move(
        act=Act.WITHDRAW,
        sources=_WORKED_ON | {State.SUBMITTED, State.RETURNED, State.CLARIFICATION, State.NOT_MET},
        target=State.WITHDRAWN,
        clause="2",
        clock=ClockEffect.END,
        by_applicant=True,
    ),
)

# States in which nothing more is expected of the office or the applicant.
FINAL = frozenset({State.ISSUED, State.WITHDRAWN, State.REJECTED, State.SUSPENDED, State.REVOKED, State.REPLACED})


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that leave `state`, in the table's order."""
    return tuple(move for move in MOVES if state in move.sources)


def move_for(act: Act, state: State, *, entry: str) -> Move:
    """The one move of `act` from `state`; RuleBroken on clause 2 of `entry` when the table has none (51.2)."""
    for move in MOVES:
        if move.act is act and state in move.sources:
            return move
    raise RuleBroken(
        f"{entry}.2",
        "“{act}” tidak dapat dilakukan pada tahap “{state}”. Buka kembali berkasnya untuk melihat tahap terbaru.",
        act=ACT_TITLES[act],
        state=STATE_TITLES[state],
    )


def step_of(procedure: Procedure, state: State) -> Step | None:
    """The procedure's step for `state`; None for states outside its table."""
    return next((step for step in procedure.steps if step.state == state), None)


def target_of(move: Move, *, state: State, procedure: Procedure, resume_to: State | None) -> State:
    """The state `move` leads to from `state` under `procedure` (51.2)."""
    if isinstance(move.target, State):
        return move.target
    if move.target is Direction.RESUME:
        assert resume_to is not None, "a stopped case remembers where it was stopped"
        return resume_to
    order = [State(name) for name in procedure.states()]
    offset = 1 if move.target is Direction.NEXT else -1
    return order[order.index(state) + offset]
