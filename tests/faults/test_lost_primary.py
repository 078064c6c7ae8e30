"""The primary is lost while the web server runs: a page says so; once the standby is promoted, all is served again (51.12)."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import quote

import psycopg
import pytest

from pasti.cli import named_database
from pasti.cli.standins import free_port
from tests.cli.test_serve import ROOT, clean
from tests.running import until
from tests.standby import READABLE, Servers, servers


@dataclass(kw_only=True)
class Office:
    """Its two servers and where its web server listens."""

    servers: Servers
    port: int = field(default_factory=free_port)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str, Message]:
        """Status, text and headers of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            got = connection.getresponse()
            return got.status, got.read().decode(), got.headers
        finally:
            connection.close()

    def answers(self, status: int) -> bool:
        """Whether the health page answers with that status."""
        try:
            return self.ask("GET", "/sehat")[0] == status
        except OSError:
            return False

    def pasti(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`bin/pasti` on its data."""
        command = [sys.executable, "-P", "-m", "pasti.cli", "--data", str(self.servers.data), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return clean() | {"DATABASE_URL": self.servers.url()}


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """An office without people, its web server running."""
    with servers() as both:
        made = Office(servers=both)
        prepared = made.pasti("prepare")
        assert prepared.returncode == 0, prepared.stderr
        words = [sys.executable, "-P", "-m", "pasti.cli", "--data", str(both.data), "web", "--port", str(made.port)]
        with subprocess.Popen([*words, "--workers", "1"], env=made.environment, cwd=ROOT) as process:
            try:
                assert until(lambda: made.answers(200))
                yield made
            finally:
                process.terminate()


def test_a_server_that_is_dead_and_one_that_only_reads_are_passed_over(office: Office) -> None:
    both = office.servers
    dead = quote(str(both.primary.sockets / "nobody"), safe="")
    reader, writer = (quote(str(one.sockets), safe="") for one in (both.standby, both.primary))
    url = f"postgresql://pasti:{both.primary.passwords['pasti']}@/pasti?target_session_attrs=read-write&host={dead},{reader},{writer}"

    named_database.require(url)
    with psycopg.connect(url) as connection:
        assert connection.info.host == str(both.primary.sockets)
    with psycopg.connect(url.replace("read-write", READABLE)) as connection:
        assert connection.info.host == str(both.standby.sockets)


def test_the_primary_is_lost_and_the_standby_takes_over_under_a_running_web_server(office: Office) -> None:
    assert office.ask("GET", "/")[0] == 200
    assert until(office.servers.is_in_step)
    office.servers.kill()
    assert until(lambda: office.answers(503), seconds=15)  # its sessions outlive it by an instant

    status, page, headers = office.ask("GET", "/")
    assert (status, headers.get("Retry-After")) == (503, "15")
    assert "Basis data sedang tidak menjawab" in page and "Traceback" not in page and "psycopg" not in page

    office.servers.promote()

    assert until(lambda: office.answers(200), seconds=15)
    assert office.ask("GET", "/")[0] == 200
    verified = office.pasti("ledger", "verify")
    assert verified.returncode == 0, verified.stderr
