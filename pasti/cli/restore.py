"""`pasti restore`: an office out of a backup into an empty place, then proved against what the backup says of it (51.10.2)."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pasti.cli import backup, backup_folder, dump, main
from pasti.cli.backup_folder import DUMP, BackupUnusable

MIGRATIONS = Path(__file__).resolve().parent.parent / "records" / "migrations"
SECRETS = "secrets/"
FILES = "files/"
MADE_AGAIN = ("logs", "static", "files")  # empty folders of these names are no office


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `restore`."""
    parser = commands.add_parser("restore", help="pulihkan kantor dari cadangan ke tempat yang kosong, lalu buktikan")
    parser.add_argument("folder", type=Path, metavar="FOLDER/WAKTU", help="cadangan yang utuh")
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="folder data yang baru")
    parser.add_argument(
        "--new-secrets", action="store_true", help="kunci lama hilang: pulihkan walau data pribadi tidak akan terbaca"
    )
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Restore and prove; 1 when anything is refused or differs from the backup."""
    from pasti.cli.environment import DEFAULT_DATA

    args.data = (args.data or Path(os.environ.get("PASTI_DATA") or DEFAULT_DATA)).resolve()
    _refuse_full(args.data)
    if backup.check(args.folder):
        return 1
    args.found = backup_folder.manifest(args.folder)
    _refuse_newer(args.found)
    _refuse_other_key(args)
    args.run, args.needs = _restore, "database"
    _bring_secrets(args)
    return main.in_office(args)


def _refuse_full(data: Path) -> None:
    """Only an empty place, but for its keys."""
    if not data.exists():
        return
    full = [p.name for p in sorted(data.iterdir()) if p.name != "secrets" and not (p.name in MADE_AGAIN and not any(p.iterdir()))]
    if full:
        raise BackupUnusable(
            f"Folder data {data} tidak kosong ({', '.join(full[:5])}). Kantor yang ada tidak ditimpa: "
            "pilih folder baru dengan --data, atau hapus yang tersisa dari pemulihan yang terputus."
        )


def _refuse_newer(found: dict[str, Any]) -> None:
    newest = found["newest_migration"]
    if not (MIGRATIONS / f"{newest}.py").exists():
        raise BackupUnusable(f"Cadangan ini dari PASTI yang lebih baru ({found['program']}, {newest}). Pasang versi itu dahulu.")


def _refuse_other_key(args: argparse.Namespace) -> None:
    """Personal data can only be read with the key that wrote it: better said now than found out by an officer."""
    if args.new_secrets:
        return
    places = (args.data / "secrets" / "field_key", args.folder / "secrets" / "field_key")
    given = os.environ.get("PASTI_FIELD_KEY") or next((p.read_text() for p in places if p.exists()), "")
    if not given:
        raise BackupUnusable(
            f"Kunci data pribadi tidak ada. Salin secrets/ yang disimpan terpisah ke {args.data / 'secrets'}, atau isi "
            "PASTI_FIELD_KEY, lalu ulangi. Bila kunci itu hilang untuk selamanya: --new-secrets."
        )
    if args.found["field_key"] not in {backup.fingerprint(key) for key in given.split(",")}:
        raise BackupUnusable(
            "Kunci data pribadi di sini bukan kunci cadangan ini; data pribadi tidak akan terbaca. Salin secrets/ yang benar."
        )


def _bring_secrets(args: argparse.Namespace) -> None:
    """The keys in the backup, where it has any and the new place has none."""
    target = args.data / "secrets"
    if args.found["with_secrets"] and not target.exists() and not args.new_secrets:
        from pasti.cli.environment import make_folder

        make_folder(args.data)
        _copy(args, SECRETS)


def _copy(args: argparse.Namespace, part: str) -> int:
    """Files of the backup into the data folder, each compared as it is written."""
    files = {name: one for name, one in backup_folder.listed(args.found).items() if name.startswith(part)}
    for name, one in files.items():
        target = args.data / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with (args.folder / name).open("rb") as source:
            if backup_folder.write(source, target) != one:
                raise BackupUnusable(f"{args.folder / name} berubah selagi dibaca. Pilih cadangan yang lain.")
    for folder in {(args.data / name).parent for name in files}:
        backup_folder.sync(folder)
    return len(files)


def _restore(args: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.db import connection

    major = dump.server_major(connection.cursor().connection.info.server_version)
    if (made_by := args.found["postgresql"]["dump"]) > major:
        raise BackupUnusable(
            f"Cadangan ini dari PostgreSQL {made_by}, peladen ini {major}. Pakai peladen yang sama, atau baca deploy/README.md, "
            "“To an older server”."
        )
    if tables := connection.introspection.table_names():
        raise BackupUnusable(
            f"Basis data tujuan tidak kosong ({len(tables)} tabel). Buat basis data baru; yang ada tidak ditimpa."
        )
    connection.close()
    dump.put_back(os.environ["DATABASE_URL"], args.folder / DUMP, major=made_by)  # first: when it fails, the place is still empty
    count = _copy(args, FILES)
    call_command("migrate", interactive=False, verbosity=0)  # of a newer program; the ledger is never changed by one
    print(f"Dipulihkan: basis data dan {count} berkas. Sekarang dibuktikan.")
    return _verdict(args)


def _verdict(args: argparse.Namespace) -> int:
    """Whether ledger and files are those of the backup."""
    from pasti.cli import ledger
    from pasti.queries import holdings

    holds = ledger.run(args) == 0
    problems = [] if holds else ["Jejak audit tidak utuh (lihat di atas)."]
    end = holdings.ledger_end().as_json()
    problems += [
        f"{name}: {end.get(name)}, pada cadangan {was}" for name, was in args.found["ledger"].items() if end.get(name) != was
    ]
    stored = {p.parent.name + p.name for p in (args.data / "files").glob("??/*")}
    problems += [f"Berkas {name[:12]}… disebut basis data tetapi tidak ada." for name in sorted(holdings.named_files() - stored)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"PEMULIHAN TIDAK LENGKAP: {len(problems)} kesalahan.", file=sys.stderr)
        return 1
    print(f"PEMULIHAN BERHASIL: {end['facts']} catatan dan semua berkas sama dengan cadangan {args.folder.name}.")
    return 0
