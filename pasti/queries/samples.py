"""What each tier has to look at, and one sample with the draw that anybody can repeat (51.10.1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sampling import KIND_TITLES, TIERS, Kind, Result, Way, lot
from pasti.domain.sentence import Sentence
from pasti.records.sampling import Sample

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class SampleView:
    """One sample; `may_review` when it is the reader's to look at now."""

    id: UUID
    seen: int
    case_id: UUID
    number: str
    business_name: str
    kind: Sentence
    tier: Sentence
    way: Way
    why: Sentence
    fact_kind: str
    fact_at: datetime
    fact_after: dict[str, object]
    fact: str
    root_number: int
    root: str
    lot: str
    drawn_at: datetime
    review_by: date | None
    is_overdue: bool
    reviewed_at: datetime | None
    reviewed_by: str
    result: str
    words: str
    may_review: bool


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One page of samples, the oldest first, and the key of the last when there are more."""

    rows: tuple[SampleView, ...]
    next_key: str


def oversees(actor: Actor) -> bool:
    """Whether the actor is a superior of any tier, or the Inspectorate."""
    return any(actor.has(role) for role in TIERS)


def queue(actor: Actor, *, at: datetime, everything: bool = False, after: str = "") -> Queue:
    """What waits for the actor's tiers; for the Inspectorate with `everything` every tier's, looked at or not. One SQL query."""
    rows = Sample.objects.all() if everything and actor.has(Role.INSPECTOR) else _waiting(actor)
    found = list(_after(rows, after).select_related("application", "root", "reviewed_by").order_by("drawn_at", "id")[: PAGE + 1])
    views = tuple(_view(row, actor, at) for row in found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Queue(rows=views, next_key=f"{last.drawn_at.isoformat()}_{last.id}" if last else "")


def sample(actor: Actor, id: UUID, *, at: datetime) -> SampleView | None:
    """One sample, for who oversees; None otherwise, and for one that does not exist. One SQL query."""
    rows = Sample.objects.select_related("application", "root", "reviewed_by").filter(pk=id)
    row = rows.first() if oversees(actor) else None
    return _view(row, actor, at) if row else None


def _waiting(actor: Actor) -> QuerySet[Sample]:
    tiers = [role.value for role in TIERS if actor.has(role)]
    return Sample.objects.filter(tier__in=tiers, reviewed_at=None)


def _after(rows: QuerySet[Sample], key: str) -> QuerySet[Sample]:
    moment, _, id = key.rpartition("_")
    try:
        at, pk = datetime.fromisoformat(moment), UUID(id)
    except ValueError:
        return rows  # the first page, for a key that is none of ours
    return rows.filter(Q(drawn_at__gt=at) | Q(drawn_at=at, id__gt=pk))


def _view(row: Sample, actor: Actor, at: datetime) -> SampleView:
    overdue = row.reviewed_at is None and row.review_by is not None and row.review_by < jakarta_day(at)
    return SampleView(
        id=row.id,
        seen=row.ledger_length,
        case_id=row.application_id,
        number=row.application.number or "",
        business_name=row.application.business_name,
        kind=KIND_TITLES[Kind(row.kind)],
        tier=ROLE_TITLES[Role(row.tier)],
        way=Way(row.way),
        why=Sentence(row.why["template"], **row.why["values"]),
        fact_kind=row.fact_kind,
        fact_at=row.fact_at,
        fact_after=row.fact_after,
        fact=row.fact,
        root_number=row.root.number,
        root=row.root.root,
        lot=lot(row.root.root, row.fact),
        drawn_at=row.drawn_at,
        review_by=row.review_by,
        is_overdue=overdue,
        reviewed_at=row.reviewed_at,
        reviewed_by=str(row.reviewed_by) if row.reviewed_by else "",
        result=Result(row.result) if row.result else "",
        words=row.words,
        may_review=row.reviewed_at is None and actor.has(Role(row.tier)) and actor.id != row.fact_by_id,
    )
