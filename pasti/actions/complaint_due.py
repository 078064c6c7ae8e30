"""What time alone brings complaints about: warnings, rungs, dates a decree moves, reminders to agencies (51.6.4).

Like `due.py`: each is read, asked of the rules, and changed by one conditional act; running twice changes nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import edition_of, ground_of
from pasti.domain import complaint_guard as guard
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_steps import FINAL
from pasti.domain.errors import MissingCalendar, Overtaken
from pasti.domain.events import Outcome
from pasti.domain.roles import SYSTEM
from pasti.records.complaints import Complaint, ComplaintReferral

BATCH = 500


@dataclass(kw_only=True)
class ComplaintsDue:
    """What one run did, as complaint numbers; `overtaken` ones wait for the next run, `undated` ones for a year's decree."""

    looked_at: int = 0
    warned: list[str] = field(default_factory=list)
    escalated: list[str] = field(default_factory=list)
    recalculated: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def run(*, at: datetime) -> ComplaintsDue:
    """Do for every open complaint and referral what is due at that moment (51.6.4, 51.6.6.e)."""
    report = ComplaintsDue()
    waiting = Complaint.objects.filter(due_on__isnull=False, answered_at=None).exclude(stage__in=list(FINAL))
    for row in waiting.defer("matter", "helped_words").order_by("due_on", "id").iterator(chunk_size=BATCH):
        report.looked_at += 1
        _guarded(row, report, lambda row=row: _see_to(row, report, at))  # type: ignore[misc]  # bound now
    late = ComplaintReferral.objects.filter(answered_at=None, due_on__lt=jakarta_day(at)).exclude(
        complaint__stage__in=list(FINAL)
    )
    for referral in late.select_related("complaint").order_by("due_on", "id").iterator(chunk_size=BATCH):
        _guarded(referral.complaint, report, lambda r=referral: _remind(r, report, at))  # type: ignore[misc]  # bound now
    return report


def _guarded(row: Complaint, report: ComplaintsDue, work: Callable[[], list[str] | None]) -> None:
    try:
        done = work()
    except Overtaken:
        report.overtaken.append(row.number)
    except MissingCalendar:
        report.undated.append(row.number)
    else:
        if done is not None:
            done.append(row.number)


def _see_to(row: Complaint, report: ComplaintsDue, at: datetime) -> list[str] | None:
    """Do the one thing that is due; answers the list of the report that it belongs to."""
    value, ground = row.complaint(), ground_of(row, SYSTEM, at)
    opens = standards.load().office().opens_on(jakarta_day(at))
    rules: tuple[tuple[Callable[[], Outcome | None], list[str]], ...] = (
        (lambda: guard.recalculate(value, ground), report.recalculated),
        (lambda: guard.escalate(value, ground), report.escalated),
        (lambda: guard.warn(value, ground, opens=opens), report.warned),
    )
    for rule, done in rules:
        if outcome := rule():
            carry_out(row, outcome, actor=SYSTEM, at=at, edition=edition_of(row))
            return done
    return None


def _remind(referral: ComplaintReferral, report: ComplaintsDue, at: datetime) -> list[str] | None:
    row = Complaint.objects.get(pk=referral.complaint_id)  # as it is now: it may have just been seen to
    outcome = guard.remind(referral.due_on, referral.reminders, ground_of(row, SYSTEM, at), referral=str(referral.id))
    if outcome is None:
        return None
    one_more = {"reminders": referral.reminders + 1}
    carry_out(row, outcome, actor=SYSTEM, at=at, edition=edition_of(row), updates=[(referral, one_more)])
    return report.reminded
