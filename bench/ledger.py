"""A root, an export and its check over a million facts: seconds, and the memory they need (51.10.2).

`python bench/ledger.py [FACTS]`, on a database of its own that is thrown away. Exit 1 when the verifier finds a fault.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
CHAIN = 10  # facts of a subject
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def facts(count: int) -> Iterator[tuple[list[object], tuple[UUID, int, str] | None]]:
    """Linked facts as rows of the table, and with the last of each chain its end."""
    import json

    from pasti.domain.chain import Fact, link

    for number in range(count):
        subject, seq = UUID(int=number // CHAIN + 1), number % CHAIN + 1
        previous = "" if seq == 1 else digest  # noqa: F821  # of the round before
        fact = Fact(
            subject_kind="notice",
            subject_id=subject,
            seq=seq,
            at=AT + timedelta(seconds=number),
            actor_id=None,
            actor_roles="system",
            kind="notice.sent",
            clause="51.3",
            edition="51@2022-01-03",
            reason="",
            before={},
            after={"number": number, "state": "submitted"},
            public=True,
            about=None,
        )
        digest = link(previous, fact)
        row = [*(json.dumps(v) if isinstance(v, dict) else v for v in fact.__dict__.values()), previous, digest]
        yield row, (subject, seq, digest) if seq == CHAIN or number == count - 1 else None


def fill(count: int) -> None:
    """Write the facts and the rows of their subjects."""
    from django.db import connection

    from pasti.domain.chain import Fact

    names = ", ".join([*Fact.__dataclass_fields__, "prev_hash", "hash"])
    ends = []
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ledger ({names}) FROM STDIN") as copy:
            for row, end in facts(count):
                copy.write_row(row)
                ends += [end] if end else []
        into = "COPY notice (id, ledger_length, ledger_head, application_id, kind, sent_at) FROM STDIN"
        with cursor.copy(into) as copy:
            for subject, length, head in ends:
                copy.write_row([subject, length, head, subject, "bench", AT])
        cursor.execute("ANALYZE")


def timed(name: str, act: object, *words: object) -> None:
    """Run it, and say how long it took and how much memory this process has ever needed."""
    began = time.perf_counter()
    act(*words)  # type: ignore[operator]  # a function, as the callers below show
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<44} {time.perf_counter() - began:>8.1f} s   {peak:>5} MiB", flush=True)


def watched(words: list[str]) -> tuple[int, int]:
    """The exit code of a program and the most memory it held, in MiB; its own account would include ours, from which it began."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        peak = 0
        while running.poll() is None:
            status = Path(f"/proc/{running.pid}/status").read_text()
            peak = max(peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
            time.sleep(0.2)
    return running.returncode, peak // 1024


def measure(folder: Path, count: int) -> int:
    """The table; what the verifier said."""
    from django.core.management import call_command

    from pasti.actions import ledger_export, roots

    call_command("migrate", interactive=False, verbosity=0)
    print(f"{count} catatan", flush=True)
    timed("diisi (bukan ukuran)", fill, count)
    timed("akar pertama, atas semuanya", lambda: roots.seal(at=AT + timedelta(days=99)))
    timed("akar berikutnya, atas yang baru saja", lambda: roots.seal(at=AT + timedelta(days=100)))
    timed("semua akar dihitung ulang", roots.check)
    file = folder / "export.jsonl"
    with file.open("w", encoding="utf-8") as out:
        timed("ekspor", lambda: ledger_export.write(out, at=AT))
    began = time.perf_counter()
    words = [sys.executable, "-I", "-S", str(ROOT / "tools/verify_ledger.py"), str(file)]
    code, peak = watched(words)
    print(f"{'pemeriksa berdiri sendiri':<44} {time.perf_counter() - began:>8.1f} s   {peak:>5} MiB   keluar {code}")
    return code


def main(count: int) -> int:
    """Measure on a database of its own."""
    from pasti.cli import environment

    os.environ.pop("DATABASE_URL", None)
    with environment.throwaway() as folder, environment.database(environment.prepare(folder)):
        import django
        from django.db import connection

        django.setup()
        try:
            return measure(folder, count)
        finally:
            connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has it, and ours is one


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
