"""Send one letter over SMTP (51.3): `smtp://` or `smtps://`, `user:password@` when the server asks for it."""

import re
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from pasti.domain.errors import DoorClosed

DOOR = "email"
OWN_HEADER = "X-PASTI-Letter"  # by which a letter of ours that comes back is known
SECONDS = 20.0  # for each answer of the server
MOST_REFERENCES = 20
ID = re.compile(r"[!-;=?-~]{1,250}")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def send(
    url: str,
    *,
    to: str,
    subject: str,
    body: str,
    message_id: str,
    sender: str,
    reply_to: str = "",
    references: Sequence[str] = (),
) -> None:
    """Hand one letter to the server at `url`; once this returns the server has taken it.

    `message_id` without its angle brackets: the same for every attempt at one letter, so that a double is seen as one.
    `references` are the ids of the letters it answers, the oldest first, so that it stands in their thread.
    `reply_to` is where an answer to it shall go, when not to `sender`.
    DoorClosed with `retry` when trying later can help: the server is away or says 4xx; not when it says 5xx.
    """
    place = urlsplit(url)
    if place.scheme not in ("smtp", "smtps") or not place.hostname:
        raise DoorClosed(DOOR, "PASTI_SMTP_URL bukan alamat smtp://… atau smtps://…", retry=False)
    letter = _letter(to=to, subject=subject, body=body, message_id=message_id, sender=sender, reply_to=reply_to)
    _put_in_thread(letter, references)
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


def _letter(*, to: str, subject: str, body: str, message_id: str, sender: str, reply_to: str) -> EmailMessage:
    letter = EmailMessage()
    try:
        letter["From"], letter["To"], letter["Subject"] = sender, to, subject
        if reply_to:
            letter["Reply-To"] = reply_to
    except ValueError as wrong:  # a line break in a header, which could smuggle in another header
        raise DoorClosed(DOOR, f"alamat atau judul surat tidak sah: {wrong}", retry=False) from wrong
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = f"<{message_id}>"
    letter[OWN_HEADER] = "1"
    letter["Auto-Submitted"] = "auto-generated"  # so that no absence notice is sent back
    letter.set_content(body)
    return letter


def _put_in_thread(letter: EmailMessage, references: Sequence[str]) -> None:
    """Name the letters it answers; an id that is none, which a stranger may have sent, is left out."""
    known = [f"<{id}>" for id in references if ID.fullmatch(id)]
    if known:
        letter.replace_header("Auto-Submitted", "auto-replied")
        letter["In-Reply-To"] = known[-1]
        letter["References"] = " ".join(dict.fromkeys((known[0], *known[-MOST_REFERENCES:])))


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
