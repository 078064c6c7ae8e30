"""The terms of a complaint: the edition's answer, the law's own beside it, the earlier one driving the alarms (51.6.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from pasti.domain.calendar import Calendar, jakarta_day
from pasti.domain.errors import MissingCalendar
from pasti.domain.standard import Standard
from pasti.domain.terms import last_day


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The last days counted from the day of receipt; `answer` None while the decree of a year it runs into is missing."""

    received_on: date
    first_reply: date  # the law's: to say whether it is complete; met by the screening
    answer: date | None
    decision: date  # the law's

    def driving(self, *, screened: bool) -> date:
        """The earliest that still counts."""
        counting = [self.decision, *([] if screened else [self.first_reply]), *([self.answer] if self.answer else [])]
        return min(counting)


def terms(standard: Standard, calendar: Calendar, received_at: datetime) -> Terms:
    """Every term of what was received then. What arrives after closing counts as received the next working day (51.6.4)."""
    statute = standard.handling.statute
    try:
        received_on = calendar.received_on(received_at, standard.clock.closing)
        answer = last_day(standard.complaint_answer, received_on, calendar)
    except MissingCalendar:
        received_on, answer = jakarta_day(received_at), None
    return Terms(
        received_on=received_on,
        first_reply=last_day(statute.first_reply, received_on, calendar),
        answer=answer,
        decision=last_day(statute.decision, received_on, calendar),
    )


def columns(found: Terms, *, screened: bool) -> dict[str, object]:
    """The terms as columns of the complaint's row."""
    return {
        "received_on": found.received_on,
        "respond_due_on": found.first_reply,
        "answer_due_on": found.answer,
        "decide_due_on": found.decision,
        "due_on": found.driving(screened=screened),
    }


def days_left(due_on: date, calendar: Calendar, today: date) -> int:
    """Working days until `due_on`, negative when it has passed; calendar days where a year's decree is missing."""
    try:
        if today <= due_on:
            return calendar.working_days_between(today, due_on)
        return -calendar.working_days_between(due_on, today)
    except MissingCalendar:
        return (due_on - today).days


def days_used(standard: Standard, calendar: Calendar, received_on: date, today: date) -> int:
    """How many days of the edition's unit an answer took."""
    if standard.complaint_answer.unit == "calendar_days":
        return max(0, (today - received_on).days)
    return calendar.working_days_between(received_on, today)
