"""Opening the scorecard and the figures over a million facts: today and a past day; the median of each page counts.

`bin/bench scorecard [--json] [--facts=N]`. A database of its own, real settings, facts made by SQL over
five years and counted as the night counts them; gone afterwards. Exit 1 when a page takes longer than it may.
"""

import argparse
import json
import os
import statistics
import sys
import time
from typing import Any

from pasti.cli import environment, postgres

MOST_MS = 300.0
TIMES = 7
FACTS = """
INSERT INTO ledger (subject_kind, subject_id, seq, at, actor_roles, kind, clause, edition, reason, before, after, public,
  prev_hash, hash)
SELECT 'application', gen_random_uuid(), 1, now() - (n %% 1800) * interval '1 day' - interval '1 hour', 'examiner',
  (ARRAY['requirement.judged','requirement.judged','requirement.judged','application.submitted','clock.ended','data.read',
  'clock.stopped','intake.saved','certificate.issued','notice.sent'])[1 + n %% 10],
  '51.1.B.' || (1 + n %% 8), '51@2022-01-03', '', '{}',
  jsonb_build_object('verdict', 'met', 'procedure', '7', 'used_days', n %% 9, 'late', n %% 50 = 0), true, '', md5(n::text)
FROM generate_series(1, %(facts)s::int) AS n
"""


def main() -> int:
    """Measure and print; 1 when a page is too slow."""
    parser = argparse.ArgumentParser(prog="bin/bench scorecard")
    parser.add_argument("--json", action="store_true", help="hasilnya sebagai JSON")
    parser.add_argument("--facts", type=int, default=1_000_000, help="banyaknya catatan (bawaan: satu juta)")
    args = parser.parse_args()
    for name in ("DATABASE_URL", "PASTI_DATA", "PASTI_BASE_URL"):
        os.environ.pop(name, None)
    with environment.throwaway() as folder:
        environment.prepare(folder, base_url="http://127.0.0.1:8000")
        cluster = postgres.cluster(folder)
        with postgres.running(cluster):
            os.environ["DATABASE_URL"] = cluster.url()
            result = _measured(args.facts)
    print(json.dumps(result, indent=2) if args.json else _as_text(result))
    return 0 if all(page["median_ms"] <= MOST_MS for page in result["pages"]) else 1


def _measured(facts: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from pasti.actions import figures
    from pasti.records.ledger import LedgerEntry
    from pasti.records.roots import LedgerRoot

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"facts": facts})
        cursor.execute("VACUUM ANALYZE ledger")
    through = LedgerEntry.objects.order_by("-id").values_list("id", flat=True)[0]
    LedgerRoot.objects.create(number=1, at=timezone.now(), through=through, size=facts, root="", peaks=[], proof="")
    began = time.perf_counter()
    figures.count_new(at=timezone.now())
    counted = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE day_figure")
    pages = [_timed(*page) for page in _pages()]
    connection.close_pool()
    return {"facts": facts, "seconds_to_count": round(counted, 1), "pages": pages}


def _pages() -> list[tuple[str, Any]]:
    from datetime import timedelta

    from django.utils import timezone

    from pasti.domain.calendar import end_of, jakarta_day
    from pasti.queries import compliance, transparency

    now = timezone.now()
    past = end_of(jakarta_day(now) - timedelta(days=400))
    return [
        ("kartu skor, kini", lambda: compliance.scorecard("51", at=now)),
        ("kartu skor, 400 hari lalu", lambda: compliance.scorecard("51", at=past)),
        ("angka dua belas bulan", lambda: transparency.months("51", at=now)),
    ]


def _timed(name: str, ask: Any) -> dict[str, Any]:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return {"page": name, "median_ms": round(statistics.median(took), 1), "worst_ms": round(max(took), 1)}


def _as_text(result: dict[str, Any]) -> str:
    lines = [f"{result['facts']} catatan, dihitung dalam {result['seconds_to_count']} detik (batas {MOST_MS:.0f} ms):"]
    lines += [f"  {p['page']:<28} {p['median_ms']:>7} ms (terlama {p['worst_ms']} ms)" for p in result["pages"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
