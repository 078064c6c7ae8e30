"""The clock of a promise: events that start, stop, resume, reset and end it, and the date they add up to (51.3).

How days count (docs/decisions/0002, assumed): a day counts when the clock ran both when that day opened and when it closed.
What arrives at or after closing, or on a day off, is received on the next working day. So the day of start is day zero, the
days from a stop through its resumption do not count, and a stop and resume received on the same day cost nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from pasti.domain.calendar import Calendar, HolidayKind, jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.standard import ClockRules, Term, Text

CLAUSE = "51.3"
ONE_DAY = timedelta(days=1)


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


def _day_to_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_from_json(text: Json) -> date | None:
    return date.fromisoformat(str(text)) if text else None


@dataclass(frozen=True, kw_only=True)
class ClockEvent:
    """One event: when, by whom, why, and the due date as it stood right after (None while not running)."""

    kind: ClockKind
    at: datetime
    actor: str = ""
    reason: str = ""
    due_on: date | None = None
    decree: str = ""
    was_due_on: date | None = None  # only when recalculated: the date the applicant had been told

    def to_json(self) -> dict[str, Json]:
        """For the column of the case's row."""
        return {
            "kind": self.kind.value,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "reason": self.reason,
            "due_on": _day_to_json(self.due_on),
            "decree": self.decree,
            "was_due_on": _day_to_json(self.was_due_on),
        }

    @staticmethod
    def from_json(data: dict[str, Json]) -> "ClockEvent":
        """The event that `to_json` wrote."""
        return ClockEvent(
            kind=ClockKind(str(data["kind"])),
            at=datetime.fromisoformat(str(data["at"])),
            actor=str(data.get("actor", "")),
            reason=str(data.get("reason", "")),
            due_on=_day_from_json(data.get("due_on")),
            decree=str(data.get("decree", "")),
            was_due_on=_day_from_json(data.get("was_due_on")),
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
        if kinds[-1] is ClockKind.ENDED:
            return ClockState.ENDED
        return ClockState.RUNNING if kinds[-1] in (ClockKind.STARTED, ClockKind.RESUMED) else ClockState.STOPPED

    def as_of(self, at: datetime) -> "Clock":
        """The clock as it was at `at`, later events not yet there."""
        return Clock(events=tuple(e for e in self.events if e.at <= at))

    def to_json(self) -> list[Json]:
        """For the column of the case's row."""
        return [event.to_json() for event in self.events]

    @staticmethod
    def from_json(data: Iterable[dict[str, Json]]) -> "Clock":
        """The clock that `to_json` wrote."""
        return Clock(events=tuple(ClockEvent.from_json(item) for item in data))


_NOT_STARTED, _RUNNING, _STOPPED = ClockState.NOT_STARTED, ClockState.RUNNING, ClockState.STOPPED
_PERMITTED: dict[ClockKind, tuple[frozenset[ClockState], Sentence]] = {  # from which states; else this refusal
    ClockKind.STARTED: (frozenset({_NOT_STARTED}), Sentence("Hitungan waktu sudah pernah dimulai.")),
    ClockKind.STOPPED: (frozenset({_RUNNING}), Sentence("Hitungan waktu tidak sedang berjalan, jadi tidak dapat dihentikan.")),
    ClockKind.RESUMED: (frozenset({_STOPPED}), Sentence("Hitungan waktu tidak sedang berhenti, jadi tidak dapat dilanjutkan.")),
    ClockKind.RESET: (
        frozenset({_RUNNING, _STOPPED}),
        Sentence("Hitungan waktu belum dimulai atau sudah selesai, jadi tidak dapat diulang."),
    ),
    ClockKind.RECALCULATED: (frozenset({_RUNNING}), Sentence("Hitungan waktu tidak sedang berjalan, jadi tidak dihitung ulang.")),
    ClockKind.ENDED: (frozenset({_RUNNING, _STOPPED}), Sentence("Hitungan waktu belum dimulai atau sudah selesai.")),
}


def _with(clock: Clock, event: ClockEvent) -> Clock:
    if event.at.tzinfo is None:
        raise ValueError("a clock event needs an aware moment")
    states, refusal = _PERMITTED[event.kind]
    if clock.state not in states:
        raise RuleBroken(CLAUSE, refusal)
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


def as_event(event: ClockEvent, *, clause: str = CLAUSE) -> Event:
    """The ledger's fact of a clock event; the applicant sees it."""
    after: dict[str, Json] = {"due_on": _day_to_json(event.due_on)}
    before: dict[str, Json] = {}
    if event.kind is ClockKind.RECALCULATED:
        before, after["decree"] = {"due_on": _day_to_json(event.was_due_on)}, event.decree
    return Event(kind=f"clock.{event.kind}", clause=clause, reason=event.reason, before=before, after=after, public=True)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Days not counted because the clock was stopped: from `first` through `last` (None while stopped), and why."""

    first: date
    last: date | None
    reason: str
    by: str = ""  # the account that stopped it


@dataclass(frozen=True, kw_only=True)
class Run:
    """A term since it last began: its day zero (None after a reset, until it is resumed) and the pauses since."""

    zero: date | None
    pauses: tuple[Pause, ...]


def _run_of(clock: Clock, rules: ClockRules, calendar: Calendar) -> Run:
    zero: date | None = None
    pauses: list[Pause] = []
    for event in clock.events:
        if event.kind in (ClockKind.ENDED, ClockKind.RECALCULATED):
            continue
        received = calendar.received_on(event.at, rules.closing)
        if event.kind is ClockKind.STOPPED:
            pauses.append(Pause(first=received, last=None, reason=event.reason, by=event.actor))
        elif event.kind is ClockKind.RESET:
            zero, pauses = None, [Pause(first=received, last=None, reason=event.reason, by=event.actor)]
        elif zero is None:
            zero, pauses = received, []
        else:
            pause = pauses.pop()
            pauses += [replace(pause, last=received)] if received > pause.first else []
    return Run(zero=zero, pauses=tuple(pauses))


def _stretches(run: Run, rules: ClockRules) -> Iterator[tuple[date, date | None]]:
    """The stretches that count: days strictly after the first through the second; None runs on (51.3)."""
    if run.zero is None:
        return
    after = run.zero if rules.day_zero else run.zero - ONE_DAY
    for pause in run.pauses:
        yield after, pause.first - ONE_DAY
        if pause.last is None:
            return
        after = pause.last
    yield after, None


def _count(rules: ClockRules, calendar: Calendar, after: date, through: date) -> int:
    if rules.promise.unit == "calendar_days":
        return max(0, (through - after).days)
    return calendar.working_days_between(after, through) if through > after else 0


def _add(rules: ClockRules, calendar: Calendar, day: date, n: int) -> date:
    if rules.promise.unit == "calendar_days":
        return day + timedelta(days=n)
    return calendar.add_working_days(day, n)


def _due_day(run: Run, rules: ClockRules, calendar: Calendar) -> date | None:
    """The day on which the term is used up; None when the clock stands still before that (51.3)."""
    left = rules.promise.amount
    for after, through in _stretches(run, rules):
        counted = left if through is None else _count(rules, calendar, after, through)
        if counted >= left:
            return _add(rules, calendar, after, left)
        left -= counted
    return None


def _days_used(run: Run, rules: ClockRules, calendar: Calendar, today: date) -> int:
    """How many days of the promise's unit have counted through `today` (51.3)."""
    return sum(_count(rules, calendar, after, min(through or today, today)) for after, through in _stretches(run, rules))


class DayKind(StrEnum):
    """What one day of the promise bar is."""

    START = "start"
    COUNTED = "counted"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    WEEKEND = "weekend"
    STOPPED = "stopped"
    TODAY = "today"
    TO_COME = "to_come"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """One day, what it is, why (an Indonesian sentence), and the decree when one took it out; `number` when it counts."""

    day: date
    kind: DayKind
    reason: str
    decree: str = ""
    number: int | None = None
    by: str = ""  # the account that stopped the clock, on a stopped day


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """A term at a moment. `used` and `remaining` are days of the promise's unit; today is used as soon as it has begun."""

    state: ClockState
    started_on: date | None  # day zero of the running count; None before the start and after a reset
    due_on: date | None  # None before the start, and while stopped unless the term had lapsed before the stop
    used: int
    remaining: int
    is_overdue: bool
    days: tuple[DayCell, ...]  # from day zero through the due day; through today when stopped or overdue; through the end


def reckon(clock: Clock, rules: ClockRules, calendar: Calendar, at: datetime) -> Reckoning:
    """The term as it stood at `at`, by the events so far and the decrees announced by that day (51.3).

    The same events give the same answer for that moment for ever; an ended term is shown as it stood when it ended.
    MissingCalendar when the count runs into a year that no decree was on file for that day.
    """
    clock = clock.as_of(at)
    ended = clock.state is ClockState.ENDED
    today = jakarta_day(clock.events[-1].at if ended else at)
    known = calendar.known_on(today)
    run = _run_of(clock, rules, known)
    due_on, used = _due_day(run, rules, known), _days_used(run, rules, known, today)
    last = today if ended or due_on is None else max(due_on, today)
    return Reckoning(
        state=clock.state,
        started_on=run.zero,
        due_on=due_on,
        used=used,
        remaining=max(0, rules.promise.amount - used),
        is_overdue=due_on is not None and today > due_on,
        # The day of the end is a day gone by: nobody who looks later may read "today" there.
        days=tuple(_cells(run, rules, known, last=last, due_on=due_on, today=today + ONE_DAY if ended else today)),
    )


def _cells(run: Run, rules: ClockRules, calendar: Calendar, *, last: date, due_on: date | None, today: date) -> Iterator[DayCell]:
    """Each day from day zero (after a reset: from the stop) through `last`, what it is and why (51.3)."""
    running = tuple(_stretches(run, rules))
    first = run.zero or (run.pauses[0].first if run.pauses else last + ONE_DAY)
    number = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day == run.zero and rules.day_zero:
            yield DayCell(day=day, kind=DayKind.START, reason=Sentence("Hitungan dimulai: hari ke-0, belum dihitung."))
        elif off := _day_off(rules, calendar, day):
            yield off
        elif any(after < day and (through is None or day <= through) for after, through in running):
            number += 1
            yield _counted(day, number, rules, due_on=due_on, today=today)
        else:
            pause = _pause_on(run, day)
            reason = Sentence("Hitungan berhenti: {reason}", reason=Text(id=pause.reason))
            yield DayCell(day=day, kind=DayKind.STOPPED, reason=reason, by=pause.by)


def _pause_on(run: Run, day: date) -> Pause:
    return next(p for p in run.pauses if p.first <= day and (p.last is None or day <= p.last))


def _day_off(rules: ClockRules, calendar: Calendar, day: date) -> DayCell | None:
    if rules.promise.unit == "calendar_days" or calendar.is_working_day(day):
        return None
    holiday = calendar.holiday(day)
    if holiday is None:
        return DayCell(day=day, kind=DayKind.WEEKEND, reason=Sentence("Akhir pekan, tidak dihitung."))
    is_leave = holiday.kind is HolidayKind.JOINT_LEAVE
    words = "Cuti bersama, tidak dihitung: {name}." if is_leave else "Hari libur, tidak dihitung: {name}."
    kind, reason = DayKind.JOINT_LEAVE if is_leave else DayKind.HOLIDAY, Sentence(words, name=Text(id=holiday.name))
    return DayCell(day=day, kind=kind, reason=reason, decree=holiday.decree)


def _counted(day: date, number: int, rules: ClockRules, *, due_on: date | None, today: date) -> DayCell:
    unit = rules.promise.unit
    name = Sentence("Hari kalender ke-{number}" if unit == "calendar_days" else "Hari kerja ke-{number}", number=number)
    what = Sentence("sudah dihitung." if day < today else "yaitu hari ini." if day == today else "akan dihitung.")
    kind = DayKind.COUNTED if day < today else DayKind.TODAY if day == today else DayKind.TO_COME
    if due_on is not None and day > due_on:
        what = Sentence("lewat {late} dari batas waktu.", late=Term(amount=number - rules.promise.amount, unit=unit))
    if day == due_on:
        kind, what = DayKind.DUE, Sentence("yaitu hari ini: batas waktu." if day == today else "batas waktu.")
    return DayCell(day=day, kind=kind, reason=Sentence("{day}, {what}", day=name, what=what), number=number)


def recalculated(
    clock: Clock, rules: ClockRules, *, before: Calendar, after: Calendar, at: datetime, decree: str
) -> Clock | None:
    """The clock with the fact that `decree` moved its date, old and new date told; None when nothing moves (51.3).

    Both ways are told alike: an earlier date binds the office, and the applicant keeps the record of the later one.
    A term that had lapsed by `before` stays lapsed.
    """
    was, now = reckon(clock, rules, before, at), reckon(clock, rules, after, at)
    if clock.state is not ClockState.RUNNING or was.is_overdue or was.due_on == now.due_on:
        return None
    assert was.due_on is not None
    assert now.due_on is not None, "a running term has a date"
    moved = "mundur" if now.due_on > was.due_on else "maju"
    days = f"dari {said_day(was.due_on)} menjadi {said_day(now.due_on)}"
    reason = f"Kalender kerja berubah dengan {decree}: batas waktu {moved} {days}."
    moved_event = ClockEvent(
        kind=ClockKind.RECALCULATED, at=at, reason=reason, due_on=now.due_on, was_due_on=was.due_on, decree=decree
    )
    return _with(clock, moved_event)
