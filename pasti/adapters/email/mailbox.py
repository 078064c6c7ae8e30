"""The office's mailbox, read over IMAP a letter at a time: `imap://` or `imaps://user:password@host:port/FOLDER` (51.6.2.g).

A letter is marked as taken by a keyword of ours only when the caller says so: what is read in a crash is read again. That
somebody opened it in a mail program changes nothing, and nothing is ever deleted or moved.
"""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from pasti.adapters.email.client import DOOR, LOOPBACK
from pasti.domain.errors import DoorClosed

SECONDS = 60.0  # for each answer of the server
BLOCK = 1024 * 1024
WINDOW = 5000  # letters asked for at once, so that an answer stays one short line
TAKEN = "PastiTaken"
SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One letter in the mailbox that was not taken yet, and when it arrived there."""

    uid: str
    arrived_at: datetime


class Mailbox:
    """An open folder. Every method raises DoorClosed, with `retry`, when the server goes away."""

    def __init__(self, server: imaplib.IMAP4, letters: int) -> None:
        self._server = server
        self._letters = letters

    def waiting(self) -> Iterator[Waiting]:
        """The letters not taken yet, the oldest first."""
        for start in range(1, self._letters + 1, WINDOW):
            window = f"{start}:{min(start + WINDOW - 1, self._letters)}"
            found = self._ask("SEARCH", window, "UNKEYWORD", TAKEN)
            for uid in b" ".join(line for line in found if isinstance(line, bytes)).split():
                if (arrived_at := self._arrived(uid.decode())) is not None:
                    yield Waiting(uid=uid.decode(), arrived_at=arrived_at)

    def blocks(self, uid: str) -> Iterator[bytes]:
        """The letter's bytes, a block at a time; its flags stay as they are."""
        at = 0
        while True:
            block = _literal(self._ask("FETCH", uid, f"(BODY.PEEK[]<{at}.{BLOCK}>)"))
            if block:
                yield block
            if len(block) < BLOCK:
                return
            at += len(block)

    def take(self, uid: str) -> None:
        """Mark the letter: it is not waiting any more."""
        self._ask("STORE", uid, "+FLAGS.SILENT", f"({TAKEN})")

    def _arrived(self, uid: str) -> datetime | None:
        """When the server got it; None when somebody has removed it meanwhile."""
        for line in self._ask("FETCH", uid, "(INTERNALDATE)"):
            moment = imaplib.Internaldate2tuple(line) if isinstance(line, bytes) else None
            if moment:
                return datetime.fromtimestamp(time.mktime(moment), UTC)
        return None

    def _ask(self, command: str, *words: str) -> list[Any]:
        try:
            answer, data = self._server.uid(command, *words)
        except (imaplib.IMAP4.error, OSError) as away:
            raise DoorClosed(DOOR, f"kotak surat terputus saat dibaca: {away}", retry=True) from away
        if answer != "OK":
            raise DoorClosed(DOOR, f"kotak surat menolak {command}", retry=True)
        return [line for line in data if line is not None]


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """The folder at `url` for as long as this lasts. DoorClosed when it cannot be opened."""
    place = urlsplit(url)
    if place.scheme not in ("imap", "imaps") or not place.hostname or not place.username:
        _closed("PASTI_IMAP_URL bukan alamat imap://… atau imaps://pengguna:sandi@peladen/INBOX", retry=False)
    server = _connected(place)
    try:
        yield Mailbox(server, _select(server, unquote(place.path.strip("/")) or "INBOX"))
    finally:
        try:
            server.logout()
        except (imaplib.IMAP4.error, OSError):
            pass  # it has gone already; what was marked is marked


def _connected(place: SplitResult) -> imaplib.IMAP4:
    """Signed in, over an encrypted line to any other machine."""
    user, password = _plain(place.username), _plain(place.password)
    try:
        server = _greeted(place)
        try:
            _sign_in(server, place, user, password)
        except BaseException:
            _hang_up(server)
            raise
    except ssl.SSLCertVerificationError as refused:
        raise DoorClosed(DOOR, f"sertifikat kotak surat tidak dipercaya: {refused.verify_message}", retry=False) from refused
    except (imaplib.IMAP4.error, OSError) as away:
        raise DoorClosed(DOOR, f"kotak surat tidak menjawab: {away}", retry=True) from away
    return server


def _hang_up(server: imaplib.IMAP4) -> None:
    try:
        server.shutdown()
    except OSError:
        pass  # a line that could not be encrypted is closed already


def _greeted(place: SplitResult) -> imaplib.IMAP4:
    host = place.hostname or ""
    if place.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, place.port or 993, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    return imaplib.IMAP4(host, place.port or 143, timeout=SECONDS)


def _sign_in(server: imaplib.IMAP4, place: SplitResult, user: str, password: str) -> None:
    if place.scheme == "imap" and place.hostname not in LOOPBACK:
        if "STARTTLS" not in server.capabilities:
            _closed("kata sandi tidak dikirim lewat sambungan terbuka; pakai imaps://", retry=False)
        server.starttls(ssl_context=ssl.create_default_context())
    try:
        server.login(user, password)
    except imaplib.IMAP4.abort:  # it broke off; it did not say no
        raise
    except imaplib.IMAP4.error:
        _closed("kotak surat menolak nama pengguna atau kata sandi; periksa PASTI_IMAP_URL", retry=False)


def _select(server: imaplib.IMAP4, folder: str) -> int:
    """Open the folder; how many letters are in it."""
    try:
        answer, data = server.select(f'"{folder}"' if not SPECIAL.search(folder) else "INBOX")
    except (imaplib.IMAP4.error, OSError) as away:
        raise DoorClosed(DOOR, f"kotak surat terputus: {away}", retry=True) from away
    if answer != "OK" or not data[0]:
        _closed(f"folder {folder!r} tidak ada di kotak surat", retry=False)
    allowed = b" ".join(line for line in server.response("PERMANENTFLAGS")[1] if line)
    if b"\\*" not in allowed and TAKEN.encode() not in allowed:
        _closed(f"kotak surat tidak mengizinkan tanda {TAKEN}, sehingga surat tidak dapat ditandai sudah diambil", retry=False)
    return int(data[0])


def _plain(word: str | None) -> str:
    """A name or password as typed; imaplib puts it in quotes itself, but passes on a line break."""
    plain = unquote(word or "")
    if re.search(r"[\r\n\0]", plain):
        _closed("nama pengguna atau kata sandi di PASTI_IMAP_URL tidak sah", retry=False)
    return plain


def _literal(lines: list[Any]) -> bytes:
    """The bytes of a body in the server's answer; none when it is empty or gone."""
    return next((line[1] for line in lines if isinstance(line, tuple) and b"BODY[" in line[0].upper()), b"")


def _closed(message: str, *, retry: bool) -> NoReturn:
    raise DoorClosed(DOOR, message, retry=retry)
