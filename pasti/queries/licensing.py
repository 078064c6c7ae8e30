"""One case on one screen, for officers (51.2, 51.3, 51.10.1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain import validity
from pasti.domain.errors import NotAllowed
from pasti.domain.intake import Row
from pasti.domain.kbli import CHOICE, WHY
from pasti.domain.letters import letter_number
from pasti.domain.licensing import Case, Ground, holds, may_see, may_take, open_acts, procedure_reason, require_officer
from pasti.domain.procedures import open_classes
from pasti.domain.reclassification import mapping_for, may_reclassify
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.standard import KbliChoice, KbliMapping, Procedure, Standard, Text
from pasti.domain.verdicts import grounds_of_rejection, may_judge
from pasti.domain.workflow import STATE_TITLES, Act, State
from pasti.queries.bar import Bar, bar_of
from pasti.queries.desk import on_desk
from pasti.queries.intake import DossierLine, SectionView, dossier, sections_of
from pasti.queries.ledger import TimelineEntry, timeline
from pasti.queries.pace import leave_by
from pasti.queries.steps import StepLine, steps_of
from pasti.queries.validity import ChangeView, HearingView, waiting_after_issue
from pasti.records.licensing import Application, Clarification


@dataclass(frozen=True, kw_only=True)
class KbliView:
    """What a case's old KBLI code may have become, what was chosen and why."""

    mapping: KbliMapping
    chosen: KbliChoice | None
    reason: str
    may_choose: bool


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case on one screen. Personal data is masked; the act `looks.reveal` shows it and records the look."""

    id: UUID
    seen: int  # the version an act on this page decides on
    case: Case
    number: str
    business_name: str
    nib: str
    state_title: str
    waiting_for: str
    holder: str
    is_mine: bool
    can_take: bool
    held_since: datetime | None
    submitted_at: datetime | None
    procedure: Procedure
    procedure_reason: Text
    other_classes: tuple[Procedure, ...]  # those the actor may move the case to
    standard: Standard
    steps: tuple[StepLine, ...]
    bar: Bar
    acts: tuple[Act, ...]
    hindrance: NotAllowed | None  # why the actor may not act on it now
    may_judge: bool
    sections: tuple[SectionView, ...]
    dossier: tuple[DossierLine, ...]
    timeline: tuple[TimelineEntry, ...]
    clarifications: tuple[Clarification, ...]
    certificate_token: str
    certificate_number: str
    lapsed_on: date | None  # the last day of the term that ran out undecided
    leave_by: datetime | None  # when it must have left this hand, for the other steps to fit the promise
    letter: str  # the number of the signed letter of rejection; "" without one
    hearing: HearingView | None  # what its holder is being asked about the certificate
    change: ChangeView | None  # the change of data that waits for its decision
    kbli: KbliView | None  # None: its code is that of the edition in force


def case_view(actor: Actor, id: UUID, *, at: datetime) -> CaseView | None:
    """The case as the desk sees it; None when the actor may not (51.10.1)."""
    row = on_desk(actor).filter(pk=id).select_related("holder").first()
    if row is None or not may_see(row.case(), actor):
        return None
    standard = standards.load().edition(row.entry, row.effective)
    case, state = row.case(), State(row.state)
    ground = Ground(actor=actor, at=at, standard=standard, calendar=standards.load().calendar())
    procedure = standard.procedure(row.procedure)
    certificate = row.certificate
    lines, bar = dossier(row, standard), bar_of(row, standard, at)
    hearing, change = waiting_after_issue(row, at=at)
    acts = tuple(act for act in open_acts(case, ground) if _is_ripe(act, case, lines, ground, hearing=hearing, change=change))
    return CaseView(
        id=row.id,
        seen=row.ledger_length,
        case=case,
        number=row.number or "",
        business_name=row.business_name,
        nib=row.nib,
        state_title=STATE_TITLES[state],
        waiting_for=ROLE_TITLES[Role(row.waiting_role)] if row.waiting_role else "",
        holder=str(row.holder) if row.holder else "",
        is_mine=row.holder_id == actor.id,
        can_take=may_take(case, ground),
        held_since=row.held_since,
        submitted_at=row.submitted_at,
        procedure=procedure,
        procedure_reason=procedure_reason(standard, row.procedure_reason),
        other_classes=open_classes(case, ground, team_sent=row.has_team()),
        standard=standard,
        steps=steps_of(row, procedure, at=at, named=True),
        bar=bar,
        acts=acts,
        hindrance=_hindrance(case, ground),
        may_judge=may_judge(case, ground),
        sections=sections_of(row, standard, masked=True),
        dossier=lines,
        timeline=timeline(row.id, public_only=False),
        clarifications=tuple(row.clarifications.order_by("asked_at").prefetch_related("files")),
        certificate_token=certificate.token if certificate and certificate.signed_sha256 else "",
        certificate_number=certificate.number if certificate else "",
        lapsed_on=row.lapsed_on,
        leave_by=leave_by(row, standard, bar),
        letter=letter_number(row.number or "") if state is State.REJECTED else "",
        hearing=hearing,
        change=change,
        kbli=_kbli(row, ground),
    )


def _kbli(row: Application, ground: Ground) -> KbliView | None:
    business = row.answers.get("business", {})
    mapping = mapping_for(business, ground)
    if mapping is None:
        return None
    return KbliView(
        mapping=mapping,
        chosen=next((c for c in mapping.choices if c.code == business.get(CHOICE)), None),
        reason=str(business.get(WHY, "")),
        may_choose=may_reclassify(row.case(), business, ground),
    )


def _is_ripe(
    act: Act,
    case: Case,
    lines: tuple[DossierLine, ...],
    ground: Ground,
    *,
    hearing: HearingView | None,
    change: ChangeView | None,
) -> bool:
    """Whether the act has what it rests on, so that nobody is offered what would be refused (51.1, 51.5)."""
    if act is Act.REJECT:
        rows = tuple(
            Row(clause=x.requirement.clause, answers=x.answers, files=len(x.current_files), verdict=x.verdict, reason=x.reason)
            for x in lines
        )
        return holds(lambda: grounds_of_rejection(case, rows, ground))
    return validity.is_ripe(act, hearing.value if hearing else None, ground, waits=change is not None)


def _hindrance(case: Case, ground: Ground) -> NotAllowed | None:
    try:
        require_officer(case, ground)
    except NotAllowed as no:
        return no
    return None
