"""A demonstration authority with one signer, and its service over real HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pasti.adapters.bsre import authority
from pasti.adapters.bsre.client import SigningService
from pasti.adapters.bsre.fake import Server
from pasti.adapters.pdf.client import render
from tests.certificates import USUAL

NIK = "3214015403720004"
PASSPHRASE = "Kalimat-Sandi 2027"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The keys folder, the service, and a signed certificate."""

    folder: Path
    service: SigningService
    unsigned: bytes
    signed: bytes

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


def sign(service: SigningService, pdf: bytes, *, nik: str = NIK, passphrase: str = PASSPHRASE) -> bytes:
    return service.sign(pdf, nik=nik, passphrase=passphrase, reason="Menerbitkan sertifikat", location="Purwakarta")


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("authority") / "signing"
    authority.enrol(folder, nik=NIK, name="Drs. Contoh Pejabat, M.Si.", title="Kepala DPMPTSP", passphrase=PASSPHRASE)
    with Server(port=0, folder=folder, user="pasti", password="kata sandi aplikasi") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        service = SigningService(url=server.url, user="pasti", password="kata sandi aplikasi", timeout=20)
        unsigned = render(USUAL, qr_text=USUAL.verify_url)
        yield Bench(folder=folder, service=service, unsigned=unsigned, signed=sign(service, unsigned))
        server.shutdown()
        thread.join()
