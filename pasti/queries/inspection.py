"""A field inspection as its team, the desk and the applicant see it (51.2, 51.13.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.fieldwork import Minutes
from pasti.domain.inspection import CLOSED, STAGE_TITLES, STARTABLE, Finding, Inspection, Stage, role_of
from pasti.domain.licensing import may_see
from pasti.domain.roles import Actor
from pasti.domain.standard import Requirement, SafetyChecklist, Standard
from pasti.domain.workflow import State
from pasti.queries.intake import AnswerLine, choices, dossier
from pasti.queries.ledger import TimelineEntry, timeline
from pasti.records.accounts import Account
from pasti.records.inspection import Inspection as InspectionRow
from pasti.records.inspection import Photo
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application


@dataclass(frozen=True, kw_only=True)
class PhotoLine:
    """One photograph: what it shows, when and where it was taken."""

    sha256: str
    clause: str
    made_at: datetime
    position: str  # "-6.45020, 107.45310 (±12 m)"; "" when the device did not say


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """One requirement to look at in the field: what was answered, what is found, the photographs."""

    requirement: Requirement
    answers: tuple[AnswerLine, ...]
    finding: Finding | None
    photos: tuple[PhotoLine, ...]


@dataclass(frozen=True, kw_only=True)
class InspectionView:
    """One inspection on one screen."""

    id: UUID
    seen: int  # the version an act on this page decides on
    case_id: UUID
    applicant_id: UUID
    number: str
    business_name: str
    site: str
    standard: Standard
    letter: str
    assigned_at: datetime
    team: tuple[str, ...]
    lead: str
    stage: Stage
    stage_title: str
    visit_at: datetime | None
    proposed_at: datetime | None
    proposal_reason: str
    is_member: bool
    may_note: bool
    may_offer: bool
    checklist: SafetyChecklist
    is_safe: bool
    started_at: datetime | None
    is_closed: bool
    lines: tuple[FieldLine, ...]
    photos: tuple[PhotoLine, ...]  # those that belong to no requirement
    timeline: tuple[TimelineEntry, ...]
    minutes_sha256: str

    @property
    def starts_on(self) -> date | None:
        """The first day on which the visit may start; None while no time stands."""
        return jakarta_day(self.visit_at) if self.visit_at and self.stage in STARTABLE else None

    @property
    def offer_reason(self) -> str:
        """Why the last offered time is an unusual one; "" when it is not."""
        return next((entry.reason for entry in self.timeline if entry.kind == "inspection.offered"), "")

    @property
    def verdicts(self) -> dict[str, str]:
        """Requirement -> verdict, of those found so far."""
        return {line.requirement.clause: line.finding.verdict for line in self.lines if line.finding}


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """Where a case's inspection stands, in few words."""

    id: UUID
    seen: int
    letter: str
    stage: Stage
    stage_title: str
    spoken_of: datetime | None  # the time the stage is about; None while no time is offered
    is_closed: bool


def inspection_view(actor: Actor, id: UUID, *, public_only: bool = False) -> InspectionView | None:
    """The inspection, when the actor may see its case; None otherwise. At most 11 SQL queries."""
    row = InspectionRow.objects.filter(pk=id).select_related("application", "lead").first()
    if row is None or not may_see(row.application.case(), actor):
        return None
    application, found = row.application, row.inspection()
    standard = standards.load().edition(application.entry, application.effective)
    lines, others = _lines(application, standard, found, _photos(row))
    is_member = actor.id in found.team
    return InspectionView(
        id=row.id,
        seen=row.ledger_length,
        case_id=application.id,
        applicant_id=application.applicant_id,
        number=application.number or "",
        business_name=application.business_name,
        site=_site(application),
        standard=standard,
        letter=row.letter,
        assigned_at=row.assigned_at,
        team=tuple(sorted(m.account.get_full_name() for m in row.team.select_related("account"))),
        lead=row.lead.get_full_name(),
        stage=found.stage,
        stage_title=STAGE_TITLES[found.stage],
        visit_at=row.visit_at,
        proposed_at=row.proposed_at,
        proposal_reason=row.proposal_reason,
        is_member=is_member,
        may_note=is_member and found.stage not in CLOSED and application.state == State.FIELD_INSPECTION,
        may_offer=is_member and found.started_at is None,
        checklist=standard.safety_checklist,
        is_safe={i.id for i in standard.safety_checklist.items} <= found.safety,
        started_at=row.started_at,
        is_closed=found.stage in CLOSED,
        lines=lines,
        photos=others,
        timeline=timeline(row.id, public_only=public_only),
        minutes_sha256=row.minutes_sha256,
    )


def _site(application: Application) -> str:
    place = application.answers.get("place", {})
    district = dict(choices().districts).get(str(place.get("district", "")), "")
    return ", ".join(filter(None, (str(place.get("site_address", "")), str(place.get("village", "")), district)))


def _photos(row: InspectionRow) -> list[PhotoLine]:
    photos = Photo.objects.filter(item__inspection=row).select_related("item").order_by("item__made_at", "item_id")
    return [PhotoLine(sha256=p.sha256, clause=p.clause, made_at=p.item.made_at, position=_position(p)) for p in photos]


def _position(photo: Photo) -> str:
    if photo.latitude is None or photo.longitude is None:
        return ""
    near = f" (±{photo.accuracy_metres:.0f} m)" if photo.accuracy_metres is not None else ""
    return f"{photo.latitude:.5f}, {photo.longitude:.5f}{near}"


def _lines(
    application: Application, standard: Standard, found: Inspection, photos: list[PhotoLine]
) -> tuple[tuple[FieldLine, ...], tuple[PhotoLine, ...]]:
    before = {r.clause for r in standard.before_issue()}
    lines = tuple(
        FieldLine(
            requirement=line.requirement,
            answers=line.lines,
            finding=found.findings.get(line.requirement.clause),
            photos=tuple(p for p in photos if p.clause == line.requirement.clause),
        )
        for line in dossier(application, standard)
        if line.requirement.clause in before
    )
    return lines, tuple(p for p in photos if p.clause not in before)


def of_case(application_id: UUID, round: int) -> VisitLine | None:
    """The inspection of this round of a case; None while nobody is assigned. At most two SQL queries."""
    return _visit_line(InspectionRow.objects.filter(application_id=application_id, round=round).first())


def latest_of(application_id: UUID) -> VisitLine | None:
    """The last inspection of a case that the reader may see; None when there is none. At most two SQL queries."""
    return _visit_line(InspectionRow.objects.filter(application_id=application_id).order_by("-round").first())


def _visit_line(row: InspectionRow | None) -> VisitLine | None:
    if row is None:
        return None
    stage = Stage(row.stage)
    return VisitLine(
        id=row.id,
        seen=row.ledger_length,
        letter=row.letter,
        stage=stage,
        stage_title=STAGE_TITLES[stage],
        spoken_of=_spoken_of(row, stage),
        is_closed=stage in CLOSED,
    )


def _spoken_of(row: InspectionRow, stage: Stage) -> datetime | None:
    """The appointment until it is kept, the one asked for while that waits; then when it began, was signed, was concluded."""
    if stage is Stage.CONCLUDED:
        closing = LedgerEntry.objects.filter(subject_id=row.id, kind="inspection.concluded")
        return closing.order_by("-seq").values_list("at", flat=True).first()
    own = {Stage.COUNTERED: row.proposed_at, Stage.STARTED: row.started_at, Stage.SEALED: row.sealed_at}
    return own.get(stage, row.visit_at)


def candidates(application_id: UUID, *, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """The officers who may be sent along today: who holds the role that inspects (51.2). At most three SQL queries."""
    row = Application.objects.get(pk=application_id)
    role, today = role_of(row.case(), standards.load().edition(row.entry, row.effective)), jakarta_day(at)
    accounts = Account.objects.filter(appointments__role=role, is_active=True).distinct().prefetch_related("appointments")
    held = [a for a in accounts.order_by("name") if a.actor(today).has(role) and a.id != row.applicant_id]
    return tuple((a.id, a.get_full_name()) for a in held)


def findings_now(id: UUID) -> Mapping[str, Finding]:
    """The findings that count, for a device that asks after sending."""
    return InspectionRow.objects.get(pk=id).inspection().findings


def picture(actor: Actor, id: UUID, sha256: str) -> str | None:
    """The type of a picture of this inspection, or of the drawn signature; None when the actor may not see it."""
    row = InspectionRow.objects.filter(pk=id).select_related("application").first()
    if row is None or not may_see(row.application.case(), actor):
        return None
    photo = Photo.objects.filter(item__inspection=row, sha256=sha256).first()
    if photo is not None:
        return photo.mime
    return "image/png" if row.minutes and row.minutes.get("drawing") == sha256 else None


def signed_minutes(actor: Actor, id: UUID) -> Minutes | None:
    """The minutes as both sides signed them; None when there are none or the actor may not see them."""
    row = InspectionRow.objects.filter(pk=id).select_related("application").first()
    if row is None or not row.minutes or not may_see(row.application.case(), actor):
        return None
    minutes: Minutes = row.minutes
    return minutes
