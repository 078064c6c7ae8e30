"""The states of an application and every permitted move, one table (51.2; DESIGN "The application").

Which states a case passes, in which order and in whose hands, is the procedure class's table of steps (data).
This table says which act leaves a state, on which clause, and what it does to the clock. `NEXT` is the state of the
procedure's next step, `PREVIOUS` that of the step before, `RESUME` the state the clock was stopped in, `STAY` the same.
"""

from dataclasses import dataclass
from enum import StrEnum

from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
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
    REJECTED = "rejected"  # after a second verification, or when the fulfilment term lapsed
    DEEMED_APPROVED = "deemed_approved"  # the clock ran out undecided; the certificate awaits its signature
    SUSPENDED = "suspended"  # after issue
    REVOKED = "revoked"


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
}


class Act(StrEnum):
    """What may be done to an application, by a person or, where the table says so, by the system."""

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
    LAPSE = "lapse"
    LAPSE_FULFILMENT = "lapse_fulfilment"
    REJECT = "reject"
    HEAR = "hear"
    RESPOND = "respond"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    REQUEST_CHANGE = "request_change"
    REFUSE_CHANGE = "refuse_change"
    REPLACE = "replace"


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
    Act.LAPSE: Sentence("Catat lewat waktu"),
    Act.LAPSE_FULFILMENT: Sentence("Catat lewatnya waktu pemenuhan"),
    Act.REJECT: Sentence("Tolak permohonan"),
    Act.HEAR: Sentence("Minta tanggapan pemegang"),
    Act.RESPOND: Sentence("Beri tanggapan"),
    Act.SUSPEND: Sentence("Bekukan sertifikat"),
    Act.REINSTATE: Sentence("Berlakukan lagi"),
    Act.REVOKE: Sentence("Cabut sertifikat"),
    Act.REQUEST_CHANGE: Sentence("Ajukan perubahan data"),
    Act.REFUSE_CHANGE: Sentence("Tolak perubahan data"),
    Act.REPLACE: Sentence("Setujui perubahan data"),
}


class Direction(StrEnum):
    """A target that the procedure's table, or the case itself, knows."""

    NEXT = "next"
    PREVIOUS = "previous"
    RESUME = "resume"
    STAY = "stay"


class ClockEffect(StrEnum):
    """What a move does to the term (51.3)."""

    NONE = "none"
    START = "start"
    STOP = "stop"
    RESUME = "resume"
    END = "end"


class By(StrEnum):
    """Who makes a move."""

    OFFICER = "officer"  # the actor of the open step; of the move's own role where it names one
    APPLICANT = "applicant"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One permitted move."""

    act: Act
    sources: frozenset[State]
    target: State | Direction
    clause: str  # without the entry: "3" is 51.3 for entry 51, 52.3 for entry 52
    clock: ClockEffect = ClockEffect.NONE
    by: By = By.OFFICER
    role: Role | None = None  # who makes it where no step is open, as after issue


WORKED_ON = frozenset({State.TECHNICAL_REVIEW, State.FIELD_INSPECTION, State.RECOMMENDATION, State.VALIDATION, State.DECISION})


TIMED = WORKED_ON | {State.CLARIFICATION, State.SIGNING}  # the states in which the term counts, or stands still
VALID = frozenset({State.ISSUED, State.SUSPENDED})  # a certificate has been issued and not been taken away


def _move(act: Act, source: State, target: State | Direction, clause: str, clock: ClockEffect = ClockEffect.NONE) -> Move:
    return Move(act=act, sources=frozenset({source}), target=target, clause=clause, clock=clock)


def _by_head(act: Act, sources: frozenset[State], target: State | Direction) -> Move:
    return Move(act=act, sources=sources, target=target, clause="5", role=Role.HEAD)


def _by_holder(act: Act, sources: frozenset[State]) -> Move:
    return Move(act=act, sources=sources, target=Direction.STAY, clause="5", by=By.APPLICANT)


MOVES: tuple[Move, ...] = (
    Move(
        act=Act.SUBMIT,
        sources=frozenset({State.DRAFT, State.RETURNED, State.NOT_MET}),
        target=State.SUBMITTED,
        clause="2",
        by=By.APPLICANT,
    ),
    _move(Act.RETURN, State.SUBMITTED, State.RETURNED, "3"),
    _move(Act.ACCEPT, State.SUBMITTED, Direction.NEXT, "3", ClockEffect.START),
    Move(act=Act.ASK, sources=WORKED_ON, target=State.CLARIFICATION, clause="3", clock=ClockEffect.STOP),
    Move(
        act=Act.ANSWER,
        sources=frozenset({State.CLARIFICATION}),
        target=Direction.RESUME,
        clause="3",
        clock=ClockEffect.RESUME,
        by=By.APPLICANT,
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
    _move(Act.APPROVE, State.DECISION, Direction.NEXT, "5"),
    _move(Act.FIND_NOT_MET, State.DECISION, State.NOT_MET, "1", ClockEffect.END),
    _move(Act.REJECT, State.DECISION, State.REJECTED, "1", ClockEffect.END),
    Move(
        act=Act.SIGN,
        sources=frozenset({State.SIGNING, State.DEEMED_APPROVED}),
        target=State.ISSUED,
        clause="5",
        clock=ClockEffect.END,  # the promise is the product, so it ends with it
    ),
    Move(
        act=Act.WITHDRAW,
        sources=WORKED_ON | {State.SUBMITTED, State.RETURNED, State.CLARIFICATION, State.NOT_MET},
        target=State.WITHDRAWN,
        clause="2",
        clock=ClockEffect.END,
        by=By.APPLICANT,
    ),
    Move(act=Act.LAPSE, sources=TIMED, target=State.DEEMED_APPROVED, clause="3", clock=ClockEffect.END, by=By.SYSTEM),
    Move(act=Act.LAPSE_FULFILMENT, sources=frozenset({State.NOT_MET}), target=State.DECISION, clause="1", by=By.SYSTEM),
    _by_head(Act.HEAR, VALID, Direction.STAY),
    _by_holder(Act.RESPOND, VALID),
    _by_head(Act.SUSPEND, frozenset({State.ISSUED}), State.SUSPENDED),
    _by_head(Act.REINSTATE, frozenset({State.SUSPENDED}), State.ISSUED),
    _by_head(Act.REVOKE, VALID, State.REVOKED),
    _by_holder(Act.REQUEST_CHANGE, frozenset({State.ISSUED})),
    _by_head(Act.REFUSE_CHANGE, VALID, Direction.STAY),
    _by_head(Act.REPLACE, frozenset({State.ISSUED}), State.SIGNING),
)

# States in which nothing more is expected of the office or the applicant; a certificate's holder and the head may still act.
FINAL = VALID | {State.WITHDRAWN, State.REJECTED, State.REVOKED}


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
    """The procedure's step for `state`; what is deemed approved waits at the signing step. None for states outside its table."""
    if state is State.DEEMED_APPROVED:
        state = State.SIGNING
    return next((step for step in procedure.steps if step.state == state), None)


def target_of(move: Move, *, state: State, procedure: Procedure, resume_to: State | None) -> State:
    """The state `move` leads to from `state` under `procedure` (51.2)."""
    if isinstance(move.target, State):
        return move.target
    if move.target is Direction.RESUME:
        assert resume_to is not None, "a stopped case remembers where it was stopped"
        return resume_to
    if move.target is Direction.STAY:
        return state
    order = [State(name) for name in procedure.states()]
    offset = 1 if move.target is Direction.NEXT else -1
    return order[order.index(state) + offset]
