"""The heartbeat of the office's background duties: when each ran, when it must run next, and whether it is late (51.10.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence

BEGAN = "began"  # no duty: when the installation was first started


class Duty(StrEnum):
    """What the office does by itself."""

    WORKER = "worker"
    DUE = "due"
    RECALCULATE = "recalculate"
    MAILBOX = "mailbox"
    ROOT = "root"
    SAMPLES = "samples"
    STAMP = "stamp"
    SCORECARD = "scorecard"
    BACKUP = "backup"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often a duty runs, and how long it may be behind before that is an alarm."""

    title: Sentence
    every: timedelta
    grace: timedelta
    optional: bool = False  # watched only once it has run: not every office has it


RHYTHMS: dict[Duty, Rhythm] = {
    Duty.WORKER: Rhythm(title=Sentence("Pekerja tugas keluar"), every=timedelta(minutes=1), grace=timedelta(minutes=4)),
    Duty.DUE: Rhythm(title=Sentence("Peringatan dan batas waktu"), every=timedelta(minutes=15), grace=timedelta(minutes=15)),
    Duty.RECALCULATE: Rhythm(title=Sentence("Hitung ulang kalender"), every=timedelta(hours=1), grace=timedelta(hours=1)),
    Duty.MAILBOX: Rhythm(
        title=Sentence("Kotak surat pengaduan"), every=timedelta(minutes=1), grace=timedelta(minutes=15), optional=True
    ),
    Duty.ROOT: Rhythm(title=Sentence("Akar malam jejak audit"), every=timedelta(days=1), grace=timedelta(hours=2)),
    Duty.SAMPLES: Rhythm(title=Sentence("Undian sampel pengawasan"), every=timedelta(days=1), grace=timedelta(hours=2)),
    Duty.STAMP: Rhythm(
        title=Sentence("Cap waktu akar dari luar"), every=timedelta(days=1), grace=timedelta(hours=6), optional=True
    ),
    Duty.SCORECARD: Rhythm(title=Sentence("Kartu skor harian"), every=timedelta(days=1), grace=timedelta(hours=2)),
    Duty.BACKUP: Rhythm(title=Sentence("Cadangan data"), every=timedelta(days=1), grace=timedelta(hours=6), optional=True),
}


WATCHERS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR})


def may_watch(actor: Actor) -> bool:
    """Whether the heartbeats are this person's to watch: who keeps the server, and who answers for the office (51.10.1)."""
    return bool(actor.roles & WATCHERS)


class Pulse(StrEnum):
    """How a duty stands."""

    ON_TIME = "on_time"
    LATE = "late"
    AWAITED = "awaited"  # it has not run yet, and need not have
    UNWATCHED = "unwatched"  # this office has not set it up


@dataclass(frozen=True, kw_only=True)
class Beat:
    """One duty as it stands at a moment; `next_by` is when it is late (None for what is not watched)."""

    duty: Duty
    title: Sentence
    ran_at: datetime | None
    next_at: datetime | None
    next_by: datetime | None
    pulse: Pulse


def beat_of(duty: Duty, *, ran_at: datetime | None, open_since: datetime, at: datetime) -> Beat:
    """How a duty stands at `at`; what has never run is measured from when the office opened (51.10.2)."""
    rhythm = RHYTHMS[duty]
    if ran_at is None and rhythm.optional:
        return Beat(duty=duty, title=rhythm.title, ran_at=None, next_at=None, next_by=None, pulse=Pulse.UNWATCHED)
    next_at = (ran_at or open_since) + rhythm.every
    late = at > next_at + rhythm.grace
    pulse = Pulse.LATE if late else Pulse.ON_TIME if ran_at else Pulse.AWAITED
    return Beat(duty=duty, title=rhythm.title, ran_at=ran_at, next_at=next_at, next_by=next_at + rhythm.grace, pulse=pulse)
