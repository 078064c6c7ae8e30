"""The stand-ins as fixtures: real services on loopback, the signing one with the head of `makers.officers` enrolled."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from pasti.adapters.bsre import authority
from pasti.adapters.pdf import proof
from pasti.cli import standins
from tests import makers
from tests.imap import ImapServer, imap_server

PASSPHRASE = "tanda-tangan-uji"


def _ready(data: Path) -> Path:
    (data / "logs").mkdir(exist_ok=True)
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("PASTI_SIGNING_USER", "pasti")
    os.environ.setdefault("PASTI_SIGNING_PASSWORD", "sandi layanan untuk uji")
    return data


@pytest.fixture
def signing_passphrase(settings: Settings) -> Iterator[str]:
    """What the head of `makers.officers` types to sign; the signing stand-in listens meanwhile."""
    data = _ready(Path(django_settings.PASTI_DATA))
    authority.enrol(data / "signing", nik=makers.SIGNING_NIK, name="Head", title="Kepala DPMPTSP", passphrase=PASSPHRASE)
    (data / "secrets").mkdir(exist_ok=True)
    proof.make_key(Path(django_settings.PASTI_QR_KEY))
    with standins.signing(data) as url:
        settings.PASTI_SIGNING_URL = url
        settings.PASTI_SIGNING_USER = os.environ["PASTI_SIGNING_USER"]
        settings.PASTI_SIGNING_PASSWORD = os.environ["PASTI_SIGNING_PASSWORD"]
        yield PASSPHRASE


@pytest.fixture
def mailbox(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Where the letters that were sent lie as .eml files; the mail stand-in listens meanwhile."""
    with standins.listening(_ready(tmp_path), "mail") as url:
        settings.PASTI_SMTP_URL = url
        yield tmp_path / "mail"


@pytest.fixture(scope="session")
def _imap_server() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def office_mailbox(_imap_server: ImapServer) -> ImapServer:
    """A real IMAP server with the office's mailbox, empty; the test that asks for it needs the program dovecot."""
    _imap_server.empty()
    return _imap_server
