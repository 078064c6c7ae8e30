"""`pasti simulate`: a year of random people through the real acts, on a throw-away database, and its proofs (51.1 to 51.5)."""

import argparse
import gc
import json
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

from pasti.cli import environment, postgres, standins

AT_ONCE = 250  # cases of one office; more are played by several offices side by side, each on its own database
MOST_OFFICES = 4  # each costs the seconds of a new database
WHOLE = "utuh"
COUNTED = ("cases", "lapsed", "deemed_approved", "undecided_past_term", "certificates", "certificates_verified")
ROOM_DAYS = 60  # terms of the last cases run on after the simulated year


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `simulate`."""
    parser = commands.add_parser("simulate", help="setahun kerja kantor dengan orang acak, di basis data sekali pakai")
    parser.add_argument("--cases", type=int, default=300, help="banyaknya permohonan (bawaan: 300)")
    parser.add_argument("--days", type=int, default=365, help="lamanya, dalam hari kalender (bawaan: 365)")
    parser.add_argument("--seed", type=int, default=1, help="benih acak; benih yang sama memainkan tahun yang sama")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="TANGGAL", help="hari pertama")
    parser.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Simulate, replay and verify; 1 when something that must hold does not."""
    began = time.monotonic()
    found = _in_parts(args) if args.cases > AT_ONCE else _alone(args)
    return _tell({**found, "seconds": round(time.monotonic() - began, 1)}, as_json=args.json)


def _in_parts(args: argparse.Namespace) -> dict[str, Any]:
    """Several offices side by side, split alike on every machine, and their figures added up."""
    parts = min(-(-args.cases // AT_ONCE), MOST_OFFICES)
    sizes = [args.cases // parts + (number < args.cases % parts) for number in range(parts)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return _sum(list(pool.map(lambda part: _one_part(args, *part), enumerate(sizes))))


def _one_part(args: argparse.Namespace, number: int, cases: int) -> dict[str, Any]:
    words = ["--cases", str(cases), "--days", str(args.days), "--seed", str(args.seed * 1000 + number), "--json"]
    words += ["--from", args.start.isoformat()] if args.start else []
    done = subprocess.run([sys.executable, "-P", "-m", "pasti.cli", "simulate", *words], stdout=subprocess.PIPE, text=True)
    if not done.stdout:
        raise RuntimeError(f"part {number} of the simulation ended with code {done.returncode} and without a result")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sum(parts: list[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {name: sum(part[name] for part in parts) for name in COUNTED}
    endings: Counter[str] = Counter()
    for part in parts:
        endings.update(part["endings"])
    return {
        **total,
        "endings": dict(sorted(endings.items())),
        "clock_replays_equal": all(part["clock_replays_equal"] for part in parts),
        "ledger": next((part["ledger"] for part in parts if part["ledger"] != WHOLE), WHOLE),
    }


def _alone(args: argparse.Namespace) -> dict[str, Any]:
    """One office in this process, its database and signing service thrown away afterwards."""
    for name in ("DATABASE_URL", "PASTI_DATA"):
        os.environ.pop(name, None)
    with environment.throwaway() as folder:
        environment.prepare(folder)
        with standins.signing(folder), environment.database(folder, settings=dict(postgres.FASTER_THAN_SAFE)):
            import django
            from django.conf import settings
            from django.core.management import call_command
            from django.db import connection

            django.setup()
            settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in here
            try:
                call_command("migrate", interactive=False, verbosity=0)
                _collect_seldom()
                return _play(args)
            finally:
                connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has it, and ours is one


def _collect_seldom() -> None:
    """A year makes millions of short-lived values, and all that is loaded by now stays: there is nothing to find in it."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _play(args: argparse.Namespace) -> dict[str, Any]:
    from pasti.actions import opening, simulation, verification
    from pasti.domain.calendar import JAKARTA
    from pasti.queries import ledger, replay

    start = datetime.combine(args.start or _first_day(args.days), datetime.min.time(), JAKARTA)
    passphrase = secrets.token_urlsafe(12)
    opening.open_office(password=secrets.token_urlsafe(12), passphrase=passphrase, at=start)
    office = opening.demonstration_actors(start.date())
    simulation.simulate(office, passphrase=passphrase, cases=args.cases, days=args.days, seed=args.seed, start=start)
    found = replay.replay(at=start + timedelta(days=args.days))
    papers = verification.verify_all()
    return {
        "cases": found.cases,
        "endings": found.endings,
        "lapsed": found.lapsed,
        "deemed_approved": found.deemed_approved,
        "undecided_past_term": found.undecided_past_term,
        "clock_replays_equal": found.clock_replays_equal,
        "certificates": papers.signed,
        "certificates_verified": papers.sound,
        "ledger": ledger.verify().fault or WHOLE,
    }


def _first_day(days: int) -> date:
    """The latest day from which so many days, and the terms that run on, lie in years on file; today at the latest."""
    from django.utils import timezone

    from pasti import standards

    last = date(max(standards.load().calendar().years), 12, 31)
    return min(timezone.localdate(), last - timedelta(days=days + ROOM_DAYS))


def _tell(found: dict[str, Any], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for name, value in found.items():
            print(f"{name:24} {value}")
    holds = (
        found["lapsed"] == found["deemed_approved"]
        and found["undecided_past_term"] == 0
        and found["clock_replays_equal"]
        and found["certificates"] == found["certificates_verified"]
        and found["ledger"] == WHOLE
    )
    if not holds:
        print("Ada yang tidak terpenuhi; lihat angkanya di atas.", file=sys.stderr)
    return 0 if holds else 1
