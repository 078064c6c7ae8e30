"""A stand-in for the message gateway, over real HTTP both ways (51.6.2.e, 51.6.2.f).

`python -m pasti.adapters.messages.fake --port N --data DIR` takes the office's messages at POST /messages, and shows a page on
which anybody can send it an SMS or a WhatsApp message and read what it answered. It needs PASTI_MESSAGES_SECRET, listens on this
machine only, sends nothing to any phone and logs no words.
"""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import httpx

from pasti.adapters.messages.conversation import Conversation, Line, page
from pasti.adapters.messages.signature import is_genuine, signed
from pasti.adapters.messages.webhook import MEDIA
from pasti.domain.identifiers import one_spelling_of_phone

MOST_BYTES = 256 * 1024
OFFICE_PATH = "/pesan-masuk"
OFFICE_SECONDS = 20.0
# How a number ends that makes the gateway say no, for trying out what happens then.
REFUSALS = {"0000": 422, "1111": 503}
Answer = tuple[int, dict[str, str]]


class Server(ThreadingHTTPServer):
    """The gateway on this machine: one secret, one office, one file of what was said."""

    daemon_threads = True

    def __init__(self, *, port: int, folder: Path, secret: str, office: str) -> None:
        self.secret, self.office = secret, office
        self.said = Conversation(folder)
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def take(self, headers: dict[str, str], body: bytes) -> Answer:
        """POST /messages: one message of the office's; its delivery is reported a moment later."""
        if not is_genuine(headers, body, secret=self.secret, now=datetime.now(UTC)):
            return 401, {"error": "tanda tangan tidak cocok"}
        try:
            asked = json.loads(body)
            id, medium, to, text = (str(asked[name]) for name in ("id", "medium", "to", "text"))
        except (ValueError, TypeError, KeyError):
            return 400, {"error": "perlu id, medium, to, text"}
        line = Line(id=id, medium=medium, number=one_spelling_of_phone(to), text=text, is_office=True)
        if not line.number or medium not in MEDIA:
            return 422, {"error": "nomor atau medium tidak dikenal"}
        if code := REFUSALS.get(line.number[-4:]):
            return code, {"error": "nomor ini ditolak, untuk mencoba"}
        if self.said.add(line):
            Thread(target=self.report, args=(line.id,), daemon=True).start()
        return 202, {"id": line.id}

    def report(self, id: str) -> None:
        """Tell the office that its message arrived."""
        answer = self.tell({"event": "delivery", "id": id, "status": "delivered"})
        self.said.note(id, "sampai" if is_taken(answer) else f"sampai; laporannya dijawab {answer or 'tidak ada'}")

    def say(self, form: dict[str, list[str]]) -> str:
        """POST /say: a person writes to the office; what to tell the person."""
        one = {name: values[0].strip() for name, values in form.items()}
        number, medium, text = one_spelling_of_phone(one.get("from", "")), one.get("medium", "sms"), one.get("text", "")
        if not number or medium not in MEDIA or not text:
            return "Isi nomor telepon lengkap, misalnya 0812 3456 7890, dan pesannya."
        line = Line(id=one.get("id") or os.urandom(8).hex(), medium=medium, number=number, text=text, is_office=False)
        self.said.add(line)
        answer = self.tell({"event": "message", "id": line.id, "medium": medium, "from": number, "text": text})
        self.said.note(line.id, "diterima kantor" if is_taken(answer) else "belum diterima")
        return "" if is_taken(answer) else f"Kantor belum menerima pesan ini ({answer or 'tidak menjawab'}). Kirim lagi nanti."

    def tell(self, event: dict[str, str]) -> int:
        """One signed event to the office; the HTTP status of its answer, 0 for none."""
        now = datetime.now(UTC)
        body = json.dumps({**event, "at": now.isoformat()}).encode()
        headers = {"Content-Type": "application/json", **signed(body, secret=self.secret, at=now)}
        try:
            return httpx.post(self.office, content=body, headers=headers, timeout=OFFICE_SECONDS, trust_env=False).status_code
        except httpx.HTTPError:
            return 0


def is_taken(status: int) -> bool:
    """Whether the office took the event."""
    return 200 <= status < 300


class Handler(BaseHTTPRequestHandler):
    """One request: the office's message, or a person's page."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    timeout = 60  # seconds that one read may take
    server: Server

    def do_GET(self) -> None:
        if self.path != "/" or not self._is_here():
            self._answer(404, b"Tidak ada.", "text/plain; charset=utf-8")
            return
        self._page("")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._answer(413, b"{}", "application/json")
            return
        body = self.rfile.read(int(length))
        if self.path == "/messages":
            code, content = self.server.take(dict(self.headers.items()), body)
            self._answer(code, json.dumps(content).encode(), "application/json")
        elif self.path == "/say" and self._is_here():
            self._page(self.server.say(parse_qs(body.decode("utf-8", "replace"))))
        else:
            self._answer(404, b"{}", "application/json")

    def _is_here(self) -> bool:
        """Whether the page was opened by this address, and not by a stranger's page."""
        origin = self.headers.get("Origin")
        places = {self.server.url, self.server.url.replace("127.0.0.1", "localhost")}
        return f"http://{self.headers.get('Host')}" in places and origin in {None, *places}

    def _page(self, problem: str) -> None:
        self._answer(200, page(self.server.said.lines(), problem=problem).encode(), "text/html; charset=utf-8")

    def _answer(self, code: int, content: bytes, kind: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        sys.stderr.write(f"{self.log_date_time_string()} {self.command} {int(code)}\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing else is logged: a message may carry what a client sent."""


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Gerbang SMS dan WhatsApp peragaan; tidak mengirim apa pun ke telepon.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", dest="folder", type=Path, required=True, help="folder percakapan")
    parser.add_argument("--office", default=os.environ.get("PASTI_BASE_URL", "").rstrip("/") + OFFICE_PATH)
    args = parser.parse_args()
    secret = os.environ.get("PASTI_MESSAGES_SECRET")
    if not secret or not args.office.startswith("http"):
        parser.error("PASTI_MESSAGES_SECRET, dan --office atau PASTI_BASE_URL, belum diisi")
    with Server(port=args.port, folder=args.folder, secret=secret, office=args.office) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
