"""What asks for somebody beside the work queue: hearings that may be decided, duties of holders that are overdue (51.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import VALID
from pasti.queries.desk import on_desk
from pasti.queries.validity import HearingView, hearing_view
from pasti.records.complaints import Complaint
from pasti.records.duties import Duty
from pasti.records.validity import Hearing

MOST = 5
LADDER_ROLES = frozenset({Role.HEAD, Role.SUPERIOR})
SEES_TO_DUTIES = frozenset({Role.PROCESSING_OFFICER, Role.VALIDATOR, Role.HEAD, Role.SUPERIOR})


@dataclass(frozen=True, kw_only=True)
class Attention:
    """The hearings the head may decide now, the longest past first; how many duties are overdue, and complaints carried up."""

    hearings: tuple[HearingView, ...]
    overdue_duties: int
    overdue_complaints: int

    def __bool__(self) -> bool:
        return bool(self.hearings or self.overdue_duties or self.overdue_complaints)


def attention(actor: Actor, *, at: datetime) -> Attention:
    """What the desk shows above the queue to who sees to it; hearings for the head alone. At most three SQL queries."""
    if not actor.roles & SEES_TO_DUTIES:
        return Attention(hearings=(), overdue_duties=0, overdue_complaints=0)
    overdue = Duty.objects.filter(is_overdue=True, reported_at=None, application__state__in=VALID).count()
    return Attention(
        hearings=_hearings(actor, at) if actor.has(Role.HEAD) else (),
        overdue_duties=overdue,
        overdue_complaints=_complaints_carried_up(actor),
    )


def _complaints_carried_up(actor: Actor) -> int:
    """The overdue complaints that reached the actor on the ladder (51.6.4)."""
    roles = sorted(actor.roles & LADDER_ROLES)
    return Complaint.objects.filter(escalated_to__in=roles).count() if roles else 0


def _hearings(actor: Actor, at: datetime) -> tuple[HearingView, ...]:
    decidable = Q(responded_at__isnull=False) | Q(respond_by__lt=jakarta_day(at))
    rows = Hearing.objects.filter(decidable, closed_at=None, application__in=on_desk(actor).filter(state__in=VALID))
    return tuple(hearing_view(row, at) for row in rows.select_related("application").order_by("respond_by", "id")[:MOST])
