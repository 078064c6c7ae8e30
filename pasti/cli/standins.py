"""The stand-ins for services outside: one is started for each service whose address is not set, and its address is set."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasti.cli.supervisor import Child, command

# name → the variable that holds its address, how the address begins, the program
STAND_INS = {
    "signing": ("PASTI_SIGNING_URL", "http", "pasti.adapters.bsre.fake"),
    "messages": ("PASTI_MESSAGES_URL", "http", "pasti.adapters.messages.fake"),
    "mail": ("PASTI_SMTP_URL", "smtp", "pasti.adapters.email.fake"),
}


def needed(data: Path, *names: str) -> list[Child]:
    """The stand-ins to run, of those named or of all; each keeps what it needs in a folder of its name in `data`."""
    return [_stand_in(data, name) for name in names or STAND_INS if not os.environ.get(STAND_INS[name][0])]


def _stand_in(data: Path, name: str) -> Child:
    variable, scheme, module = STAND_INS[name]
    port = free_port()
    os.environ[variable] = f"{scheme}://127.0.0.1:{port}"
    words = [sys.executable, "-P", "-m", module, "--port", str(port), "--data", str(data / name)]
    return command(name, words, logs=data / "logs")


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def signing(data: Path) -> Iterator[str]:
    """The signing service's address for as long as this lasts: the one that is set, or a stand-in of ours, listening."""
    with listening(data, "signing") as url:
        yield url


@contextmanager
def listening(data: Path, name: str, *, seconds: float = 15.0) -> Iterator[str]:
    """The address of the service `name` for as long as this lasts: the one that is set, or a stand-in of ours, listening."""
    variable = STAND_INS[name][0]
    for child in needed(data, name):
        process = child.start()
        try:
            _wait_for(os.environ[variable], seconds)
            yield os.environ[variable]
        finally:
            process.terminate()
            process.wait()
            os.environ.pop(variable)
        return
    yield os.environ[variable]


def _wait_for(url: str, seconds: float) -> None:
    host, _, port = url.split("://")[1].partition(":")
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
