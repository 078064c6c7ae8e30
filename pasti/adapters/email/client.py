"""Send one letter over SMTP (51.3): `smtp://` or `smtps://`, `user:password@` when the server asks for it."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from pasti.domain.errors import DoorClosed

DOOR = "email"
SECONDS = 20.0  # for each answer of the server
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def send(url: str, *, to: str, subject: str, body: str, message_id: str, sender: str) -> None:
    """Hand one letter to the server at `url`; once this returns the server has taken it.

    `message_id` without its angle brackets: the same for every attempt at one letter, so that a double is seen as one.
    DoorClosed with `retry` when trying later can help: the server is away or says 4xx; not when it says 5xx.
    """
    place = urlsplit(url)
    if place.scheme not in ("smtp", "smtps") or not place.hostname:
        raise DoorClosed(DOOR, "PASTI_SMTP_URL bukan alamat smtp://… atau smtps://…", retry=False)
    letter = _letter(to=to, subject=subject, body=body, message_id=message_id, sender=sender)
    try:
        with _connect(place) as server:
            _prepare(server, place)
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        raise DoorClosed(DOOR, _said(code, answer), retry=code < 500) from refused
    except smtplib.SMTPResponseException as refused:
        raise DoorClosed(DOOR, _said(refused.smtp_code, refused.smtp_error), retry=refused.smtp_code < 500) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise DoorClosed(DOOR, f"peladen tidak mampu: {refused}", retry=False) from refused
    except ssl.SSLCertVerificationError as refused:
        raise DoorClosed(DOOR, f"sertifikat peladen tidak dipercaya: {refused.verify_message}", retry=False) from refused
    except (OSError, smtplib.SMTPServerDisconnected) as away:
        raise DoorClosed(DOOR, f"peladen tidak menjawab: {away}", retry=True) from away


def _letter(*, to: str, subject: str, body: str, message_id: str, sender: str) -> EmailMessage:
    letter = EmailMessage()
    try:
        letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    except ValueError as wrong:  # a line break in a header, which could smuggle in another header
        raise DoorClosed(DOOR, f"alamat atau judul surat tidak sah: {wrong}", retry=False) from wrong
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = f"<{message_id}>"
    letter["Auto-Submitted"] = "auto-generated"  # so that no absence notice is sent back
    letter.set_content(body)
    return letter


def _connect(place: SplitResult) -> smtplib.SMTP:
    host = place.hostname or ""
    if place.scheme == "smtps":
        return smtplib.SMTP_SSL(host, place.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, place.port or 25, timeout=SECONDS)


def _prepare(server: smtplib.SMTP, place: SplitResult) -> None:
    """Encrypt whenever the server offers it, and sign in; no password goes over an open line to another machine."""
    server.ehlo()
    is_private = place.scheme == "smtps" or place.hostname in LOOPBACK
    if not is_private and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
        is_private = True
    if place.username:
        if not is_private:
            raise DoorClosed(DOOR, "kata sandi tidak dikirim lewat sambungan terbuka; pakai smtps://", retry=False)
        server.login(unquote(place.username), unquote(place.password or ""))


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"peladen menolak: {code} {text}"
