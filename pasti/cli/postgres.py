"""The database that needs no installation: a real PostgreSQL, one per data folder, started and stopped by us.

It runs as us, or, when we are root, as an unprivileged account that exists already. No folder that exists ever has its
rights changed: where that account may not pass, cluster and binaries go to /var/lib/pasti instead. Passwords are random
(SCRAM), connections come by a private Unix socket only, TCP is off.

One lock, `alive.lock`, is handed down to the server and all its processes, so it is free exactly when none of them lives.
With it a stale postmaster.pid is known for what it is, and two servers on one folder are impossible.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pasti.cli import binaries
from pasti.cli.binaries import Account, Binaries, PostgresError
from pasti.cli.process import dies_with_parent
from pasti.cli.secret import secret

ROOM = Path("/var/lib/pasti")  # for root only: where an unprivileged account can always reach
LONGEST_SOCKET = 107  # bytes, a limit of the operating system
SOCKET = ".s.PGSQL.5432"
INITDB = ("--username=postgres", "--encoding=UTF8", "--auth=scram-sha-256", "--no-sync")
START_SECONDS = 60.0
STOP = signal.SIGINT  # fast shutdown: sessions are ended, everything committed is kept
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "80",
    "unix_socket_permissions": "0700",
    "log_checkpoints": "off",
}
FASTER_THAN_SAFE: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}  # throw-away data only


class AlreadyRunning(PostgresError):
    """A server of this folder lives, or the last processes of one that was killed."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One database folder and what runs it.

    `place` is ours and holds the locks, the log, `data/` and, when its path is short enough, `run/` with the socket;
    only those two belong to the database's account.
    """

    place: Path
    account: Account
    binaries: Binaries
    sockets: Path
    passwords: Mapping[str, str]  # role → password
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.place / "data"

    def url(self, role: str = "pasti", database: str = "pasti") -> str:
        """The DATABASE_URL by which `role` reaches `database`; it holds the password."""
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={quote(str(self.sockets), safe='')}"

    def answers(self, role: str = "pasti", database: str = "pasti") -> bool:
        """Whether a connection succeeds now."""
        import psycopg

        try:
            psycopg.connect(self.url(role, database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def cluster(folder: Path, *, settings: Mapping[str, str] | None = None) -> Cluster:
    """The cluster of a data folder: made when there is none yet, never touched when there is.

    PostgresError when no PostgreSQL is found that runs here and fits the folder.
    """
    folder = folder.resolve()
    place, account = _place(folder)
    found = binaries.find(account, ROOM, data=place / "data")
    passwords = {
        role: secret(folder / "secrets" / f"postgres_{role}", secrets.token_urlsafe(32)) for role in ("postgres", "pasti")
    }
    made = Cluster(
        place=place,
        account=account,
        binaries=found,
        sockets=_sockets(place, account),
        passwords=passwords,
        settings=settings or {},
    )
    if not (made.data / "PG_VERSION").exists():
        with _alone(made):
            _create(made)
    return made


def _place(folder: Path) -> tuple[Path, Account]:
    """Where the cluster is or shall be, and as whom it runs; made when missing, for that account alone."""
    link = folder / "pg"
    if link.exists():
        place = link.resolve()
        return place, Account.of(place / "run")
    account = Account.unprivileged()
    place = link if account.may_pass(folder) else ROOM / f"cluster-{secrets.token_hex(8)}"
    if place != link:
        binaries.make_room(ROOM)
        link.unlink(missing_ok=True)
        link.symlink_to(place)
    fresh = place.with_name(f"{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    fresh.chmod(0o700 if account.is_us() else 0o711)
    _private(fresh / "run", account)
    fresh.rename(place)
    return place, account


def _private(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700)
    account.own(folder)


def _sockets(place: Path, account: Account) -> Path:
    """The folder of the socket: the cluster's own, or a private short one when the operating system's limit forbids."""
    own = place / "run"
    if _fits(own):
        return own
    short = Path(tempfile.gettempdir()) / f"pasti-{hashlib.sha256(bytes(place)).hexdigest()[:16]}"
    if not _fits(short):
        raise PostgresError(
            f"Alamat soket basis data, {own / SOCKET}, lebih panjang dari {LONGEST_SOCKET} bita yang diizinkan sistem, "
            f"begitu pula {short / SOCKET}. Pilih folder data yang lebih pendek (--data), atau isi DATABASE_URL."
        )
    if not short.exists():
        _private(short, account)
    found = short.lstat()
    if short.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        raise PostgresError(
            f"{short} sudah ada, tetapi bukan milik pribadi akun basis data. Hapus, atau pilih folder data yang lebih pendek."
        )
    return short


def _fits(folder: Path) -> bool:
    return len(bytes(folder / SOCKET)) <= LONGEST_SOCKET


def _create(made: Cluster) -> None:
    """initdb, then our role and database. What an interrupted start left half made is made anew."""
    fresh = made.place / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _private(fresh, made.account)
    words = made.sockets / "password"
    words.unlink(missing_ok=True)
    secret(words, made.passwords["postgres"])
    made.account.own(words)
    locale = ["--locale=C.UTF-8"] if made.binaries.major < 17 else ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [made.binaries.program("initdb"), "-D", str(fresh), f"--pwfile={words}", *INITDB]
    result = subprocess.run([*command, *locale], capture_output=True, text=True, cwd="/", **made.account.popen())
    words.unlink()
    if result.returncode:
        raise PostgresError(f"initdb gagal: {result.stderr.strip() or result.stdout.strip()}")
    server = _spawn(made, fresh)
    try:
        _wait(made, server, role="postgres", database="postgres")
        _create_database(made)
    finally:
        stop(server)
    subprocess.run(["sync", "-f", str(fresh)], check=False)
    fresh.rename(made.data)


def _create_database(made: Cluster) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(made.url("postgres", "postgres"), autocommit=True) as connection:
        password = sql.Literal(made.passwords["pasti"])
        connection.execute(sql.SQL("CREATE ROLE pasti LOGIN PASSWORD {}").format(password))
        connection.execute("CREATE DATABASE pasti OWNER pasti")


@contextmanager
def _alone(made: Cluster) -> Iterator[int]:
    """Holds the lock of the folder; AlreadyRunning while any process of its server lives."""
    lock = os.open(made.place / "alive.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield lock
    except BlockingIOError:
        raise AlreadyRunning(f"PostgreSQL untuk {made.place} sudah berjalan.") from None
    finally:
        os.close(lock)


def start(made: Cluster) -> subprocess.Popen[bytes]:
    """Start the server as our child, without waiting for it; it stops when we die. AlreadyRunning when one lives."""
    with _alone(made) as lock:
        # The lock is ours, so whoever wrote these files is gone, whatever process has its number today.
        (made.data / "postmaster.pid").unlink(missing_ok=True)
        (made.sockets / f"{SOCKET}.lock").unlink(missing_ok=True)
        return _spawn(made, made.data, lock)


def _spawn(made: Cluster, data: Path, *pass_fds: int) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, **made.settings, "unix_socket_directories": str(made.sockets)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with open(made.place / "server.log", "ab") as log:
        return subprocess.Popen(
            [made.binaries.program("postgres"), "-D", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=dies_with_parent(STOP),
            **made.account.popen(),
        )


def _wait(made: Cluster, server: subprocess.Popen[bytes], *, role: str = "pasti", database: str = "pasti") -> None:
    until = time.monotonic() + START_SECONDS
    while not made.answers(role, database):
        if server.poll() is not None or time.monotonic() > until:
            raise PostgresError(f"PostgreSQL tidak dapat dijalankan. Sebabnya tertulis di {made.place / 'server.log'}.")
        time.sleep(0.01)


def stop(server: subprocess.Popen[bytes], *, seconds: float = 30.0) -> None:
    """End the server and wait for it; by force only after `seconds`."""
    server.send_signal(STOP)
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def running(made: Cluster) -> Iterator[Cluster]:
    """The cluster, answering: the server that runs already, or one of ours for as long as anyone inside here needs it."""
    with open(made.place / "users.lock", "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        server = _start_or_join(made)
        try:
            yield made
        finally:
            if server is not None:
                fcntl.flock(users, fcntl.LOCK_EX)  # waits for those who joined
                stop(server)


def _start_or_join(made: Cluster) -> subprocess.Popen[bytes] | None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            server = start(made)
        except AlreadyRunning:
            if made.answers():
                return None
            time.sleep(0.02)
            continue
        _wait(made, server)
        return server
    raise PostgresError(f"PostgreSQL untuk {made.place} berjalan tetapi tidak menjawab. Lihat {made.place / 'server.log'}.")


def destroy(folder: Path) -> None:
    """Remove the stopped cluster of a data folder for good, wherever it is. Meant for throw-away folders."""
    link = folder.resolve() / "pg"
    if link.exists():
        place = link.resolve()
        shutil.rmtree(_sockets(place, Account.of(place / "run")), ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
    if link.is_symlink():
        link.unlink()
