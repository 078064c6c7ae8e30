"""What time alone brings a complaint: warnings before its date, the ladder after it, reminders to another agency (51.6.4)."""

from datetime import date, time

from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.complaint_clock import columns, days_left, terms
from pasti.domain.complaint_steps import FINAL
from pasti.domain.complaints import Complaint, tell_handlers, turn
from pasti.domain.errors import MissingCalendar
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Role

WARNED_TOO = (Role.COMPLAINTS_OFFICIAL,)
LADDER = (Role.COMPLAINTS_OFFICIAL, Role.HEAD, Role.SUPERIOR)  # assumed: the standard names no ladder for lateness


def counts(complaint: Complaint) -> bool:
    """Whether its term still runs: open, and not answered yet."""
    return complaint.stage not in FINAL and complaint.answered_at is None and complaint.due_on is not None


def warn(complaint: Complaint, ground: Ground, *, opens: time) -> Outcome | None:
    """The warning that is due now, by the edition's numbers of remaining working days; None when none is (51.6.4)."""
    today = jakarta_day(ground.at)
    if not counts(complaint) or complaint.due_on is None or today > complaint.due_on:
        return None
    left = days_left(complaint.due_on, ground.calendar, today)
    is_morning = ground.at.astimezone(JAKARTA).time() >= opens
    reached = [mark for mark in ground.standard.clock.warnings if left <= mark and (mark or is_morning)]
    if not reached or (complaint.warned is not None and complaint.warned <= min(reached)):
        return None
    after: dict[str, Json] = {"remaining": min(reached), "due_on": complaint.due_on.isoformat()}
    event = Event(kind="complaint.warned", clause=ground.standard.cite("6.4"), after=after)
    role = turn(complaint, ground.standard) or Role.COMPLAINTS_OFFICER
    errand = tell_handlers("warned", (role, *WARNED_TOO), remaining=left)
    return Outcome(changes={"warned": min(reached)}, events=(event,), errands=(errand,))


def escalate(complaint: Complaint, ground: Ground) -> Outcome | None:
    """Carry an overdue complaint up the ladder, one rung a working day, each rung a fact (51.6.4)."""
    today = jakarta_day(ground.at)
    if not counts(complaint) or complaint.due_on is None or today <= complaint.due_on:
        return None
    late = max(1, -days_left(complaint.due_on, ground.calendar, today))
    reached = min(len(LADDER), late)
    if reached <= complaint.rung:
        return None
    events = tuple(
        Event(
            kind="complaint.escalated",
            clause=ground.standard.cite("6.4"),
            after={"rung": n, "to": LADDER[n - 1], "due_on": complaint.due_on.isoformat()},
            public=True,
        )
        for n in range(complaint.rung + 1, reached + 1)
    )
    changes = {"rung": reached, "escalated_to": LADDER[reached - 1]}
    errand = tell_handlers("escalated", LADDER[complaint.rung : reached])
    return Outcome(changes=changes, events=events, errands=(errand,))


def recalculate(complaint: Complaint, ground: Ground) -> Outcome | None:
    """The terms anew, where a decree announced since moves the answer's date; what has lapsed stays lapsed (51.6.4)."""
    if (
        not counts(complaint)
        or complaint.reopened
        or (complaint.answer_due_on and jakarta_day(ground.at) > complaint.answer_due_on)
    ):
        return None
    found = terms(ground.standard, ground.calendar, complaint.received_at)
    if found.answer is None or found.answer == complaint.answer_due_on:
        return None
    was = complaint.answer_due_on.isoformat() if complaint.answer_due_on else None
    event = Event(
        kind="complaint.recalculated",
        clause=ground.standard.cite("6.4"),
        before={"answer_due_on": was},
        after={"answer_due_on": found.answer.isoformat()},
        public=True,
    )
    return Outcome(changes=columns(found, screened=complaint.screened_at is not None), events=(event,))


def remind(due_on: date, reminders: int, ground: Ground, *, referral: str) -> Outcome | None:
    """One more reminder to an agency that has not answered: one each working day after its term, as many as the edition says."""
    today = jakarta_day(ground.at)
    if today <= due_on or reminders >= ground.standard.handling.reminders:
        return None
    try:
        late = ground.calendar.working_days_between(due_on, today)
    except MissingCalendar:
        late = (today - due_on).days
    if late <= reminders:
        return None
    event = Event(kind="complaint.referral_reminded", clause=ground.standard.cite("6.6.e"), after={"reminder": reminders + 1})
    return Outcome(events=(event,), errands=(Errand(name="tell_agency", payload={"referral": referral, "kind": "reminded"}),))
