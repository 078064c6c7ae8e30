"""Letters become complaints on a real mailbox, answered in their thread by real SMTP; a hostile one stops nothing (51.6.2.g)."""

import email
import email.policy
import logging
import os
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from pasti.actions import complaint_messages, complaint_notices, errands
from pasti.actions.files import store
from pasti.actions.mailbox import MailboxReport, read_mailbox, read_office_mailbox
from pasti.adapters.email import letter
from pasti.adapters.email.mailbox import opened
from pasti.domain.errors import DoorClosed
from pasti.domain.heartbeat import Duty
from pasti.domain.messages import Fate, Message, Trouble
from pasti.records.complaints import Complaint
from pasti.records.heartbeat import Heartbeat
from pasti.records.ledger import LedgerEntry
from pasti.records.messages import IncomingMessage
from tests import letters
from tests.imap import ImapServer
from tests.letters import SENDER, a_letter

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.6.2.g"), pytest.mark.needs("dovecot")]
NOW = datetime.now(UTC)  # the server dates what arrives, so the test lives in its time


@pytest.fixture
def office(office_mailbox: ImapServer, settings: Settings) -> ImapServer:
    """The office's mailbox, empty, as its settings name it."""
    settings.PASTI_IMAP_URL = office_mailbox.url()
    settings.PASTI_COMPLAINTS_MAIL = "pengaduan@kantor.example"
    return office_mailbox


def read(*, at: datetime | None = None) -> MailboxReport:
    report = read_office_mailbox(at=at or datetime.now(UTC))
    assert report is not None
    return report


def answered(complaint: Complaint, mailbox: Path) -> EmailMessage:
    """The receipt of that complaint, as the mail server got it."""
    before = set(mailbox.glob("*.eml"))
    complaint_notices.tell_reporter(uuid4(), complaint.id, "filed", at=NOW)
    (file,) = set(mailbox.glob("*.eml")) - before
    sent = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(sent, EmailMessage)
    return sent


def test_without_a_mailbox_nothing_is_read(settings: Settings) -> None:
    settings.PASTI_IMAP_URL = ""

    assert read_office_mailbox(at=NOW) is None


def test_a_letter_is_a_complaint_with_its_files(office: ImapServer) -> None:
    office.deliver(a_letter(files=(("bukti.pdf", letters.PDF), ("rahasia.zip", letters.bomb()))))

    assert read().fates == {Fate.FILED: 1}

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.object) == ("surel", "Pengaduan: antrean")
    assert complaint.matter.startswith("Saya menunggu tiga jam.") and "rahasia.zip" in complaint.matter
    assert complaint.identity.data["name"] == "Rina Kartika" and complaint.identity.data["contact"] == SENDER
    assert complaint.service_on is None
    assert [file.name for file in complaint.files.all()] == ["bukti.pdf"]
    row = IncomingMessage.objects.get()
    assert (row.number, row.fate) == (complaint.number, Fate.FILED)
    assert letters.bomb()[:40] not in store().get(row.original) and b"rahasia.zip" in store().get(row.original)
    assert SENDER not in str(LedgerEntry.objects.filter(kind="message.filed").values())


def test_the_worker_reads_it_and_says_that_it_did(office: ImapServer) -> None:
    office.deliver(a_letter())

    errands.read_mailbox(timestamp=0)

    assert Complaint.objects.get().channel == "surel"
    assert Heartbeat.objects.filter(duty=Duty.MAILBOX).exists()


def test_the_receipt_and_the_answer_to_it_keep_the_thread(office: ImapServer, mailbox: Path) -> None:
    office.deliver(a_letter())
    read()
    complaint = Complaint.objects.get()

    receipt = answered(complaint, mailbox)

    assert (receipt["To"], receipt["In-Reply-To"]) == (SENDER, "<satu@lensajaya.example>")
    assert receipt["Subject"] == f"Re: [{complaint.number}] Pengaduan: antrean"
    assert receipt["Reply-To"] == "pengaduan@kantor.example"
    words = receipt.get_content()
    assert (
        complaint.number in words
        and "Kata sandi pengaduan:" in words
        and "paling lambat" in words
        and "hari Anda menerima" in words
    )

    office.deliver(a_letter(id="dua@x.example", subject="terserah", text="Tanggal 20.", In_Reply_To=str(receipt["Message-ID"])))
    read()
    complaint.refresh_from_db()
    assert Complaint.objects.count() == 1
    assert complaint.matter.endswith("Tanggal 20.")


@pytest.mark.parametrize(
    ("sender", "complaints"), [(f"R <{SENDER.upper()}>", 1), ("Orang Lain <lain@lain.example>", 2)], ids=["reporter", "stranger"]
)
def test_only_its_reporter_adds_to_a_complaint(office: ImapServer, sender: str, complaints: int) -> None:
    office.deliver(a_letter())
    read()
    number = Complaint.objects.get().number

    office.deliver(a_letter(id="dua@x.example", sender=sender, subject=f"Re: [{number}] antrean", text="Tambahan."))
    read()

    assert Complaint.objects.count() == complaints
    assert ("Tambahan." in Complaint.objects.get(number=number).matter) is (complaints == 1)


def test_a_letter_delivered_twice_is_one_complaint(office: ImapServer) -> None:
    office.deliver(b"Received: a\n" + a_letter(), b"Received: b\n" + a_letter(), a_letter(text="Lain lagi."))

    report = read()

    assert (report.fates, report.doubles) == ({Fate.FILED: 2}, 1)
    assert Complaint.objects.count() == 2
    assert read() == MailboxReport()


def test_machines_are_kept_and_not_answered(office: ImapServer) -> None:
    office.deliver(
        a_letter(Auto_Submitted="auto-replied"), a_letter(id="b@x", Return_Path="<>"), a_letter(id="c@x", X_PASTI_Letter="1")
    )

    assert read().fates == {Fate.IGNORED: 3}
    assert not Complaint.objects.exists()
    assert set(IncomingMessage.objects.values_list("why", flat=True)) == {"auto_reply", "bounce", "loop"}


def test_two_machines_that_answer_each_other_stop_after_a_day_s_worth(office: ImapServer) -> None:
    office.deliver(*(a_letter(id=f"{n}@x.example", text=f"Sudah kami terima. {n}") for n in range(23)))

    assert read().fates == {Fate.FILED: 20, Fate.SET_ASIDE: 3}

    office.deliver(a_letter(id="besok@x.example"))
    assert read(at=datetime.now(UTC) + timedelta(days=1, minutes=1)).fates == {Fate.FILED: 1}


def test_a_crash_between_filing_and_marking_files_nothing_twice(office: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    office.deliver(a_letter())

    def dies(uid: str) -> None:
        raise DoorClosed("email", "terputus", retry=True)

    with opened(office.url()) as box:
        monkeypatch.setattr(box, "take", dies)
        with pytest.raises(DoorClosed):
            read_mailbox(box, at=datetime.now(UTC))

    assert (read().doubles, Complaint.objects.count()) == (1, 1)


def test_a_fault_in_filing_leaves_neither_half_and_holds_up_no_other(
    office: ImapServer, caplog: pytest.LogCaptureFixture
) -> None:
    office.deliver(a_letter(subject="jatuh"), a_letter(id="dua@x.example"))

    def stumbles(message: Message, at: datetime) -> str:
        number = complaint_messages.file_one(message, at)
        if message.subject == "jatuh":
            raise ZeroDivisionError
        return number

    with opened(office.url()) as box, caplog.at_level(logging.CRITICAL):
        report = read_mailbox(box, stumbles, at=datetime.now(UTC))

    assert (report.fates, report.failed) == ({Fate.FILED: 1}, 1)
    assert (Complaint.objects.count(), IncomingMessage.objects.count()) == (1, 1)
    assert read().fates == {Fate.FILED: 1}


def test_what_cannot_be_filed_is_kept_with_its_reason(office: ImapServer) -> None:
    office.deliver(a_letter(subject="", text=" "))

    assert read().fates == {Fate.QUARANTINED: 1}
    row = IncomingMessage.objects.get()
    assert row.why == Trouble.REFUSED and row.words


def test_a_letter_too_large_to_be_read_is_kept_whole(office: ImapServer) -> None:
    huge = b"Subject: besar\r\n\r\n" + b"0123456789abcdef\r\n" * (letter.MOST_BYTES // 18 + 100_000)
    office.deliver(huge)

    assert read().fates == {Fate.QUARANTINED: 1}
    row = IncomingMessage.objects.get()
    assert row.why == Trouble.TOO_LARGE
    assert store().get(row.original) == huge


def test_five_thousand_hostile_letters_at_once_lose_nothing_and_stop_nothing(
    office: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # how long this disk takes says nothing of the letters
    bad = list(letters.hostile())
    one = b"From: P%d <p%d@x.example>\r\nMessage-ID: <%d@x.example>\r\nSubject: Aduan %d\r\n\r\nIsi %d"
    flood = [one % (n % 5, n % 5, n, n, n) for n in range(5000 - len(bad) - 1)]
    office.deliver(*flood[:2500], *bad, *flood[2500:], a_letter(subject="Terakhir"))

    report = read()

    assert (report.failed, report.fates.total() + report.doubles) == (0, 5000)
    assert IncomingMessage.objects.count() == report.fates.total()
    assert all(store().has(name) for name in IncomingMessage.objects.values_list("original", flat=True))
    assert Complaint.objects.filter(object="Terakhir").count() == 1
    assert read() == MailboxReport()
