"""The stages of a complaint and every permitted move, one table: no step is skipped (51.6.5 to 51.6.8)."""

from dataclasses import dataclass
from enum import StrEnum

from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
from pasti.domain.sentence import Sentence


class Stage(StrEnum):
    """Where a complaint stands: what was done last, or what it waits for."""

    RECEIVED = "received"  # to be screened
    SCREENED = "screened"  # to be grouped
    GROUPED = "grouped"  # its core to be formulated; what is no complaint is taken note of
    FORMULATED = "formulated"  # to be related to a clause
    RELATED = "related"  # what is known already to be checked
    CHECKED = "checked"  # to be planned
    PLANNED = "planned"  # the plan to be carried out
    EXAMINED = "examined"  # to be put in a category
    IN_TIERS = "in_tiers"  # to be settled, tier by tier
    SETTLED = "settled"  # to be answered and reported
    CLOSED = "closed"
    SET_ASIDE = "set_aside"  # spam or abuse; kept


STAGE_TITLES: dict[Stage, Sentence] = {
    Stage.RECEIVED: Sentence("Diterima, menunggu ditelaah"),
    Stage.SCREENED: Sentence("Menunggu dikelompokkan"),
    Stage.GROUPED: Sentence("Menunggu rumusan inti masalah"),
    Stage.FORMULATED: Sentence("Menunggu dihubungkan dengan klausul"),
    Stage.RELATED: Sentence("Menunggu pemeriksaan bahan yang ada"),
    Stage.CHECKED: Sentence("Menunggu rencana penanganan"),
    Stage.PLANNED: Sentence("Rencana dijalankan"),
    Stage.EXAMINED: Sentence("Menunggu penetapan kategori"),
    Stage.IN_TIERS: Sentence("Diselesaikan berjenjang"),
    Stage.SETTLED: Sentence("Menunggu jawaban dan laporan"),
    Stage.CLOSED: Sentence("Selesai"),
    Stage.SET_ASIDE: Sentence("Disisihkan"),
}


class Step(StrEnum):
    """What may be done to a complaint."""

    TAKE = "take"
    ASK = "ask"
    COMPLETE = "complete"
    SCREEN = "screen"
    SET_ASIDE = "set_aside"
    RESTORE = "restore"
    GROUP = "group"
    TAKE_NOTE = "take_note"
    FORMULATE = "formulate"
    RELATE = "relate"
    CHECK = "check"
    PLAN = "plan"
    ADD_ACTION = "add_action"
    RECORD_RESULT = "record_result"
    CONCLUDE = "conclude"
    APPROVE_INSPECTORATE = "approve_inspectorate"
    CATEGORISE = "categorise"
    CLIMB = "climb"
    SETTLE = "settle"
    REFER = "refer"
    ANSWER_REFERRAL = "answer_referral"
    ANSWER = "answer"
    REPORT = "report"
    CLOSE = "close"
    SAY_HELPED = "say_helped"
    REOPEN = "reopen"
    LINK = "link"
    NAME = "name"
    FOLLOW_UP = "follow_up"
    FINISH_FOLLOW_UP = "finish_follow_up"


STEP_TITLES: dict[Step, Sentence] = {
    Step.TAKE: Sentence("Ambil"),
    Step.ASK: Sentence("Tanyakan kepada pelapor"),
    Step.COMPLETE: Sentence("Lengkapi pengaduan"),
    Step.SCREEN: Sentence("Telaah"),
    Step.SET_ASIDE: Sentence("Sisihkan"),
    Step.RESTORE: Sentence("Kembalikan ke register"),
    Step.GROUP: Sentence("Kelompokkan"),
    Step.TAKE_NOTE: Sentence("Catat sebagai masukan"),
    Step.FORMULATE: Sentence("Rumuskan inti masalah"),
    Step.RELATE: Sentence("Hubungkan dengan klausul"),
    Step.CHECK: Sentence("Periksa bahan yang ada"),
    Step.PLAN: Sentence("Susun rencana"),
    Step.ADD_ACTION: Sentence("Tambah langkah"),
    Step.RECORD_RESULT: Sentence("Catat hasil langkah"),
    Step.CONCLUDE: Sentence("Selesaikan pemeriksaan"),
    Step.APPROVE_INSPECTORATE: Sentence("Setujui pelibatan APIP"),
    Step.CATEGORISE: Sentence("Tetapkan kategori"),
    Step.CLIMB: Sentence("Laporkan dan naikkan jenjang"),
    Step.SETTLE: Sentence("Laporkan dan putuskan hasilnya"),
    Step.REFER: Sentence("Teruskan ke instansi lain"),
    Step.ANSWER_REFERRAL: Sentence("Jawab rujukan"),
    Step.ANSWER: Sentence("Jawab pelapor"),
    Step.REPORT: Sentence("Laporkan kepada atasan langsung"),
    Step.CLOSE: Sentence("Tutup"),
    Step.SAY_HELPED: Sentence("Nyatakan jawaban membantu"),
    Step.REOPEN: Sentence("Nyatakan jawaban belum membantu"),
    Step.LINK: Sentence("Kaitkan dengan pengaduan lain"),
    Step.NAME: Sentence("Tunjuk yang boleh melihat identitas"),
    Step.FOLLOW_UP: Sentence("Buka tindak lanjut"),
    Step.FINISH_FOLLOW_UP: Sentence("Selesaikan tindak lanjut"),
}

OFFICER, OFFICIAL, HEAD = Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD
HANDLERS = frozenset({OFFICER, OFFICIAL})
LEADERS = frozenset({OFFICIAL, HEAD})
REPORTER = frozenset({Role.APPLICANT})
TIER: frozenset[Role] = frozenset()  # whoever the open tier names
FINAL = frozenset({Stage.CLOSED, Stage.SET_ASIDE})
OPEN = frozenset(Stage) - FINAL
EARLY = frozenset({Stage.RECEIVED, Stage.SCREENED, Stage.GROUPED, Stage.FORMULATED, Stage.RELATED, Stage.CHECKED})
UNSETTLED = OPEN - {Stage.SETTLED}
AT_WORK = frozenset({Stage.PLANNED, Stage.EXAMINED, Stage.IN_TIERS})


@dataclass(frozen=True, kw_only=True)
class Move:
    """One permitted move; `target` None leaves the stage as it is."""

    step: Step
    stages: frozenset[Stage]
    target: Stage | None
    roles: frozenset[Role]
    clause: str  # the tail: "6.5.a"


def _move(step: Step, stages: frozenset[Stage] | Stage, target: Stage | None, roles: frozenset[Role], clause: str) -> Move:
    where = frozenset({stages}) if isinstance(stages, Stage) else stages
    return Move(step=step, stages=where, target=target, roles=roles, clause=clause)


MOVES: tuple[Move, ...] = (
    _move(Step.TAKE, OPEN, None, HANDLERS | LEADERS, "6.4"),
    _move(Step.ASK, UNSETTLED, None, HANDLERS, "6.5.a"),
    _move(Step.COMPLETE, UNSETTLED, None, HANDLERS | REPORTER, "6.5.a"),
    _move(Step.SCREEN, Stage.RECEIVED, Stage.SCREENED, HANDLERS, "6.5.a"),
    _move(Step.SET_ASIDE, EARLY, Stage.SET_ASIDE, HANDLERS, "6.5.a"),
    _move(Step.RESTORE, Stage.SET_ASIDE, Stage.RECEIVED, frozenset({OFFICIAL}), "6.5.a"),
    _move(Step.GROUP, Stage.SCREENED, Stage.GROUPED, HANDLERS, "6.5.c.1"),
    _move(Step.TAKE_NOTE, Stage.GROUPED, Stage.SETTLED, HANDLERS, "6.3"),
    _move(Step.FORMULATE, Stage.GROUPED, Stage.FORMULATED, HANDLERS, "6.6.a"),
    _move(Step.RELATE, Stage.FORMULATED, Stage.RELATED, HANDLERS, "6.6.b"),
    _move(Step.CHECK, Stage.RELATED, Stage.CHECKED, HANDLERS, "6.6.c"),
    _move(Step.PLAN, Stage.CHECKED, Stage.PLANNED, HANDLERS, "6.6.d"),
    _move(Step.ADD_ACTION, AT_WORK, None, HANDLERS, "6.6.d"),
    _move(Step.RECORD_RESULT, AT_WORK, None, HANDLERS | {Role.TECHNICAL_TEAM, Role.INSPECTOR}, "6.6.e"),
    _move(Step.CONCLUDE, Stage.PLANNED, Stage.EXAMINED, HANDLERS, "6.6.e"),
    _move(Step.APPROVE_INSPECTORATE, frozenset({Stage.EXAMINED, Stage.IN_TIERS}), None, frozenset({HEAD}), "6.7.c"),
    _move(Step.CATEGORISE, frozenset({Stage.EXAMINED, Stage.IN_TIERS}), Stage.IN_TIERS, frozenset({OFFICIAL}), "6.7.a"),
    _move(Step.CLIMB, Stage.IN_TIERS, None, TIER, "6.7.a"),
    _move(Step.SETTLE, Stage.IN_TIERS, Stage.SETTLED, TIER, "6.7.a"),
    _move(Step.REFER, AT_WORK, None, HANDLERS, "6.6.e"),
    _move(Step.ANSWER_REFERRAL, OPEN, None, HANDLERS | {Role.AGENCY}, "6.6.e"),
    _move(Step.ANSWER, Stage.SETTLED, None, LEADERS, "6.8"),
    _move(Step.REPORT, Stage.SETTLED, None, HANDLERS, "6.8"),
    _move(Step.CLOSE, Stage.SETTLED, Stage.CLOSED, HANDLERS, "6.8"),
    _move(Step.SAY_HELPED, frozenset({Stage.SETTLED, Stage.CLOSED}), None, REPORTER | HANDLERS, "6.8"),
    _move(Step.REOPEN, frozenset({Stage.SETTLED, Stage.CLOSED}), Stage.IN_TIERS, REPORTER | HANDLERS, "6.8"),
    _move(Step.LINK, frozenset(Stage), None, HANDLERS, "6.6.c"),
    _move(Step.NAME, OPEN, None, LEADERS, "6.5.a"),
    _move(Step.FOLLOW_UP, frozenset({Stage.SETTLED, Stage.CLOSED}), None, LEADERS, "6.8"),
    _move(Step.FINISH_FOLLOW_UP, frozenset({Stage.SETTLED, Stage.CLOSED}), None, LEADERS, "6.8"),
)
_BY_STEP = {move.step: move for move in MOVES}

# Whose turn it is; in the tiers it is the tier's own role.
TURN: dict[Stage, Role] = {
    **dict.fromkeys(EARLY | {Stage.PLANNED}, OFFICER),
    Stage.EXAMINED: OFFICIAL,
    Stage.SETTLED: OFFICIAL,
}


def move_for(step: Step, stage: Stage, *, clause: str) -> Move:
    """The move of `step` from `stage`; RuleBroken when the table has none: a step would be skipped."""
    move = _BY_STEP[step]
    if stage not in move.stages:
        raise RuleBroken(
            clause,
            "“{step}” belum atau tidak lagi dapat dilakukan: pengaduan ini pada tahap “{stage}”. Langkahnya berurutan.",
            step=STEP_TITLES[step],
            stage=STAGE_TITLES[stage],
        )
    return move


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """Every move that leaves, or stays in, `stage`."""
    return tuple(move for move in MOVES if stage in move.stages)
