"""A decree changed the working calendar: open terms are reckoned anew, and whoever was promised a date is told (51.3)."""

from datetime import date, datetime

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.ground import edition_of, standard_of
from pasti.domain import clock as clocks
from pasti.domain.calendar import Calendar, jakarta_day
from pasti.domain.clock import Clock
from pasti.domain.errors import Overtaken
from pasti.domain.events import Errand, Outcome
from pasti.domain.roles import SYSTEM
from pasti.records.licensing import Application

UNNAMED = "perubahan berkas kalender"


def recalculate(*, at: datetime) -> int:
    """Move the due date of every running term that the calendar as known at `at` moves; answers how many were moved.

    Each move is a fact with the old and the new date and the decree, shown and mailed to the applicant. Safe to run again.
    """
    calendar = standards.load().calendar()
    running = Application.objects.filter(due_on__isnull=False, due_on__gte=jakarta_day(at)).order_by("id")
    return sum(_recalculate(row, calendar, at) for row in running.iterator(chunk_size=500))


def _recalculate(row: Application, calendar: Calendar, at: datetime) -> bool:
    standard, clock = standard_of(row), Clock.from_json(row.clock)
    told_on = jakarta_day(clock.events[-1].at)
    before, after = calendar.known_on(told_on), calendar.known_on(jakarta_day(at))
    decree = _decree(calendar, since=told_on, until=row.due_on)
    moved = clocks.recalculated(clock, standard.clock, before=before, after=after, at=at, decree=decree)
    if moved is None:
        return False
    last = moved.events[-1]
    outcome = Outcome(
        changes={"clock": moved.to_json(), "due_on": last.due_on},
        events=(clocks.as_event(last, clause=standard.cite("3")),),
        errands=(Errand(name="tell_applicant", payload={"kind": "recalculated"}),),
    )
    try:
        carry_out(row, outcome, actor=SYSTEM, at=at, edition=edition_of(row))
    except Overtaken:
        return False  # somebody acted on it meanwhile; the next run looks again
    return True


def _decree(calendar: Calendar, *, since: date, until: date | None) -> str:
    """The decrees announced after `since` that concern days up to `until`."""
    named = {h.decree for h in calendar.holidays if h.announced_on > since and until and since <= h.day <= until}
    return "; ".join(sorted(named)) or UNNAMED
