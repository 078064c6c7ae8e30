"""`pasti backup`: the whole office in a folder, of one moment, whole or not at all; and whether a backup still is (51.10.2)."""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pasti.cli import backup_folder, dump, main
from pasti.cli.backup_folder import DUMP, FORMAT, MANIFEST, UNFINISHED, BackupUnusable, Written
from pasti.cli.binaries import PostgresError

CHECK = "check"
PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup FOLDER` and `backup check FOLDER/WAKTU`."""
    parser = commands.add_parser(
        "backup",
        help="buat cadangan seluruh kantor, atau periksa sebuah cadangan",
        usage="pasti backup [--keep N] [--with-secrets] FOLDER\n       pasti backup check FOLDER/WAKTU",
    )
    parser.add_argument("words", nargs="+", metavar="FOLDER", help="tempat cadangan; atau: check, lalu satu cadangan")
    parser.add_argument("--keep", type=_count, metavar="N", help="sesudah cadangan ini utuh, sisakan N yang terbaru")
    parser.add_argument("--with-secrets", action="store_true", help="sertakan secrets/ (bawaan: tidak; simpan terpisah)")
    parser.set_defaults(run=run, needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Make or check one; 1 when it could not be made, or what was kept in the office is no longer whole."""
    match args.words:
        case ["check", folder]:
            return check(Path(folder))
        case [folder] if folder != CHECK:
            args.place = Path(folder).absolute()
            args.run, args.needs = _make, "tables"
            return main.in_office(args)
    print("Tulis: pasti backup FOLDER, atau: pasti backup check FOLDER/WAKTU", file=sys.stderr)
    return 2


def check(folder: Path) -> int:
    """Read every byte of a backup; 1 and each fault when it is not as it was written."""
    found = backup_folder.manifest(folder)
    problems = [*backup_folder.faults(folder)]
    try:
        problems += dump.faults(folder / DUMP, major=found["postgresql"]["dump"])
    except PostgresError as reason:
        print(f"{reason}\nCadangan {folder} belum dapat diperiksa seluruhnya.", file=sys.stderr)
        return 1
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"Cadangan {folder} RUSAK: {len(problems)} kesalahan. Jangan dipulihkan; pilih cadangan lain.", file=sys.stderr)
        return 1
    secrets = "dengan" if found["with_secrets"] else "tanpa"
    print(f"Cadangan {folder} utuh: {len(found['files'])} berkas, {found['ledger']['facts']} catatan, {secrets} secrets/.")
    return 0


@dataclass(kw_only=True)
class Kept:
    """What has been put into a backup so far, and what the office itself no longer has."""

    files: dict[str, Written] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)  # a name in the store → what is wrong
    linked: int = 0


def _make(args: argparse.Namespace) -> int:
    from django.utils import timezone

    from pasti.actions.heartbeat import beat
    from pasti.domain.heartbeat import Duty

    at = timezone.now()
    try:
        with _alone(args.place):
            folder, kept = _written(args, at)
            _tell(folder, kept)
            if kept.lost:
                return 1
            _drop_older(args.place, args.keep)
    except OSError as reason:
        raise BackupUnusable(f"Cadangan tidak jadi dibuat: {reason.filename or args.place}: {reason.strerror}.") from None
    beat(Duty.BACKUP, at=timezone.now())
    return 0


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the place of backups, made when missing; what an interrupted backup left there goes first."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(place / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupUnusable(f"Cadangan lain ke {place} sedang dibuat. Tunggu sampai selesai.") from None
        for left in backup_folder.unfinished(place):
            shutil.rmtree(left)
        yield


def _written(args: argparse.Namespace, at: datetime) -> tuple[Path, Kept]:
    """The backup under a name that says it is unfinished, then under its own."""
    final = args.place / f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z"
    earlier = backup_folder.whole(args.place)
    fresh = args.place / f"{UNFINISHED}{final.name}"
    fresh.mkdir(mode=0o700)
    kept = Kept()
    try:
        found = _dumped(fresh, kept)
        _copy_store(args.data / "files", fresh, earlier, kept)
        kept.lost |= dict.fromkeys(sorted(found.pop("named") - _stored(kept) - set(kept.lost)), "tidak ada di penyimpanan")
        if args.with_secrets:
            _copy_secrets(args.data / "secrets", fresh, kept)
        said = {**found, "made_at": at.isoformat(), "with_secrets": args.with_secrets, "lost": kept.lost}
        _write_manifest(fresh, {**said, "files": {name: asdict(one) for name, one in kept.files.items()}})
        fresh.rename(final)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    backup_folder.sync(args.place)
    return final, kept


def _dumped(fresh: Path, kept: Kept) -> dict[str, Any]:
    """The dump, and what the manifest says of the same moment."""
    from pasti.queries import holdings

    major = dump.server_major(holdings.server_version())
    release = dump.release(major)
    with holdings.one_moment() as snapshot:
        kept.files[DUMP] = dump.take(os.environ["DATABASE_URL"], fresh / DUMP, snapshot=snapshot, major=major)
        return {
            "format": FORMAT,
            "program": tomllib.loads(PROJECT.read_text())["project"]["version"],
            "postgresql": {"server": major, "dump": int(release.partition(".")[0]), "pg_dump": release},
            "newest_migration": holdings.newest_migration(),
            "ledger": holdings.ledger_end().as_json(),
            "field_key": fingerprint(os.environ["PASTI_FIELD_KEY"].partition(",")[0]),
            "named": holdings.named_files(),
        }


def fingerprint(key: str) -> str:
    """By which a key is known again, and cannot be found."""
    return hashlib.sha256(b"PASTI field key\n" + key.strip().encode()).hexdigest()[:16]


def _copy_store(store: Path, fresh: Path, earlier: list[Path], kept: Kept) -> None:
    """Every file of the store: after the dump, because a file is there before the row that names it."""
    (fresh / "files").mkdir(mode=0o700)
    for path in sorted(p for p in store.glob("[0-9a-f][0-9a-f]/*") if p.is_file()):
        name, content = f"files/{path.parent.name}/{path.name}", path.parent.name + path.name
        target = fresh / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if same := next((old / name for old in reversed(earlier) if _is_whole(old / name, content)), None):
            os.link(same, target)
            kept.linked += 1
            kept.files[name] = Written(sha256=content, size=target.stat().st_size)
            continue
        with path.open("rb") as file:
            written = backup_folder.write(file, target)
        if written.sha256 == content:
            kept.files[name] = written
        else:
            target.unlink()
            kept.lost[content] = "isinya di penyimpanan sudah berubah"
    _sync_folders(fresh)


def _is_whole(path: Path, content: str) -> bool:
    """Whether an earlier backup has it unchanged: it is read, so that a damaged copy is not handed on."""
    return path.is_file() and backup_folder.digest(path) == content


def _stored(kept: Kept) -> set[str]:
    return {one.sha256 for name, one in kept.files.items() if name.startswith("files/")}


def _copy_secrets(secrets: Path, fresh: Path, kept: Kept) -> None:
    (fresh / "secrets").mkdir(mode=0o700)
    for path in sorted(p for p in secrets.iterdir() if p.is_file() and not p.name.startswith(".")):
        with path.open("rb") as file:
            kept.files[f"secrets/{path.name}"] = backup_folder.write(file, fresh / "secrets" / path.name)
    _sync_folders(fresh)


def _write_manifest(fresh: Path, said: dict[str, Any]) -> None:
    with os.fdopen(os.open(fresh / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(said, out, indent=1, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    backup_folder.sync(fresh)


def _sync_folders(fresh: Path) -> None:
    for folder in (p for p in fresh.rglob("*") if p.is_dir()):
        backup_folder.sync(folder)


def _drop_older(place: Path, keep: int | None) -> None:
    """Remove the oldest beyond `keep`: first under a name that says it is no backup any more."""
    for old in backup_folder.whole(place)[: -keep if keep else 0]:
        gone = old.rename(place / f"{UNFINISHED}{old.name}")
        shutil.rmtree(gone)


def _tell(folder: Path, kept: Kept) -> None:
    size = sum(one.size for one in kept.files.values())
    print(f"Cadangan utuh: {folder}")
    print(f"{len(kept.files)} berkas ({kept.linked} sudah ada pada cadangan sebelumnya), {size:,} bita.")
    for name, words in kept.lost.items():
        print(f"Berkas {name}: {words}", file=sys.stderr)
    if kept.lost:
        print(
            f"{len(kept.lost)} berkas kantor ini hilang atau rusak, sebelum cadangan dibuat: ambil dari cadangan terdahulu. "
            "Cadangan lama tidak dihapus, dan tugas cadangan belum dicatat berhasil.",
            file=sys.stderr,
        )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"banyaknya cadangan bilangan bulat mulai 1, bukan {text}")
    return int(text)
