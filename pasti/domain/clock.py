"""The clock of a promise: events that start, stop, resume, reset and end it, and the date they add up to (51.3).

How days count (docs/decisions/0002): a day counts when the clock ran from that day's opening to its closing. So the day of
start is day zero, the days on which it stops and resumes are not counted, and a stop and resume within one day cost nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from pasti.domain.calendar import JAKARTA, Calendar, jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json
from pasti.domain.standard import ClockRules

CLAUSE = "51.3"


class ClockKind(StrEnum):
    """What may happen to a clock."""

    STARTED = "started"
    STOPPED = "stopped"
    RESUMED = "resumed"
    RESET = "reset"  # stops, and goes back to zero when resumed
    RECALCULATED = "recalculated"  # a decree moved the date
    ENDED = "ended"


class ClockState(StrEnum):
    """What a clock is doing."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class ClockEvent:
    """One event: when, by whom, why, and the due date as it stood right after (None while not running)."""

    kind: ClockKind
    at: datetime
    actor: str = ""
    reason: str = ""
    due_on: date | None = None
    decree: str = ""

    def to_json(self) -> dict[str, Json]:
        """For the column of the case's row."""
        due_on = self.due_on.isoformat() if self.due_on else None
        return {"kind": self.kind, "at": self.at.isoformat(), "actor": self.actor, "reason": self.reason, "due_on": due_on, "decree": self.decree}

    @staticmethod
    def from_json(data: dict[str, Json]) -> "ClockEvent":
        """The event that `to_json` wrote."""
        due_on = data.get("due_on")
        return ClockEvent(
            kind=ClockKind(str(data["kind"])),
            at=datetime.fromisoformat(str(data["at"])),
            actor=str(data.get("actor", "")),
            reason=str(data.get("reason", "")),
            due_on=date.fromisoformat(str(due_on)) if due_on else None,
            decree=str(data.get("decree", "")),
        )


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The events so far, oldest first."""

    events: tuple[ClockEvent, ...] = ()

    @property
    def state(self) -> ClockState:
        """What the clock is doing after its last event."""
        kinds = [e.kind for e in self.events if e.kind is not ClockKind.RECALCULATED]
        if not kinds:
            return ClockState.NOT_STARTED
        return {
            ClockKind.STARTED: ClockState.RUNNING,
            ClockKind.RESUMED: ClockState.RUNNING,
            ClockKind.STOPPED: ClockState.STOPPED,
            ClockKind.RESET: ClockState.STOPPED,
            ClockKind.ENDED: ClockState.ENDED,
        }[kinds[-1]]

    def to_json(self) -> list[Json]:
        """For the column of the case's row."""
        return [event.to_json() for event in self.events]

    @staticmethod
    def from_json(data: Iterable[dict[str, Json]]) -> "Clock":
        """The clock that `to_json` wrote."""
        return Clock(events=tuple(ClockEvent.from_json(item) for item in data))


_PERMITTED: dict[ClockKind, tuple[ClockState, ...]] = {
    ClockKind.STARTED: (ClockState.NOT_STARTED,),
    ClockKind.STOPPED: (ClockState.RUNNING,),
    ClockKind.RESUMED: (ClockState.STOPPED,),
    ClockKind.RESET: (ClockState.RUNNING, ClockState.STOPPED),
    ClockKind.RECALCULATED: (ClockState.RUNNING,),
    ClockKind.ENDED: (ClockState.RUNNING, ClockState.STOPPED),
}

_REFUSALS: dict[ClockKind, str] = {
    ClockKind.STARTED: "Hitungan waktu sudah pernah dimulai.",
    ClockKind.STOPPED: "Hitungan waktu tidak sedang berjalan, jadi tidak dapat dihentikan.",
    ClockKind.RESUMED: "Hitungan waktu tidak sedang berhenti, jadi tidak dapat dilanjutkan.",
    ClockKind.RESET: "Hitungan waktu belum dimulai atau sudah selesai, jadi tidak dapat diulang.",
    ClockKind.RECALCULATED: "Hitungan waktu tidak sedang berjalan, jadi tidak ada tanggal yang dihitung ulang.",
    ClockKind.ENDED: "Hitungan waktu belum dimulai atau sudah selesai.",
}


def _with(clock: Clock, event: ClockEvent) -> Clock:
    if clock.state not in _PERMITTED[event.kind]:
        raise RuleBroken(CLAUSE, _REFUSALS[event.kind])
    if clock.events and event.at < clock.events[-1].at:
        raise RuleBroken(CLAUSE, "Waktu kejadian lebih awal daripada kejadian sebelumnya.")
    return Clock(events=(*clock.events, event))


def start(clock: Clock, *, at: datetime, actor: str = "") -> Clock:
    """Start the term: the dossier is complete and correct (51.3)."""
    return _with(clock, ClockEvent(kind=ClockKind.STARTED, at=at, actor=actor))


def stop(clock: Clock, *, at: datetime, reason: str, actor: str = "") -> Clock:
    """Stop the term with a written reason, which the applicant reads (51.3)."""
    if not reason.strip():
        raise RuleBroken(CLAUSE, "Tulis alasan mengapa hitungan waktu dihentikan; pemohon membacanya.")
    return _with(clock, ClockEvent(kind=ClockKind.STOPPED, at=at, actor=actor, reason=reason.strip()))


def resume(clock: Clock, *, at: datetime, actor: str = "") -> Clock:
    """Let the term run on where it stopped, or from zero after a reset (51.3)."""
    return _with(clock, ClockEvent(kind=ClockKind.RESUMED, at=at, actor=actor))


def reset(clock: Clock, *, at: datetime, reason: str, actor: str = "") -> Clock:
    """Stop the term and take it back to zero, with a written reason (51.3)."""
    if not reason.strip():
        raise RuleBroken(CLAUSE, "Tulis alasan mengapa hitungan waktu diulang dari awal; pemohon membacanya.")
    return _with(clock, ClockEvent(kind=ClockKind.RESET, at=at, actor=actor, reason=reason.strip()))


def end(clock: Clock, *, at: datetime, actor: str = "") -> Clock:
    """End the term: the case is decided or withdrawn (51.3)."""
    return _with(clock, ClockEvent(kind=ClockKind.ENDED, at=at, actor=actor))


def dated(clock: Clock, due_on: date | None) -> Clock:
    """The clock with the due date written on its last event, as it stood then."""
    return Clock(events=(*clock.events[:-1], replace(clock.events[-1], due_on=due_on)))


def as_event(event: ClockEvent, *, clause: str) -> Event:
    """The ledger's fact of a clock event; the applicant sees it."""
    after: dict[str, Json] = {"due_on": event.due_on.isoformat() if event.due_on else None}
    if event.decree:
        after["decree"] = event.decree
    return Event(kind=f"clock.{event.kind}", clause=clause, reason=event.reason, after=after, public=True)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of running: days strictly after `after`, through `through` (None while it runs) are counted."""

    after: date
    through: date | None


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Days not counted because the clock was stopped: from `first` through `last` (None while stopped), and why."""

    first: date
    last: date | None
    reason: str


def _close(span: Span, event: ClockEvent, rules: ClockRules) -> Span:
    day = jakarta_day(event.at)
    whole = event.kind is ClockKind.ENDED or event.at.astimezone(JAKARTA).time() >= rules.closing
    return Span(after=span.after, through=day if whole else day - timedelta(days=1))


def spans_and_pauses(clock: Clock, rules: ClockRules, calendar: Calendar) -> tuple[list[Span], list[Pause], date | None]:
    """The stretches that count, the pauses between them, and day zero; a reset forgets what came before it."""
    spans: list[Span] = []
    pauses: list[Pause] = []
    first: date | None = None
    for event in clock.events:
        if event.kind in (ClockKind.STARTED, ClockKind.RESUMED):
            received = calendar.received_on(event.at, rules.closing)
            if event.kind is ClockKind.STARTED or not spans:
                first = first or received
                after = received if rules.day_zero else received - timedelta(days=1)
                spans.append(Span(after=after, through=None))
                pauses = [replace(p, last=p.last or received) for p in pauses]
            elif pauses and jakarta_day(clock.events[clock.events.index(event) - 1].at) == jakarta_day(event.at):
                spans[-1] = replace(spans[-1], through=None)
                pauses.pop()
            else:
                pauses[-1] = replace(pauses[-1], last=received)
                spans.append(Span(after=received, through=None))
        elif event.kind in (ClockKind.STOPPED, ClockKind.RESET):
            if spans and spans[-1].through is None:
                spans[-1] = _close(spans[-1], event, rules)
                pauses.append(Pause(first=(spans[-1].through or spans[-1].after) + timedelta(days=1), last=None, reason=event.reason))
            if event.kind is ClockKind.RESET:
                spans = []
        elif event.kind is ClockKind.ENDED and spans and spans[-1].through is None:
            spans[-1] = _close(spans[-1], event, rules)
    return spans, pauses, first


class DayKind(StrEnum):
    """What one day of the promise bar is."""

    START = "start"
    COUNTED = "counted"
    TODAY = "today"
    TO_COME = "to_come"
    DUE = "due"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    STOPPED = "stopped"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """One day, what it is, why (a sentence), and the decree when one took it out; `number` when it counts."""

    day: date
    kind: DayKind
    reason: str
    decree: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """A term at a moment: the date, days used and left (working days, unless the promise counts calendar days), each day."""

    state: ClockState
    started_on: date | None
    due_on: date | None  # None before the start and while stopped
    used: int
    remaining: int
    is_overdue: bool
    days: tuple[DayCell, ...]


def _count(rules: ClockRules, calendar: Calendar, after: date, through: date) -> int:
    if rules.promise.unit == "calendar_days":
        return max(0, (through - after).days)
    return calendar.working_days_between(after, through)


def _add(rules: ClockRules, calendar: Calendar, day: date, n: int) -> date:
    if rules.promise.unit == "calendar_days":
        return day + timedelta(days=n)
    return calendar.add_working_days(day, n)


def reckon(clock: Clock, rules: ClockRules, calendar: Calendar, at: datetime) -> Reckoning:
    """The term as it stands at `at`, by the decrees known that day: the same events give the same answer for ever (51.3).

    MissingCalendar when the date falls in a year without a decree.
    """
    known, today, amount = calendar.known_on(jakarta_day(at)), jakarta_day(at), rules.promise.amount
    spans, pauses, first = spans_and_pauses(clock, rules, known)
    if first is None:
        return Reckoning(state=clock.state, started_on=None, due_on=None, used=0, remaining=amount, is_overdue=False, days=())
    if not spans:
        days = _cells(rules, known, first, today, spans, pauses, due_on=None, today=today)
        return Reckoning(state=clock.state, started_on=first, due_on=None, used=0, remaining=amount, is_overdue=False, days=days)
    before = sum(_count(rules, known, s.after, s.through) for s in spans[:-1] if s.through)
    last = spans[-1]
    stopped = clock.state is ClockState.STOPPED
    due_on = _add(rules, known, last.after, max(0, amount - before))
    until = last.through or today
    used = before + _count(rules, known, last.after, until)
    end = until if clock.state is ClockState.ENDED else today if stopped else max(due_on, today)
    return Reckoning(
        state=clock.state,
        started_on=first,
        due_on=None if stopped else due_on,
        used=used,
        remaining=max(0, amount - used),
        is_overdue=not stopped and until > due_on,
        days=_cells(rules, known, first, end, spans, pauses, due_on=None if stopped else due_on, today=today),
    )


def _cells(
    rules: ClockRules, calendar: Calendar, first: date, end: date, spans: list[Span], pauses: list[Pause], *, due_on: date | None, today: date
) -> tuple[DayCell, ...]:
    cells: list[DayCell] = []
    number = 0
    for offset in range(max(0, (end - first).days) + 1):
        day = first + timedelta(days=offset)
        counts = any(s.after < day and (s.through is None or day <= s.through) for s in spans)
        skipped = _skipped(rules, calendar, day)
        if skipped and not (day == first and rules.day_zero):
            cells.append(skipped)
        elif counts:
            number += 1
            cells.append(_counted(day, number, due_on=due_on, today=today))
        else:
            cells.append(_uncounted(day, first, pauses))
    return tuple(cells)


def _skipped(rules: ClockRules, calendar: Calendar, day: date) -> DayCell | None:
    if rules.promise.unit == "calendar_days":
        return None
    holiday = calendar.holiday(day)
    if holiday is not None:
        leave = holiday.kind == "joint_leave"
        word = "Cuti bersama" if leave else "Hari libur"
        kind = DayKind.JOINT_LEAVE if leave else DayKind.HOLIDAY
        return DayCell(day=day, kind=kind, reason=f"{word}: {holiday.name}", decree=holiday.decree)
    if not calendar.is_working_day(day):
        return DayCell(day=day, kind=DayKind.WEEKEND, reason="Akhir pekan")
    return None


def _counted(day: date, number: int, *, due_on: date | None, today: date) -> DayCell:
    if due_on is not None and day > due_on:
        return DayCell(day=day, kind=DayKind.OVERDUE, reason="Lewat dari batas waktu", number=number)
    if day == due_on:
        now = ", hari ini" if day == today else ""
        return DayCell(day=day, kind=DayKind.DUE, reason=f"Hari ke-{number}{now}: batas waktu", number=number)
    if day == today:
        return DayCell(day=day, kind=DayKind.TODAY, reason=f"Hari ini, hari ke-{number}", number=number)
    kind, word = (DayKind.COUNTED, "sudah dihitung") if day < today else (DayKind.TO_COME, "akan dihitung")
    return DayCell(day=day, kind=kind, reason=f"Hari ke-{number}, {word}", number=number)


def _uncounted(day: date, first: date, pauses: list[Pause]) -> DayCell:
    pause = next((p for p in pauses if p.first <= day and (p.last is None or day <= p.last)), None)
    if pause is not None:
        return DayCell(day=day, kind=DayKind.STOPPED, reason=f"Hitungan berhenti: {pause.reason}")
    if day == first:
        return DayCell(day=day, kind=DayKind.START, reason="Hari ke-0: berkas dinyatakan lengkap dan benar")
    return DayCell(day=day, kind=DayKind.STOPPED, reason="Tidak dihitung")


def recalculated(clock: Clock, rules: ClockRules, *, before: Calendar, after: Calendar, at: datetime, decree: str) -> Clock | None:
    """The clock with the fact that a decree moved its date; None when nothing moves. Never silent, whichever way it moves (51.3)."""
    if clock.state is not ClockState.RUNNING:
        return None
    old, new = reckon(clock, rules, before, at).due_on, reckon(clock, rules, after, at).due_on
    if old == new or old is None or new is None:
        return None
    direction = "mundur" if new > old else "maju"
    reason = f"Kalender kerja berubah: batas waktu {direction} dari {old.isoformat()} menjadi {new.isoformat()}."
    return _with(clock, ClockEvent(kind=ClockKind.RECALCULATED, at=at, reason=reason, due_on=new, decree=decree))
