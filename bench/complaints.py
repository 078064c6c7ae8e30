"""Filing a complaint and listing fifty at 1,000, 100,000 and 1,000,000 complaints, as ratios to the first (51.6).

`bin/bench complaints [--json] [--rounds=N] [--most=N]`. Real acts and queries on a PostgreSQL with its ordinary durable settings;
only the rows already there are made by SQL, each with its identity and its fact, one in twenty still open. What is measured comes
after ANALYZE and a warm-up, all scales taking turns, because a machine is never quiet: read the ratios.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pasti.cli import environment, postgres

SCALES = (1_000, 100_000, 1_000_000)
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOST_RATIO, MOST_FILING, MOST_LIST, MOST_DETAIL = 1.3, 12, 8, 15
FILL = """
WITH made AS (
    INSERT INTO complaint (id, ledger_length, ledger_head, number, secret_digest, entry, effective, channel, channel_detail,
        received_at, received_on, filed_at, kind, reason_clause, service_on, service_day_unknowable, object, matter, has_identity,
        is_secret, contact_digest, matter_digest, filing_digest, stage, waiting_role, question, service_group, problem_group,
        core, clause, other_rule, known, open_actions, open_referrals, tier, inspectorate_basis, inspectorate_words, finding,
        finding_words, answered_at, answer_days, was_late, closed_at, reported_at, reopened, respond_due_on, answer_due_on,
        decide_due_on, due_on, rung, escalated_to)
    SELECT gen_random_uuid(), 1, md5(n::text), 'LAMA-' || n, md5(n::text), '51', DATE '2022-01-03',
        (ARRAY['web_dpmptsp','surel','whatsapp','surat','kantor'])[1 + n %% 5], '', at, at::date, at, 'complaint', '',
        at::date - 5, '',
        'Pengaduan lama ' || n, %(matter)s, TRUE, FALSE, md5('c' || n), md5('m' || n), md5('f' || n),
        CASE WHEN is_open THEN 'received' ELSE 'closed' END, CASE WHEN is_open THEN 'complaints_officer' ELSE '' END, '',
        CASE WHEN is_open THEN '' ELSE 'perizinan_industri' END, CASE WHEN is_open THEN '' ELSE 'waktu' END, '',
        CASE WHEN is_open THEN '' ELSE '51.3' END, '', '', 0, 0, 0, '', '', CASE WHEN is_open THEN '' ELSE 'partly' END, '',
        CASE WHEN NOT is_open THEN at + interval '9 days' END, CASE WHEN NOT is_open THEN 7 END,
        CASE WHEN NOT is_open THEN FALSE END, CASE WHEN NOT is_open THEN at + interval '9 days' END,
        CASE WHEN NOT is_open THEN at + interval '9 days' END, 0, at::date + 14, at::date + 20, at::date + 60,
        CASE WHEN is_open THEN at::date + 14 END, 0, ''
    FROM (SELECT n, n %% 20 = 0 AS is_open, %(at)s::timestamptz - n * interval '20 minutes' AS at
          FROM generate_series(%(first)s, %(last)s) n) rows
    RETURNING id, received_at
), known AS (
    INSERT INTO complaint_identity (complaint_id, data) SELECT id, %(matter)s FROM made
)
INSERT INTO ledger (subject_kind, subject_id, seq, at, actor_roles, kind, clause, edition, reason, before, after, public,
    prev_hash, hash)
SELECT 'complaint', id, 1, received_at, 'applicant', 'complaint.filed', '51.6.5.a', '51@2022-01-03', '', '{}', '{}', TRUE,
    '', md5(id::text)
FROM made
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench complaints")
    parser.add_argument("--json", action="store_true", help="hasilnya sebagai JSON")
    parser.add_argument("--rounds", type=int, default=100, help="banyaknya pengaduan dan daftar tiap skala (bawaan: 100)")
    parser.add_argument("--most", type=int, default=SCALES[-1], help="skala terbesar (bawaan: 1000000)")
    args = parser.parse_args()
    for name in ("DATABASE_URL", "PASTI_DATA", "PASTI_BASE_URL"):
        os.environ.pop(name, None)
    with environment.throwaway() as folder:
        environment.prepare(folder, base_url="http://127.0.0.1")
        cluster = postgres.cluster(folder)
        with postgres.running(cluster):
            os.environ["DATABASE_URL"] = cluster.url()
            result = _measured(args.rounds, [scale for scale in SCALES if scale <= args.most])
    print(json.dumps(result, indent=2) if args.json else _as_text(result))


def _measured(rounds: int, scales: list[int]) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    try:
        officers = {}
        for scale in scales:
            _look_at(scale, anew=True)
            call_command("migrate", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, body text NOT NULL)")
            officers[scale] = _officer()
            _fill(scale)
        return _result(_in_turns(officers, rounds))
    finally:
        connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend


def _look_at(scale: int, *, anew: bool = False) -> None:
    """The tables of one scale stand in a schema of their own, so that all scales are measured in the same minutes."""
    from django.db import connection

    with connection.cursor() as cursor:
        if anew:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")  # a database has it once, in one schema
            cursor.execute(f"CREATE SCHEMA scale_{scale}")
        cursor.execute(f"SET search_path TO scale_{scale}, public")


def _officer() -> Any:
    from pasti.actions.opening import Person, add_person
    from pasti.domain.roles import Role

    person = Person(email="pengaduan@pasti.example", name="Cecep Ramdani", roles=(Role.COMPLAINTS_OFFICER,))
    return add_person(person, password="sandi untuk pengukuran", at=AT).actor(AT.date())


def _fill(last: int) -> None:
    """Complaints by SQL, spread over the past, and ANALYZE."""
    from django.db import connection

    from pasti.records.complaints import Complaint

    matter = Complaint._meta.get_field("matter").get_prep_value("Isi pengaduan yang lama, kira-kira sepanjang ini saja.")
    with connection.cursor() as cursor:
        for begin in range(1, last + 1, 100_000):
            cursor.execute(FILL, {"first": begin, "last": min(last, begin + 99_999), "matter": matter, "at": AT})
        for table in ("complaint", "complaint_identity", "ledger"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("SELECT count(*) FROM complaint")
        if cursor.fetchone()[0] != last:
            raise RuntimeError("the rows that were to be there are not")


Work = dict[str, Callable[[int], object]]


def _work(officer: Any) -> Work:
    """What is measured on one scale."""
    from pasti.queries import complaints
    from pasti.queries.complaint import complaint_view

    newest = _file(0)
    return {
        "filing": _file,
        "bare": lambda _: _bare(),
        "mine": lambda _: complaints.desk(officer, at=AT, scope="mine"),
        "all": lambda _: complaints.desk(officer, at=AT, scope="all"),
        "closed": lambda _: complaints.desk(officer, at=AT, scope="closed"),
        "detail": lambda _: complaint_view(officer, newest, at=AT),
    }


def _in_turns(officers: dict[int, Any], rounds: int) -> list[dict[str, Any]]:
    """The middle of `rounds`, the scales taking turns within each; two rounds before it are not counted."""
    works: dict[int, Work] = {}
    for scale, officer in officers.items():
        _look_at(scale)
        works[scale] = _work(officer)
    took: dict[int, dict[str, list[float]]] = {scale: {name: [] for name in work} for scale, work in works.items()}
    for n in range(rounds + 2):
        for scale, work in works.items():
            _look_at(scale)
            for name, one in work.items():
                began = time.perf_counter()
                one(n)
                took[scale][name].append(time.perf_counter() - began)
    rows = []
    for scale, work in works.items():
        _look_at(scale)
        counted = {f"{name}_statements": _statements(work[name]) for name in TIMED}
        middle = {name: statistics.median(times[2:]) * 1000 for name, times in took[scale].items()}
        rows.append({"complaints": scale, **middle, **counted})
    return rows


def _file(n: int) -> UUID:
    from pasti.actions import complaints
    from pasti.domain.complaint_intake import Filing, Reporter

    filing = Filing(
        channel="web_dpmptsp",
        object=f"Sertifikat terlambat {n}",
        matter="Berkas saya lengkap sejak awal bulan, tetapi belum ada keputusan.",
        reporter=Reporter(name="Rina Kartika", contact=f"rina{n}@warga.example"),
        service_on=date(2026, 11, 13),
    )
    return complaints.file(filing, at=AT + timedelta(seconds=n), key=os.urandom(8).hex(), client="bench").id


def _bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (body) VALUES (%s)", ["x" * 2000])


def _statements(one: Callable[[int], object]) -> int:
    from django.db import connection

    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        one(1)
    return len(seen)


TIMED = ("filing", "mine", "all", "closed", "detail")


def _result(rows: list[dict[str, Any]]) -> dict[str, Any]:
    first = rows[0]
    for row in rows:
        row["ratios"] = {name: round(row[name] / first[name], 3) for name in TIMED}
        row["filing_of_bare"] = round(row["filing"] / row["bare"], 2)
    most = {"filing": MOST_FILING, "mine": MOST_LIST, "all": MOST_LIST, "closed": MOST_LIST, "detail": MOST_DETAIL}
    cheap = all(row[f"{name}_statements"] <= limit for row in rows for name, limit in most.items())
    flat = all(ratio <= MOST_RATIO for row in rows for ratio in row["ratios"].values())
    return {"rows": rows, "targets_met": cheap and flat}


def _as_text(result: dict[str, Any]) -> str:
    lines = ["pengaduan   " + "".join(f"{name:>22}" for name in TIMED)]
    for row in result["rows"]:
        cells = (f"{row[name]:8.2f} ms ×{row['ratios'][name]:5.2f} {row[f'{name}_statements']:2d} q" for name in TIMED)
        lines.append(f"{row['complaints']:>9,}   " + "".join(f"{cell:>22}" for cell in cells))
    verdict = "tercapai" if result["targets_met"] else "BELUM tercapai"
    lines.append(f"Nilai tengah; × terhadap baris pertama; q: pernyataan SQL. Sasaran (≤ {MOST_RATIO}×, ≤ 12/8/15 q): {verdict}.")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
