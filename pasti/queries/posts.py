"""Who held which role on a day, told by the facts of the ledger alone, so that a past day keeps its answer (51.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti.records.ledger import LedgerEntry

APPOINTED = ("account.appointed", "account.appointment_ended")
Held = Mapping[tuple[UUID, str, date], date | None]  # account, role and first day -> the last day; None: it goes on


@dataclass(frozen=True, kw_only=True)
class Posts:
    """The appointments as they were known at a moment."""

    held: Held

    def of(self, on: date) -> frozenset[tuple[UUID, str]]:
        """Account and role of every post held on that day, both ends included."""
        return frozenset(
            (account, role) for (account, role, first), last in self.held.items() if first <= on and (last is None or on <= last)
        )

    def first_day(self) -> date | None:
        """The day of the first post; None for an office that nobody has opened."""
        return min((first for _account, _role, first in self.held), default=None)


def posts(at: datetime) -> Posts:
    """Every appointment as the facts up to `at` have it. One SQL query."""
    told = LedgerEntry.objects.filter(kind__in=APPOINTED, at__lte=at).order_by("subject_id", "seq")
    held: dict[tuple[UUID, str, date], date | None] = {}
    for account, after in told.values_list("subject_id", "after"):
        last = date.fromisoformat(after["ends_on"]) if after["ends_on"] else None
        held[account, after["role"], date.fromisoformat(after["starts_on"])] = last
    return Posts(held=held)
