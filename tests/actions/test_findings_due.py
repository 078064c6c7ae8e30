"""Who must follow up a finding of oversight is told by real mail: when given, sent back, and its day is near (51.10.1)."""

from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti.actions import accounts, errands, findings, findings_due
from pasti.domain.findings import Stage
from pasti.domain.roles import Actor, Role
from pasti.queries import ledger
from pasti.records.ledger import LedgerEntry
from pasti.records.notices import Notice
from pasti.records.sampling import OversightFinding
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]
WORDS = "Alasan keputusan tidak menyebut syarat yang dimaksud."
DONE = "Templat alasan keputusan sudah diganti."
DUE = date(2026, 12, 14)


@pytest.fixture
def superior() -> Actor:
    return makers.actor(Role.SUPERIOR)


@pytest.fixture
def head() -> Actor:
    return makers.actor(Role.HEAD, email="kepala@uji.example")


def _given(superior: Actor) -> OversightFinding:
    return findings.raised(superior, WORDS, Role.HEAD, DUE, at=MONDAY)


def _run_errands() -> list[str]:
    """Run what the acts left behind, as the worker does; answers what kind each was."""
    jobs = list(ProcrastinateJob.objects.filter(task_name="tell_finding_owner").order_by("id"))
    for job in jobs:
        errands.tell_finding_owner(**job.args)
    return [job.args["kind"] for job in jobs]


def _letters(mailbox: Path) -> list[EmailMessage]:
    found = [message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.glob("*.eml")]
    assert all(isinstance(letter, EmailMessage) for letter in found)
    return found  # type: ignore[return-value]  # just checked


def _morning(day: date) -> datetime:
    return MONDAY + (day - MONDAY.date())


def test_the_owner_is_told_once_and_not_what_was_found(superior: Actor, head: Actor, mailbox: Path) -> None:
    row = _given(superior)

    assert _run_errands() == _run_errands() == ["given"]

    (letter,) = _letters(mailbox)
    text = letter.get_content()
    assert letter["To"] == "kepala@uji.example"
    assert "Senin, 14 Desember 2026" in text and f"/pengawasan/temuan/{row.id}/" in text and WORDS not in text
    assert LedgerEntry.objects.get(kind="notice.sent").after == {"kind": "office_finding_given"}
    assert ledger.verify().fault is None


def test_the_owner_is_told_when_more_is_asked(superior: Actor, head: Actor, mailbox: Path) -> None:
    row = _given(superior)
    findings.answer(head, row.id, DONE, seen=1, at=MONDAY)
    findings.send_back(superior, row.id, "Lampirkan contoh dari tiga berkas.", seen=2, at=MONDAY)

    assert _run_errands() == ["given", "sent_back"]
    assert sorted(letter["Subject"] for letter in _letters(mailbox)) == [
        "Temuan pengawasan untuk ditindaklanjuti",
        "Tindak lanjut temuan pengawasan diminta lagi",
    ]


def test_the_owner_is_warned_as_the_day_comes_near_each_time_once(superior: Actor, head: Actor, mailbox: Path) -> None:
    _given(superior)
    days = [DUE - timedelta(days=left) for left in (4, 3, 2, 0, -1)]

    warned = [findings_due.run(at=_morning(day) + timedelta(minutes=again)) for day in days for again in (0, 15)]

    assert warned == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert _run_errands() == ["given", "due", "due"]
    assert len(_letters(mailbox)) == 3
    assert LedgerEntry.objects.filter(kind="finding.warned").count() == 2


def test_what_was_answered_warns_nobody(superior: Actor, head: Actor) -> None:
    row = _given(superior)
    findings.answer(head, row.id, DONE, seen=1, at=MONDAY)

    assert findings_due.run(at=_morning(DUE)) == 0
    assert OversightFinding.objects.get().stage == Stage.ANSWERED


def test_for_an_owner_who_is_away_the_superior_is_told(superior: Actor, head: Actor, mailbox: Path) -> None:
    row = _given(superior)
    accounts.be_away("kepala@uji.example", starts_on=date(2026, 12, 11), ends_on=DUE, reason="Cuti", at=MONDAY)

    findings_due.tell_owner(row.id, row.id, "due", Role.HEAD, DUE, at=_morning(date(2026, 12, 11)))

    assert [letter["To"] for letter in _letters(mailbox)] == ["superior@uji.example"]
    assert Notice.objects.count() == 1
