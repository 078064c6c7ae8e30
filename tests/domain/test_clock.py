"""The clock of a promise starts, stops, resumes and lapses as decision 0002 says (51.3)."""

import json
from datetime import date, datetime, time, timedelta

import pytest

from pasti.domain import clock as clocks
from pasti.domain.calendar import Calendar, HolidayKind
from pasti.domain.clock import Clock, ClockKind, ClockState, DayKind, recalculated, reckon
from pasti.domain.errors import MissingCalendar, RuleBroken
from tests.domain.days import PLAIN, TURN_OF_2026, YEARS, at, day_off, rules

pytestmark = pytest.mark.clause("51.3")
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 2) + timedelta(days=n) for n in range(7))
NEXT_MON, NEXT_TUE, NEXT_WED, NEXT_THU = (d + timedelta(days=7) for d in (MON, TUE, WED, THU))


def started(moment: datetime | None = None) -> Clock:
    """A clock started on Monday at nine, or at `moment`."""
    return clocks.start(Clock(), at=moment or at(MON))


def paused(stop_at: datetime, resume_at: datetime | None = None) -> Clock:
    """A clock started on Monday, stopped, and resumed if a moment is given."""
    clock = clocks.stop(started(), at=stop_at, reason="Menunggu jawaban")
    return clocks.resume(clock, at=resume_at) if resume_at else clock


def due_on(clock: Clock, moment: datetime | None = None, **more: object) -> date | None:
    """The due date with weekends alone, seen at `moment` or long after the last event."""
    seen = moment or clock.events[-1].at
    return reckon(clock, rules(**more), PLAIN, seen).due_on  # type: ignore[arg-type]  # passed through


def kinds(clock: Clock, moment: datetime, calendar: Calendar = PLAIN) -> list[str]:
    """The kinds of the bar's days."""
    return [str(cell.kind) for cell in reckon(clock, rules(), calendar, moment).days]


def test_a_dossier_complete_on_23_december_is_promised_for_7_january() -> None:
    reckoning = reckon(started(at(date(2026, 12, 23))), rules(), TURN_OF_2026, at(date(2026, 12, 23)))
    assert (reckoning.started_on, reckoning.due_on) == (date(2026, 12, 23), date(2027, 1, 7))
    assert (reckoning.used, reckoning.remaining, reckoning.is_overdue) == (0, 7, False)


def test_every_day_of_the_bar_says_what_it_is_and_which_decree_took_it_out() -> None:
    days = reckon(started(at(date(2026, 12, 23))), rules(), TURN_OF_2026, at(date(2026, 12, 29))).days
    assert [str(c.kind) for c in days] == [
        *("start", "joint_leave", "holiday", "weekend", "weekend", "counted", "today", "to_come", "to_come"),
        *("holiday", "weekend", "weekend", "to_come", "holiday", "to_come", "due"),
    ]
    assert [c.number for c in days if c.number] == [1, 2, 3, 4, 5, 6, 7]
    assert {c.decree for c in days if c.kind in (DayKind.HOLIDAY, DayKind.JOINT_LEAVE)} == {"SKB uji"}
    assert days[1].reason == "Cuti bersama, tidak dihitung: Libur 2026-12-24."
    assert days[-1].reason == "Hari kerja ke-7, batas waktu."
    assert all(c.reason.endswith(".") for c in days)


@pytest.mark.parametrize(
    ("moment", "day_zero"),
    [(at(MON, 15, 59), MON), (at(MON, 16), TUE), (at(MON, 23, 59), TUE), (at(SAT), NEXT_MON), (at(FRI, 16), NEXT_MON)],
)
def test_what_is_complete_at_closing_or_on_a_day_off_has_its_day_zero_on_the_next_working_day(
    moment: datetime, day_zero: date
) -> None:
    assert reckon(started(moment), rules(), PLAIN, moment).started_on == day_zero


def test_an_edition_may_count_the_day_of_start() -> None:
    reckoning = reckon(started(), rules(day_zero=False), PLAIN, at(MON))
    assert (reckoning.due_on, reckoning.used) == (NEXT_TUE, 1)
    assert (reckoning.days[0].kind, reckoning.days[0].number) == (DayKind.TODAY, 1)


def test_calendar_days_count_weekends_and_holidays_too() -> None:
    reckoning = reckon(started(at(date(2026, 12, 23))), rules(unit="calendar_days"), TURN_OF_2026, at(date(2026, 12, 26)))
    assert (reckoning.due_on, reckoning.used) == (date(2026, 12, 30), 3)
    assert [str(c.kind) for c in reckoning.days] == ["start", *["counted"] * 2, "today", *["to_come"] * 3, "due"]


def test_a_clock_that_has_not_started_promises_nothing_yet() -> None:
    reckoning = reckon(Clock(), rules(), PLAIN, at(MON))
    assert reckoning.state is ClockState.NOT_STARTED
    assert (reckoning.started_on, reckoning.due_on, reckoning.used, reckoning.remaining) == (None, None, 0, 7)
    assert reckoning.days == ()


@pytest.mark.parametrize(
    ("stop_at", "resume_at", "expected", "why"),
    [
        (at(WED, 10), at(WED, 14), NEXT_WED, "stopped and resumed within one day: nothing lost"),
        (at(WED, 10), at(WED, 16), date(2026, 11, 13), "stopped over Wednesday's closing, resumption received on Thursday"),
        (at(WED, 10), at(THU, 10), date(2026, 11, 13), "Wednesday's closing and Thursday's opening"),
        (at(WED, 10), at(FRI, 10), date(2026, 11, 16), "three days"),
        (at(WED, 16), at(THU, 10), NEXT_WED, "a stop received on Thursday and resumed that day"),
        (at(WED, 16), at(WED, 17), NEXT_WED, "stopped and resumed after closing"),
        (at(FRI, 17), at(SUN, 10), NEXT_WED, "over the weekend alone"),
        (at(FRI, 10), at(SAT, 10), date(2026, 11, 13), "Friday's closing and Monday's opening"),
        (at(MON, 10), at(TUE, 10), NEXT_THU, "day zero loses nothing, the day of resumption does not count"),
    ],
)
def test_the_days_from_stop_through_resumption_do_not_count(
    stop_at: datetime, resume_at: datetime, expected: date, why: str
) -> None:
    assert due_on(paused(stop_at, resume_at)) == expected, why


def test_while_stopped_there_is_no_date_but_what_is_left_is_kept() -> None:
    reckoning = reckon(paused(at(WED, 10)), rules(), PLAIN, at(NEXT_TUE))
    assert (reckoning.state, reckoning.due_on, reckoning.is_overdue) == (ClockState.STOPPED, None, False)
    assert (reckoning.used, reckoning.remaining) == (1, 6)
    assert [str(c.kind) for c in reckoning.days] == ["start", "counted", *["stopped"] * 3, *["weekend"] * 2, *["stopped"] * 2]
    assert reckoning.days[2].reason == "Hitungan berhenti: Menunggu jawaban"


def test_calendar_days_before_a_stop_that_is_received_later_count_as_they_come() -> None:
    clock = paused(at(FRI, 17))  # received on Monday: Saturday and Sunday still count, but not before they are there
    used = [reckon(clock, rules(unit="calendar_days"), PLAIN, at(day, 18)).used for day in (FRI, SAT, SUN, NEXT_MON, NEXT_TUE)]
    assert used == [4, 5, 6, 6, 6]


def test_two_pauses_meeting_on_one_day_do_not_cost_it_twice() -> None:
    clock = paused(at(TUE, 10), at(WED, 9))
    clock = clocks.resume(clocks.stop(clock, at=at(WED, 10), reason="Lagi"), at=at(THU, 9))
    assert due_on(clock) == date(2026, 11, 16)  # Tuesday to Thursday do not count; Friday is day 1
    assert reckon(clock, rules(), PLAIN, at(FRI)).used == 1


def test_a_reset_gives_back_what_was_used_and_resuming_starts_a_new_day_zero() -> None:
    clock = clocks.reset(started(), at=at(WED, 10), reason="Data diganti seluruhnya")
    standing = reckon(clock, rules(), PLAIN, at(THU))
    assert (standing.state, standing.started_on, standing.due_on, standing.remaining) == (ClockState.STOPPED, None, None, 7)
    assert [str(c.kind) for c in standing.days] == ["stopped", "stopped"]
    again = reckon(clocks.resume(clock, at=at(NEXT_MON)), rules(), PLAIN, at(NEXT_MON))
    assert (again.started_on, again.due_on, again.days[0].kind) == (NEXT_MON, date(2026, 11, 18), DayKind.START)


def test_a_reset_while_stopped_forgets_the_pause_too() -> None:
    clock = clocks.reset(paused(at(TUE, 10)), at=at(WED, 10), reason="Data diganti")
    assert due_on(clocks.resume(clock, at=at(THU))) == date(2026, 11, 16)


@pytest.mark.parametrize(("day", "remaining", "is_overdue"), [(NEXT_TUE, 1, False), (NEXT_WED, 0, False), (NEXT_THU, 0, True)])
def test_the_due_day_is_the_last_day_and_the_next_is_too_late(day: date, remaining: int, is_overdue: bool) -> None:
    reckoning = reckon(started(), rules(), PLAIN, at(day))
    assert (reckoning.remaining, reckoning.is_overdue) == (remaining, is_overdue)


def test_a_term_lapses_at_midnight_in_jakarta_at_the_end_of_its_due_day() -> None:
    moment = datetime.fromisoformat("2026-11-12T00:00:00+07:00")
    assert reckon(started(), rules(), PLAIN, moment).is_overdue
    assert not reckon(started(), rules(), PLAIN, moment - timedelta(seconds=1)).is_overdue


def test_an_overdue_bar_runs_through_today_and_says_how_late_it_is() -> None:
    days = reckon(started(), rules(), PLAIN, at(date(2026, 11, 13))).days
    assert [(c.day, str(c.kind)) for c in days[-3:]] == [
        (NEXT_WED, "due"),
        (NEXT_THU, "counted"),
        (date(2026, 11, 13), "today"),
    ]
    assert days[-1].reason == "Hari kerja ke-9, lewat 2 hari kerja dari batas waktu."


@pytest.mark.parametrize(("stop_at", "lapsed"), [(at(NEXT_WED, 15, 59), False), (at(NEXT_WED, 16), True), (at(NEXT_THU), True)])
def test_a_stop_received_after_the_due_day_comes_too_late(stop_at: datetime, lapsed: bool) -> None:
    reckoning = reckon(paused(stop_at), rules(), PLAIN, at(date(2026, 11, 16)))
    assert (reckoning.is_overdue, reckoning.due_on) == (lapsed, NEXT_WED if lapsed else None)


def test_an_ended_clock_is_shown_as_it_stood_when_it_ended() -> None:
    clock = clocks.end(started(), at=at(FRI, 20))
    reckoning = reckon(clock, rules(), PLAIN, at(date(2027, 3, 1)))
    assert (reckoning.state, reckoning.used, reckoning.due_on, reckoning.is_overdue) == (ClockState.ENDED, 4, NEXT_WED, False)
    assert reckoning.days[-1].day == FRI


def test_a_decision_in_the_evening_of_the_due_day_is_in_time_and_one_the_day_after_is_not() -> None:
    assert not reckon(clocks.end(started(), at=at(NEXT_WED, 20)), rules(), PLAIN, at(NEXT_THU)).is_overdue
    assert reckon(clocks.end(started(), at=at(NEXT_THU, 8)), rules(), PLAIN, at(NEXT_THU)).is_overdue


def test_a_term_that_runs_into_a_year_without_decree_is_refused_not_guessed() -> None:
    with pytest.raises(MissingCalendar):
        reckon(started(at(date(2027, 12, 27))), rules(), PLAIN, at(date(2027, 12, 27)))


@pytest.mark.parametrize(
    "act",
    [
        lambda: clocks.start(started(), at=at(TUE)),
        lambda: clocks.resume(started(), at=at(TUE)),
        lambda: clocks.stop(Clock(), at=at(MON), reason="x"),
        lambda: clocks.stop(paused(at(TUE)), at=at(WED), reason="x"),
        lambda: clocks.stop(started(), at=at(TUE), reason="  "),
        lambda: clocks.reset(started(), at=at(TUE), reason=""),
        lambda: clocks.reset(Clock(), at=at(TUE), reason="x"),
        lambda: clocks.end(Clock(), at=at(TUE)),
        lambda: clocks.end(clocks.end(started(), at=at(TUE)), at=at(TUE)),
        lambda: clocks.start(clocks.end(started(), at=at(TUE)), at=at(WED)),
        lambda: clocks.stop(started(), at=at(MON, 8), reason="sebelum mulai"),
    ],
)
def test_an_impossible_order_is_refused_on_the_clause_of_the_term(act) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # any act
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.clause == "51.3"


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        clocks.start(Clock(), at=datetime.combine(MON, time(9)))


LATE = day_off(date(2025, 8, 18), kind=HolidayKind.JOINT_LEAVE, announced_on=date(2025, 8, 7), decree="SKB 933/2025")
AMENDED = Calendar((LATE,), YEARS)


def test_the_decree_of_7_august_2025_moves_an_open_term_and_says_so() -> None:
    clock = started(at(date(2025, 8, 6)))  # day 7 would be Friday the 15th; with an eighth day, Monday the 18th
    before = clocks.dated(clock, reckon(clock, rules(8), AMENDED, at(date(2025, 8, 6))).due_on)
    moved = recalculated(before, rules(8), before=PLAIN, after=AMENDED, at=at(date(2025, 8, 7)), decree="SKB 933/2025")
    assert moved is not None
    assert before.events[-1].due_on == date(2025, 8, 18)
    event = clocks.as_event(moved.events[-1], clause="51.3")
    assert (event.kind, event.public, event.clause) == ("clock.recalculated", True, "51.3")
    assert event.before == {"due_on": "2025-08-18"}
    assert event.after == {"due_on": "2025-08-19", "decree": "SKB 933/2025"}
    assert event.reason == (
        "Kalender kerja berubah dengan SKB 933/2025: batas waktu mundur dari 18 Agustus 2025 menjadi 19 Agustus 2025."
    )
    assert moved.state is ClockState.RUNNING


def test_an_earlier_date_is_told_with_the_later_one_that_had_been_promised() -> None:
    clock = started(at(date(2025, 8, 6)))
    moved = recalculated(clock, rules(8), before=AMENDED, after=PLAIN, at=at(date(2025, 8, 8)), decree="SKB ralat")
    assert moved is not None
    assert (moved.events[-1].was_due_on, moved.events[-1].due_on) == (date(2025, 8, 19), date(2025, 8, 18))
    assert "maju dari 19 Agustus 2025 menjadi 18 Agustus 2025" in moved.events[-1].reason


@pytest.mark.parametrize(
    ("clock", "amount", "moment"),
    [
        (started(at(date(2025, 8, 6))), 7, at(date(2025, 8, 7))),
        (clocks.stop(started(at(date(2025, 8, 6))), at=at(date(2025, 8, 7)), reason="x"), 8, at(date(2025, 8, 8))),
        (started(at(date(2025, 8, 6))), 8, at(date(2025, 8, 19))),
    ],
    ids=["its date does not move", "it stands still", "it had lapsed"],
)
def test_a_decree_that_moves_nothing_records_nothing(clock: Clock, amount: int, moment: datetime) -> None:
    assert recalculated(clock, rules(amount), before=PLAIN, after=AMENDED, at=moment, decree="SKB") is None


def test_what_was_said_before_the_decree_is_still_what_had_been_said() -> None:
    clock = started(at(date(2025, 8, 6)))
    assert reckon(clock, rules(8), AMENDED, at(date(2025, 8, 6))).due_on == date(2025, 8, 18)
    assert reckon(clock, rules(8), AMENDED, at(date(2025, 8, 7))).due_on == date(2025, 8, 19)


def test_later_events_do_not_alter_how_the_term_stood_before_them() -> None:
    assert reckon(paused(at(WED, 10)), rules(), PLAIN, at(TUE)) == reckon(started(), rules(), PLAIN, at(TUE))


@pytest.mark.parametrize("kind", [k for k in ClockKind if k is not ClockKind.RECALCULATED])
def test_a_clock_event_becomes_a_public_fact_with_its_due_date(kind: ClockKind) -> None:
    event = clocks.ClockEvent(kind=kind, at=at(MON), reason="Sebab", due_on=NEXT_WED)
    fact = clocks.as_event(event, clause="52.3")
    assert (fact.kind, fact.clause, fact.reason, fact.public) == (f"clock.{kind}", "52.3", "Sebab", True)
    assert (fact.before, fact.after) == ({}, {"due_on": "2026-11-11"})


def test_a_clock_read_back_from_its_json_is_the_same_clock() -> None:
    clock = clocks.dated(clocks.end(paused(at(TUE), at(WED)), at=at(THU), actor="a"), NEXT_WED)
    assert Clock.from_json(json.loads(json.dumps(clock.to_json()))) == clock
