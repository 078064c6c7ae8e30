"""What the applicant and the office are told by mail, and the fact that they were (51.6.8 in spirit; 51.3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string

from pasti.actions import survey
from pasti.actions.carry_out import carry_out
from pasti.actions.ground import edition_of, standard_of
from pasti.actions.standing_in import in_charge
from pasti.adapters.email.client import send
from pasti.domain.calendar import jakarta_day
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import SYSTEM, Role
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from pasti.records.notices import Notice


def tell_applicant(
    errand_id: UUID, application_id: UUID, kind: str, *, at: datetime, more: Mapping[str, Json] | None = None
) -> None:
    """Send one message about one application, unless this errand has already sent it. DoorClosed when the mail server refuses."""
    if Notice.objects.filter(pk=errand_id).exists():
        return
    row = Application.objects.get(pk=application_id)
    survey_url = survey.invite_applicant(row, at=at) if kind in survey.INVITED_ON else ""
    post(errand_id, row.answers["business"]["email"], _text(row, kind, {**(more or {}), "survey_url": survey_url}))
    sent(errand_id, row, kind, at=at)


def tell_office(
    errand_id: UUID, application_id: UUID, kind: str, roles: Sequence[Role], *, at: datetime, more: Mapping[str, Json]
) -> None:
    """Write once to each person who holds the case or one of the roles. DoorClosed when the mail server refuses."""
    row = Application.objects.select_related("holder").get(pk=application_id)
    context = {"row": row, "standard": standard_of(row), "base_url": settings.PASTI_BASE_URL, **_told_of_duty(row, more)}
    text = render_to_string(f"mail/office_{kind}.txt", context)
    for person in in_charge(row, roles, on=jakarta_day(at)):
        notice = uuid5(errand_id, str(person.id))
        if not Notice.objects.filter(pk=notice).exists():
            post(notice, person.email, text)
            sent(notice, row, f"office_{kind}", at=at)


def post(id: UUID, to: str, text: str) -> None:
    """Send one letter whose first line is its subject. DoorClosed when the mail server refuses."""
    subject, _, body = text.partition("\n")
    send(
        settings.PASTI_SMTP_URL,
        to=to,
        subject=subject.strip(),
        body=body.strip() + "\n",
        message_id=f"{id}@{settings.PASTI_HOST}",
        sender=settings.DEFAULT_FROM_EMAIL,
    )


def _text(row: Application, kind: str, more: Mapping[str, Json]) -> str:
    context = {
        "row": row,
        "standard": standard_of(row),
        "base_url": settings.PASTI_BASE_URL,
        "survey_url": more.get("survey_url", ""),
        "question": row.clarifications.filter(answered_at=None).first() if kind == "asked" else None,
        "not_met": row.rows.filter(verdict="not_met") if kind in ("returned", "found_not_met") else (),
        "certificate": row.certificate,
        "hearing": row.hearings.filter(closed_at=None).first() if kind == "heard" else None,
        "reason": _last_reason(row, kind),
        **_told_of_duty(row, more),
        "visit": row.inspections.order_by("-round").first() if kind == "visit" else None,
    }
    return render_to_string(f"mail/{kind}.txt", context)


def _told_of_duty(row: Application, more: Mapping[str, Json]) -> dict[str, object]:
    """What an errand brings along, a duty by its name in the edition and its date as a day."""
    if "duty" not in more:
        return dict(more)
    duty = standard_of(row).duties.duty(str(more["duty"]))
    return {**more, "duty": duty, "due_on": date.fromisoformat(str(more["due_on"]))}


def sent(errand_id: UUID, row: Application, kind: str, *, at: datetime) -> None:
    """Record that one message about the application has left the house."""
    notice = Notice(id=errand_id, application_id=row.id, kind=kind, sent_at=at)
    event = Event(kind="notice.sent", clause=standard_of(row).cite("3"), after={"kind": kind})
    carry_out(notice, Outcome(events=(event,)), actor=SYSTEM, at=at, edition=edition_of(row), about=row.id)


def _last_reason(row: Application, kind: str) -> str:
    """The words that came with the latest fact of that kind."""
    facts = LedgerEntry.objects.filter(subject_id=row.id, kind=f"application.{kind}").order_by("-seq")
    return facts.values_list("reason", flat=True).first() or ""
