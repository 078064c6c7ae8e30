"""A demonstration authority with one signer, and its service over real HTTP."""

import threading
from collections.abc import Iterator

import pytest

from pasti.adapters.bsre import authority
from pasti.adapters.bsre.client import SigningService
from pasti.adapters.bsre.fake import Server
from pasti.adapters.pdf.client import render
from tests.certificates import USUAL
from tests.signing import NIK, PASSPHRASE, Bench, sign


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
