"""A stand-in for the Esign Client Service, over real HTTP: `python -m pasti.adapters.bsre.fake --port N --data DIR` (51.5).

It speaks the documented version 2 for what we use: sign, status, verify. It needs PASTI_SIGNING_USER and
PASTI_SIGNING_PASSWORD, listens on this machine only, and logs a path and a status code, never a body.
"""

import argparse
import base64
import binascii
import hmac
import json
import os
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pasti.adapters.bsre import authority, signing

MOST_BYTES = 64 * 1024 * 1024
Answer = tuple[int, dict[str, Any]]


def sign_pdf(folder: Path, body: dict[str, Any]) -> Answer:
    """POST /api/v2/sign/pdf: every file of the request signed with one passphrase, in order."""
    nik, passphrase, files = body.get("nik"), body.get("passphrase"), body.get("file")
    looks = body.get("signatureProperties")
    if not isinstance(nik, str) or not isinstance(passphrase, str) or not isinstance(files, list) or not files:
        return refused(400, "Parameter tidak lengkap", 400)
    if not isinstance(looks, list) or len(looks) not in (1, len(files)) or not all(isinstance(look, dict) for look in looks):
        return refused(400, "signatureProperties tidak sesuai", 400)
    if any(look.get("tampilan") != "INVISIBLE" for look in looks):
        return refused(400, "Peragaan ini hanya melayani tampilan INVISIBLE", 400)
    if refusal := status_refusal(authority.status_of(folder, nik)):
        return refusal
    began, signed = time.monotonic(), []
    try:
        for at, file in enumerate(files):
            look = looks[at if len(looks) > 1 else 0]
            words = {name: str(look.get(name) or "") for name in ("reason", "location")}
            pdf = base64.b64decode(file, validate=True)
            signed.append(base64.b64encode(signing.sign(folder, pdf, nik=nik, passphrase=passphrase, **words)).decode())
    except signing.WrongKey:
        return refused(400, "Passphrase anda salah", 2031)
    except (binascii.Error, TypeError, ValueError):
        return out_of_order("/api/v2/sign/pdf")  # as the real one answers to a bad PDF
    return 200, {"time": round((time.monotonic() - began) * 1000), "file": signed}


def status_refusal(status: str) -> Answer | None:
    """The refusal that a status means for signing; None for ISSUE."""
    if status == "ISSUE":
        return None
    if status == "NOT_REGISTERED":
        return refused(400, "User tidak terdaftar", 2011)
    return refused(400, f"Status sertifikat {status}", 400)


def check_status(folder: Path, body: dict[str, Any]) -> Answer:
    """POST /api/v2/user/check/status."""
    nik = body.get("nik")
    if not isinstance(nik, str):
        return refused(400, "Parameter tidak lengkap", 400)
    status = authority.status_of(folder, nik)
    code = {"ISSUE": 1111, "NOT_REGISTERED": 1110}.get(status, 1112)
    return 200, {"status_code": code, "message": f"Status pengguna: {status}", "status": status}


def verify_pdf(folder: Path, body: dict[str, Any]) -> Answer:
    """POST /api/v2/verify/pdf: each signature, and a conclusion; the misspelt names are the service's own."""
    try:
        found = signing.check(folder, base64.b64decode(body.get("file") or "", validate=True))
    except (binascii.Error, TypeError, ValueError):
        return out_of_order("/api/v2/verify/pdf")
    good = all(one.intact and one.trusted for one in found)
    conclusion = ("VALID" if good else "INVALID") if found else "NO_SIGNATURE"
    signatures = [
        {
            "id": one.field,
            "signatureFormat": "PAdES",
            "signerName": one.signer,
            "signatureDate": one.signed_at.isoformat() if one.signed_at else None,
            "fieldName": one.field,
            "reason": one.reason,
            "location": one.location,
            "certificateDetails": [{"commonName": one.signer, "issuerName": one.issuer}],
            "integrityValid": one.intact,
            "certificateTrusted": one.trusted,
            "lastSignature": at == len(found) - 1,
        }
        for at, one in enumerate(found)
    ]
    return 200, {
        "conclusion": conclusion,
        "description": "Peragaan, bukan BSrE",
        "signatureInformations": signatures,
        "signatureCount": len(found),
    }


PATHS: dict[str, Callable[[Path, dict[str, Any]], Answer]] = {
    "/api/v2/sign/pdf": sign_pdf,
    "/api/v2/user/check/status": check_status,
    "/api/v2/verify/pdf": verify_pdf,
}


def refused(http: int, error: str, code: int) -> Answer:
    """A refusal as documented."""
    return http, {"error": error, "status_code": code}


def out_of_order(path: str) -> Answer:
    """The unhelpful 500 of the real service."""
    return 500, {"status": 500, "error": "Internal Server Error", "path": path}


class Handler(BaseHTTPRequestHandler):
    """One request: who asks, what they ask, the answer as JSON."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet, or the client's delayed acknowledgement costs 40 ms
    timeout = 60  # seconds that one read may take
    server: "Server"

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._answer(*refused(413, "Ukuran permintaan tidak diterima", 413))
            return
        body = self.rfile.read(int(length))
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), self.server.expected):
            self._answer(*refused(401, "Akses ditolak", 401))
            return
        act = PATHS.get(self.path)
        self._answer(*(refused(404, "Layanan tidak ada", 404) if act is None else self._act(act, body)))

    def do_GET(self) -> None:
        self._answer(*refused(405, "Gunakan POST", 405))

    def _act(self, act: Callable[[Path, dict[str, Any]], Answer], body: bytes) -> Answer:
        try:
            asked = json.loads(body)
        except ValueError:
            asked = None
        return act(self.server.folder, asked) if isinstance(asked, dict) else refused(400, "Isi bukan JSON", 400)

    def _answer(self, http: int, content: dict[str, Any]) -> None:
        data = json.dumps(content).encode()
        self.send_response(http)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        path = self.path if self.path in PATHS else "?"
        sys.stderr.write(f"{self.log_date_time_string()} {self.command} {path} {int(code)}\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing else is logged: a message may carry what a client sent."""


class Server(ThreadingHTTPServer):
    """The service on this machine, over one keys folder."""

    daemon_threads = True

    def __init__(self, *, port: int, folder: Path, user: str, password: str) -> None:
        authority.open_authority(folder)
        self.folder = folder
        self.expected = b"Basic " + base64.b64encode(f"{user}:{password}".encode())
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Layanan tanda tangan elektronik peragaan; bukan BSrE.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", "--keys", dest="folder", type=Path, required=True, help="folder kunci")
    args = parser.parse_args()
    user, password = os.environ.get("PASTI_SIGNING_USER"), os.environ.get("PASTI_SIGNING_PASSWORD")
    if not user or not password:
        parser.error("PASTI_SIGNING_USER dan PASTI_SIGNING_PASSWORD belum diisi")
    with Server(port=args.port, folder=args.folder, user=user, password=password) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
