"""One backup as it lies on a disk: its name, its manifest, and whether every byte is still the one that was written."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pasti.domain.errors import PastiError

DUMP = "database.dump"
MANIFEST = "manifest.json"
NAME = re.compile(r"\d{8}T\d{9}Z")  # when it was begun, in UTC, to the millisecond
UNFINISHED = ".unfinished-"
FORMAT = 1
BLOCK = 1 << 20


class BackupUnusable(PastiError):
    """A backup cannot be made or used; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a file's content was when the backup was made."""

    sha256: str
    size: int


def whole(place: Path) -> list[Path]:
    """The finished backups in a folder, the oldest first."""
    return sorted(p for p in place.iterdir() if NAME.fullmatch(p.name) and (p / MANIFEST).is_file())


def unfinished(place: Path) -> list[Path]:
    """What was left by a backup, or by a removal, that did not come to its end."""
    return sorted(place.glob(f"{UNFINISHED}*"))


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest. BackupUnusable when the folder is no finished backup that this program reads."""
    try:
        found = json.loads((folder / MANIFEST).read_text())
        if isinstance(found, dict) and found["format"] == FORMAT and DUMP in found["files"]:
            return found
    except (FileNotFoundError, NotADirectoryError):
        raise BackupUnusable(f"{folder} bukan cadangan yang utuh: {MANIFEST} tidak ada. Pilih folder bertanda waktu.") from None
    except OSError as reason:
        raise BackupUnusable(f"{folder / MANIFEST} tidak dapat dibaca: {reason.strerror}.") from None
    except (ValueError, KeyError):
        pass  # said below
    raise BackupUnusable(f"{folder / MANIFEST} rusak, atau dari PASTI yang lain. Pilih cadangan yang lain.")


def listed(found: dict[str, Any]) -> dict[str, Written]:
    """Each file of a manifest. BackupUnusable when a name leads out of the backup."""
    files = {name: Written(sha256=str(one["sha256"]), size=int(one["size"])) for name, one in found["files"].items()}
    if astray := next((name for name in files if name.startswith("/") or ".." in name.split("/")), None):
        raise BackupUnusable(f"Manifes menyebut {astray}, di luar cadangan. Jangan dipakai; pilih cadangan yang lain.")
    return files


def faults(folder: Path) -> Iterator[str]:
    """Everything in a backup that is not as its manifest says; nothing when it is whole."""
    files = listed(manifest(folder))
    for name, written in files.items():
        path = folder / name
        try:
            same = not path.is_symlink() and path.stat().st_size == written.size and digest(path) == written.sha256
        except OSError as reason:
            yield f"{name}: tidak dapat dibaca ({reason.strerror})"
            continue
        if not same:
            yield f"{name}: isinya sudah berubah"
    present = {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir()}
    yield from (f"{name}: tidak disebut dalam manifes" for name in sorted(present - set(files) - {MANIFEST}))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(source: IO[bytes], path: Path) -> Written:
    """Write a new file that only we may read, on the disk for good when this returns."""
    seen, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := source.read(BLOCK):
            seen.update(block)
            size += out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return Written(sha256=seen.hexdigest(), size=size)


def sync(folder: Path) -> None:
    """Make the entries of a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
