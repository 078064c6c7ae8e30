"""`pasti demo`: the main job without a browser, on a throw-away database: from draft to a signed, verified certificate."""

import argparse
import os
import secrets
import shlex
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pasti.cli import environment, standins


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo`."""
    parser = commands.add_parser("demo", help="satu permohonan dari awal sampai sertifikat, tanpa peramban")
    parser.add_argument("--entry", default="51", help="entri standar pelayanan (bawaan: 51)")
    parser.add_argument("--out", type=Path, default=Path("sertifikat-demo.pdf"), help="tempat menyimpan sertifikat")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Walk one application through the real acts and check what comes out; 1 when the certificate does not verify."""
    for name in ("DATABASE_URL", "PASTI_DATA"):
        os.environ.pop(name, None)
    with environment.throwaway() as folder:
        environment.prepare(folder)
        with standins.signing(folder), environment.database(folder, settings={"fsync": "off"}):
            import django
            from django.core.management import call_command
            from django.db import connection

            django.setup()
            try:
                call_command("migrate", interactive=False, verbosity=0)
                return _walk(args.entry, args.out.resolve())
            finally:
                connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has it, and ours is one


def _moments(now: datetime) -> Iterator[datetime]:
    """Nine in the morning of the six working days before today, one an act; then now."""
    from pasti import standards
    from pasti.domain.calendar import JAKARTA, jakarta_day

    calendar, day, days = standards.load().calendar(), jakarta_day(now), list[date]()
    while len(days) < 6:
        day -= timedelta(days=1)
        if calendar.is_working_day(day):
            days.append(day)
    for past in reversed(days):
        yield datetime.combine(past, time(9), JAKARTA)
    while True:
        yield now


def _walk(entry: str, out: Path) -> int:
    from django.utils import timezone

    from pasti.actions import certificate, demonstration, intake, opening, verification
    from pasti.domain.calendar import jakarta_day
    from pasti.domain.roles import Role
    from pasti.domain.workflow import ACT_TITLES, Act, State

    now, passphrase = timezone.now(), secrets.token_urlsafe(12)
    moments = _moments(now)
    at = next(moments)
    opening.open_office(password=secrets.token_urlsafe(12), passphrase=passphrase, at=at)
    office = opening.demonstration_actors(jakarta_day(now))
    applicant = office[Role.APPLICANT]
    row = demonstration.draft(applicant, entry, at=at)
    _tell(at, f"{entry}.1", "Konsep diisi: semua syarat berikut buktinya")
    row = intake.submit(applicant, row.id, at=at)
    _tell(at, f"{entry}.2", f"Diajukan sebagai {row.number}, kelas prosedur {row.procedure}: {row.procedure_reason}")
    for act, moment, before in demonstration.walk(office, row.id, until=State.SIGNING, moments=moments):
        row = type(row).objects.get(pk=row.id)
        promise = f"; janji selesai {row.due_on:%d-%m-%Y}" if act is Act.ACCEPT else ""
        _tell(moment, demonstration.clause_of(before, act), f"{ACT_TITLES[act]}{promise}")
    certificate.sign(office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=now)
    paper = row.certificate
    assert paper is not None, "it was approved on the way"
    _tell(now, f"{entry}.5", f"Sertifikat {paper.number} ditandatangani")
    return _check(verification.signed_bytes(paper.token) or b"", out, now)


def _check(pdf: bytes, out: Path, now: datetime) -> int:
    from pasti.actions import verification
    from pasti.queries import ledger

    root = out.with_name(f"{out.stem}-akar.pem")
    out.write_bytes(pdf)
    root.write_bytes(verification.root_pem())
    verdict, report = verification.check_upload(pdf, at=now), ledger.verify()
    print(f"\nSertifikat: {out}\nSertifikat akar penandatangan: {root}")
    print(f"Pemeriksaan: {verdict.sentence}")
    print(f"Jejak audit: {report.entries} catatan, {report.fault or 'utuh'}")
    print(
        f"\nPeriksa sendiri, tanpa jaringan:\n{shlex.join(['bin/pasti', 'certificate', 'verify', str(out), '--root', str(root)])}"
    )
    return 0 if verdict.is_valid and report.fault is None else 1


def _tell(at: datetime, clause: str, what: str) -> None:
    from pasti.domain.calendar import JAKARTA

    print(f"{at.astimezone(JAKARTA):%d-%m-%Y %H.%M}  {clause:<8} {what}")
    sys.stdout.flush()
