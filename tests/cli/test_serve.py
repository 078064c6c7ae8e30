"""The whole office on one machine: it answers, comes back after each part is killed, and leaves nothing behind."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasti.cli import environment
from pasti.cli.standins import free_port

ROOT = Path(__file__).parent.parent.parent
OURS = ("PASTI_", "DJANGO_", "DATABASE_URL")


def clean() -> dict[str, str]:
    """The environment without what the tests' own settings put there."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | {"PYTHONPATH": str(ROOT)}


def answers(port: int) -> bool:
    """Whether the health page says that a page could be served."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sehat")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def comes_true(question: object, port: int, *, seconds: float = 30.0) -> bool:
    """Whether the office answers as `question` says, in time."""
    until = time.monotonic() + seconds
    while answers(port) is not question and time.monotonic() < until:
        time.sleep(0.05)
    return answers(port) is question


def processes(folder: Path) -> dict[int, str]:
    """Processes that name the folder in their command or environment, and so belong to its office."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            named = str(folder) in words or f"PASTI_DATA={folder}".encode() in (place / "environ").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if named and words:
            found[int(place.name)] = words
    return found


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`pasti serve` on that folder and port, ready; killed afterwards if a test did not stop it."""
    words = [sys.executable, "-P", "-m", "pasti.cli", "serve", "--data", str(folder), "--port", str(port), "--no-demo"]
    with subprocess.Popen(words, env=clean(), stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        try:
            ready = any("PASTI siap" in line for line in office.stdout)
            assert ready, (folder / "logs" / "prepare.log").read_text()
            yield office
        finally:
            office.kill()


def test_every_part_that_is_killed_comes_back_and_a_signal_ends_all_of_it() -> None:
    with environment.throwaway() as folder, serving(folder, port := free_port()) as office:
        for part in ("granian", "postgres -D", "pasti.cli --data"):
            number = min(n for n, words in processes(folder).items() if part in words and n != office.pid)
            os.kill(number, signal.SIGKILL)
            comes_true(False, port, seconds=0.5)  # the worker's death does not show here
            assert comes_true(True, port), part
            assert any(part in words for n, words in processes(folder).items() if n != number)
        office.send_signal(signal.SIGTERM)
        code = office.wait(20)
        left = processes(folder)

    assert code == 0
    assert left == {}


def second(folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Another `pasti serve`, which is expected to give up at once."""
    words = [sys.executable, "-P", "-m", "pasti.cli", "serve", "--data", str(folder), "--port", str(port), "--no-demo"]
    return subprocess.run(words, env=clean(), capture_output=True, text=True, timeout=20)


def test_a_taken_port_and_a_taken_folder_are_said_with_the_way_out() -> None:
    with environment.throwaway() as folder, environment.throwaway() as other, serving(folder, port := free_port()) as office:
        same_port = second(other, port)
        same_folder = second(folder, free_port())

    assert (same_port.returncode, same_folder.returncode) == (1, 1)
    assert f"bin/serve --port {port + 1}" in same_port.stderr
    assert f"(http://127.0.0.1:{port}, pid {office.pid})" in same_folder.stderr
    assert same_folder.stderr.count("\n") == 1


def test_an_office_that_is_killed_leaves_nothing_running() -> None:
    with environment.throwaway() as folder:
        with serving(folder, free_port()) as office:
            office.kill()
            office.wait()
        until = time.monotonic() + 20
        while processes(folder) and time.monotonic() < until:
            time.sleep(0.1)
        left = processes(folder)

    assert left == {}
