"""Complaints from other systems: file one, follow one (51.6.2, 51.6.5, 51.6.8)."""

import re
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router, Status
from pydantic import WithJsonSchema

from pasti.actions import complaints
from pasti.actions.api_keys import Caller
from pasti.api.problems import Problem, problem
from pasti.api.v1.shapes import ComplaintIn, FactOut, Next, ReceiptOut, TrackOut
from pasti.queries.complaint_tracking import ComplaintTrack, find, track

router = Router(tags=["complaints"])
REFUSALS = {400: Problem, 401: Problem, 422: Problem, 429: Problem, 503: Problem}
NUMBER = r"^[A-Za-z0-9.-]{1,30}$"
Number = Annotated[str, WithJsonSchema({"type": "string", "pattern": NUMBER})]  # described, not checked: 404 tells nothing


SendingKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Kirim ulang dengan kunci dan isi yang sama dijawab 200 dengan tanda terima yang sama; isi lain: 409",
    ),
]
Secret = Annotated[
    str,
    Header(alias="X-Complaint-Secret", max_length=100, description="Kata sandi dari tanda terima"),
]


@router.post(
    "",
    response={201: ReceiptOut, 200: ReceiptOut, 409: Problem, 413: Problem, **REFUSALS},
    summary="Sampaikan pengaduan",
    operation_id="file",
)
def file(
    request: HttpRequest,
    complaint: ComplaintIn,
    idempotency_key: SendingKey = "",
) -> Status[ReceiptOut]:
    """Keep it and answer with the receipt; 200 instead of 201 when this key filed it before (51.6.5.a)."""
    caller: Caller = request.auth  # type: ignore[attr-defined]  # the framework puts there what the key answered
    client, key = f"api:{caller.name}", idempotency_key.strip()
    receipt = complaints.file(complaint.filing(), at=timezone.now(), key=key, client=client, system=caller.name)
    return Status(201 if receipt.is_new else 200, ReceiptOut.of(receipt))


@router.get("/{number}", response={200: TrackOut, 404: Problem, **REFUSALS}, summary="Ikuti pengaduan", operation_id="follow")
def follow(
    request: HttpRequest,  # noqa: ARG001  # the framework gives it to every operation
    number: Number,
    secret: Secret,
) -> TrackOut | HttpResponse:
    """Status, dates, what comes next; an unknown number and a wrong secret are answered alike (51.6.8)."""
    id = find(number, secret) if re.fullmatch(NUMBER, number) else None
    found = track(id, at=timezone.now()) if id else None
    return _out(found) if found else problem(404, "Tidak ada pengaduan dengan nomor dan kata sandi itu.", clause="51.6.8")


def _out(found: ComplaintTrack) -> TrackOut:
    return TrackOut(
        number=found.number,
        kind=found.kind,
        reason_clause=found.reason_clause or None,
        status=found.stage,
        status_title=str(found.stage_title),
        received_at=found.received_at,
        answer_due_on=found.answer_due_on,
        working_days_left=found.days_left,
        is_overdue=found.is_overdue,
        next=_next(found),
        missing=list(found.missing),
        question=found.question or None,
        answer_number=found.answer_number or None,
        answer=found.answer or None,
        helped=found.helped,
        follow_at=f"{settings.PASTI_BASE_URL}/pengaduan/lacak/",
        history=[FactOut(at=fact.at, kind=fact.kind, clause=fact.clause) for fact in found.timeline],
    )


def _next(found: ComplaintTrack) -> Next:
    """What the reporter can do now, the most pressing first."""
    if found.may_say:
        return "say_whether_it_helped"
    if found.question:
        return "answer_question"
    if found.missing and found.may_complete:
        return "supply_missing"
    return "nothing" if found.answer_number or found.is_aside else "wait_for_answer"
