"""Findings of oversight as they are followed up (51.10.1, 51.10.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pasti.domain.calendar import jakarta_day
from pasti.domain.findings import STAGE_TITLES, Stage
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.queries.samples import oversees
from pasti.records.sampling import OversightFinding

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """One finding; what the reader may do to it now."""

    id: UUID
    seen: int
    case_id: UUID | None
    number: str
    sample_id: UUID | None
    as_role: Sentence
    raised_at: datetime
    raised_by: str
    words: str
    owner: Sentence
    due_on: date
    stage: Stage
    stage_title: Sentence
    is_overdue: bool
    result: str
    answered_at: datetime | None
    answered_by: str
    closing: str
    closed_at: datetime | None
    closed_by: str
    may_answer: bool
    may_judge: bool


@dataclass(frozen=True, kw_only=True)
class Findings:
    """One page of findings, the first due first, and the key of the last when there are more."""

    rows: tuple[FindingView, ...]
    next_key: str


def findings(actor: Actor, *, at: datetime, closed: bool = False, after: str = "") -> Findings:
    """The open findings, or the closed ones: all for who oversees, for others those they must follow up. One SQL query."""
    rows = _visible(actor)
    rows = rows.filter(stage=Stage.CLOSED) if closed else rows.exclude(stage=Stage.CLOSED)
    due, _, id = after.rpartition("_")
    try:
        rows = rows.filter(Q(due_on__gt=date.fromisoformat(due)) | Q(due_on=date.fromisoformat(due), id__gt=UUID(id)))
    except ValueError:
        pass  # the first page, for a key that is none of ours
    found = list(_joined(rows).order_by("due_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    views = tuple(_view(row, actor, at) for row in found[:PAGE])
    return Findings(rows=views, next_key=f"{last.due_on.isoformat()}_{last.id}" if last else "")


def finding(actor: Actor, id: UUID, *, at: datetime) -> FindingView | None:
    """One finding, for who oversees or must follow it up; None otherwise. One SQL query."""
    row = _joined(_visible(actor).filter(pk=id)).first()
    return _view(row, actor, at) if row else None


def _visible(actor: Actor) -> QuerySet[OversightFinding]:
    if oversees(actor):
        return OversightFinding.objects.all()
    return OversightFinding.objects.filter(owner__in=[role.value for role in actor.roles])


def _joined(rows: QuerySet[OversightFinding]) -> QuerySet[OversightFinding]:
    return rows.select_related("application", "raised_by", "answered_by", "closed_by")


def _view(row: OversightFinding, actor: Actor, at: datetime) -> FindingView:
    stage = Stage(row.stage)
    return FindingView(
        id=row.id,
        seen=row.ledger_length,
        case_id=row.application_id,
        number=(row.application.number or "") if row.application else "",
        sample_id=row.sample_id,
        as_role=ROLE_TITLES[Role(row.as_role)],
        raised_at=row.raised_at,
        raised_by=str(row.raised_by),
        words=row.words,
        owner=ROLE_TITLES[Role(row.owner)],
        due_on=row.due_on,
        stage=stage,
        stage_title=STAGE_TITLES[stage],
        is_overdue=stage is not Stage.CLOSED and row.due_on < jakarta_day(at),
        result=row.result,
        answered_at=row.answered_at,
        answered_by=str(row.answered_by) if row.answered_by else "",
        closing=row.closing,
        closed_at=row.closed_at,
        closed_by=str(row.closed_by) if row.closed_by else "",
        may_answer=stage is Stage.OPEN and actor.has(Role(row.owner)),
        may_judge=stage is Stage.ANSWERED and actor.has(Role(row.as_role)) and actor.id != row.answered_by_id,
    )
