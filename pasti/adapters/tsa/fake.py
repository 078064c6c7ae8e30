"""A stand-in authority over real HTTP: `python -m pasti.adapters.tsa.fake --port N --data DIR` (RFC 3161; 51.10.2).

Its key, made in DIR at the first start, is its own root (DIR/root.pem); all of it says DEMONSTRASI. It listens on this
machine only.
"""

import argparse
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp  # type: ignore[import-untyped]  # it ships no types
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.sign.timestamps import DummyTimeStamper

from pasti.adapters.tsa.client import ANSWER, REQUEST

DAYS = 10 * 365
MOST_BYTES = 10_000


def open_authority(folder: Path) -> DummyTimeStamper:
    """The authority whose key lies in `folder`, made there when there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / "root.pem").exists():
        _make(folder)
    certificate = load_cert_from_pemder(str(folder / "root.pem"))  # type: ignore[no-untyped-call]  # the library's
    return DummyTimeStamper(certificate, load_private_key_from_pemder(str(folder / "tsa.key"), None))


def _make(folder: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)  # the library's stamper signs with RSA only
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "DEMONSTRASI Penanda Waktu PASTI")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(minutes=5))
    builder = builder.not_valid_after(now + timedelta(days=DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    made = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tsa.key").touch(mode=0o600)
    (folder / "tsa.key").write_bytes(secret)
    (folder / "root.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))


def serving(folder: Path, port: int) -> ThreadingHTTPServer:
    """The server, listening on `port` of this machine (0: any)."""
    authority = open_authority(folder)

    class Handler(BaseHTTPRequestHandler):
        """One request, one token."""

        def do_POST(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST_BYTES))
            if self.headers.get("Content-Type") != REQUEST:
                self.send_error(415)
                return
            try:
                answer = authority.request_tsa_response(tsp.TimeStampReq.load(body, strict=True)).dump()
            except (ValueError, TypeError, KeyError):
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", ANSWER)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: there is nothing to tell."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    serving(args.data, args.port).serve_forever()


if __name__ == "__main__":
    main()
