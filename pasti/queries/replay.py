"""Every case of the office replayed from its own events: whether clocks, lapses and states are what the ledger says (51.3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.clock import Clock, ClockKind, ClockState, reckon
from pasti.domain.workflow import TIMED, State
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application

BATCH = 500
Fact = tuple[str, datetime, object]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What a replay finds."""

    cases: int
    endings: Mapping[str, int]  # state → how many cases stand there
    lapsed: int  # cases whose replayed term was used up before it was ended
    deemed_approved: int  # facts that say so
    undecided_past_term: int  # cases still worked on though their term has run out
    clock_replays_equal: bool  # every clock, replayed moment by moment, gives the dates that were told, and is in the ledger
    unequal: tuple[str, ...]  # the numbers of the cases of which that is not so


def replay(*, at: datetime) -> Replay:
    """Replay every submitted case as of `at` (51.3). Two SQL queries, read in batches."""
    facts = _clock_facts()
    endings: Counter[str] = Counter()
    unequal, lapsed, undecided = [], 0, 0
    for row in Application.objects.exclude(state=State.DRAFT).order_by("id").iterator(chunk_size=BATCH):
        clock, standard = Clock.from_json(row.clock), standards.load().edition(row.entry, row.effective)
        is_open = row.state in TIMED and clock.state is not ClockState.ENDED  # a replacement is signed after its term has ended
        is_overdue = reckon(clock, standard.clock, standards.load().calendar(), at).is_overdue
        endings[row.state] += 1
        lapsed += is_overdue
        undecided += is_overdue and is_open
        if not _is_told(row, clock) or not _is_in_ledger(clock, facts.get(row.id, [])):
            unequal.append(row.number or "")
    return Replay(
        cases=endings.total(),
        endings=dict(sorted(endings.items())),
        lapsed=lapsed,
        deemed_approved=LedgerEntry.objects.filter(kind="application.deemed_approved").count(),
        undecided_past_term=undecided,
        clock_replays_equal=not unequal,
        unequal=tuple(unequal),
    )


def _is_told(row: Application, clock: Clock) -> bool:
    """Whether each event's date is the one that a replay up to that moment gives."""
    rules, calendar = standards.load().edition(row.entry, row.effective).clock, standards.load().calendar()
    for number, event in enumerate(clock.events, start=1):
        known = calendar.known_on(jakarta_day(event.at))
        due_on = reckon(Clock(events=clock.events[:number]), rules, known, event.at).due_on
        if event.due_on != (None if event.kind is ClockKind.ENDED else due_on):
            return False
    return True


def _is_in_ledger(clock: Clock, facts: list[Fact]) -> bool:
    """Whether the ledger's last facts are the clock's events: a new round starts a new clock, the facts of earlier ones stay."""
    events = [(f"clock.{e.kind}", e.at, e.due_on.isoformat() if e.due_on else None) for e in clock.events]
    return facts[len(facts) - len(events) :] == events


def _clock_facts() -> dict[UUID, list[Fact]]:
    facts: dict[UUID, list[Fact]] = {}
    found = LedgerEntry.objects.filter(subject_kind="application", kind__startswith="clock.").order_by("subject_id", "seq")
    for subject, kind, at, after in found.values_list("subject_id", "kind", "at", "after").iterator(chunk_size=BATCH):
        facts.setdefault(subject, []).append((kind, at, after.get("due_on")))
    return facts
