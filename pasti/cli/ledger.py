"""`pasti ledger`: whether every chain and root still holds, tonight's root, and the export for an inspector (51.10.2)."""

import argparse
import sys
from pathlib import Path


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ledger verify`, `ledger seal` and `ledger export`."""
    parser = commands.add_parser("ledger", help="periksa jejak audit, buat akarnya, atau ekspor untuk diperiksa orang lain")
    words = parser.add_subparsers(dest="word", required=True)
    verify = words.add_parser("verify", help="hitung ulang setiap rantai dan akar; menyebut yang pertama putus")
    verify.set_defaults(run=run, needs="tables")
    seal = words.add_parser("seal", help="buat akar sekarang juga, seperti yang dibuat pekerja tiap malam")
    seal.set_defaults(run=make_root, needs="tables")
    export = words.add_parser(
        "export", help="tulis seluruh jejak audit sebagai JSON Lines; periksa dengan tools/verify_ledger.py"
    )
    export.add_argument("file", type=Path, metavar="FILE")
    export.set_defaults(run=write_export, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Recompute every chain and every root; 1 and the first fault when one does not hold."""
    from pasti.actions import roots
    from pasti.queries import ledger

    report = ledger.verify()
    print(f"{report.entries} catatan dalam {report.chains} rantai diperiksa.")
    if report.fault:
        print(f"PUTUS: {report.fault}")
        return 1
    print("Utuh: setiap catatan menyambung ke catatan sebelumnya.")
    sealed = roots.check()
    if sealed.fault:
        print(f"PUTUS: {sealed.fault}")
        return 1
    print(f"{sealed.roots} akar cocok dan bertanda tangan; {sealed.later} catatan belum dinaungi akar.")
    return 0


def make_root(args: argparse.Namespace) -> int:
    """Make a root now, and have it stamped where an authority is configured."""
    from django.utils import timezone

    from pasti.actions import heartbeat, roots
    from pasti.domain.heartbeat import Duty

    at = timezone.now()
    made = roots.seal(at=at)
    heartbeat.beat(Duty.ROOT, at=at)
    print(f"Akar {made.number} atas {made.size} catatan: {made.root}")
    if stamped := roots.stamp_missing(at=at):
        print(f"{stamped} akar diberi cap waktu.")
    return 0


def write_export(args: argparse.Namespace) -> int:
    """Write the export whole or not at all; 1 when the file cannot be written."""
    from django.utils import timezone

    from pasti.actions import ledger_export

    unfinished = args.file.with_name(f".{args.file.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            entries, suspicious = ledger_export.write(out, at=timezone.now())
        unfinished.replace(args.file)
    except OSError as reason:
        print(f"{args.file} tidak dapat ditulis: {reason.strerror}. Pilih tempat lain.", file=sys.stderr)
        return 1
    print(f"{entries} catatan ditulis ke {args.file}. Periksa dengan: python3 tools/verify_ledger.py {args.file}")
    if suspicious:
        print(f"Perhatian: {suspicious} catatan memuat angka yang mirip NIK atau nomor telepon; periksa sebelum dibagikan.")
    return 0
