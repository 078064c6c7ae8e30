"""The embedded database: it starts anywhere, survives being killed, and leaves every folder's rights as they were."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from pasti.cli import binaries, environment, postgres
from pasti.cli.binaries import Account, PostgresError

ROOT = Path(__file__).parent.parent.parent
QUICK = {"fsync": "off"}
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another account")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder, gone afterwards."""
    with environment.throwaway() as made:
        yield made


@pytest.fixture
def private() -> Iterator[Path]:
    """A folder that only we may enter."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o700)
    yield made
    for data in made.iterdir():
        postgres.destroy(data)
    shutil.rmtree(made)


def rights(path: Path) -> dict[str, tuple[int, int, int]]:
    """Mode and owner of a folder and of every folder above it."""
    return {str(p): (stat.S_IMODE(p.stat().st_mode), p.stat().st_uid, p.stat().st_gid) for p in (path, *path.parents)}


def asks(url: str, question: str) -> str:
    """The first column of the first row of the answer."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return str(row[0]) if row else ""


def does(url: str, statement: str) -> None:
    """Carry out one statement."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def wait_for(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether it becomes true in time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_no_rights_change_and_a_private_parent_is_no_obstacle(private: Path) -> None:
    data = private / "data"
    data.mkdir(mode=0o700)
    before = rights(data)

    with postgres.running(postgres.cluster(data, settings=QUICK)) as server:
        answer = asks(server.url(), "SELECT current_user")

    assert answer == "pasti"
    assert rights(data) == before
    assert stat.S_IMODE((data / "secrets").stat().st_mode) == 0o700


@only_root
def test_programs_that_the_account_cannot_reach_are_copied_complete(
    private: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PG_BIN", raising=False)
    package = next(binaries._candidates()).parent.parent
    site = private / "site-packages"
    shutil.copytree(package, site / package.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), site / f"{package.name}.libs", symlinks=True)
    monkeypatch.setenv("PG_BIN", str(site / package.name / "pginstall" / "bin"))
    monkeypatch.setattr(postgres, "ROOM", folder / "room")
    before = rights(site)

    with postgres.running(postgres.cluster(folder, settings=QUICK)) as server:
        answer = asks(server.url(), "SELECT 1")

    assert answer == "1"
    assert server.binaries.bin.is_relative_to(folder / "room")
    assert rights(site) == before


def test_the_password_is_needed_and_kept_private_and_nothing_listens_on_the_network(folder: Path) -> None:
    with postgres.running(postgres.cluster(folder, settings=QUICK)) as server:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url().replace(server.passwords["pasti"], "guess"))
        listens = asks(server.url(), "SELECT current_setting('listen_addresses')")
        superuser = asks(server.url(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")

    assert listens == ""
    assert superuser == "False"
    assert {stat.S_IMODE(f.stat().st_mode) for f in (folder / "secrets").iterdir()} == {0o600}


def test_what_was_committed_survives_kill_9_and_the_next_start_is_at_once(folder: Path) -> None:
    cluster = postgres.cluster(folder)  # with fsync, as in an office
    killed = postgres.start(cluster)
    assert wait_for(cluster.answers)
    does(cluster.url(), "CREATE TABLE kept AS SELECT 42 AS answer")
    killed.kill()  # and not reaped: its number stays taken, its postmaster.pid stays

    with postgres.running(cluster):
        answer = asks(cluster.url(), "SELECT answer FROM kept")

    killed.wait()
    assert answer == "42"


def test_a_stale_pid_file_that_names_a_living_process_is_no_obstacle(folder: Path) -> None:
    cluster = postgres.cluster(folder, settings=QUICK)
    stranger = subprocess.Popen(["sleep", "60"], **cluster.account.popen())
    (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")

    with postgres.running(cluster):
        answers = cluster.answers()

    stranger.kill()
    stranger.wait()
    assert answers


def test_a_first_start_that_was_interrupted_is_made_anew(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "run").mkdir()
    Account.unprivileged().own(folder / "pg" / "run")
    (folder / "pg").chmod(0o711)
    (folder / "pg" / "run").chmod(0o700)
    (folder / "pg" / "data.new").mkdir()
    (folder / "pg" / "data.new" / "half").write_text("")

    with postgres.running(postgres.cluster(folder, settings=QUICK)) as server:
        assert server.answers()


def test_a_second_command_joins_the_server_and_the_first_waits_for_it(folder: Path) -> None:
    cluster = postgres.cluster(folder, settings=QUICK)
    joined, may_go, answers = threading.Event(), threading.Event(), []

    def second() -> None:
        with postgres.running(postgres.cluster(folder)):
            joined.set()
            may_go.wait(20)
            time.sleep(0.2)
            answers.append(cluster.answers())

    with postgres.running(cluster):
        with pytest.raises(postgres.AlreadyRunning):
            postgres.start(cluster)
        thread = threading.Thread(target=second)
        thread.start()
        assert joined.wait(20)
        may_go.set()
    thread.join()

    assert answers == [True]
    assert not cluster.answers()


def test_two_data_folders_do_not_touch_each_other(folder: Path) -> None:
    with environment.throwaway() as other, ExitStack() as stack:
        left = stack.enter_context(postgres.running(postgres.cluster(folder, settings=QUICK)))
        with postgres.running(postgres.cluster(other, settings=QUICK)) as right:
            does(right.url(), "CREATE TABLE mine ()")
            seen = asks(left.url(), "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'")

        assert seen == "0"
        assert left.answers()
        assert not right.answers()


def test_a_long_path_gets_a_short_private_socket(folder: Path) -> None:
    deep = folder / ("panjang" * 12)
    environment.make_folder(deep)

    with postgres.running(postgres.cluster(deep, settings=QUICK)) as server:
        answers, mode = server.answers(), stat.S_IMODE(server.sockets.stat().st_mode)
    postgres.destroy(deep)

    assert answers
    assert mode == 0o700
    assert not server.sockets.exists()


def test_a_path_that_is_too_long_everywhere_is_refused_with_the_way_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / ("panjang" * 12)
    environment.make_folder(deep)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))

    with pytest.raises(PostgresError, match=r"107 bita.*--data.*DATABASE_URL"):
        postgres.cluster(deep)


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="postgresql-15 is not here (Debian: apt-get install postgresql-15)")
def test_a_cluster_keeps_its_major_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", str(DEBIAN_15))
    first = postgres.cluster(folder, settings=QUICK)
    monkeypatch.delenv("PG_BIN")

    with postgres.running(postgres.cluster(folder, settings=QUICK)) as server:
        version = asks(server.url(), "SELECT current_setting('server_version_num')::int / 10000")

    assert (first.binaries.major, server.binaries.major, version) == (15, 15, "15")


def test_no_programs_at_all_is_said_with_the_way_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", str(folder))

    with pytest.raises(PostgresError, match=r"tidak ditemukan.*PG_BIN atau DATABASE_URL"):
        postgres.cluster(folder)


def interpreter_for_all() -> str | None:
    """A Python of our version that any account may run."""
    for path in (sys.executable, "/usr/bin/python3", f"/usr/bin/python3.{sys.version_info.minor}"):
        real = Path(path).resolve()
        if real.exists() and real.stat().st_mode & 0o1 and Account(uid=65534, gid=65534).may_pass(real.parent):
            said = subprocess.run([path, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True)
            if said.stdout.strip() == str(sys.version_info[:2]):
                return path
    return None


@only_root
@pytest.mark.skipif(interpreter_for_all() is None, reason="no Python of this version that another account may run")
def test_an_ordinary_account_needs_no_rights() -> None:
    data = Path(tempfile.mkdtemp())
    os.chown(data, 65534, 65534)
    code = f"""
from pathlib import Path
from pasti.cli import postgres
with postgres.running(postgres.cluster(Path({str(data)!r}))) as server:
    print(server.answers(), server.place)
"""
    path = os.pathsep.join([str(ROOT), *(p for p in sys.path if "site-packages" in p)])
    words = [str(interpreter_for_all()), "-c", code]
    said = subprocess.run(
        words, capture_output=True, text=True, env={"PYTHONPATH": path}, user=65534, group=65534, extra_groups=[]
    )

    shutil.rmtree(data)
    assert said.stdout.strip() == f"True {data / 'pg'}", said.stderr


def test_the_server_ends_when_the_process_that_started_it_is_killed(folder: Path) -> None:
    code = f"""
import time
from pathlib import Path
from pasti.cli import postgres
with postgres.running(postgres.cluster(Path({str(folder)!r}))):
    print("up", flush=True)
    time.sleep(60)
"""
    starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert starter.stdout is not None
    assert starter.stdout.readline() == "up\n"
    cluster = postgres.cluster(folder)
    assert cluster.answers()

    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()

    assert wait_for(lambda: not cluster.answers())
