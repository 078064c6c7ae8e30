"""Certificates per second: printed, proved, signed over HTTP, checked; each beside a bare one-line PDF in the same run (51.5).

`python -m bench.certificates [TIMES]`.
"""

import contextlib
import io
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typst

from pasti.adapters.bsre import authority, signing
from pasti.adapters.bsre.client import SigningService
from pasti.adapters.bsre.fake import Server
from pasti.adapters.pdf import proof, qr
from pasti.adapters.pdf.client import render
from pasti.adapters.pdf.signatures import check
from pasti.domain.certificate import CertificateStatus, qr_payload
from tests.certificates import USUAL

NIK, PASSPHRASE = "3214015403720004", "hanya untuk mengukur"
BARE = b'#set document(title: [x])\n#set text(lang: "id")\nSertifikat'


def seconds(work: Callable[[], object], times: int) -> float:
    """The mean of `times` runs, after one that is not counted."""
    work()
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times


def measure(folder: Path, service: SigningService, times: int) -> list[tuple[str, float]]:
    """Each part and its mean seconds; the first is what the others are compared with."""
    key = folder / "qr_key.pem"
    proof.make_key(key)
    facts = qr_payload(USUAL, status=CertificateStatus.ISSUED, as_of=USUAL.issued_on)
    text = proof.qr_text(USUAL.verify_url, proof.sign_proof(facts, key.read_bytes()))
    printed = render(USUAL, qr_text=text)
    words = {"nik": NIK, "passphrase": PASSPHRASE, "reason": "Penerbitan", "location": "Purwakarta"}
    signed = signing.sign(folder, printed, **words)
    roots, now = [(folder / "root.pem").read_bytes()], datetime.now(UTC)
    fonts = typst.Fonts(include_system_fonts=False)
    bare = lambda: typst.compile(BARE, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["a-3a", "ua-1"])  # noqa: E731
    work: list[tuple[str, Callable[[], object]]] = [
        ("bare PDF/A-3a of one word, by typst", bare),
        ("the QR's proof signed", lambda: proof.sign_proof(facts, key.read_bytes())),
        ("the QR drawn", lambda: qr.svg(text)),
        ("certificate printed, QR and data in it", lambda: render(USUAL, qr_text=text)),
        ("PAdES B-LT by the stand-in, in process", lambda: signing.sign(folder, printed, **words)),
        ("the same over HTTP, status asked first", lambda: service.sign(printed, **words)),
        ("printed and signed over HTTP", lambda: service.sign(render(USUAL, qr_text=text), **words)),
        ("signature checked, its time stamp too", lambda: check(signed, roots, now)),
    ]
    return [(name, seconds(one, times)) for name, one in work]


def main() -> int:
    """Print a table: per second, milliseconds, and times a bare print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "signing"
        authority.enrol(folder, nik=NIK, name="Peragaan", title="Kepala Dinas", passphrase=PASSPHRASE)
        with Server(port=0, folder=folder, user="bench", password="bench") as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            with contextlib.redirect_stderr(io.StringIO()):  # the stand-in's log; here only the table
                rows = measure(folder, SigningService(url=server.url, user="bench", password="bench"), times)
            server.shutdown()
    bare = rows[0][1]
    print(f"{'':<42} {'per second':>10} {'ms':>8} {'× bare':>8}   ({times} runs each, one process)")
    for name, mean in rows:
        print(f"{name:<42} {1 / mean:>10.0f} {mean * 1000:>8.1f} {mean / bare:>8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
