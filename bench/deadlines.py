"""Deadlines per second: our calendar beside a loop over days, on the same questions, their answers compared (51.3).

`python -m bench.deadlines [QUESTIONS]`. Exit 1 when an answer differs.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from pasti import standards
from pasti.domain.calendar import JAKARTA, Calendar
from pasti.domain.clock import Clock, reckon, resume, start, stop

ONE_DAY = timedelta(days=1)
NAIVE_SHARE = 20  # the loop is asked one question in so many: it is slow
Question = tuple[date, int]


def by_loop(calendar: Calendar) -> Callable[[date, int], date]:
    """Step day by day, asking of each whether it is in the list of days off."""
    off = {h.day for h in calendar.holidays}

    def add(day: date, n: int) -> date:
        while n:
            day += ONE_DAY
            n -= day.weekday() < 5 and day not in off
        return day

    return add


def rate(add: Callable[[date, int], date], questions: list[Question]) -> tuple[float, list[date]]:
    """Answers per second, and the answers."""
    began = time.perf_counter()
    answers = [add(day, n) for day, n in questions]
    return len(questions) / (time.perf_counter() - began), answers


def reckonings_per_second(calendar: Calendar, times: int) -> float:
    """Whole promise bars per second: a term of the standard, stopped once and resumed, with a cell for each day."""
    rules = standards.load().in_force(standards.load().entries()[0], date(2026, 12, 23)).clock
    noon = time_at(date(2026, 12, 23))
    clock = stop(start(Clock(), at=noon), at=noon + 5 * ONE_DAY, reason="uji")
    clock = resume(clock, at=noon + 7 * ONE_DAY)
    began = time.perf_counter()
    for _ in range(times):
        reckon(clock, rules, calendar, noon + 12 * ONE_DAY)
    return times / (time.perf_counter() - began)


def time_at(day: date) -> datetime:
    """Nine in the morning."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=JAKARTA)


def main(questions_asked: int) -> int:
    """Measure, compare and print; 1 when an answer differs."""
    calendar = standards.load().calendar()
    chance = random.Random(51)
    first, last = min(calendar.years), max(calendar.years)
    days = (date(last, 9, 30) - date(first, 1, 1)).days
    questions = [
        (date(first, 1, 1) + timedelta(days=chance.randrange(days)), chance.randint(1, 30)) for _ in range(questions_asked)
    ]
    ours, answers = rate(calendar.add_working_days, questions)
    naive, theirs = rate(by_loop(calendar), questions[::NAIVE_SHARE])
    differing = sum(a != b for a, b in zip(answers[::NAIVE_SHARE], theirs, strict=True))
    print(f"kalender PASTI      {ours:>12,.0f} tanggal/detik")
    print(f"hari demi hari      {naive:>12,.0f} tanggal/detik")
    print(f"perbandingan        {ours / naive:>12.1f} kali   (jawaban berbeda: {differing} dari {len(theirs)})")
    print(f"bilah janji lengkap {reckonings_per_second(calendar, 2000):>12,.0f} per detik")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
