"""The calendar of inspections: a month at the desk, and one officer's own for their calendar program (51.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from pasti import standards
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.inspection import BEFORE_START, CLOSED, STAGE_TITLES, Stage
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.queries.desk import on_desk
from pasti.queries.intake import choices
from pasti.records.accounts import Account
from pasti.records.agenda import FeedKey, digest_of
from pasti.records.inspection import Inspection

PAGE = 200
FEED_KEEPS = timedelta(days=60)  # how long a visit stays in a calendar program after it was


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One inspection in the calendar: whose, where, when. No person of the business, no address."""

    id: UUID
    number: str
    business_name: str
    district: str
    letter: str
    stage: Stage
    stage_title: Sentence
    is_closed: bool
    visit_at: datetime | None
    ends_at: datetime | None  # by the length the office assumes
    team: tuple[str, ...]
    is_mine: bool


def month(actor: Actor, first: date, *, only_mine: bool) -> tuple[Visit, ...]:
    """The visits of the month that begins on `first`, in their order, at most 200. Three SQL queries."""
    later = (first + timedelta(days=31)).replace(day=1)
    since, until = (datetime.combine(day, time(), JAKARTA) for day in (first, later))
    found = _seen_by(actor, only_mine=only_mine).filter(visit_at__gte=since, visit_at__lt=until)
    return _visits(found.order_by("visit_at", "id")[:PAGE], actor.id)


def without_time(actor: Actor, *, only_mine: bool) -> tuple[Visit, ...]:
    """The visits that a team was assigned to and that have no time yet, the oldest first. Three SQL queries."""
    found = _seen_by(actor, only_mine=only_mine).filter(visit_at=None, stage__in=[s.value for s in BEFORE_START])
    return _visits(found.order_by("assigned_at", "id")[:PAGE], actor.id)


def _seen_by(actor: Actor, *, only_mine: bool) -> QuerySet[Inspection]:
    found = Inspection.objects.filter(application__in=on_desk(actor))
    return found.filter(team__account_id=actor.person) if only_mine else found


def _visits(rows: QuerySet[Inspection], reader: UUID | None) -> tuple[Visit, ...]:
    found: Iterable[Inspection] = rows.select_related("application").prefetch_related("team__account")
    districts, lasts = dict(choices().districts), timedelta(minutes=standards.load().office().visit_minutes)
    return tuple(
        Visit(
            id=row.id,
            number=row.application.number or "",
            business_name=row.application.business_name,
            district=districts.get(row.application.district, ""),
            letter=row.letter,
            stage=Stage(row.stage),
            stage_title=STAGE_TITLES[Stage(row.stage)],
            is_closed=row.stage in CLOSED,
            visit_at=row.visit_at,
            ends_at=row.visit_at + lasts if row.visit_at else None,
            team=tuple(sorted(str(member.account) for member in row.team.all())),
            is_mine=any(member.account_id == reader for member in row.team.all()),
        )
        for row in found
    )


def feed(secret: str, *, at: datetime) -> tuple[Visit, ...] | None:
    """The visits of whose secret this is, some weeks back and all to come; None for no one who works here. Five SQL queries."""
    key = FeedKey.objects.filter(digest=digest_of(secret)).first()
    account = Account.objects.filter(pk=key.account_id, is_active=True).first() if key else None
    if account is None:
        return None
    actor = account.actor(jakarta_day(at))
    if not actor.may_open_desk:
        return None
    found = _seen_by(actor, only_mine=True).filter(visit_at__gte=at - FEED_KEEPS)
    return _visits(found.order_by("visit_at", "id")[:PAGE], actor.id)


def feed_made_at(actor: Actor) -> datetime | None:
    """When the actor's secret address was made; None without one. One SQL query."""
    return FeedKey.objects.filter(account_id=actor.person).values_list("made_at", flat=True).first()
