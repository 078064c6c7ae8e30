"""What a holder owes after issue: opened, reminded of, overdue, reported back (51.1.A.3, 51.1.A.5).

An overdue duty is a ground to hear the holder. It decides nothing by itself, and a late report is still taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from pasti.domain.calendar import JAKARTA, Calendar, jakarta_day
from pasti.domain.errors import FieldProblem, InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.events import Errand, Event, Json, Outcome
from pasti.domain.licensing import Case, Ground, tell_office
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.standard import Duties, Duty, Term
from pasti.domain.terms import last_day
from pasti.domain.workflow import VALID

ONE_DAY = timedelta(days=1)
SHORTEST_REASON = 10


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One duty of one certificate, for one period when it comes back."""

    duty: str
    from_on: date  # the day its term counts from: of opening, or the period's last
    due_on: date
    reminded: int | None = None  # the fewest remaining days at which a reminder went out
    is_overdue: bool = False  # found to be, and so told
    is_reported: bool = False

    @property
    def key(self) -> tuple[str, date]:
        """What tells it apart from the others of its case."""
        return self.duty, self.from_on

    @property
    def is_open(self) -> bool:
        """Whether the guard still has something to say about it."""
        return not (self.is_reported or self.is_overdue)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What looking at a case's duties brings about: the outcome for the case, new duties, and those that changed."""

    outcome: Outcome
    opened: tuple[Owed, ...]
    changed: tuple[Owed, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the holder reports: a number and a date, or why nothing is owed."""

    number: str = ""
    dated_on: date | None = None
    has_file: bool = False
    none_reason: str = ""  # in the holder's words, where the duty may be none


def _period_ends(duty: Duty, first: date) -> Iterator[date]:
    """The ends of periods from `first` on."""
    year = first.year
    while True:
        yield from (day for day in (date(year, *end) for end in duty.period_ends) if day >= first)
        year += 1


def _to_open(duty: Duty, known: Iterable[Owed], today: date, calendar: Calendar) -> Iterator[Owed]:
    """What is owed by `today` and not yet known. Nobody owes for a time before the duty was first opened."""
    last = max((owed.from_on for owed in known if owed.duty == duty.id), default=None)
    if not duty.period_ends:
        starts = () if last else (today,)
        yield from (Owed(duty=duty.id, from_on=day, due_on=last_day(duty.within, day, calendar)) for day in starts)
        return
    for end in _period_ends(duty, last + ONE_DAY if last else today):
        if last is not None and end > today and last >= today:
            return  # the running period is open already
        yield Owed(duty=duty.id, from_on=end, due_on=last_day(duty.within, end, calendar))
        last = end


def _next_on(duties: Duties, owed: Iterable[Owed]) -> date | None:
    """The first day on which there is something to open, to remind of or to find overdue; None when there never is again."""
    days: list[date] = []
    for one in owed:
        if one.is_open:
            left = [n for n in duties.reminders if one.reminded is None or n < one.reminded]
            days += [one.due_on - timedelta(days=n) for n in left] + [one.due_on + ONE_DAY]
    for duty in duties.items:
        ends = [one.from_on for one in owed if one.duty == duty.id]
        days += [max(ends) + ONE_DAY] if duty.period_ends and ends else []
    return min(days, default=None)


def look(known: tuple[Owed, ...], ground: Ground, *, opens: time) -> Look | None:
    """What is due about a valid certificate's duties at that moment, each thing once; None when nothing is (51.1)."""
    duties, today = ground.standard.duties, jakarta_day(ground.at)
    is_morning = ground.at.astimezone(JAKARTA).time() >= opens
    opened = tuple(new for duty in duties.items for new in _to_open(duty, known, today, ground.calendar))
    changed, events, errands = [], [_opened(duties.duty(new.duty), new) for new in opened], []
    for one in (*known, *opened):
        after = _after(one, duties, today, is_morning=is_morning)
        if after != one:
            changed.append(after)
            events.append(_told(duties.duty(one.duty), after, today))
            errands += _errands(duties, after, today)
    if not events:
        return None
    now = {one.key: one for one in (*known, *opened, *changed)}
    fresh = tuple(now[one.key] for one in opened)
    return Look(
        outcome=Outcome(
            changes={"duties_next_on": _next_on(duties, tuple(now.values()))}, events=tuple(events), errands=tuple(errands)
        ),
        opened=fresh,
        changed=tuple(one for one in changed if one not in fresh),
    )


def _after(one: Owed, duties: Duties, today: date, *, is_morning: bool) -> Owed:
    """The duty once what is due today has been said; the reminder of the day itself waits until the office opens."""
    if not one.is_open:
        return one
    if today > one.due_on:
        return replace(one, is_overdue=True)
    left = (one.due_on - today).days
    reached = [n for n in duties.reminders if left <= n and (n or is_morning)]
    if not reached or (one.reminded is not None and one.reminded <= min(reached)):
        return one
    return replace(one, reminded=min(reached))


def _opened(duty: Duty, one: Owed) -> Event:
    return Event(kind="duty.opened", clause=duty.clause, after=_facts(duty, one), public=True, by_itself=True)


def _told(duty: Duty, one: Owed, today: date) -> Event:
    after = _facts(duty, one) | ({} if one.is_overdue else {"left": (one.due_on - today).days})
    return Event(kind="duty.overdue" if one.is_overdue else "duty.reminded", clause=duty.clause, after=after, public=True)


def _facts(duty: Duty, one: Owed) -> dict[str, Json]:
    return {"duty": duty.id, "duty_title": duty.title.id, "from_on": one.from_on.isoformat(), "due_on": one.due_on.isoformat()}


def _errands(duties: Duties, one: Owed, today: date) -> list[Errand]:
    kind = "duty_overdue" if one.is_overdue else "duty_due"
    what: dict[str, Json] = {"duty": one.duty, "due_on": one.due_on.isoformat(), "left": (one.due_on - today).days}
    told = [Errand(name="tell_applicant", payload={"kind": kind, **what})]
    return [*told, tell_office(kind, duties.told_when_overdue, **what)] if one.is_overdue else told


def report(case: Case, one: Owed, known: tuple[Owed, ...], given: Report, ground: Ground) -> Outcome:
    """Take the holder's report, late or in time; InvalidInput names everything it lacks (51.1.A.3, 51.1.A.5)."""
    duty = ground.standard.duties.duty(one.duty)
    if ground.actor.id != case.applicant_id:
        raise NotAllowed(duty.clause, "Kewajiban ini dilaporkan oleh pemegang sertifikatnya.")
    if case.state not in VALID:
        raise RuleBroken(duty.clause, "Sertifikat ini tidak berlaku lagi, jadi tidak ada yang perlu dilaporkan.")
    if one.is_reported:
        raise RuleBroken(duty.clause, "Kewajiban ini sudah Anda laporkan. Laporan yang tercatat tidak diubah.")
    today = jakarta_day(ground.at)
    if duty.period_ends and today <= one.from_on:
        raise RuleBroken(duty.clause, "Masa laporannya baru berakhir pada {day}. Laporkan sesudahnya.", day=said_day(one.from_on))
    if problems := tuple(_lacking(duty, given, today)):
        raise InvalidInput(problems)
    rest = tuple(replace(o, is_reported=True) if o.key == one.key else o for o in known)
    after = _facts(duty, one) | {
        "number": given.number.strip(),
        "is_late": today > one.due_on,
        "is_none": bool(given.none_reason),
    }
    event = Event(kind="duty.reported", clause=duty.clause, reason=given.none_reason.strip(), after=after, public=True)
    return Outcome(changes={"duties_next_on": _next_on(ground.standard.duties, rest)}, events=(event,))


def _lacking(duty: Duty, given: Report, today: date) -> Iterator[FieldProblem]:
    if given.none_reason and duty.may_be_none:
        if given.number.strip():
            yield field_problem("none_reason", duty.clause, "Isi salah satu saja: nomornya, atau mengapa tidak dibutuhkan.")
        if len(given.none_reason.strip()) < SHORTEST_REASON:
            words = "Tulis mengapa usaha Anda tidak membutuhkannya, paling sedikit {least} huruf."
            yield field_problem("none_reason", duty.clause, words, least=SHORTEST_REASON)
        return
    if not given.number.strip():
        yield field_problem("number", duty.clause, "Isi “{label}”.", label=duty.number_label)
    if given.dated_on is None:
        yield field_problem("dated_on", duty.clause, "Isi “{label}”.", label=duty.dated_label)
    elif given.dated_on > today:
        yield field_problem("dated_on", duty.clause, "Tanggalnya belum terjadi. Tulis tanggal yang tertera pada buktinya.")
    if duty.evidence == "required" and not given.has_file:
        yield field_problem("file", duty.clause, "Unggah buktinya: PDF, JPG, atau PNG.")


def ground_of(duty: Duty, one: Owed, today: date) -> Sentence:
    """The ground that an overdue duty gives for hearing its holder, in words that the head may change (51.5)."""
    late = Term(amount=(today - one.due_on).days, unit="calendar_days")
    words = "Kewajiban “{title}” ({clause}) belum dilaporkan; tenggatnya {day}, terlambat {late}."
    return Sentence(words, title=duty.title, clause=duty.clause, day=said_day(one.due_on), late=late)


def changes_of(one: Owed) -> Mapping[str, object]:
    """The columns of a duty's row that the guard may change."""
    return {"reminded": one.reminded, "is_overdue": one.is_overdue}
