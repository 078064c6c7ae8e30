"""The work queue: what waits, most urgent first (51.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.workflow import FINAL, STATE_TITLES, State
from pasti.queries.bar import Bar, bar_of
from pasti.queries.pace import leave_by
from pasti.queries.search import MOST, find, named
from pasti.records.licensing import Application

PAGE = 50
SOON_DAYS = 3  # working days
DUES = ("late", "today", "soon")
BEFORE_ALL = date(1, 1, 1)  # the law has decided: the head signs it first of all
UNDATED = date(9998, 12, 31)  # the clock is not running: after every promise
FINISHED = date(9999, 12, 31)  # nothing more is to be done: last


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One line of the work queue."""

    id: UUID
    number: str
    business_name: str
    state: State
    state_title: str
    waiting_for: str
    holder: str
    is_mine: bool
    held_since: datetime | None
    bar: Bar
    leave_by: datetime | None  # when it must have left this hand, for the other steps to fit the promise
    escalated_to: Sentence | None  # the role an overdue case was carried to
    key: str  # where the next page starts after this row


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """One page of the work queue, ordered by what is due first and has waited longest, and how much waits."""

    rows: tuple[DeskRow, ...]
    next_key: str
    scope: str
    search: str
    mine: int | None  # None while searching: what was found counts then
    unit: int | None
    newest: int | None = None  # of those that a search finds only so many are shown; there may be more
    is_beyond: bool = False  # what was found by its number is not in the scope, or not among what it is narrowed to


def on_desk(actor: Actor) -> QuerySet[Application]:
    """The applications the actor may open at the desk: submitted ones, for desk roles alone."""
    return Application.objects.exclude(state=State.DRAFT) if actor.may_open_desk else Application.objects.none()


def _scoped(rows: QuerySet[Application], actor: Actor, scope: str) -> QuerySet[Application]:
    roles = [r.value for r in actor.roles]
    escalated = Q(escalated_to__in=roles)  # carried to this role: to be seen, and to see to
    if scope == "mine":
        return rows.filter(escalated | (Q(holder=None) | Q(holder_id=actor.id)) & Q(waiting_role__in=roles))
    if scope == "unit":
        return rows.filter(escalated | Q(waiting_role__in=roles))
    return rows


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What the queue is narrowed to; "" for everything. `due`: one of DUES."""

    state: str = ""
    district: str = ""
    due: str = ""


def _narrowed(rows: QuerySet[Application], by: Narrowed, today: date) -> QuerySet[Application]:
    if by.state:
        rows = rows.filter(state=by.state)
    if by.district:
        rows = rows.filter(district=by.district)
    if by.due == "late":
        rows = rows.filter(due_on__lt=today)
    elif by.due == "today":
        rows = rows.filter(due_on=today)
    elif by.due == "soon":
        rows = rows.filter(due_on__range=(today, standards.load().calendar().add_working_days(today, SOON_DAYS)))
    return rows


EVERYTHING = Narrowed()


def desk(
    actor: Actor, *, at: datetime, scope: str = "mine", search: str = "", after: str = "", by: Narrowed = EVERYTHING
) -> DeskPage:
    """The actor's work, most urgent first, or what a search finds, best first (51.3): by its number or NIB whatever the scope.

    `scope`: "mine", "unit" or "all"; `after`: the key of the last row seen.
    """
    visible = on_desk(actor)
    ours = _narrowed(_scoped(visible, actor, scope), by, jakarta_day(at))
    if search:
        found, is_beyond = _found(ours.select_related("holder"), visible.select_related("holder"), search, at)
        lines = tuple(desk_row(row, actor, at) for row in found)
        cut = MOST if len(found) == MOST else None
        return DeskPage(
            rows=lines, next_key="", scope=scope, search=search, mine=None, unit=None, newest=cut, is_beyond=is_beyond
        )
    rows = ours.annotate(
        due_key=Case(
            When(state__in=FINAL, then=Value(FINISHED)),
            When(state=State.DEEMED_APPROVED, then=Value(BEFORE_ALL)),
            default=Coalesce(F("due_on"), UNDATED),
        ),
        since_key=Coalesce(F("held_since"), F("created_at")),
    )
    if after:
        rows = rows.filter(_later_than(after))
    found = list(rows.defer("answers", "secret").select_related("holder").order_by("due_key", "since_key", "id")[: PAGE + 1])
    lines = tuple(desk_row(r, actor, at) for r in found[:PAGE])
    waits = _counts(visible, actor)
    return DeskPage(
        rows=lines,
        next_key=lines[-1].key if len(found) > PAGE else "",
        scope=scope,
        search=search,
        mine=waits["mine"],
        unit=waits["unit"],
    )


def _found(ours: QuerySet[Application], all: QuerySet[Application], search: str, at: datetime) -> tuple[list[Application], bool]:
    """What is found of ours, and whether it is none of ours but, by its number or NIB, another that may be seen."""
    exact = named(all, search, at=at)
    if not exact:
        return find(ours, search, at=at), False
    own = named(ours, search, at=at)
    return own or exact, not own


def _counts(visible: QuerySet[Application], actor: Actor) -> dict[str, int]:
    """How much waits for the actor's roles, and how much of it the actor may take in hand or holds. One SQL query."""
    free = Count("id", filter=Q(holder=None) | Q(holder_id=actor.id))
    return _scoped(visible, actor, "unit").aggregate(unit=Count("id"), mine=free)


def _later_than(key: str) -> Q:
    """What comes after the row with this key; everything for a key that is none of ours."""
    try:
        due, since, id = key.split("_")
        day, at, pk = date.fromisoformat(due), datetime.fromisoformat(since), UUID(id)
    except ValueError:
        return Q()
    return Q(due_key__gt=day) | Q(due_key=day, since_key__gt=at) | Q(due_key=day, since_key=at, id__gt=pk)


def _key(row: Application) -> str:
    """Where the page after this row starts; nowhere when the row was found by a search."""
    due, since = getattr(row, "due_key", None), getattr(row, "since_key", None)
    return f"{due.isoformat()}_{since.isoformat()}_{row.id}" if due and since else ""


def desk_row(row: Application, actor: Actor, at: datetime) -> DeskRow:
    """One case as a line of a list."""
    standard = standards.load().edition(row.entry, row.effective)
    state, bar = State(row.state), bar_of(row, standard, at)
    return DeskRow(
        id=row.id,
        number=row.number or "",
        business_name=row.business_name,
        state=state,
        state_title=STATE_TITLES[state],
        waiting_for=ROLE_TITLES[Role(row.waiting_role)] if row.waiting_role else "",
        holder=str(row.holder) if row.holder else "",
        is_mine=row.holder_id == actor.id,
        held_since=row.held_since,
        bar=bar,
        leave_by=leave_by(row, standard, bar),
        escalated_to=ROLE_TITLES[Role(row.escalated_to)] if row.escalated_to else None,
        key=_key(row),
    )
