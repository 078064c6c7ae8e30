"""What the evaluation's results bring about by themselves: letters to all staff, reminders until each has read (51.14.3)."""

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.evaluation import standard_of, value_of
from pasti.actions.notices import post
from pasti.domain import evaluation
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import Overtaken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import SYSTEM
from pasti.records.evaluation import Evaluation
from pasti.records.notices import Notice


def run(*, at: datetime) -> int:
    """Remind, for each evaluation whose day has come, those who have not read it; answers of how many evaluations."""
    rhythm, reminded = standards.load().office().evaluation, 0
    for row in Evaluation.objects.filter(remind_on__lte=jakarta_day(at)).order_by("remind_on", "id"):
        waiting = row.waiting(at).filter(account__is_active=True).count()
        try:
            carry_out(row, evaluation.remind(value_of(row), waiting=waiting, rhythm=rhythm, at=at), actor=SYSTEM, at=at)
        except Overtaken:
            continue  # somebody has just acknowledged: the next run sees to it
        reminded += waiting > 0
    return reminded


def tell_staff(errand_id: UUID, evaluation_id: UUID, kind: str, *, at: datetime) -> None:
    """Write once to each who was told and has not read it. DoorClosed when the mail server refuses; a later try goes on."""
    row = Evaluation.objects.get(pk=evaluation_id)
    by = row.closed_at and jakarta_day(row.closed_at) + standards.load().office().evaluation.time_to_read
    context = {"row": row, "standard": standard_of(row), "base_url": settings.PASTI_BASE_URL, "by": by}
    text = render_to_string(f"mail/evaluation_{kind}.txt", context)
    for reading in row.waiting(at).filter(account__is_active=True).select_related("account").order_by("id"):
        notice = uuid5(errand_id, str(reading.account_id))
        if not Notice.objects.filter(pk=notice).exists():
            post(notice, reading.account.email, text)
            _sent(notice, row, kind, at=at)


def _sent(id: UUID, row: Evaluation, kind: str, *, at: datetime) -> None:
    notice = Notice(id=id, application_id=row.id, kind=f"evaluation_{kind}", sent_at=at)
    event = Event(kind="notice.sent", clause=value_of(row).told_clause, after={"kind": notice.kind})
    carry_out(notice, Outcome(events=(event,)), actor=SYSTEM, at=at, about=row.id)
