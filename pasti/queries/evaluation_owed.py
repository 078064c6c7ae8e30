"""When each standard must next have been evaluated: at least once a year (51.14.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import due_on
from pasti.domain.standard import Text
from pasti.records.accounts import Appointment
from pasti.records.evaluation import Evaluation

SOON_DAYS = 60  # before its day, the next evaluation is announced as near


@dataclass(frozen=True, kw_only=True)
class Owed:
    """When a standard must next have been evaluated."""

    entry: str
    service: Text
    clause: str
    last_on: date | None
    due_on: date
    is_overdue: bool
    is_soon: bool


def owed(at: datetime) -> tuple[Owed, ...]:
    """Each standard in force with the day of its next evaluation, the first due first. Two SQL queries."""
    library, day = standards.load(), jakarta_day(at)
    closed = Evaluation.objects.filter(closed_at__lte=at).order_by("closed_at").values_list("entry", "closed_at")
    last = {entry: jakarta_day(closed_at) for entry, closed_at in closed if closed_at}
    since = opened_on()
    found = []
    for entry in library.entries():
        if since is None or library.editions(entry)[0].effective > day:
            continue
        standard = library.in_force(entry, day)
        by = due_on(last.get(entry), max(since, library.editions(entry)[0].effective), library.office().evaluation)
        found.append(
            Owed(
                entry=entry,
                service=standard.short_title,
                clause=standard.cite("14.1"),
                last_on=last.get(entry),
                due_on=by,
                is_overdue=by < day,
                is_soon=by >= day and (by - day).days <= SOON_DAYS,
            )
        )
    return tuple(sorted(found, key=lambda each: each.due_on))


def opened_on() -> date | None:
    """When the first post was held here; None for an office that nobody has opened. One SQL query."""
    found: date | None = Appointment.objects.aggregate(first=Min("starts_on"))["first"]
    return found
