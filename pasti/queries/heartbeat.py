"""How the office's background duties stand (51.10.2)."""

from datetime import datetime

from pasti.domain.heartbeat import Beat, Duty, Pulse, beat_of
from pasti.domain.roles import Actor, Role
from pasti.records.heartbeat import Heartbeat
from pasti.records.ledger import LedgerEntry

WATCHERS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR})


def beats(*, at: datetime) -> tuple[Beat, ...]:
    """Every duty as it stands at `at`. Two SQL queries."""
    ran = dict(Heartbeat.objects.values_list("duty", "ran_at"))
    since = _open_since() or at
    return tuple(beat_of(duty, ran_at=ran.get(duty), open_since=since, at=at) for duty in Duty)


def late(*, at: datetime) -> tuple[Beat, ...]:
    """The duties that are late at `at`."""
    return tuple(beat for beat in beats(at=at) if beat.pulse is Pulse.LATE)


def may_watch(actor: Actor) -> bool:
    """Whether the heartbeats are this person's to watch."""
    return bool(actor.roles & WATCHERS)


def alarms(actor: Actor, *, at: datetime) -> tuple[Beat, ...]:
    """What is late, for who watches over it; nothing, and no SQL query, for everyone else."""
    return late(at=at) if may_watch(actor) else ()


def _open_since() -> datetime | None:
    """When the office opened: the first fact."""
    return LedgerEntry.objects.order_by("id").values_list("at", flat=True).first()
