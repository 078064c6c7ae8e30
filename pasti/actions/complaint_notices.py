"""What reporters, handlers and other agencies are told about a complaint, and the fact that they were (51.6.8)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string

from pasti import standards
from pasti.actions import message_answers, survey
from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import edition_of, secret_of
from pasti.actions.notices import post
from pasti.actions.standing_in import in_charge
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import E_MAIL, missing_of
from pasti.domain.complaints import FINDING_TITLES, KIND_TITLES, Finding, Kind
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.roles import SYSTEM, Role
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint, ComplaintReferral
from pasti.records.notices import Notice


def tell_reporter(errand_id: UUID, complaint_id: UUID, kind: str, *, at: datetime) -> None:
    """Write to the reporter once: by the road the message came, else where they left an e-mail address. DoorClosed when refused.

    Who left another contact, or none, follows the complaint by its number and secret.
    """
    row = Complaint.objects.select_related("identity").get(pk=complaint_id)
    contact = str(row.identity.data.get("contact", ""))
    if Notice.objects.filter(pk=errand_id).exists():
        return
    context = _context(row, survey_url=_invited(row, at=at) if kind == "answered" else "")
    text = render_to_string(f"mail/complaint_{kind}.txt", context)
    body, short = text.partition("\n")[2], render_to_string(f"short/complaint_{kind}.txt", context).strip()
    if not message_answers.answer(errand_id, row.number, body=body, short=short, at=at):
        if not E_MAIL.fullmatch(contact):
            return
        post(errand_id, contact, text)
    _sent(errand_id, row, kind, at=at)


def _invited(row: Complaint, *, at: datetime) -> str:
    """The reporter of an answered complaint is asked how it was to be served here (51.14.2)."""
    return survey.invite("complaint", row.id, entry=row.entry, finished=row.answered_at, at=at) if row.answered_at else ""


def _context(row: Complaint, **more: object) -> dict[str, object]:
    standard = standards.load().edition(row.entry, row.effective)
    answer = row.answers.order_by("-signed_at").first()
    return {
        "row": row,
        "standard": standard,
        "base_url": settings.PASTI_BASE_URL,
        "secret": secret_of(row.id),
        "kind": KIND_TITLES[Kind(row.kind)],
        "reason": standard.clause(row.reason_clause).text if row.reason_clause in {c.id for c in standard.clauses()} else None,
        "missing": missing_of(
            has_identity=row.has_identity, has_object=bool(row.object or row.matter), has_day=row.service_on is not None
        ),
        "answer": answer,
        "finding": FINDING_TITLES[Finding(row.finding)] if row.finding else "",
        **more,
    }


def tell_handlers(
    errand_id: UUID, complaint_id: UUID, kind: str, roles: Sequence[Role], *, at: datetime, more: Mapping[str, Json]
) -> None:
    """Write once to each person who holds the complaint or one of the roles. DoorClosed when the mail server refuses."""
    row = Complaint.objects.select_related("holder").get(pk=complaint_id)
    text = render_to_string(f"mail/office_complaint_{kind}.txt", {"row": row, "base_url": settings.PASTI_BASE_URL, **more})
    for person in in_charge(row, roles, on=jakarta_day(at)):
        notice = uuid5(errand_id, str(person.id))
        if not Notice.objects.filter(pk=notice).exists():
            post(notice, person.email, text)
            _sent(notice, row, f"office_complaint_{kind}", at=at)


def tell_owner(errand_id: UUID, complaint_id: UUID, kind: str, owner: UUID, due_on: date, *, at: datetime) -> None:
    """Write once to who was given a step of the plan ("action") or a follow-up; it is read at the desk (51.6.6.d)."""
    if Notice.objects.filter(pk=errand_id).exists():
        return
    row, person = Complaint.objects.get(pk=complaint_id), Account.objects.get(pk=owner)
    context = {"row": row, "due_on": due_on, "is_follow_up": kind == "follow_up", "base_url": settings.PASTI_BASE_URL}
    post(errand_id, person.email, render_to_string("mail/office_complaint_given.txt", context))
    _sent(errand_id, row, "office_complaint_given", at=at)


def tell_agency(errand_id: UUID, referral_id: UUID, kind: str, *, at: datetime) -> None:
    """Ask another agency, or remind it, with the way to its answer page; nothing once it has answered (51.6.6.e)."""
    referral = ComplaintReferral.objects.select_related("complaint").get(pk=referral_id)
    if referral.answered_at is not None or Notice.objects.filter(pk=errand_id).exists():
        return
    context = {
        "row": referral.complaint,
        "referral": referral,
        "secret": secret_of(referral.id, "referral"),
        "base_url": settings.PASTI_BASE_URL,
    }
    post(errand_id, referral.email, render_to_string(f"mail/agency_{kind}.txt", context))
    _sent(errand_id, referral.complaint, f"agency_{kind}", at=at)


def _sent(errand_id: UUID, row: Complaint, kind: str, *, at: datetime) -> None:
    notice = Notice(id=errand_id, application_id=row.id, kind=kind, sent_at=at)
    clause = standards.load().edition(row.entry, row.effective).cite("6.8")
    event = Event(kind="notice.sent", clause=clause, after={"kind": kind})
    carry_out(notice, Outcome(events=(event,)), actor=SYSTEM, at=at, edition=edition_of(row), about=row.id)
