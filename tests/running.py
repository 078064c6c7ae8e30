"""The office as it really runs: `bin/serve` on a free port, with a data folder of its own that is gone afterwards."""

import email
import email.policy
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow

from pasti.cli import environment, postgres
from pasti.cli.standins import free_port
from tests.cli.test_serve import ROOT, clean, processes

LAST_WORDS = "Kata sandi untuk semuanya"
MOST_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Running:
    """Where it answers, and where it keeps what."""

    url: str
    data: Path
    process: subprocess.Popen[str]

    def _secret(self, name: str) -> str:
        return (self.data / "secrets" / name).read_text().strip()

    @property
    def password(self) -> str:
        """Of every person of the demonstration office."""
        return self._secret("demo_password")

    @property
    def passphrase(self) -> str:
        """What its head types to sign."""
        return self._secret("demo_passphrase")

    def letters(self, address: str) -> list[EmailMessage]:
        """The letters to that address, as sent, the oldest first."""
        found = []
        for file in sorted((self.data / "mail").glob("*.eml")):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            if address in str(letter["To"]):
                found.append(letter)
        return found

    def ask(self, query: str, *values: object) -> list[TupleRow]:
        """What its own database says."""
        with psycopg.connect(postgres.cluster(self.data).url()) as connection:
            return connection.execute(query, values).fetchall()

    def family(self, part: str) -> list[int]:
        """Its processes whose command has that part, then all that descend from them."""
        found = [number for number, words in sorted(processes(self.data).items()) if part in words]
        for parent in found:  # grows while it is walked
            found += [child for child in _children(parent) if child not in found]
        return found

    def pasti(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`bin/pasti` on its data; the answer whatever the exit code."""
        command: list[str | Path] = [ROOT / "bin" / "pasti", "--data", self.data, *words]
        return subprocess.run(command, env=clean(), capture_output=True, text=True)


def _children(parent: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except FileNotFoundError:
        return []


def kill(numbers: Iterable[int]) -> None:
    """kill -9 each of them; one that has ended already is let be."""
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            pass


@contextmanager
def running(*, port: int | None = None) -> Iterator[Running]:
    """`bin/serve` with the demonstration office, answering; told to stop afterwards, and its folder removed."""
    port = port or free_port()
    with environment.throwaway() as data:
        words: list[str | Path] = [ROOT / "bin" / "serve", "--data", data, "--port", str(port)]
        with subprocess.Popen(words, env=clean(), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                ready = any(LAST_WORDS in line for line in process.stdout)
                assert ready, (data / "logs" / "prepare.log").read_text()
                yield Running(url=f"http://127.0.0.1:{port}", data=data, process=process)
            finally:
                process.terminate()
                try:
                    process.wait(MOST_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def until(question: Callable[[], bool], *, seconds: float = MOST_SECONDS) -> bool:
    """Whether `question` came to be answered yes in time; asked again and again, never slept over."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer
