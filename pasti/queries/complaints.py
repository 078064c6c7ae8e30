"""The complaints' desk: what waits, most urgent first, and what a complaint's screen shows (51.6)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pasti import standards
from pasti.domain import complaints as rules
from pasti.domain.calendar import Calendar, jakarta_day
from pasti.domain.complaint_clock import days_left
from pasti.domain.complaint_promise import Tier
from pasti.domain.complaint_steps import FINAL, STAGE_TITLES, Stage, Step
from pasti.domain.complaints import Complaint, Finding, Kind
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import COMPLAINT_OWNERS, COMPLAINT_ROLES, ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Text
from pasti.queries.ledger import TimelineEntry
from pasti.records.complaints import Complaint as Row
from pasti.records.complaints import (
    ComplaintAction,
    ComplaintAnswer,
    ComplaintBreach,
    ComplaintFile,
    ComplaintFollowUp,
    ComplaintReferral,
    ComplaintReport,
)

PAGE = 50
TURNS = COMPLAINT_OWNERS
URGENT = ("mine", "unit", "overdue")  # by the day they are due; other views by the day they came
MOST_COUNTED = 200  # a desk's number ends here, four pages: counting on would cost more the more there is
TO_NOTE = Sentence("Menunggu dicatat sebagai bahan perbaikan")


@dataclass(frozen=True, kw_only=True)
class TermLine:
    """One term: of the edition or of the law, its last day, and whether it still counts."""

    id: str  # "answer" | "first_reply" | "decision"
    clause: str  # "51.6.4", or "UU 25/2009"
    due_on: date | None
    is_met: bool
    drives: bool  # the earliest that still counts


@dataclass(frozen=True, kw_only=True)
class ComplaintLine:
    """One line of the desk. No personal data."""

    id: UUID
    number: str
    kind: Kind
    kind_title: str
    stage: Stage
    stage_title: str
    channel: str
    channel_title: Text
    object: str
    received_at: datetime
    due_on: date | None
    days_left: int | None  # working days; negative when overdue
    is_overdue: bool
    waiting_for: str
    holder: str
    is_mine: bool
    is_secret: bool
    key: str


@dataclass(frozen=True, kw_only=True)
class ComplaintPage:
    """One page of the desk and what waits; a count never exceeds MOST_COUNTED."""

    rows: tuple[ComplaintLine, ...]
    next_key: str
    scope: str
    search: str
    mine: int
    unit: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class ComplaintView:
    """One complaint for its handlers. The reporter is shown by `actions.complaint_identity.reveal` alone."""

    id: UUID
    seen: int
    complaint: Complaint
    standard: Standard
    number: str
    kind_title: str
    stage_title: str
    reason_clause: str
    channel_title: Text
    channel_detail: str
    object: str
    matter: str
    received_by: str
    holder: str
    is_mine: bool
    waiting_for: str
    question: str  # asked of the reporter and not answered yet
    days_since_service: int | None
    terms: tuple[TermLine, ...]
    days_left: int | None
    is_overdue: bool
    service_title: Text | None
    problem_title: Text | None
    core: str
    clause: str
    other_rule: str
    known: str
    tier: Tier | None
    tiers: tuple[Tier, ...]
    inspectorate_words: str
    finding: Finding | None
    finding_words: str
    helped_words: str
    may_see_identity: bool
    steps: tuple[Step, ...]
    hindrance: NotAllowed | None
    files: tuple[ComplaintFile, ...]
    actions: tuple[ComplaintAction, ...]
    reports: tuple[ComplaintReport, ...]
    referrals: tuple[ComplaintReferral, ...]
    answers: tuple[ComplaintAnswer, ...]
    breaches: tuple[ComplaintBreach, ...]
    follow_ups: tuple[ComplaintFollowUp, ...]
    related: tuple["RelatedLine", ...]
    named: tuple[str, ...]
    application_number: str
    application_timeline: tuple[TimelineEntry, ...]  # public facts only
    timeline: tuple[TimelineEntry, ...]
    looks: tuple[TimelineEntry, ...]  # at the reporter and at the files


@dataclass(frozen=True, kw_only=True)
class RelatedLine:
    """Another complaint laid beside this one. `why`: "double", "earlier", "same_words", "same_reporter" or "same_case"."""

    id: UUID
    number: str
    why: str
    is_linked: bool
    object: str
    stage_title: str
    received_at: datetime


def on_complaints_desk(actor: Actor) -> QuerySet[Row]:
    """The complaints the actor may open; the technical team's only those that came to it or hold work of its own (51.6)."""
    if actor.roles & COMPLAINT_ROLES:
        return Row.objects.all()
    if not actor.may_open_complaints:
        return Row.objects.none()
    given = Q(id__in=ComplaintAction.objects.filter(owner_id=actor.id).values_list("complaint_id", flat=True))
    followed = Q(id__in=ComplaintFollowUp.objects.filter(owner_id=actor.id).values_list("complaint_id", flat=True))
    return Row.objects.filter(Q(category=2) | given | followed)


def desk(actor: Actor, *, at: datetime, scope: str = "mine", search: str = "", after: str = "") -> ComplaintPage:
    """The complaints an actor may see, 50 by key (51.6.4). At most 8 SQL queries.

    `scope`: "mine" (my turn or carried to me), "unit" (my turn, whoever holds it), "overdue", "all" (newest first), "closed",
    "set_aside"; `search`: a number or a part of it.
    """
    visible, today = on_complaints_desk(actor), jakarta_day(at)
    urgent = scope in URGENT and not search
    found = _found(visible, actor, scope, search.strip().upper(), after, today)
    rows = {row.id: row for row in Row.objects.filter(pk__in=found).select_related("holder").defer("matter", "helped_words")}
    calendar = standards.load().calendar().known_on(today)
    lines = tuple(_line(rows[id], actor, calendar, today, urgent=urgent) for id in found[:PAGE])
    return ComplaintPage(
        rows=lines,
        next_key=lines[-1].key if len(found) > PAGE else "",
        scope=scope,
        search=search,
        mine=_counted(_mine(visible, actor)),
        unit=_counted(_unit(visible, actor)),
        overdue=_counted([_overdue(visible, today)]),
    )


def _found(visible: QuerySet[Row], actor: Actor, scope: str, search: str, after: str, today: date) -> list[UUID]:
    """The ids of one page and one more, each by an index, however many complaints there are."""
    if search:
        newest = visible.filter(number__contains=search).order_by("number")
        return list(newest.values_list("id", flat=True)[: PAGE + 1])
    if scope in URGENT:
        parts = {"mine": _mine(visible, actor), "unit": _unit(visible, actor), "overdue": [_overdue(visible, today)]}[scope]
        later = _due_later(after)
        found = _united([part.filter(later) for part in parts], PAGE + 1)
        return [id for _, id in sorted(set(found))[: PAGE + 1]]
    rows = visible if scope == "all" else visible.filter(stage=scope)
    return list(rows.filter(_received_earlier(after)).order_by("-received_at", "-id").values_list("id", flat=True)[: PAGE + 1])


def _mine(visible: QuerySet[Row], actor: Actor) -> list[QuerySet[Row]]:
    """What waits for one of my roles and nobody else has in hand, what was carried to it, and what holds undone work of mine.

    Each part walks its own index.
    """
    free, roles = Q(holder=None) | Q(holder_id=actor.id), sorted(actor.roles & TURNS)
    waiting = [visible.filter(free, waiting_role=role) for role in roles]
    undone = ComplaintAction.objects.filter(owner_id=actor.id, done_at=None).values_list("complaint_id", flat=True)
    follow_ups = ComplaintFollowUp.objects.filter(owner_id=actor.id, done_at=None).values_list("complaint_id", flat=True)
    mine = [visible.filter(id__in=part).exclude(due_on=None) for part in (undone, follow_ups)]
    return [*waiting, *(visible.filter(escalated_to=role) for role in roles), *mine]


def _unit(visible: QuerySet[Row], actor: Actor) -> list[QuerySet[Row]]:
    """What waits for one of my roles, whoever has it in hand."""
    return [visible.filter(waiting_role=role) for role in sorted(actor.roles & TURNS)]


def _united(parts: list[QuerySet[Row]], most: int) -> list[tuple[date, UUID]]:
    """The first of each part together, as (due_on, id), by one query; one may be in two parts."""
    sliced = [part.order_by("due_on", "id").values_list("due_on", "id")[:most] for part in parts]
    found = sliced[0].union(*sliced[1:], all=True) if sliced else ()
    return [(day, id) for day, id in found if day is not None]  # what is open has a date


def _overdue(visible: QuerySet[Row], today: date) -> QuerySet[Row]:
    return visible.filter(due_on__lt=today, answered_at=None).exclude(stage__in=list(FINAL))


def _counted(parts: list[QuerySet[Row]]) -> int:
    """How many there are, counted to MOST_COUNTED at most."""
    sliced = [part.order_by("due_on", "id").values_list("due_on", "id")[:MOST_COUNTED] for part in parts]
    return min(MOST_COUNTED, sliced[0].union(*sliced[1:]).count()) if sliced else 0


def _due_later(key: str) -> Q:
    """What comes after the row with this key; everything for a key that is none of ours."""
    try:
        due, id = key.split("_")
        day, pk = date.fromisoformat(due), UUID(id)
    except ValueError:
        return Q()
    return Q(due_on__gte=day) & (Q(due_on__gt=day) | Q(id__gt=pk))


def _received_earlier(key: str) -> Q:
    try:
        received, id = key.split("_")
        at, pk = datetime.fromisoformat(received), UUID(id)
    except ValueError:
        return Q()
    return Q(received_at__lte=at) & (Q(received_at__lt=at) | Q(id__lt=pk))


def _line(row: Row, actor: Actor, calendar: Calendar, today: date, *, urgent: bool) -> ComplaintLine:
    standard = standards.load().edition(row.entry, row.effective)
    counting = row.due_on is not None and row.answered_at is None and row.stage not in FINAL
    first = row.due_on if urgent else row.received_at
    assert first is not None, "what is open has a date"
    return ComplaintLine(
        id=row.id,
        number=row.number,
        kind=Kind(row.kind),
        kind_title=rules.KIND_TITLES[Kind(row.kind)],
        stage=Stage(row.stage),
        stage_title=stage_title(Stage(row.stage), Kind(row.kind)),
        channel=row.channel,
        channel_title=channel_title(standard, row.channel),
        object=row.object,
        received_at=row.received_at,
        due_on=row.due_on,
        days_left=days_left(row.due_on, calendar, today) if counting and row.due_on else None,
        is_overdue=counting and row.due_on is not None and today > row.due_on,
        waiting_for=ROLE_TITLES[Role(row.waiting_role)] if row.waiting_role else "",
        holder=str(row.holder) if row.holder else "",
        is_mine=row.holder_id == actor.id,
        is_secret=row.is_secret,
        key=f"{first.isoformat()}_{row.id}",
    )


def stage_title(stage: Stage, kind: Kind) -> Sentence:
    """What a stage is called; what is no complaint waits to be noted where a complaint waits for its core problem."""
    return STAGE_TITLES[stage] if kind is Kind.COMPLAINT or stage is not Stage.GROUPED else TO_NOTE


def channel_title(standard: Standard, id: str) -> Text:
    """What the edition calls a channel (51.6.2)."""
    return next((c.title for c in standard.complaint_channels if c.id == id), Text(id=id))
