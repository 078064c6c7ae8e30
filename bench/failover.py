"""Losing the primary in the middle of work: how long nobody can write, and whether everything acknowledged is there.

`bin/bench failover --really [--servers=2] [--strict] [--json]`, on one machine with Debian's `patroni`, `etcd-server` and
`postgresql-15`; nothing is installed, no service touched, the folder is gone afterwards. An office runs on two servers made of
deploy/postgresql/patroni.yml while applicants submit and systems complain. The primary and its Patroni get kill -9; when it is
back as standby, the other one does. Then a switch-over as for maintenance. Ends with 1 when something acknowledged is lost,
numbered twice, told twice, or the ledger does not verify. Without --really it says so and does nothing.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.ha.pair import Pair, pair, wait
from pasti.cli import environment, standins

if TYPE_CHECKING:
    from bench.ha.load import Load

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("patroni", "patronictl", "etcd", "/usr/lib/postgresql/15/bin/postgres", "openssl")
PEOPLE, DRAFTS = 28, 18
KINDS = ("submission", "complaint", "page")
LONGEST_ERRAND = 120.0  # a letter that a fault has stopped is tried again after 20 or 60 seconds
BEFORE_SECONDS, AFTER_SECONDS = 6.0, 6.0  # of undisturbed work around each loss
DOUBLES = {
    "a submission without exactly one fact": (
        "SELECT count(*) FROM (SELECT subject_id FROM ledger WHERE kind = 'application.submitted' "
        "GROUP BY 1 HAVING count(*) <> 1) doubled"
    ),
    "a number given twice": (
        "SELECT (SELECT count(number) - count(DISTINCT number) FROM application WHERE number <> '') + "
        "(SELECT count(number) - count(DISTINCT number) FROM complaint)"
    ),
    "a letter queued not exactly once": (
        "SELECT count(*) FROM application a WHERE a.number <> '' AND (SELECT count(*) FROM procrastinate_jobs j "
        "WHERE j.args ->> 'kind' = 'submitted' AND j.args ->> 'subject_id' = a.id::text) <> 1"
    ),
    "an errand not done": "SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' AND task_name LIKE 'tell%'",
    "a letter noted not exactly once": (
        "SELECT count(*) FROM application a WHERE a.number <> '' AND "
        "(SELECT count(*) FROM notice n WHERE n.application_id = a.id AND n.kind = 'submitted') <> 1"
    ),
}


def main() -> int:
    """Lose servers, measure, look at the books."""
    parser = argparse.ArgumentParser(prog="bin/bench failover")
    parser.add_argument("--really", action="store_true", help="jalankan: tiga menit, memerlukan patroni dan etcd-server")
    parser.add_argument("--servers", type=int, default=2, choices=(2, 3))
    parser.add_argument("--strict", action="store_true", help="synchronous_mode_strict")
    parser.add_argument("--json", action="store_true", help="hasilnya sebagai JSON")
    args, _ = parser.parse_known_args()
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if not args.really or missing:
        print(f"Dilewati; jalankan dengan --really. Belum ada: {', '.join(missing) or '-'}.", file=sys.stderr)
        return 1 if args.really else 0
    for name in ("DATABASE_URL", "PASTI_DATA", "PASTI_BASE_URL"):
        os.environ.pop(name, None)
    root = Path(tempfile.mkdtemp(prefix="pasti-failover-"))
    root.chmod(0o755)
    try:
        with environment.throwaway() as data, pair(root / "servers", servers=args.servers, strict=args.strict) as made:
            result = _in_the_office(data, made)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(json.dumps(result, indent=2) if args.json else _as_text(result))
    return 1 if result["faults"] else 0


def _in_the_office(data: Path, made: Pair) -> dict[str, Any]:
    port = standins.free_port()
    os.environ["DATABASE_URL"] = made.url()
    environment.prepare(data, base_url=f"http://127.0.0.1:{port}")
    words: list[str | Path] = [ROOT / "bin" / "pasti", "--data", data, "serve", "--port", str(port), "--no-demo"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        try:
            if not any("siap di" in line for line in office.stdout):
                raise RuntimeError("the office does not start")
            return _lose_servers(data, made, port)
        finally:
            office.terminate()
            office.wait(60)


def _lose_servers(data: Path, made: Pair, port: int) -> dict[str, Any]:
    import django
    from django.db import connection

    django.setup()
    load = _load(port)
    people = load.begin()
    try:
        losses = [_after(load, "kill -9", lambda: _kill(made)), _after(load, "kill -9", lambda: _kill(made))]
        losses.append(_after(load, "kill -9 of the standby", lambda: _kill_standby(made)))
        losses.append(_after(load, "switchover", lambda: _switch(made)))
    finally:
        load.over.set()
        for one in people:
            one.join()
        connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend
    worker = _until_errands_are_done()
    return {
        "losses": losses,
        "answers": load.summary(),
        "worker_done_after": worker,
        "errands_paused": _errands_paused(),
    } | _books(data, load)


def _load(port: int) -> "Load":
    from django.utils import timezone

    from bench.ha.load import Load
    from bench.web import applicants
    from pasti.actions import api_keys

    filler, *people = (applicants.applicant(number, port) for number in range(PEOPLE + 1))
    filled = applicants.fill_in(filler)
    drafts = {draft: who for who in people for draft in applicants.drafts(who, filled, count=DRAFTS)}
    return Load(port=port, key=api_keys.create("mengukur", at=timezone.now()), drafts=drafts)


def _after(load: "Load", name: str, lose: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Work, lose the primary, wait until every kind of work goes on, work again: what was measured."""
    time.sleep(BEFORE_SECONDS)
    began = time.monotonic()
    found = lose()
    over = time.monotonic()
    wait(lambda: all(load.answered(kind, over) for kind in KINDS) or bool(load.faults), "work to go on")
    time.sleep(AFTER_SECONDS)
    silences = {kind: round(load.silence(kind, began), 1) for kind in KINDS}
    meanwhile = [answer for answer in load.answers if answer.asked_at >= began - 30 and answer.at >= began]
    bad = [answer for answer in meanwhile if not answer.is_good]
    return {
        "loss": name,
        **found,
        "silence": silences,
        "unanswered": {what: sum(answer.what == what for answer in bad) for what in sorted({answer.what for answer in bad})},
        "longest_answer": round(max(answer.seconds for answer in meanwhile), 1),
        "told_to_retry": sum(bool(answer.retry_after) for answer in bad),
    }


def _kill(made: Pair) -> dict[str, Any]:
    """kill -9 of the primary's server and Patroni; started again once another is primary, as a machine that boots."""
    victim = made.primary()
    assert victim is not None
    made.kill(victim)
    promoted = wait(lambda: made.primary() not in (None, victim), "a new primary")
    made.start(victim)
    back = wait(made.is_whole, "the old primary as standby")
    return {"from": victim.name, "promoted_after": round(promoted, 1), "whole_again_after": round(promoted + back, 1)}


def _kill_standby(made: Pair) -> dict[str, Any]:
    """kill -9 of a standby and its Patroni; started again once the primary has had time to go on without it."""
    primary = made.primary()
    victim = next(node for node in made.nodes if node is not primary)
    made.kill(victim)
    gone = wait(lambda: not made.waits_for(victim), "the primary to go on alone")
    made.start(victim)
    back = wait(made.is_whole, "the standby")
    return {"from": victim.name, "alone_after": round(gone, 1), "whole_again_after": round(gone + back, 1)}


def _switch(made: Pair) -> dict[str, Any]:
    """`patronictl switchover`, as before maintenance."""
    before = made.primary()
    assert before is not None
    at = time.monotonic()
    words = ["patronictl", "-c", str(before.folder / "patroni.yml"), "switchover", "--master", before.name, "--force", "pasti"]
    subprocess.run(words, check=True, capture_output=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    wait(lambda: made.primary() not in (None, before), "a new primary")
    promoted = time.monotonic() - at
    return {"from": before.name, "promoted_after": round(promoted, 1)}


def _count(query: str) -> int:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return int(connection.execute(query).fetchall()[0][0])


def _until_errands_are_done() -> float | None:
    """Seconds until the worker had nothing left; None when that never came, which the books then say too."""
    try:
        return round(wait(lambda: not _count(DOUBLES["an errand not done"]), "the worker's errands", seconds=LONGEST_ERRAND), 1)
    except RuntimeError:
        return None


def _errands_paused() -> float:
    """The longest time in which the worker finished nothing, while people submitted: work for it came every second."""
    import psycopg

    query = (
        "SELECT max(gap) FROM (SELECT extract(epoch FROM at - lag(at) OVER (ORDER BY at)) AS gap FROM procrastinate_events "
        "WHERE type = 'succeeded' AND at > (SELECT min(at) FROM ledger WHERE kind = 'application.submitted')) gaps"
    )
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return round(float(connection.execute(query).fetchall()[0][0]), 1)


def _books(data: Path, load: "Load") -> dict[str, Any]:
    """Everything acknowledged is there, everything is there once, and the ledger is whole."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        submitted = {row[0] for row in connection.execute("SELECT subject_id FROM ledger WHERE kind = 'application.submitted'")}
        filed = {row[0] for row in connection.execute("SELECT number FROM complaint")}
    faults = load.faults + [what for what, query in DOUBLES.items() if _count(query)]
    lost = len(set(load.submitted) - submitted) + len(set(load.filed) - filed)
    if lost:
        faults.append(f"{lost} acknowledged are lost")
    if len(set(load.filed)) != len(load.filed) or len(filed) != len(load.filed):
        faults.append(f"{len(load.filed)} complaints acknowledged, {len(filed)} kept")
    verified = subprocess.run([ROOT / "bin" / "pasti", "--data", data, "ledger", "verify"], capture_output=True, text=True)
    if verified.returncode:
        faults.append(verified.stdout + verified.stderr)
    return {"submitted": len(load.submitted), "filed": len(load.filed), "ledger": verified.stdout.strip(), "faults": faults}


def _as_text(result: dict[str, Any]) -> str:
    lines = []
    for loss in result["losses"]:
        silence = ", ".join(f"{kind} {seconds} s" for kind, seconds in loss["silence"].items())
        after = ", ".join(
            f"{name} {loss[name]} s" for name in ("promoted_after", "alone_after", "whole_again_after") if name in loss
        )
        lines.append(f"{loss['loss']} {loss['from']}: {after}; paling lama tanpa jawaban baik: {silence}")
        lines.append(f"  dijawab tidak berhasil {loss['unanswered']}, jawaban paling lama {loss['longest_answer']} s")
    lines.append(f"Diterima: {result['submitted']} permohonan, {result['filed']} pengaduan. Semua jawaban: {result['answers']}")
    lines.append(f"Tugas latar belakang paling lama terhenti {result['errands_paused']} s.")
    lines.append(result["ledger"])
    lines += [f"SALAH: {fault}" for fault in result["faults"]]
    return "\n".join([*lines, "Hasil: " + ("GAGAL" if result["faults"] else "tidak ada yang hilang, tidak ada yang dua kali.")])


if __name__ == "__main__":
    sys.exit(main())
