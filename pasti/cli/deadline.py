"""`pasti deadline DAY`: the date on which a term ends, and why, day by day (51.3)."""

import argparse
import json
import sys
from dataclasses import replace
from datetime import date, datetime, time

from pasti import standards
from pasti.domain.calendar import JAKARTA, Calendar
from pasti.domain.clock import Clock, Reckoning, reckon, start
from pasti.domain.errors import MissingCalendar
from pasti.domain.standard import ClockRules, Term

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
FIRST_HALF = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
MONTHS = (*FIRST_HALF, "Juli", "Agustus", "September", "Oktober", "November", "Desember")
UNITS = {"working_days": "hari kerja", "calendar_days": "hari kalender"}
LONGEST_TERM = 3660  # days; a longer one is a slip of the finger


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `deadline`."""
    parser = commands.add_parser("deadline", help="hari terakhir suatu jangka waktu, dan alasannya hari demi hari")
    parser.add_argument("day", type=_day, metavar="TANGGAL", help="hari berkas lengkap, misalnya 2026-12-23")
    amount = parser.add_mutually_exclusive_group(required=True)
    amount.add_argument("--working-days", type=_amount, metavar="N", help="jangka waktu dalam hari kerja")
    amount.add_argument("--calendar-days", type=_amount, metavar="N", help="jangka waktu dalam hari kalender")
    parser.add_argument("--at-time", type=_time, metavar="JJ:MM", help="jam berkas lengkap (WIB); bawaan: sebelum jam tutup")
    parser.add_argument("--entry", metavar="NOMOR", help="standar yang aturan hitungnya dipakai; bawaan: yang pertama ada")
    parser.add_argument(
        "--known-on", type=_day, metavar="TANGGAL", help="hanya SKB yang diumumkan sampai hari itu; bawaan: semua"
    )
    parser.add_argument("--why", action="store_true", help="tulis tiap hari: dihitung atau tidak, dan mengapa")
    parser.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Print the date; 1 when a year's decree or the standard's edition is not on file."""
    try:
        rules = _rules(args)
        reckoning = _reckon(args, rules)
    except (MissingCalendar, LookupError) as missing:
        print(missing, file=sys.stderr)
        return 1
    print(_as_json(reckoning, rules.promise) if args.json else _as_text(reckoning, rules.promise, why=args.why))
    return 0


def _rules(args: argparse.Namespace) -> ClockRules:
    library = standards.load()
    entry = args.entry or library.entries()[0]
    try:
        standard = library.in_force(entry, args.day)
    except KeyError:
        known = ", ".join(f"{e} sejak {library.editions(e)[0].effective}" for e in library.entries())
        raise LookupError(f"Tidak ada standar {entry} yang berlaku pada {args.day}. Yang ada: {known}.") from None
    unit = "working_days" if args.calendar_days is None else "calendar_days"
    term = Term(amount=args.working_days if args.calendar_days is None else args.calendar_days, unit=unit)
    return replace(standard.clock, promise=term)


def _reckon(args: argparse.Namespace, rules: ClockRules) -> Reckoning:
    on_file = standards.load().calendar()
    if args.known_on:
        on_file = on_file.known_on(args.known_on)
    calendar = Calendar((replace(h, announced_on=date.min) for h in on_file.holidays), on_file.years)
    moment = datetime.combine(args.day, args.at_time or time(), tzinfo=JAKARTA)
    return reckon(start(Clock(), at=moment), rules, calendar, moment)


def _as_text(reckoning: Reckoning, term: Term, *, why: bool) -> str:
    assert reckoning.due_on is not None
    assert reckoning.started_on is not None
    lines = [f"{reckoning.due_on}  {_long(reckoning.due_on)}"]
    if why:
        lines.append(f"{term.amount} {UNITS[term.unit]}, diterima {_long(reckoning.started_on)}:")
        lines += [
            f"  {c.day}  {DAYS[c.day.weekday()]:<6}  {c.reason}{f' ({c.decree})' if c.decree else ''}" for c in reckoning.days
        ]
    return "\n".join(lines)


def _as_json(reckoning: Reckoning, term: Term) -> str:
    days = [
        {"day": str(c.day), "kind": c.kind, "number": c.number, "reason": c.reason, "decree": c.decree} for c in reckoning.days
    ]
    answer = {
        "due_on": str(reckoning.due_on),
        "started_on": str(reckoning.started_on),
        "amount": term.amount,
        "unit": term.unit,
        "days": days,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _long(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan tanggal; tulis seperti 2026-12-23") from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan jam; tulis seperti 16:30") from None


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST_TERM):
        raise argparse.ArgumentTypeError(f"{text!r} bukan jumlah hari dari 0 sampai {LONGEST_TERM}")
    return int(text)
