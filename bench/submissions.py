"""Submissions per second at 1, 4 and 16 clients, beside a bare Django insert view and pgbench's insert on the same database.

`bin/bench submissions [--json] [--rounds=N]`. All of it is real, and gone afterwards: PostgreSQL with its ordinary durable
settings, granian as `pasti web` starts it, all middleware, the session and CSRF token of who signed in with a password, the
ledger, the errand left for the worker. No worker runs: it would take its time from all three. They take turns, several times,
because a machine is never quiet: read the ratios. A wrong answer, or books that do not balance in the end, is a fault.
"""

import argparse
import base64
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from bench.web.clients import Question, post, rate
from pasti.cli import environment, opening, postgres, standins, web
from pasti.cli.postgres import Cluster
from pasti.cli.supervisor import command

SHARE = {1: 40, 4: 120, 16: 160}  # clients → submissions in one round
APPLICANTS, DRAFTS = 20, 16  # drafts of each in one round, as many as all shares; the office allows twenty open ones
LONGEST_SECONDS = 15.0  # a stretch of submissions asks no more after this
STRETCH_SECONDS = 1.0  # of the other two
LEAST_RATIO = 0.2  # of the bare view's rate, at 4 and 16 clients
MOST_STATEMENTS = 12


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench submissions")
    parser.add_argument("--json", action="store_true", help="hasilnya sebagai JSON")
    parser.add_argument("--rounds", type=int, default=7, help="banyaknya putaran (bawaan: 7)")
    args = parser.parse_args()
    for name in ("DATABASE_URL", "PASTI_DATA", "PASTI_BASE_URL"):
        os.environ.pop(name, None)
    port = standins.free_port()
    with environment.throwaway() as folder:
        environment.prepare(folder, base_url=f"http://127.0.0.1:{port}")
        cluster = postgres.cluster(folder)
        with postgres.running(cluster):
            os.environ["DATABASE_URL"] = cluster.url()
            result = _in_the_office(folder, cluster, port, args.rounds)
    print(json.dumps(result, indent=2) if args.json else _as_text(result))


def _in_the_office(folder: Path, cluster: Cluster, port: int, rounds: int) -> dict[str, Any]:
    import django
    from django.db import connection

    django.setup()
    opening.run(argparse.Namespace(data=folder, demo=False))
    bare_port = standins.free_port()
    try:
        with _served(folder, "pasti.config.wsgi:application", port), _served(folder, "bench.web.bare:application", bare_port):
            return _measured(folder, cluster, port, bare_port, rounds)
    finally:
        connection.close_pool()


@contextmanager
def _served(folder: Path, application: str, port: int) -> Iterator[None]:
    """Granian with the words of `pasti web`, the application apart."""
    words = [*web.words(host="127.0.0.1", port=port, workers=2)[:-1], application]
    log = folder / "logs" / f"{application}.log"
    process = command(application, words, logs=log.parent).start()
    try:
        until = time.monotonic() + 30
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{application} does not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _measured(folder: Path, cluster: Cluster, port: int, bare_port: int, rounds: int) -> dict[str, Any]:
    from bench.web import applicants, books

    filler, *people = (applicants.applicant(number, port) for number in range(APPLICANTS + 1))
    filled = applicants.fill_in(filler)
    (alone,) = applicants.drafts(filler, filled, count=1)
    statements = books.statements_of(filler, alone)
    _submit(applicants.submissions(people, filled, each=1, port=port), port, clients=16, count=APPLICANTS)  # warm
    row = base64.b64encode(secrets.token_bytes(books.bytes_written(alone) * 3 // 4))
    script = folder / "insert.sql"
    script.write_text(f"INSERT INTO bench_row (body, at) VALUES ('{row.decode()}', now());\n")
    books.make_bench_table()
    press = Question(data=post("/", f"127.0.0.1:{bare_port}", row), begins=b"http/1.1 201")
    rate(bare_port, repeat(press), clients=16, seconds=STRETCH_SECONDS)  # warm
    found: dict[int, list[dict[str, float]]] = {clients: [] for clients in SHARE}
    for _ in range(rounds):
        presses = applicants.submissions(people, filled, each=DRAFTS, port=port)
        for clients, count in SHARE.items():
            ours = _submit(presses, port, clients=clients, count=count)
            bare, _answers = rate(bare_port, repeat(press), clients=clients, seconds=STRETCH_SECONDS)
            found[clients].append({"submissions": ours, "bare": bare, "pgbench": _pgbench(cluster, script, clients)})
    books.require_balance(1 + APPLICANTS + rounds * sum(SHARE.values()))
    return _result(found, statements=statements, row_bytes=len(row))


def _submit(presses: Iterator[Question], port: int, *, clients: int, count: int) -> float:
    """Submissions per second; all of `count` must have been answered."""
    found, answered = rate(port, islice(presses, count), clients=clients, seconds=LONGEST_SECONDS)
    if answered < count:
        raise RuntimeError(f"only {answered} of {count} submissions in {LONGEST_SECONDS} seconds: too slow to be measured here")
    return found


def _pgbench(cluster: Cluster, script: Path, clients: int) -> float:
    """Transactions per second of one INSERT each, the time to connect not counted."""
    program = cluster.binaries.program("pgbench")
    words = [program if Path(program).exists() else "pgbench", "--no-vacuum", "--file", str(script)]
    numbers = ["--client", str(clients), "--jobs", str(min(clients, 2)), "--time", str(round(STRETCH_SECONDS))]
    said = subprocess.run([*words, *numbers, cluster.url()], capture_output=True, text=True, check=True).stdout
    tps = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
    if tps is None:
        raise RuntimeError(f"pgbench said: {said}")
    return float(tps[1])


def _result(found: dict[int, list[dict[str, float]]], *, statements: list[str], row_bytes: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for clients, rounds in found.items():
        middle = {name: round(statistics.median(r[name] for r in rounds), 1) for name in rounds[0]}
        ratios = {f"of_{name}": statistics.median(r["submissions"] / r[name] for r in rounds) for name in ("bare", "pgbench")}
        rows.append({"clients": clients, **middle, **{n: round(v, 3) for n, v in ratios.items()}, "rounds": rounds})
    slowest = min(row["of_bare"] for row in rows if row["clients"] > 1)
    return {
        "rows": rows,
        "statements": len(statements),
        "statement_list": statements,
        "row_bytes": row_bytes,
        "targets_met": slowest >= LEAST_RATIO and len(statements) <= MOST_STATEMENTS,
    }


COLUMNS = {
    "klien": ("clients", ".0f"),
    "permohonan/s": ("submissions", ".1f"),
    "Django polos/s": ("bare", ".1f"),
    "pgbench/s": ("pgbench", ".1f"),
    "÷ Django polos": ("of_bare", ".3f"),
    "÷ pgbench": ("of_pgbench", ".3f"),
}


def _as_text(result: dict[str, Any]) -> str:
    lines = ["  ".join(COLUMNS)]
    for row in result["rows"]:
        lines.append("  ".join(format(row[key], form).rjust(len(name)) for name, (key, form) in COLUMNS.items()))
    verdict = "tercapai" if result["targets_met"] else "BELUM tercapai"
    return "\n".join(
        [
            *lines,
            f"Nilai tengah {len(result['rows'][0]['rounds'])} putaran; pembanding menulis satu baris {result['row_bytes']} bita.",
            f"Satu permohonan: {result['statements']} pernyataan SQL, di luar BEGIN, COMMIT dan pemeriksaan sambungan.",
            f"Sasaran ({LEAST_RATIO} dari Django polos pada 4 dan 16 klien, ≤ {MOST_STATEMENTS} pernyataan): {verdict}.",
        ]
    )


if __name__ == "__main__":
    main()
