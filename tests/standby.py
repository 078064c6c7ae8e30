"""A primary and a standby of it, both of the embedded kind; DATABASE_URL names both and takes the one that can be written."""

import dataclasses
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from pasti.cli import environment, postgres
from pasti.cli.postgres import Cluster
from tests.running import until

READABLE = "any"
WRITABLE = "read-write"


@dataclass(kw_only=True)
class Servers:
    """Both, and the folder of the office's data."""

    data: Path
    primary: Cluster
    standby: Cluster
    running: dict[Path, subprocess.Popen[bytes]]

    def url(self, *, wants: str = WRITABLE, role: str = "pasti", database: str = "pasti") -> str:
        """DATABASE_URL over both: the primary first."""
        places = ",".join(quote(str(one.sockets), safe="") for one in (self.primary, self.standby))
        return f"postgresql://{role}:{self.primary.passwords[role]}@/{database}?host={places}&target_session_attrs={wants}"

    def kill(self) -> None:
        """kill -9 of the primary."""
        process = self.running.pop(self.primary.place)
        process.kill()
        process.wait()

    def promote(self) -> None:
        """Make the standby the primary, as Patroni would."""
        with psycopg.connect(self.standby.url("postgres", "postgres"), autocommit=True) as connection:
            (done,) = connection.execute("SELECT pg_promote(true, 30)").fetchone() or (False,)
        assert done

    def is_in_step(self) -> bool:
        """Whether the standby has replayed all the primary has written."""
        with psycopg.connect(self.primary.url("postgres", "postgres"), autocommit=True) as connection:
            (found,) = connection.execute(
                "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn()"
            ).fetchone() or (0,)
        return bool(found)


@contextmanager
def servers() -> Iterator[Servers]:
    """Both running, the standby following; gone afterwards."""
    with environment.throwaway() as data, ExitStack() as ending:
        primary = postgres.cluster(data, settings=postgres.FASTER_THAN_SAFE)
        if not Path(primary.binaries.program("pg_basebackup")).exists():
            pytest.skip("this PostgreSQL has no pg_basebackup")
        running = {primary.place: postgres.start(primary)}
        ending.callback(_stop, running)
        assert until(primary.answers)
        standby = _copy(primary, ending)
        running[standby.place] = postgres.start(standby)
        assert until(standby.answers)
        yield Servers(data=data, primary=primary, standby=standby, running=running)


def _stop(running: dict[Path, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        postgres.stop(process)


def _copy(primary: Cluster, ending: ExitStack) -> Cluster:
    place = primary.place.with_name(f"{primary.place.name}-standby")
    ending.callback(shutil.rmtree, place, ignore_errors=True)
    place.mkdir(mode=0o711)
    copy = dataclasses.replace(primary, place=place, sockets=place / "run")
    for folder in (copy.sockets, copy.data):
        folder.mkdir(mode=0o700)
        primary.account.own(folder)
    words = [primary.binaries.program("pg_basebackup"), "-d", primary.url("postgres", "postgres"), "-D", str(copy.data)]
    made = subprocess.run([*words, "-R", "-c", "fast"], capture_output=True, text=True, cwd="/", **primary.account.popen())
    assert made.returncode == 0, made.stderr
    return copy
