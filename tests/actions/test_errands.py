"""Errands: told once, tried again only when that can help."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import OperationalError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from pytest_django.fixtures import Settings

from pasti.actions import errands, notices
from pasti.actions.errands import MOST_ATTEMPTS, WhileItMayHelp
from pasti.cli import standins
from pasti.domain.errors import DoorClosed
from pasti.records.ledger import LedgerEntry
from pasti.records.notices import Notice
from tests import makers
from tests.makers import MONDAY


def _job(attempts: int) -> Job:
    return Job(id=1, queue="messages", lock=None, queueing_lock=None, task_name="tell_applicant", attempts=attempts)


@pytest.mark.parametrize(
    ("fault", "attempts", "again"),
    [
        (DoorClosed("email", "sibuk", retry=True), 0, True),
        (DoorClosed("email", "sibuk", retry=True), MOST_ATTEMPTS, False),
        (DoorClosed("email", "alamat ditolak", retry=False), 0, False),
        (OperationalError("terminating connection due to administrator command"), 0, True),
        (OperationalError("server closed the connection unexpectedly"), MOST_ATTEMPTS, False),
        (ValueError("salah"), 0, False),
    ],
)
def test_an_errand_is_tried_again_only_when_that_can_help(fault: Exception, attempts: int, again: bool) -> None:
    decision = WhileItMayHelp().get_retry_decision(exception=fault, job=_job(attempts))

    assert (decision is not None) is again


@pytest.mark.django_db
@pytest.mark.clause("51.3")
def test_submitting_queues_the_receipt_in_the_same_transaction() -> None:
    row = makers.submitted(makers.actor())

    job = ProcrastinateJob.objects.get(task_name="tell_applicant", args__subject_id=str(row.id))

    assert job.args["kind"] == "submitted"


@pytest.mark.django_db
@pytest.mark.clause("51.3")
def test_a_letter_is_sent_once_though_its_errand_runs_twice(mailbox: Path) -> None:
    row, errand = makers.submitted(makers.actor()), uuid4()

    notices.tell_applicant(errand, row.id, "submitted", at=MONDAY)
    notices.tell_applicant(errand, row.id, "submitted", at=MONDAY)

    letters = [path.read_text() for path in mailbox.rglob("*.eml")]
    assert len(letters) == 1
    assert row.number in letters[0]
    assert Notice.objects.get().id == errand
    assert LedgerEntry.objects.get(kind="notice.sent").about == row.id


@pytest.mark.django_db
def test_a_closed_mail_server_leaves_the_letter_unsent_and_asks_for_another_try(settings: Settings) -> None:
    row = makers.submitted(makers.actor())
    settings.PASTI_SMTP_URL = f"smtp://127.0.0.1:{standins.free_port()}"

    with pytest.raises(DoorClosed) as closed:
        errands.tell_applicant(errand_id=str(uuid4()), subject_id=str(row.id), kind="submitted")

    assert closed.value.retry
    assert not Notice.objects.exists()


@pytest.mark.clause("51.6.2.g")
def test_the_mailbox_is_read_every_minute_by_one_reader_at_a_time() -> None:
    task = app.periodic_registry.periodic_tasks[("read_mailbox", "")]

    assert (task.cron, task.task.lock, task.task.queueing_lock) == ("* * * * *", "read_mailbox", "read_mailbox")


@pytest.mark.clause("51.6.2.g")
def test_a_mailbox_that_is_away_fails_its_reading_and_is_not_passed_over(settings: Settings) -> None:
    settings.PASTI_IMAP_URL = f"imap://kantor:sandi@127.0.0.1:{standins.free_port()}/INBOX"

    with pytest.raises(DoorClosed):
        errands.read_mailbox(timestamp=0)
