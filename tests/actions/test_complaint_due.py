"""Warnings, rungs and reminders of complaints, each exactly once (51.6.4, 51.6.6.e)."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from pasti.actions import complaint_due, complaint_notices, complaint_tiers
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Role
from pasti.records.complaints import ComplaintReferral
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.complaints import WORDS, fresh, walk
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.clause("51.6.4")
def test_warnings_go_out_once_each_and_then_it_climbs_a_rung_a_working_day() -> None:
    row = makers.filed()  # the law's first reply is due on Monday 7 December
    for day in range(30):
        complaint_due.run(at=MONDAY + day * DAY)
        complaint_due.run(at=MONDAY + day * DAY)

    facts = list(
        LedgerEntry.objects.filter(subject_id=row.id).order_by("seq").values_list("kind", "after__remaining", "after__to")
    )
    assert facts[1:] == [
        ("complaint.warned", 3, None),
        ("complaint.warned", 1, None),
        ("complaint.warned", 0, None),
        ("complaint.escalated", None, "complaints_official"),
        ("complaint.escalated", None, "head"),
        ("complaint.escalated", None, "superior"),
    ]


@pytest.mark.clause("51.6.4")
def test_after_the_screening_the_edition_s_own_date_drives_the_alarms() -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed().id, until=Stage.SCREENED)

    report = complaint_due.run(at=MONDAY + 15 * DAY)  # Tuesday 8 December: three days before the 11th

    assert (report.warned, report.escalated, fresh(row.id).warned) == ([row.number], [], 3)


@pytest.mark.clause("51.6.6.e")
def test_another_agency_is_reminded_three_times_at_most() -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed().id, until=Stage.PLANNED)
    question = {"agency": "Dinas Perindustrian", "email": "dinas@contoh.example", "question": WORDS}
    complaint_tiers.refer(office[Role.COMPLAINTS_OFFICER], row.id, **question, seen=row.ledger_length, at=MONDAY)
    for day in range(25):
        complaint_due.run(at=MONDAY + day * DAY)
        complaint_due.run(at=MONDAY + day * DAY)

    assert ComplaintReferral.objects.get().reminders == 3
    assert LedgerEntry.objects.filter(kind="complaint.referral_reminded").count() == 3


@pytest.mark.clause("51.6.8")
def test_every_letter_can_be_written(mailbox: Path) -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed(service_on=None).id, until=Stage.RECEIVED)
    row = walk(office, makers.filed().id, until=Stage.PLANNED)
    question = {"agency": "Dinas Perindustrian", "email": "dinas@contoh.example", "question": WORDS}
    referral = complaint_tiers.refer(office[Role.COMPLAINTS_OFFICER], row.id, **question, seen=row.ledger_length, at=MONDAY)
    number = 0

    def errand() -> UUID:
        nonlocal number
        number += 1
        return UUID(int=number)

    for kind in ("filed", "asked", "screened", "answered"):
        complaint_notices.tell_reporter(errand(), row.id, kind, at=MONDAY)
    for kind in ("warned", "escalated", "carried", "referral_answered", "reported", "reopened"):
        complaint_notices.tell_handlers(errand(), row.id, kind, [Role.COMPLAINTS_OFFICIAL], at=MONDAY, more={"remaining": 1})
    for kind in ("action", "follow_up"):
        person = office[Role.TECHNICAL_TEAM].person
        complaint_notices.tell_owner(errand(), row.id, kind, person, date(2026, 12, 1), at=MONDAY)
    for kind in ("referred", "reminded"):
        complaint_notices.tell_agency(errand(), referral, kind, at=MONDAY)
    complaint_notices.tell_reporter(UUID(int=1), row.id, "filed", at=MONDAY)

    letters = list(mailbox.glob("*.eml"))
    assert len(letters) == 14
    assert "Rina" not in "".join(letter.read_text() for letter in letters if "rina@" not in letter.read_text())
