"""Finding one case among a million: by number, NIB, name, place, and with typing errors; the median of each kind counts.

`bin/bench search [--json] [--cases=N]`. A database of its own, real settings, rows made by SQL; gone afterwards. Beside it the
same words looked for without the index, once. Exit 1 when a search takes longer than it may.
"""

import argparse
import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from pasti.cli import environment, postgres

MOST_MS = 50.0
TIMES = 15
NOTHING = ("tidak ada", "banyak kata, salah semua", "dua kata umum, tak bersama")  # may be found of these
ANSWERS_BYTES = 900  # as wide as a real row's encrypted answers
# Makers' names as an office has them: a legal form, a trade that many share, a word of their own made of syllables.
ROWS = """
INSERT INTO application (id, ledger_length, ledger_head, number, entry, effective, applicant_id, assisted, state, step, resume_to,
  round, procedure, procedure_reason, recommendation, hands, waiting_role, clock, business_name, nib, district, place, answers,
  created_at, submitted_at)
SELECT gen_random_uuid(), 1, '', 'PB-' || (2022 + n %% 5) || '-' || (1000 + n / 5)::text, '51', '2022-01-03', %(applicant)s,
  false, CASE WHEN n %% 50 = 0 THEN 'technical_review' ELSE 'issued' END, '', '', 1, '12', '', '', '{}',
  CASE WHEN n %% 50 = 0 THEN 'technical_team' ELSE '' END, '[]',
  (ARRAY['CV','PT','UD','Koperasi'])[(1 + n %% 4)::int] || ' ' ||
  (ARRAY['Optik','Lensa','Teropong','Mikroskop','Kaca','Prisma','Kamera','Laser','Cermin',
  'Binokular'])[(1 + (n / 7) %% 10)::int] || ' ' ||
  initcap(s[(1 + n * 7919 %% 40)::int] || s[(1 + n * 104729 / 40 %% 40)::int] || s[(1 + n * 1299709 / 1600 %% 40)::int]) || ' ' ||
  initcap(s[(1 + n / 3 %% 40)::int] || s[(1 + n / 120 %% 40)::int]),
  (9120300000000 + (n * 7368787 %% 99999999999)::bigint)::text, '32.14.' || lpad((1 + n %% 17)::text, 2, '0'),
  initcap(s[(1 + n / 11 %% 40)::int] || s[(1 + n / 440 %% 5)::int]) || ' ' ||
  (ARRAY['Purwakarta','Campaka','Jatiluhur','Plered','Sukatani','Darangdan','Maniis','Tegalwaru','Wanayasa','Pasawahan','Bojong',
   'Babakancikao','Bungursari','Cibatu','Sukasari','Pondoksalam','Kiarapedes'])[(1 + n %% 17)::int],
  %(answers)s, now() - n * interval '1 minute', now() - n * interval '1 minute'
FROM generate_series(1, %(cases)s::bigint) AS n, (SELECT ARRAY['ba','ci','da','ga','ja','ka',
  'la','ma','na','pa','ra','sa','ta','wa','ya',
  'bu','cu','du','gu','ju','ku','lu','mu','nu','pu','ru','su','tu','wu','yu','ban','cin','dan','gar','jon','kan','lim','mar','nus',
  'per'] AS s) AS syllables
"""


def main() -> int:
    """Measure and print; 1 when a search is too slow."""
    parser = argparse.ArgumentParser(prog="bin/bench search")
    parser.add_argument("--json", action="store_true", help="hasilnya sebagai JSON")
    parser.add_argument("--cases", type=int, default=1_000_000, help="banyaknya berkas (bawaan: satu juta)")
    args = parser.parse_args()
    for name in ("DATABASE_URL", "PASTI_DATA", "PASTI_BASE_URL"):
        os.environ.pop(name, None)
    with environment.throwaway() as folder:
        environment.prepare(folder, base_url="http://127.0.0.1:8000")
        cluster = postgres.cluster(folder)
        with postgres.running(cluster):
            os.environ["DATABASE_URL"] = cluster.url()
            result = _measured(args.cases)
    print(json.dumps(result, indent=2) if args.json else _as_text(result))
    return 0 if all(row["median_ms"] <= MOST_MS and row["found"] for row in result["searches"]) else 1


def _measured(cases: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from pasti.actions.opening import Person, add_person
    from pasti.domain.calendar import jakarta_day
    from pasti.domain.roles import Role
    from pasti.queries.desk import on_desk
    from pasti.queries.search import find

    call_command("migrate", verbosity=0)
    at = timezone.now()
    account = add_person(
        Person(email="a@uji.example", name="Uji", roles=(Role.COUNTER_OFFICER,)), password=secrets.token_hex(16), at=at
    )
    began = time.perf_counter()
    with connection.cursor() as cursor:
        _fill(cursor, {"applicant": account.id, "cases": cases, "answers": os.urandom(ANSWERS_BYTES)})
        filled = time.perf_counter() - began
        cursor.execute("SELECT number, business_name, nib, place FROM application ORDER BY submitted_at OFFSET 12345 LIMIT 1")
        number, name, nib, place = cursor.fetchone()
        visible = on_desk(account.actor(jakarta_day(at)))
        searches = [
            _timed(kind, text, lambda text=text: find(visible, text, at=at)) for kind, text in _asked(number, name, nib, place)
        ]
        began = time.perf_counter()
        cursor.execute("SELECT id FROM application WHERE business_name || ' ' || nib ILIKE %s LIMIT 50", [f"%{name[3:-1]}%"])
        scan = (time.perf_counter() - began) * 1000
    connection.close_pool()
    return {"cases": cases, "seconds_to_fill": round(filled, 1), "scan_ms": round(scan, 1), "searches": searches}


def _fill(cursor: Any, values: dict[str, Any]) -> None:
    """The rows, and afterwards what the database would otherwise do at each of them: the index, the words."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'application_search'")
    (index,) = cursor.fetchone()
    cursor.execute("DROP INDEX application_search")
    cursor.execute("ALTER TABLE application DISABLE TRIGGER USER")
    cursor.execute(ROWS, values)
    cursor.execute("ALTER TABLE application ENABLE TRIGGER USER")
    cursor.execute(
        "INSERT INTO search_word SELECT DISTINCT word FROM application, "
        "regexp_split_to_table(lower(business_name || ' ' || place), '[^[:alnum:]]+') AS word WHERE length(word) >= 3"
    )
    cursor.execute(index)
    cursor.execute("VACUUM ANALYZE application")
    cursor.execute("VACUUM ANALYZE search_word")


def _asked(number: str, name: str, nib: str, place: str) -> list[tuple[str, str]]:
    """What people type about one case: rightly, in part, and wrongly."""
    own = name.split()[2]
    wrong_own = own[:2] + own[3] + own[2] + own[4:]
    short, village = name.split()[3], place.split()[0]
    wrong_short = short[0] + short[2] + short[1] + short[3:]
    return [
        ("nomor", number),
        ("nomor tanpa tahun", number.split("-")[2]),
        ("NIB", nib),
        ("NIB salah satu angka", nib[:7] + str((int(nib[7]) + 1) % 10) + nib[8:]),
        ("nama lengkap", name),
        ("satu kata nama", own),
        ("nama dan tempat", f"{own} {place.split()[-1]}"),
        ("kata yang dimiliki semua", "optik"),
        ("dua kata umum, tak bersama", "optik lensa"),
        ("tempat", place),
        ("nama salah ketik", f"{name.split()[1]} {wrong_own}"),
        ("satu kata salah ketik", wrong_own),
        ("kata umum salah ketik", "teropnog"),
        ("tempat salah ketik", "bungusari"),
        ("kata pendek salah ketik", wrong_short),
        ("kata pendek dan lain", f"{name.split()[0]} {name.split()[1]} {wrong_short}"),
        ("dua kata pendek salah ketik", f"{wrong_short} {village[:-2]}{village[-1]}{village[-2]}"),
        ("dua kata salah ketik", f"{wrong_own} bungusari"),
        ("nama dan tempat umum", "optik purwakarta"),
        ("kata sangat umum dan lain", f"baba {own}"),
        ("dua kata sangat umum", "baba jatiluhur"),
        ("banyak kata, salah semua", f"teropnog {wrong_own} bungusari kirapedes jatilhur purwkarta"),
        ("tidak ada", "xylofon qwertz"),
    ]


def _timed(kind: str, text: str, search: Callable[[], list[Any]]) -> dict[str, Any]:
    found, took = search(), []
    for _ in range(TIMES):
        began = time.perf_counter()
        search()
        took.append((time.perf_counter() - began) * 1000)
    expected = kind in NOTHING or bool(found)
    return {
        "kind": kind,
        "text": text,
        "count": len(found),
        "found": expected,
        "ms": round(max(took), 1),
        "median_ms": round(statistics.median(took), 1),
    }


def _as_text(result: dict[str, Any]) -> str:
    lines = [
        f"{row['kind']:28} {row['text'][:34]:36} {row['count']:>3} temuan {row['median_ms']:>7.1f} ms (terlama {row['ms']:.1f})"
        for row in result["searches"]
    ]
    head = f"{result['cases']:,} berkas, diisi dalam {result['seconds_to_fill']} detik; tanpa indeks {result['scan_ms']} ms"
    return "\n".join([head, *lines])


if __name__ == "__main__":
    sys.exit(main())
