"""What the desk offers beside its queue: the officer's own filters, the notes on a case, who can be handed a case (51.10.1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from pasti.domain.roles import DESK_ROLES, ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence, listed
from pasti.records.accounts import Account, Leave
from pasti.records.desk import CaseNote, SavedFilter


@dataclass(frozen=True, kw_only=True)
class FilterLine:
    """One saved filter."""

    id: int
    name: str
    query: str  # of the desk's address


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One note on a case, as colleagues read it."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OfficerLine:
    """Somebody whom a case can be handed to."""

    id: UUID
    name: str
    roles: Sentence


def filters(actor: Actor) -> tuple[FilterLine, ...]:
    """The actor's own filters by name. One SQL query."""
    rows = SavedFilter.objects.filter(account_id=actor.person, removed_at=None).order_by("name")
    return tuple(FilterLine(id=row.pk, name=row.name, query=row.query) for row in rows)


def notes(id: UUID) -> tuple[NoteLine, ...]:
    """The notes on a case, newest first, for who may open it at the desk. One SQL query."""
    rows = CaseNote.objects.filter(application_id=id).select_related("by").order_by("-at")
    return tuple(NoteLine(text=row.text, by=str(row.by), at=row.at) for row in rows)


def away(on: date) -> QuerySet[Leave, UUID]:
    """The accounts of those on leave that day (51.11)."""
    return Leave.objects.filter(starts_on__lte=on, ends_on__gte=on).values_list("account_id", flat=True)


def officers(on: date, *, among: frozenset[Role] = DESK_ROLES) -> tuple[OfficerLine, ...]:
    """Who holds one of these roles on that day and is not away, by name. Two SQL queries."""
    found = []
    there = Account.objects.filter(is_active=True, appointments__isnull=False).exclude(pk__in=away(on))
    for account in there.distinct().prefetch_related("appointments"):
        held = sorted(account.actor(on).roles & among)
        if held:
            found.append(OfficerLine(id=account.id, name=str(account), roles=listed(ROLE_TITLES[role] for role in held)))
    return tuple(sorted(found, key=lambda officer: officer.name))
