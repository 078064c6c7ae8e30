"""The application's rules: who may do what to a case now, and all that follows (51.1 to 51.5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from pasti.domain import clock as clocks
from pasti.domain.calendar import Calendar, jakarta_day
from pasti.domain.clock import Clock
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import said_day
from pasti.domain.standard import OnLapse, Procedure, Standard, Text
from pasti.domain.workflow import (
    FINAL,
    STATE_TITLES,
    TIMED,
    Act,
    By,
    ClockEffect,
    Direction,
    Move,
    State,
    move_for,
    moves_from,
    step_of,
    target_of,
)

EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.NOT_MET})


@dataclass(frozen=True, kw_only=True)
class Case:
    """An application as the rules see it."""

    id: UUID
    number: str
    entry: str
    state: State
    resume_to: State | None
    round: int  # 1 at first; each fulfilment after "not met" adds one
    assisted: bool  # filed with help at the counter
    procedure: str  # "" until submitted
    recommendation: str  # "" | "meets" | "not_meets"
    clock: Clock
    applicant_id: UUID
    holder_id: UUID | None
    hands: Mapping[Role, frozenset[str]]  # who has acted in which role
    warned: int | None = None  # the fewest remaining days at which a warning of this term went out
    rung: int = 0  # how far up the ladder an overdue term has been carried
    fulfil_by: date | None = None  # the last day to fulfil what was found not met
    fulfil_warned: int | None = None  # the fewest remaining days of it at which the applicant was reminded


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every act stands on: who, when, under which edition and calendar, and the reason given."""

    actor: Actor
    at: datetime
    standard: Standard
    calendar: Calendar
    reason: str = ""


def choose_procedure(standard: Standard, *, assisted: bool, facts: frozenset[str]) -> tuple[Procedure, Text]:
    """The procedure class for a new application and why, by the edition's stated rule (51.2).

    `facts` are those that hold of the application, such as "outside_estate" and "medium_scale".
    """
    for rule in standard.procedure_rules:
        if rule.assisted in (None, assisted) and (not rule.visit_when or rule.visit_when & facts):
            return standard.procedure(rule.procedure), rule.reason
    raise RuleBroken(standard.cite("2"), "Tidak ada kelas prosedur yang cocok. Periksa `procedure_rules` pada berkas standar.")


def procedure_reason(standard: Standard, told: str) -> Text:
    """The reason as the edition words it, for the Indonesian one that was kept when the class was chosen (51.2)."""
    return next((rule.reason for rule in standard.procedure_rules if rule.reason.id == told), Text(id=told))


def assists(case: Case, actor: Actor) -> bool:
    """Whether the actor may fill in the case at the counter for its applicant (51.2)."""
    return case.assisted and actor.has(Role.COUNTER_OFFICER) and actor.id != case.applicant_id


def may_see(case: Case, actor: Actor) -> bool:
    """Whether the actor may open the case: its applicant, who helps at the counter, or the desk once it is submitted."""
    if actor.id == case.applicant_id or assists(case, actor):
        return True
    return actor.may_open_desk and case.state is not State.DRAFT


def procedure_of(case: Case, standard: Standard) -> Procedure:
    """The class the case follows; before submission the edition's first, whose opening steps are alike."""
    return standard.procedure(case.procedure) if case.procedure else standard.procedures[0]


def responsible(case: Case, state: State, standard: Standard) -> Role | None:
    """The role that acts in `state`; None when it is the applicant's turn or nobody's."""
    step = step_of(procedure_of(case, standard), state)
    return step.actor if step and state not in FINAL | EDITABLE else None


def require_officer(case: Case, ground: Ground, *, role: Role | None = None) -> Role:
    """The role the actor may act in on this case now, `role` or that of the open step; NotAllowed says why not (51.10.1)."""
    cite = ground.standard.cite("10.1")
    role = role or responsible(case, case.state, ground.standard)
    if role is None:
        raise NotAllowed(cite, "Tahap “{state}” sekarang tidak menunggu petugas.", state=STATE_TITLES[case.state])
    if not ground.actor.has(role):
        title = ROLE_TITLES[role]
        raise NotAllowed(cite, "Tahap “{state}” dikerjakan oleh: {role}.", state=STATE_TITLES[case.state], role=title)
    if ground.actor.id == case.applicant_id:
        raise NotAllowed(cite, "Anda pemohon berkas ini, jadi tidak dapat memprosesnya sebagai petugas.")
    for other, ids in case.hands.items():
        if other is not role and str(ground.actor.id) in ids:
            raise NotAllowed(
                cite,
                "Anda sudah bertindak sebagai {other} pada berkas ini. Minta petugas lain: satu berkas tidak diperiksa, "
                "divalidasi, dan diputus oleh orang yang sama.",
                other=ROLE_TITLES[other],
            )
    if case.holder_id is not None and case.holder_id != ground.actor.id:
        raise NotAllowed(cite, "Berkas ini sedang dipegang petugas lain. Ambil alih lebih dahulu bila memang tugas Anda.")
    return role


def require_may(case: Case, act: Act, ground: Ground) -> Move:
    """The move, when the actor may make it now; RuleBroken or NotAllowed otherwise."""
    move = move_for(act, case.state, entry=case.entry)
    if move.by is By.APPLICANT:
        if ground.actor.id != case.applicant_id and not (act is Act.SUBMIT and assists(case, ground.actor)):
            raise NotAllowed(ground.standard.cite("2"), "Hanya pemohon yang dapat melakukan ini.")
    elif move.by is By.SYSTEM:
        if not ground.actor.has(Role.SYSTEM):
            raise NotAllowed(ground.standard.cite("3"), "Ini dicatat sistem sendiri begitu waktunya tiba.")
    else:
        require_officer(case, ground, role=move.role)
    _require_in_time(case, move, ground)
    return move


def is_overdue(case: Case, ground: Ground) -> bool:
    """Whether the case's term had run out undecided at that moment (51.3)."""
    counts = case.state in TIMED and case.clock.state in (clocks.ClockState.RUNNING, clocks.ClockState.STOPPED)
    return counts and clocks.reckon(case.clock, ground.standard.clock, ground.calendar, ground.at).is_overdue


def require_not_lapsed(case: Case, ground: Ground) -> None:
    """What time has decided, no officer decides otherwise: a lapse binds from midnight on, recorded or not (51.1, 51.3)."""
    _require_term(case, ground)
    _require_fulfilment(case, ground)


def _require_term(case: Case, ground: Ground) -> None:
    if ground.standard.clock.on_lapse is OnLapse.DEEMED_APPROVED and is_overdue(case, ground):
        raise RuleBroken(
            ground.standard.cite("3"),
            "Batas waktunya sudah lewat tanpa keputusan, jadi permohonan ini dianggap disetujui. Sistem segera mencatatnya; "
            "sertifikatnya tinggal ditandatangani.",
        )


def _require_fulfilment(case: Case, ground: Ground) -> None:
    if fulfilment_lapsed(case):
        raise RuleBroken(
            ground.standard.cite("1"), "Waktu pemenuhan pemohon sudah lewat. Yang terbuka sekarang hanya penolakan dengan surat."
        )


def _require_in_time(case: Case, move: Move, ground: Ground) -> None:
    """A lapse binds the office and the applicant (51.1, 51.3)."""
    if move.by is By.OFFICER and move.act is not Act.SIGN:  # what is late is signed all the same
        _require_term(case, ground)
    if case.state is State.NOT_MET and move.act is Act.SUBMIT and case.fulfil_by and jakarta_day(ground.at) > case.fulfil_by:
        raise RuleBroken(
            ground.standard.cite("1"),
            "Waktu untuk memenuhi syarat berakhir pada {day}. Ajukan permohonan baru.",
            day=said_day(case.fulfil_by),
        )
    if move.act not in (Act.REJECT, Act.WITHDRAW):
        _require_fulfilment(case, ground)


def fulfilment_lapsed(case: Case) -> bool:
    """Whether the case is back with the head because the applicant let the fulfilment term lapse (51.1)."""
    return case.state is State.DECISION and case.clock.state is clocks.ClockState.ENDED


def open_acts(case: Case, ground: Ground) -> tuple[Act, ...]:
    """The acts the actor may make on the case now, for the desk to offer."""
    return tuple(move.act for move in moves_from(case.state) if holds(lambda act=move.act: require_may(case, act, ground)))  # type: ignore[misc]  # bound now


def require_reason(ground: Ground) -> str:
    """The reason in the actor's words; RuleBroken when it is missing or too short to mean anything."""
    reason = ground.reason.strip()
    if len(reason) < 10:
        raise RuleBroken(ground.standard.cite("3"), "Tulis alasannya, paling sedikit 10 huruf; alasan ini tercatat pada berkas.")
    return reason


def _clock_after(case: Case, effect: ClockEffect, ground: Ground) -> Clock:
    by = str(ground.actor.id)
    if effect is ClockEffect.START:
        return clocks.start(case.clock, at=ground.at, actor=by)
    if effect is ClockEffect.STOP:
        return clocks.stop(case.clock, at=ground.at, actor=by, reason=ground.reason)
    if effect is ClockEffect.RESUME:
        return clocks.resume(case.clock, at=ground.at, actor=by)
    if effect is ClockEffect.END and case.clock.state in (clocks.ClockState.RUNNING, clocks.ClockState.STOPPED):
        return clocks.end(case.clock, at=ground.at, actor=by)
    return case.clock


def _clock_changes(clock: Clock, act: Act, case: Case, ground: Ground) -> tuple[dict[str, object], tuple[Event, ...]]:
    """The clock's columns and facts; the due date is reckoned with the calendar known at that moment (51.3)."""
    if clock == case.clock:
        return {}, ()
    reckoning = clocks.reckon(clock, ground.standard.clock, ground.calendar, ground.at)
    due_on = None if clock.state is clocks.ClockState.ENDED else reckoning.due_on  # a stop that comes too late keeps it
    dated = clocks.dated(clock, due_on)
    event = clocks.as_event(dated.events[-1], clause=ground.standard.cite("3"))
    changes: dict[str, object] = {"clock": dated.to_json(), "due_on": due_on}
    if clock.state is clocks.ClockState.ENDED:
        event = replace(event, by_itself=True)
        changes |= {"used_days": reckoning.used, "was_late": reckoning.is_overdue, "escalated_to": ""}
        if act is not Act.WITHDRAW:  # what figures count: a term the applicant ended says nothing of the office
            event = replace(event, after={**event.after, "used_days": reckoning.used, "late": reckoning.is_overdue})
    if case.clock.state is clocks.ClockState.NOT_STARTED:
        changes |= {"warned": None, "rung": 0}
    return changes, (event,)


def _hands(case: Case, role: Role, ground: Ground) -> dict[str, list[str]]:
    hands = {str(r): sorted(ids) for r, ids in case.hands.items()}
    hands[role] = sorted({*hands.get(role, []), str(ground.actor.id)})
    return hands


def move(
    case: Case, act: Act, ground: Ground, *, after: Mapping[str, Json] | None = None, changes: Mapping[str, object] | None = None
) -> Outcome:
    """Make one move of the table: the new state and holder, the clock's effect, the facts, the applicant's notice.

    `changes` and `after` are what the act adds to the row and to the fact. RuleBroken or NotAllowed when it may not be.
    """
    permitted = require_may(case, act, ground)
    procedure = procedure_of(case, ground.standard)
    target = target_of(permitted, state=case.state, procedure=procedure, resume_to=case.resume_to)
    clock_changes, clock_events = _clock_changes(_clock_after(case, permitted.clock, ground), act, case, ground)
    step = step_of(procedure, target)
    waiting = responsible(case, target, ground.standard)
    turn: dict[str, object] = {
        "state": target,
        "step": step.id if step else "",
        "holder_id": None,
        "held_since": ground.at,
        "waiting_role": waiting or "",
        "resume_to": case.state if act is Act.ASK else "",
    }
    stays = permitted.target is Direction.STAY
    result: dict[str, object] = {**({} if stays else turn), **clock_changes, **(changes or {})}
    if permitted.by is By.OFFICER:
        role = permitted.role or responsible(case, case.state, ground.standard)
        assert role is not None, "require_may has seen to it"
        result["hands"] = _hands(case, role, ground)
    event = Event(
        kind=f"application.{EVENT_OF[act]}",
        clause=ground.standard.cite(permitted.clause),
        reason=ground.reason.strip(),
        before={"state": case.state},
        after={"state": target, **(after or {})},
        public=act is not Act.SEND_BACK,
    )
    errands = (Errand(name="tell_applicant", payload={"kind": EVENT_OF[act]}),) if act in TOLD else ()
    return Outcome(changes=result, events=(event, *clock_events), errands=errands)


EVENT_OF: dict[Act, str] = {
    Act.SUBMIT: "submitted",
    Act.RETURN: "returned",
    Act.ACCEPT: "accepted",
    Act.ASK: "asked",
    Act.ANSWER: "answered",
    Act.REVIEW: "reviewed",
    Act.INSPECT: "inspected",
    Act.RECOMMEND: "recommended",
    Act.VALIDATE: "validated",
    Act.SEND_BACK: "sent_back",
    Act.APPROVE: "approved",
    Act.FIND_NOT_MET: "found_not_met",
    Act.SIGN: "signed",
    Act.WITHDRAW: "withdrawn",
    Act.LAPSE: "deemed_approved",
    Act.LAPSE_FULFILMENT: "fulfilment_lapsed",
    Act.REJECT: "rejected",
    Act.HEAR: "heard",
    Act.RESPOND: "responded",
    Act.SUSPEND: "suspended",
    Act.REINSTATE: "reinstated",
    Act.REVOKE: "revoked",
    Act.REQUEST_CHANGE: "change_requested",
    Act.REFUSE_CHANGE: "change_refused",
    Act.REPLACE: "replaced",
}

# The acts the applicant hears of by message.
TOLD = frozenset(
    {
        Act.SUBMIT,
        Act.RETURN,
        Act.ACCEPT,
        Act.ASK,
        Act.FIND_NOT_MET,
        Act.SIGN,
        Act.WITHDRAW,
        Act.LAPSE,
        Act.LAPSE_FULFILMENT,
        Act.REJECT,
        Act.HEAR,
        Act.SUSPEND,
        Act.REINSTATE,
        Act.REVOKE,
        Act.REFUSE_CHANGE,
    }
)


def tell_office(kind: str, roles: tuple[Role, ...], **more: Json) -> Errand:
    """The errand that writes to who holds the case and to `roles`."""
    names: list[Json] = [role.value for role in dict.fromkeys(roles)]
    return Errand(name="tell_office", payload={"kind": kind, "roles": names, **more})


def take(case: Case, ground: Ground) -> Outcome:
    """Take the case in hand, or over from a colleague of the same role (51.10.1)."""
    require_officer(_unheld(case), ground)
    event = Event(
        kind="application.taken",
        clause=ground.standard.cite("10.1"),
        before={"holder": str(case.holder_id) if case.holder_id else None},
        after={"holder": str(ground.actor.id)},
    )
    return Outcome(changes={"holder_id": ground.actor.id, "held_since": ground.at}, events=(event,))


def _unheld(case: Case) -> Case:
    return Case(**{**case.__dict__, "holder_id": None})


def holds(rule: Callable[[], object]) -> bool:
    """Whether a rule lets it be."""
    try:
        rule()
    except RuleBroken:
        return False
    return True


def may_take(case: Case, ground: Ground) -> bool:
    """Whether the actor may take the case in hand, and does not hold it already."""
    return case.holder_id != ground.actor.id and holds(lambda: take(case, ground))


def ask(case: Case, ground: Ground) -> Outcome:
    """Ask the applicant something: the clock stops, the reason is shown to them (51.3)."""
    require_may(case, Act.ASK, ground)
    require_reason(ground)
    return move(case, Act.ASK, ground)


def simple(act: Act) -> Callable[[Case, Ground], Outcome]:
    """A move whose note is required and nothing else is: review, validate, send back, withdraw."""

    def rule(case: Case, ground: Ground) -> Outcome:
        require_may(case, act, ground)
        require_reason(ground)
        return move(case, act, ground)

    return rule
