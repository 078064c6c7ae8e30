"""Keeps a handful of processes alive, and stops every one of them when it is told to, or dies itself.

What ends is started again, whatever its exit code, after a pause that grows while it keeps ending. SIGINT and SIGTERM stop
all of it: first the processes that serve people, then the ground they stand on, by force after a grace period.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pasti.cli.process import dies_with_parent
from pasti.domain.sentence import said_number

SHORTEST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
HEALTHY_SECONDS = 10.0
GRACE_SECONDS = 15.0
TICK = 0.05
LARGEST_LOG = 10 * 1024 * 1024

Process = subprocess.Popen[bytes]


class NotNow(Exception):
    """Raised by a child's `start` when it cannot start yet; it is tried again."""


@dataclass(kw_only=True)
class Child:
    """One process to keep alive. `start` begins it without waiting; `asks` is the signal that asks it to end."""

    name: str
    start: Callable[[], Process]
    asks: signal.Signals = signal.SIGTERM
    process: Process | None = None
    started_at: float = 0.0  # monotonic
    pause: float = 0.0  # seconds before the next start
    due: float = 0.0  # monotonic; when it may start again

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


def command(name: str, words: Sequence[str], *, logs: Path, orphaned: signal.Signals = signal.SIGTERM) -> Child:
    """A child that runs a command in a session of its own, its words going to `logs`/name.log; `orphaned` ends it when we die."""

    def start() -> Process:
        with _log(logs / f"{name}.log").open("ab") as out:
            return subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=dies_with_parent(orphaned),
            )

    return Child(name=name, start=start)


def _log(file: Path) -> Path:
    """The log file; a large one is put aside first, so that there are at most two."""
    if file.exists() and file.stat().st_size > LARGEST_LOG:
        file.replace(file.with_suffix(".log.1"))
    return file


class Supervisor:
    """Starts `ground` (a database, or nothing), then `children`, and keeps them."""

    def __init__(
        self, *, ground: Sequence[Child] = (), say: Callable[[str], None] = lambda text: print(text, file=sys.stderr)
    ) -> None:
        self.ground = list(ground)
        self.children: list[Child] = []
        self.say = say
        self.told_to_stop = False

    def listen(self) -> None:
        """Let SIGINT and SIGTERM stop us."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True

    def tick(self) -> None:
        """Start what is not there and due; notice what has ended."""
        for child in (*self.ground, *self.children):
            if child.process is not None and child.process.poll() is not None:
                self._ended(child)
            if child.process is None and time.monotonic() >= child.due:
                self._start(child)

    def _start(self, child: Child) -> None:
        try:
            child.process = child.start()
        except (NotNow, OSError) as reason:
            self.say(f"{child.name}: {reason}")
            _wait_longer(child)
            return
        child.started_at = time.monotonic()

    def _ended(self, child: Child) -> None:
        assert child.process is not None
        lived = time.monotonic() - child.started_at
        _kill_group(child.process)
        child.pause = 0.0 if lived > HEALTHY_SECONDS else child.pause
        _wait_longer(child)
        lasted, pause = said_number(lived), said_number(child.pause)
        self.say(f"{child.name}: berhenti ({child.process.returncode}) setelah {lasted} s; diulang dalam {pause} s")
        child.process = None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Keep everything running until `ready`; False when told to stop or out of time."""
        until = time.monotonic() + seconds
        while not self.told_to_stop and time.monotonic() < until:
            self.tick()
            if ready():
                return True
            time.sleep(TICK)
        return False

    def run(self) -> None:
        """Keep everything running until told to stop."""
        while not self.told_to_stop:
            self.tick()
            time.sleep(TICK)

    def stop(self, *, grace: float = GRACE_SECONDS) -> None:
        """End all of it: the children together, then the ground. What has not ended after `grace` seconds is killed."""
        _end(self.children, grace)
        _end(self.ground, grace)


def _wait_longer(child: Child) -> None:
    child.pause = min(LONGEST_PAUSE, child.pause * 2 or SHORTEST_PAUSE)
    child.due = time.monotonic() + child.pause


def _end(children: Sequence[Child], grace: float) -> None:
    living = [c.process for c in children if c.process is not None and c.runs() and _ask(c)]
    until = time.monotonic() + grace
    for process in living:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _kill_group(process)


def _ask(child: Child) -> bool:
    assert child.process is not None
    child.process.send_signal(child.asks)
    return True


def _kill_group(process: Process) -> None:
    """What a process that ended has left behind in its session's group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # nothing was left
