"""How the office's background duties stand (51.10.2)."""

from datetime import datetime

from pasti.domain.heartbeat import BEGAN, Beat, Duty, Pulse, beat_of, may_watch
from pasti.domain.roles import Actor
from pasti.records.heartbeat import Heartbeat
from pasti.records.ledger import LedgerEntry


def beats(*, at: datetime) -> tuple[Beat, ...]:
    """Every duty as it stands at `at`. One SQL query, two when `prepare` never ran here."""
    ran = dict(Heartbeat.objects.values_list("duty", "ran_at"))
    since = ran.get(BEGAN) or _first_fact() or at
    return tuple(beat_of(duty, ran_at=ran.get(duty), open_since=since, at=at) for duty in Duty)


def late(*, at: datetime) -> tuple[Beat, ...]:
    """The duties that are late at `at`."""
    return tuple(beat for beat in beats(at=at) if beat.pulse is Pulse.LATE)


def alarms(actor: Actor, *, at: datetime) -> tuple[Beat, ...]:
    """What is late, for who watches over it; nothing, and no SQL query, for everyone else."""
    return late(at=at) if may_watch(actor) else ()


def _first_fact() -> datetime | None:
    """When the office opened, where nothing says when it was installed."""
    return LedgerEntry.objects.order_by("id").values_list("at", flat=True).first()
