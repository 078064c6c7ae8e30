"""One case on one screen, for officers (51.2, 51.3, 51.10.1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.errors import NotAllowed
from pasti.domain.kbli import CHOICE, WHY
from pasti.domain.licensing import Case, Ground, may_see, may_take, open_acts, procedure_reason, require_officer
from pasti.domain.reclassification import mapping_for, may_reclassify
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.standard import KbliChoice, KbliMapping, Procedure, Standard, Text
from pasti.domain.verdicts import may_judge
from pasti.domain.workflow import STATE_TITLES, Act, State
from pasti.queries.bar import Bar, bar_of
from pasti.queries.desk import on_desk
from pasti.queries.intake import DossierLine, SectionView, dossier, sections_of
from pasti.queries.ledger import TimelineEntry, timeline
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
    standard: Standard
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
    acts = open_acts(case, ground)
    lines = dossier(row, standard)
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
        standard=standard,
        bar=bar_of(row, standard, at),
        acts=acts,
        hindrance=_hindrance(case, ground),
        may_judge=may_judge(case, ground),
        sections=sections_of(row, standard, masked=True),
        dossier=lines,
        timeline=timeline(row.id, public_only=False),
        clarifications=tuple(row.clarifications.order_by("asked_at")),
        certificate_token=certificate.token if certificate and certificate.signed_sha256 else "",
        certificate_number=certificate.number if certificate else "",
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


def _hindrance(case: Case, ground: Ground) -> NotAllowed | None:
    try:
        require_officer(case, ground)
    except NotAllowed as no:
        return no
    return None
