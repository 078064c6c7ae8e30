"""The worker's round that both asks and acts: the statuses of every finished day are kept (51.14.1)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from pasti.actions import heartbeat, scorecard
from pasti.domain.heartbeat import Duty
from pasti.queries import compliance


@app.periodic(cron="2 * * * *")
@app.task(name="scorecard", queueing_lock="scorecard")
def keep_scorecard(timestamp: int) -> None:  # noqa: ARG001  # periodic tasks are given it
    """Keep how each clause stood at the end of yesterday; hourly, so that a night that was missed is made good."""
    scorecard.keep_missing(compliance.standing, at=timezone.now())
    heartbeat.beat(Duty.SCORECARD, at=timezone.now())
