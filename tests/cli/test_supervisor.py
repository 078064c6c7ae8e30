"""The supervisor: what dies comes back, what is stopped is gone, and nothing is left behind, even after kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pasti.cli.supervisor import Child, NotNow, Supervisor, command

ROOT = Path(__file__).parent.parent.parent
STUBBORN = ["sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"]


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    """A supervisor that says nothing; stopped afterwards."""
    made = Supervisor(say=lambda _text: None)
    yield made
    made.stop(grace=0.5)


def pid(child: Child) -> int:
    """The number of the child's process; 0 when there is none now."""
    return child.process.pid if child.process is not None and child.process.poll() is None else 0


def lives(number: int) -> bool:
    """Whether a process with this number lives; one that has ended and waits to be counted does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("code", [0, 1])
def test_what_ends_is_started_again_whatever_its_exit_code(supervisor: Supervisor, tmp_path: Path, code: int) -> None:
    child = command("short", ["sh", "-c", f"echo . >>{tmp_path}/starts; exit {code}"], logs=tmp_path)
    supervisor.children = [child]

    done = supervisor.wait_until(
        lambda: (tmp_path / "starts").exists() and (tmp_path / "starts").read_text().count(".") >= 3, seconds=10
    )

    assert done
    assert child.pause >= 0.2  # the pause has grown


def test_what_is_killed_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    child = command("long", ["sleep", "60"], logs=tmp_path)
    supervisor.children = [child]
    supervisor.tick()
    first = pid(child)

    os.kill(first, signal.SIGKILL)
    assert supervisor.wait_until(lambda: pid(child) not in (0, first), seconds=5)

    assert not lives(first)


def test_what_a_killed_child_leaves_behind_is_ended_too(supervisor: Supervisor, tmp_path: Path) -> None:
    child = command("parent", ["sh", "-c", f"sleep 60 & echo $! >{tmp_path}/grandchild; wait"], logs=tmp_path)
    supervisor.children = [child]
    assert supervisor.wait_until(
        lambda: (tmp_path / "grandchild").exists() and (tmp_path / "grandchild").read_text() != "", seconds=5
    )
    grandchild = int((tmp_path / "grandchild").read_text())
    parent = pid(child)

    os.kill(parent, signal.SIGKILL)
    assert supervisor.wait_until(lambda: pid(child) not in (0, parent), seconds=5)

    assert not lives(grandchild)


def test_what_cannot_start_now_is_tried_again(supervisor: Supervisor) -> None:
    tries: list[float] = []

    def start() -> subprocess.Popen[bytes]:
        tries.append(time.monotonic())
        if len(tries) < 3:
            raise NotNow("not yet")
        return subprocess.Popen(["sleep", "60"], start_new_session=True)

    child = Child(name="patient", start=start)
    supervisor.children = [child]

    assert supervisor.wait_until(lambda: pid(child) != 0, seconds=5)
    assert len(tries) == 3


def test_stopping_kills_what_does_not_want_to_end_and_the_ground_goes_last(tmp_path: Path) -> None:
    order: list[str] = []
    ground = command(
        "ground", ["sh", "-c", f"trap 'date +%s%N >{tmp_path}/ground; exit' TERM; while :; do sleep 0.02; done"], logs=tmp_path
    )
    supervisor = Supervisor(ground=[ground], say=order.append)
    stubborn = command("stubborn", STUBBORN, logs=tmp_path)
    supervisor.children = [stubborn]
    supervisor.tick()
    time.sleep(0.3)  # until both have set their traps
    number = pid(stubborn)

    began = time.time_ns()
    supervisor.stop(grace=0.5)

    assert not lives(number)
    assert int((tmp_path / "ground").read_text()) - began >= 500_000_000


def test_a_signal_stops_everything(tmp_path: Path) -> None:
    supervised = start_supervised(tmp_path)

    supervised.send_signal(signal.SIGINT)

    assert supervised.wait(10) == 0
    assert not lives(int((tmp_path / "child").read_text()))


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    supervised = start_supervised(tmp_path)
    child = int((tmp_path / "child").read_text())

    supervised.kill()
    supervised.wait()

    until = time.monotonic() + 5
    while lives(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not lives(child)


def start_supervised(folder: Path) -> subprocess.Popen[bytes]:
    """A supervisor in a process of its own, with one child whose number is in `folder`/child."""
    code = f"""
from pathlib import Path
from pasti.cli.supervisor import Supervisor, command
folder = Path({str(folder)!r})
supervisor = Supervisor()
supervisor.listen()
words = f"echo $$ >{{folder}}/new; mv {{folder}}/new {{folder}}/child; exec sleep 60"
supervisor.children = [command("child", ["sh", "-c", words], logs=folder)]
supervisor.run()
supervisor.stop()
"""
    started = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    until = time.monotonic() + 10
    while not (folder / "child").exists() and time.monotonic() < until:
        time.sleep(0.02)
    return started
