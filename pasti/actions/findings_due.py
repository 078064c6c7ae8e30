"""What a finding's owner is told: that it was given or sent back, and that its day comes near (51.10.1, 51.10.2)."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.findings import clause_for
from pasti.actions.notices import post
from pasti.actions.standing_in import holding
from pasti.domain import findings
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import Overtaken
from pasti.domain.events import Event, Outcome
from pasti.domain.findings import Stage
from pasti.domain.roles import SYSTEM, Role
from pasti.records.notices import Notice
from pasti.records.sampling import OversightFinding


def run(*, at: datetime) -> int:
    """Warn the owner of each open finding whose day comes near; answers of how many."""
    office, today, warned = standards.load().office(), jakarta_day(at), 0
    last = today + timedelta(days=max(office.finding_warnings, default=-1))
    waiting = OversightFinding.objects.filter(stage=Stage.OPEN, due_on__range=(today, last))
    for row in waiting.order_by("due_on", "id"):
        marks, opens = office.finding_warnings, office.opens_on(today)
        outcome = findings.warn(row.owed(), warnings=marks, at=at, opens=opens, clause=clause_for(row))
        if outcome is None:
            continue
        try:
            carry_out(row, outcome, actor=SYSTEM, at=at, about=row.application_id)
        except Overtaken:
            continue  # somebody has just answered or judged it: the next run sees to it
        warned += 1
    return warned


def tell_owner(errand_id: UUID, finding_id: UUID, kind: str, owner: Role, due_on: date, *, at: datetime) -> None:
    """Write once to each who holds the owning role, without the finding's words. DoorClosed when the mail server refuses."""
    row = OversightFinding.objects.get(pk=finding_id)
    context = {"id": row.id, "kind": kind, "due_on": due_on, "base_url": settings.PASTI_BASE_URL}
    text = render_to_string("mail/office_finding.txt", context)
    for person in holding(owner, on=jakarta_day(at)):
        notice = uuid5(errand_id, str(person.id))
        if not Notice.objects.filter(pk=notice).exists():
            post(notice, person.email, text)
            _sent(notice, row, f"office_finding_{kind}", at=at)


def _sent(id: UUID, row: OversightFinding, kind: str, *, at: datetime) -> None:
    notice = Notice(id=id, application_id=row.id, kind=kind, sent_at=at)
    event = Event(kind="notice.sent", clause=clause_for(row), after={"kind": kind})
    carry_out(notice, Outcome(events=(event,)), actor=SYSTEM, at=at, about=row.id)
