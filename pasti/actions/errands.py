"""The worker's tasks: each runs one errand that a committed act left behind, and may run twice without harm."""

from datetime import date
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from pasti.actions import (
    assistance,
    calendar,
    complaint_due,
    complaint_notices,
    due,
    evaluation_due,
    findings_due,
    heartbeat,
    mailbox,
    nightly,
    notices,
    sessions,
)
from pasti.domain.errors import DoorClosed
from pasti.domain.heartbeat import Duty
from pasti.domain.roles import Role

MOST_ATTEMPTS = 12  # the waits below add up to about four days
FIRST_WAIT_SECONDS = 20
LONGEST_WAIT_SECONDS = 12 * 60 * 60
STALLED_AFTER_SECONDS = 60


class WhileItMayHelp(BaseRetryStrategy):
    """Try again when the door said that trying again can help, or the database was lost, each time after a longer wait."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None to give up."""
        is_lost = isinstance(exception, OperationalError | InterfaceError)
        may_open = isinstance(exception, DoorClosed) and exception.retry
        if not (is_lost or may_open) or job.attempts >= MOST_ATTEMPTS:
            return None
        wait = min(FIRST_WAIT_SECONDS * 3**job.attempts, LONGEST_WAIT_SECONDS)
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name="tell_applicant", queue="messages", retry=WhileItMayHelp())
def tell_applicant(*, errand_id: str, subject_id: str, kind: str, **more: Any) -> None:
    """Tell the applicant by mail what happened to the application."""
    notices.tell_applicant(UUID(errand_id), UUID(subject_id), kind, at=timezone.now(), more=more)


@app.task(name="invite_applicant", queue="messages", retry=WhileItMayHelp())
def invite_applicant(*, errand_id: str, subject_id: str) -> None:
    """Tell who was helped at the counter about the account, by a letter to its address."""
    assistance.invite(UUID(errand_id), UUID(subject_id), at=timezone.now())


@app.task(name="tell_office", queue="messages", retry=WhileItMayHelp())
def tell_office(*, errand_id: str, subject_id: str, kind: str, roles: list[str], **more: Any) -> None:
    """Tell who holds a case, and who holds these roles, what the deadline guard found."""
    notices.tell_office(UUID(errand_id), UUID(subject_id), kind, [Role(r) for r in roles], at=timezone.now(), more=more)


@app.task(name="tell_reporter", queue="messages", retry=WhileItMayHelp())
def tell_reporter(*, errand_id: str, subject_id: str, kind: str) -> None:
    """Tell the reporter by mail what happened to the complaint (51.6.8)."""
    complaint_notices.tell_reporter(UUID(errand_id), UUID(subject_id), kind, at=timezone.now())


@app.task(name="tell_handlers", queue="messages", retry=WhileItMayHelp())
def tell_handlers(*, errand_id: str, subject_id: str, kind: str, roles: list[str], **more: Any) -> None:
    """Tell who holds a complaint, and who holds these roles, what became of it."""
    people = [Role(r) for r in roles]
    complaint_notices.tell_handlers(UUID(errand_id), UUID(subject_id), kind, people, at=timezone.now(), more=more)


@app.task(name="tell_owner", queue="messages", retry=WhileItMayHelp())
def tell_owner(*, errand_id: str, subject_id: str, kind: str, owner: str, due_on: str) -> None:
    """Tell an officer that a step of a complaint's plan, or a follow-up, is theirs (51.6.6.d)."""
    day = date.fromisoformat(due_on)
    complaint_notices.tell_owner(UUID(errand_id), UUID(subject_id), kind, UUID(owner), day, at=timezone.now())


@app.task(name="tell_agency", queue="messages", retry=WhileItMayHelp())
def tell_agency(*, errand_id: str, subject_id: str, referral: str, kind: str) -> None:  # noqa: ARG001  # every errand is given it
    """Ask another agency, or remind it (51.6.6.e)."""
    complaint_notices.tell_agency(UUID(errand_id), UUID(referral), kind, at=timezone.now())


@app.task(name="tell_finding_owner", queue="messages", retry=WhileItMayHelp())
def tell_finding_owner(*, errand_id: str, subject_id: str, finding: str, kind: str, owner: str, due_on: str) -> None:  # noqa: ARG001
    """Tell who answers for a finding of oversight that it was given, sent back, or is due (51.10.1)."""
    day = date.fromisoformat(due_on)
    findings_due.tell_owner(UUID(errand_id), UUID(finding), kind, Role(owner), day, at=timezone.now())


@app.task(name="tell_staff", queue="messages", retry=WhileItMayHelp())
def tell_staff(*, errand_id: str, subject_id: str, kind: str) -> None:
    """Send the results of the yearly evaluation to all staff, or remind who has not read them (51.14.3)."""
    evaluation_due.tell_staff(UUID(errand_id), UUID(subject_id), kind, at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="due", queueing_lock="due")
def run_due(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Warn, and let happen what follows when a term has run out (51.3)."""
    due.run(at=timezone.now())
    complaint_due.run(at=timezone.now())
    evaluation_due.run(at=timezone.now())
    findings_due.run(at=timezone.now())
    heartbeat.beat(Duty.DUE, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="read_mailbox", lock="read_mailbox", queueing_lock="read_mailbox")
def read_mailbox(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Take in the letters to the office, one reading at a time; who is away is asked again a minute later (51.6.2.g)."""
    if mailbox.read_office_mailbox(at=timezone.now()) is not None:
        heartbeat.beat(Duty.MAILBOX, at=timezone.now())


@app.periodic(cron="15 * * * *")
@app.task(name="recalculate", queueing_lock="recalculate")
def recalculate(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Reckon open terms anew when a decree was announced (51.3)."""
    calendar.recalculate(at=timezone.now())
    heartbeat.beat(Duty.RECALCULATE, at=timezone.now())


@app.periodic(cron="35 * * * *")
@app.task(name="nightly", queueing_lock="nightly", retry=WhileItMayHelp())
def run_nightly(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """The ledger's root of this day and what is drawn by it; hourly, so that a night that was missed is made good (51.10.2)."""
    nightly.run(at=timezone.now())


@app.periodic(cron="50 * * * *")
@app.task(name="clear_sessions", queueing_lock="clear_sessions")
def clear_sessions(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Clear away the sessions that are over (51.10.1)."""
    sessions.clear_expired(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Give the jobs of a worker that died back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
    await sync_to_async(heartbeat.beat)(Duty.WORKER, at=timezone.now())
