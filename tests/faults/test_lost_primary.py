"""The primary is lost while the web server runs: a page says so; once the standby is promoted, all is served again (51.12)."""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx
import psycopg
import pytest

from pasti.cli import named_database
from pasti.cli.standins import free_port
from tests.cli.test_serve import ROOT, clean
from tests.running import until
from tests.standby import READABLE, Servers, servers

MATTER = 'Berkas saya "lengkap" sejak awal bulan, tetapi belum ada keputusan.'


@dataclass(kw_only=True)
class Office:
    """Its two servers and where its web server listens."""

    servers: Servers
    port: int = field(default_factory=free_port)

    def answers(self, status: int) -> bool:
        """Whether the health page answers with that status."""
        try:
            return httpx.get(f"{self.url}/sehat", timeout=60, trust_env=False).status_code == status
        except httpx.TransportError:
            return False

    @property
    def url(self) -> str:
        """Where its web server answers."""
        return f"http://127.0.0.1:{self.port}"

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


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" (?:id="[^"]+" )?value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_the_primary_is_lost_and_the_standby_takes_over_under_a_running_web_server(office: Office) -> None:
    with httpx.Client(base_url=office.url, timeout=60, trust_env=False) as browser:
        typed = hidden(browser.get("/pengaduan/").text) | {"matter": MATTER, "object": "Terlambat", "service_unknown": "on"}
        assert until(office.servers.is_in_step)
        office.servers.kill()
        assert until(lambda: office.answers(503), seconds=15)  # its sessions outlive it by an instant

        lost = browser.post("/pengaduan/", data=typed)
        assert (lost.status_code, lost.headers["Retry-After"]) == (503, "15")
        assert "Basis data sedang tidak menjawab" in lost.text and "Traceback" not in lost.text and "psycopg" not in lost.text

        office.servers.promote()
        assert until(lambda: office.answers(200), seconds=15)

        kept = browser.post("/pengaduan/", data=hidden(lost.text))
        assert kept.status_code == 302, kept.text
        assert browser.post("/pengaduan/", data=hidden(lost.text)).headers["Location"] == kept.headers["Location"]
    verified = office.pasti("ledger", "verify")
    assert verified.returncode == 0, verified.stderr
