"""A complaint as the rules see it, who may do what to it now, and all that follows from one move (51.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pasti.domain.complaint_promise import Tier
from pasti.domain.complaint_steps import FINAL, TIER, TURN, Move, Stage, Step, move_for, moves_from
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.licensing import Ground, holds
from pasti.domain.roles import COMPLAINT_ROLES, ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence, listed
from pasti.domain.standard import Standard

SHORTEST = 10  # letters of a reason, a report or a result


class Kind(StrEnum):
    """What a filing is taken for. Only a complaint is examined; all are answered (51.6.3, 51.6.5.b)."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INPUT = "input"
    CORRECTION = "correction"
    REVISION = "revision"


KIND_TITLES: dict[Kind, Sentence] = {
    Kind.COMPLAINT: Sentence("Pengaduan"),
    Kind.SUGGESTION: Sentence("Saran"),
    Kind.INPUT: Sentence("Masukan"),
    Kind.CORRECTION: Sentence("Koreksi"),
    Kind.REVISION: Sentence("Revisi"),
}


class Finding(StrEnum):
    """What the handling found."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    UNSUBSTANTIATED = "unsubstantiated"
    NOTED = "noted"  # no complaint: taken note of


FINDING_TITLES: dict[Finding, Sentence] = {
    Finding.SUBSTANTIATED: Sentence("Terbukti"),
    Finding.PARTLY: Sentence("Terbukti sebagian"),
    Finding.UNSUBSTANTIATED: Sentence("Tidak terbukti"),
    Finding.NOTED: Sentence("Dicatat"),
}
PROVEN = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY})


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One complaint, suggestion, input, correction or revision."""

    id: UUID
    number: str
    kind: Kind
    stage: Stage
    received_at: datetime
    received_on: date  # the day that counts as day zero
    service_on: date | None  # None: not known; asked, never assumed
    service_day_unknowable: bool  # an officer has written why the day cannot be learned
    has_identity: bool
    is_secret: bool
    has_object: bool
    category: int | None
    tier: int  # index in the category's tiers
    open_actions: int
    open_referrals: int
    inspectorate_basis: str  # "" | "approval" | "rule" | "agency"
    finding: Finding | None
    answered_at: datetime | None
    reported_at: datetime | None
    helped: bool | None
    reopened: int
    holder_id: UUID | None
    named: frozenset[UUID]  # who may see a secret identity
    involved: frozenset[UUID]  # who acted on the case it is about
    screened_at: datetime | None
    respond_due_on: date | None
    answer_due_on: date | None
    decide_due_on: date | None
    due_on: date | None
    warned: int | None
    rung: int
    owners: frozenset[UUID] = frozenset()  # who was given a step of the plan or a follow-up

    @property
    def is_complaint(self) -> bool:
        """Whether it is examined, not only taken note of."""
        return self.kind is Kind.COMPLAINT


def may_see(complaint: Complaint, actor: Actor) -> bool:
    """Whether the actor may open it at the desk: the technical team only what came to it, or holds work of its own (51.6)."""
    if actor.roles & COMPLAINT_ROLES:
        return True
    return actor.has(Role.TECHNICAL_TEAM) and (complaint.category == 2 or actor.id in complaint.owners)


def may_see_identity(complaint: Complaint, actor: Actor) -> bool:
    """Whether the actor may have the reporter's identity shown: handlers; when it is secret, only those named (51.6.5.a)."""
    if complaint.is_secret:
        return actor.id in complaint.named
    return bool(actor.roles & {Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD})


def tier_of(complaint: Complaint, standard: Standard) -> Tier | None:
    """The open tier; None before there is one."""
    if complaint.category is None or complaint.stage is not Stage.IN_TIERS:
        return None
    return standard.handling.category(complaint.category).tiers[complaint.tier]


def turn(complaint: Complaint, standard: Standard) -> Role | None:
    """The role whose turn it is; None when nobody's."""
    tier = tier_of(complaint, standard)
    return tier.role if tier else TURN.get(complaint.stage)


def require_may(complaint: Complaint, step: Step, ground: Ground) -> Move:
    """The move, when the actor may make it now; RuleBroken or NotAllowed otherwise (51.6)."""
    move = move_for(step, complaint.stage, clause=ground.standard.cite("6"))
    roles = move.roles
    if move.roles == TIER:
        tier = tier_of(complaint, ground.standard)
        assert tier is not None, "the table asks it only in the tiers"
        roles = frozenset({tier.role})
    cite = ground.standard.cite(move.clause)
    if step in OWN_WORK and ground.actor.id in complaint.owners:
        return move
    if not ground.actor.roles & roles:
        titles = listed(ROLE_TITLES[role] for role in sorted(roles))
        raise NotAllowed(cite, "Ini dikerjakan oleh: {roles}.", roles=titles)
    if ground.actor.id is not None and ground.actor.id in complaint.involved and not ground.actor.has(Role.HEAD):
        raise NotAllowed(cite, "Anda pernah memproses berkas yang diadukan. Minta petugas lain menangani pengaduan ini.")
    if _is_held_by_another(complaint, ground) and step is not Step.TAKE:
        raise NotAllowed(cite, "Pengaduan ini sedang dipegang petugas lain. Ambil alih lebih dahulu bila memang tugas Anda.")
    return move


OWN_WORK = frozenset({Step.RECORD_RESULT, Step.FINISH_FOLLOW_UP})  # what its owner may do, whatever the role


def _is_held_by_another(complaint: Complaint, ground: Ground) -> bool:
    """Whether a colleague of the role whose turn it is has it in hand."""
    if complaint.holder_id in (None, ground.actor.id) or ground.actor.id is None:
        return False
    return turn(complaint, ground.standard) in ground.actor.roles


def open_steps(complaint: Complaint, ground: Ground) -> tuple[Step, ...]:
    """The steps the actor may take now and that find something to do, for the desk to offer."""
    steps = (move.step for move in moves_from(complaint.stage) if _finds_work(complaint, move.step, ground))
    return tuple(step for step in steps if holds(lambda step=step: require_may(complaint, step, ground)))  # type: ignore[misc]  # bound now


def _finds_work(complaint: Complaint, step: Step, ground: Ground) -> bool:
    """Whether there is anything to do: what has been answered is not answered again."""
    if step is Step.TAKE:
        return complaint.holder_id != ground.actor.id and turn(complaint, ground.standard) in ground.actor.roles
    return WORK[step](complaint) if step in WORK else True


WORK: dict[Step, Callable[[Complaint], bool]] = {
    Step.TAKE_NOTE: lambda c: not c.is_complaint,
    Step.FORMULATE: lambda c: c.is_complaint,
    Step.RECORD_RESULT: lambda c: c.open_actions > 0,
    Step.CONCLUDE: lambda c: not c.open_actions and not c.open_referrals,
    Step.APPROVE_INSPECTORATE: lambda c: not c.inspectorate_basis,
    Step.ANSWER_REFERRAL: lambda c: c.open_referrals > 0,
    Step.ANSWER: lambda c: c.answered_at is None,
    Step.REPORT: lambda c: c.reported_at is None,
    Step.CLOSE: lambda c: c.answered_at is not None and c.reported_at is not None,
    Step.SAY_HELPED: lambda c: c.answered_at is not None and c.helped is None,
    Step.REOPEN: lambda _: False,  # what the reporter says leads there, nobody chooses it
    Step.NAME: lambda c: c.is_secret,
    Step.FOLLOW_UP: lambda c: c.finding in PROVEN,
    Step.FINISH_FOLLOW_UP: lambda c: c.finding in PROVEN,
}

NEXT: dict[Stage, Step] = {
    Stage.RECEIVED: Step.SCREEN,
    Stage.SCREENED: Step.GROUP,
    Stage.GROUPED: Step.FORMULATE,
    Stage.FORMULATED: Step.RELATE,
    Stage.RELATED: Step.CHECK,
    Stage.CHECKED: Step.PLAN,
    Stage.PLANNED: Step.CONCLUDE,
    Stage.EXAMINED: Step.CATEGORISE,
    Stage.IN_TIERS: Step.SETTLE,
    Stage.CLOSED: Step.FOLLOW_UP,
    Stage.SET_ASIDE: Step.RESTORE,
}


def next_step(complaint: Complaint) -> Step:
    """The step that leads on from where it stands."""
    if complaint.stage is Stage.GROUPED and not complaint.is_complaint:
        return Step.TAKE_NOTE
    if complaint.stage is Stage.SETTLED:
        if complaint.answered_at is None:
            return Step.ANSWER
        return Step.REPORT if complaint.reported_at is None else Step.CLOSE
    return NEXT[complaint.stage]


def words(text: str, ground: Ground, *, clause: str, what: Sentence) -> str:
    """The stripped text; RuleBroken when it is too short to mean anything. `what` names it."""
    said = text.strip()
    if len(said) < SHORTEST:
        raise RuleBroken(ground.standard.cite(clause), "Tulis {what}, paling sedikit {least} huruf.", what=what, least=SHORTEST)
    return said


def move(
    complaint: Complaint,
    step: Step,
    ground: Ground,
    *,
    changes: Mapping[str, object] | None = None,
    after: Mapping[str, Json] | None = None,
    clause: str = "",
    public: bool = False,
    tier: Tier | None = None,
    errands: tuple[Errand, ...] = (),
) -> Outcome:
    """Make one move of the table: stage, turn and holder, the fact, the errands. `tier`: the one that opens with it."""
    permitted = require_may(complaint, step, ground)
    target = permitted.target or complaint.stage
    result: dict[str, object] = dict(changes or {})
    said: dict[str, Json] = dict(after or {})
    role = tier.role if tier else TURN.get(target)
    if target is not complaint.stage or tier is not None:
        result |= {"stage": target, "waiting_role": role or "", "held_since": ground.at}
        said = {"stage": target, **said}
        if role != turn(complaint, ground.standard):
            result["holder_id"] = None
    if target in FINAL:
        result |= {"escalated_to": ""}
    event = Event(
        kind=f"complaint.{EVENT_OF[step]}",
        clause=clause or ground.standard.cite(permitted.clause),
        reason=ground.reason.strip(),
        before={"stage": complaint.stage},
        after=said,
        public=public,
    )
    return Outcome(changes=result, events=(event,), errands=errands)


EVENT_OF: dict[Step, str] = {
    Step.TAKE: "taken",
    Step.ASK: "asked",
    Step.COMPLETE: "completed",
    Step.SCREEN: "screened",
    Step.SET_ASIDE: "set_aside",
    Step.RESTORE: "restored",
    Step.GROUP: "grouped",
    Step.TAKE_NOTE: "noted",
    Step.FORMULATE: "formulated",
    Step.RELATE: "related",
    Step.CHECK: "checked",
    Step.PLAN: "planned",
    Step.ADD_ACTION: "action_added",
    Step.RECORD_RESULT: "result_recorded",
    Step.CONCLUDE: "concluded",
    Step.APPROVE_INSPECTORATE: "inspectorate_approved",
    Step.CATEGORISE: "categorised",
    Step.CLIMB: "climbed",
    Step.SETTLE: "settled",
    Step.REFER: "referred",
    Step.ANSWER_REFERRAL: "referral_answered",
    Step.ANSWER: "answered",
    Step.REPORT: "reported",
    Step.CLOSE: "closed",
    Step.SAY_HELPED: "helped",
    Step.REOPEN: "reopened",
    Step.LINK: "linked",
    Step.NAME: "named",
    Step.FOLLOW_UP: "followed_up",
    Step.FINISH_FOLLOW_UP: "follow_up_finished",
}


def tell_reporter(kind: str) -> Errand:
    """The errand that writes to the reporter; the address is read from the encrypted identity when it runs."""
    return Errand(name="tell_reporter", payload={"kind": kind})


def tell_handlers(kind: str, roles: tuple[Role, ...], **more: Json) -> Errand:
    """The errand that writes to who holds the complaint and to `roles`."""
    names: list[Json] = [role.value for role in dict.fromkeys(roles)]
    return Errand(name="tell_handlers", payload={"kind": kind, "roles": names, **more})


def tell_owner(kind: str, owner: UUID, due_on: date) -> Errand:
    """The errand that writes to who was given something to do: "action" or "follow_up"."""
    return Errand(name="tell_owner", payload={"kind": kind, "owner": str(owner), "due_on": due_on.isoformat()})
