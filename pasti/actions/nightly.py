"""What is done once a night: the root, the samples drawn by it, the day's figures, the stamp (51.10.1, 51.10.2)."""

from datetime import datetime

from django.conf import settings

from pasti.actions import figures, heartbeat, roots, samples
from pasti.domain.errors import Overtaken
from pasti.domain.heartbeat import Duty


def run(*, at: datetime) -> None:
    """Do what this night still lacks; safe to run again, and by two at once. DoorClosed when only the stamp is missing."""
    try:
        roots.seal_tonight(at=at)
    except Overtaken:
        return  # another process has just made it, and goes on from there
    heartbeat.beat(Duty.ROOT, at=at)
    samples.draw_missing(at=at)
    heartbeat.beat(Duty.SAMPLES, at=at)
    figures.count_new(at=at)
    if settings.PASTI_TSA_URL:
        roots.stamp_missing(at=at)
        heartbeat.beat(Duty.STAMP, at=at)
