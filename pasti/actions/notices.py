"""What the applicant is told by mail, and the fact that they were (51.6.8 in spirit; 51.3)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from pasti.actions.carry_out import carry_out
from pasti.actions.ground import edition_of, standard_of
from pasti.adapters.email.client import send
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import SYSTEM
from pasti.records.licensing import Application
from pasti.records.notices import Notice


def tell_applicant(errand_id: UUID, application_id: UUID, kind: str, *, at: datetime) -> None:
    """Send one message about one application, unless this errand has already sent it. DoorClosed when the mail server refuses."""
    if Notice.objects.filter(pk=errand_id).exists():
        return
    row = Application.objects.select_related("certificate").get(pk=application_id)
    subject, _, body = _text(row, kind).partition("\n")
    send(
        settings.PASTI_SMTP_URL,
        to=row.answers["business"]["email"],
        subject=subject.strip(),
        body=body.strip() + "\n",
        message_id=f"{errand_id}@{settings.PASTI_HOST}",
        sender=settings.DEFAULT_FROM_EMAIL,
    )
    _sent(errand_id, row, kind, at=at)


def _text(row: Application, kind: str) -> str:
    certificate = getattr(row, "certificate", None)
    context = {
        "row": row,
        "standard": standard_of(row),
        "base_url": settings.PASTI_BASE_URL,
        "question": row.clarifications.filter(answered_at=None).first() if kind == "asked" else None,
        "not_met": row.rows.filter(verdict="not_met") if kind in ("returned", "found_not_met") else (),
        "certificate": certificate,
        "visit": row.inspections.order_by("-round").first() if kind == "visit" else None,
    }
    return render_to_string(f"mail/{kind}.txt", context)


def _sent(errand_id: UUID, row: Application, kind: str, *, at: datetime) -> None:
    notice = Notice(id=errand_id, application_id=row.id, kind=kind, sent_at=at)
    event = Event(kind="notice.sent", clause=standard_of(row).cite("3"), after={"kind": kind})
    carry_out(notice, Outcome(events=(event,)), actor=SYSTEM, at=at, edition=edition_of(row), about=row.id)
