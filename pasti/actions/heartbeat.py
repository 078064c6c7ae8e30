"""A duty says that it has done its work; the worker says so for each task that succeeds (51.10.2)."""

from datetime import datetime

from pasti.domain.heartbeat import BEGAN, Duty
from pasti.records.heartbeat import Heartbeat


def beat(duty: Duty, *, at: datetime) -> None:
    """Record that the duty has succeeded at `at`. The one write without a fact: what the duty did has facts of its own."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(duty=duty, ran_at=at)], update_conflicts=True, unique_fields=["duty"], update_fields=["ran_at"]
    )


def begin(*, at: datetime) -> None:
    """The moment from which duties are expected to run at all: the first start of this installation, and only that."""
    Heartbeat.objects.bulk_create([Heartbeat(duty=BEGAN, ran_at=at)], ignore_conflicts=True)
