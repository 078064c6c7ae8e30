"""The worker's tasks: each runs one errand that a committed act left behind, and may run twice without harm."""

from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from pasti.actions import notices
from pasti.domain.errors import DoorClosed

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=4, retry_exceptions=[DoorClosed])
STALLED_AFTER_SECONDS = 60


@app.task(name="tell_applicant", queue="messages", retry=AGAIN)
def tell_applicant(*, errand_id: str, subject_id: str, kind: str) -> None:
    """Tell the applicant by mail what happened to the application."""
    notices.tell_applicant(UUID(errand_id), UUID(subject_id), kind, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Give the jobs of a worker that died back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
