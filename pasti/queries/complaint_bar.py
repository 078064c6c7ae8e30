"""The days in which a complaint is answered, each with its reason, for its promise bar (51.6.4)."""

from dataclasses import replace
from datetime import datetime

from pasti.domain.calendar import Calendar
from pasti.domain.clock import Clock, DayCell, end, reckon, start
from pasti.domain.errors import MissingCalendar
from pasti.domain.standard import Standard
from pasti.records.complaints import Complaint


def answer_days(row: Complaint, standard: Standard, calendar: Calendar, at: datetime) -> tuple[DayCell, ...]:
    """From the day it counts as received until it was answered, or must be.

    None for a reopened one, whose term began anew, and none that would lead to another date than the one that was promised.
    """
    if row.reopened or row.answer_due_on is None:
        return ()
    clock = start(Clock(), at=row.received_at)
    if row.answered_at:
        clock = end(clock, at=row.answered_at)
    try:
        found = reckon(clock, replace(standard.clock, promise=standard.complaint_answer), calendar, at)
    except MissingCalendar:
        return ()
    return found.days if found.due_on == row.answer_due_on else ()
