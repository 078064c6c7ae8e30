"""Send one SMS or WhatsApp message through the gateway (51.6.2.e, 51.6.2.f)."""

import json
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NoReturn

import httpx

from pasti.adapters.messages.signature import signed
from pasti.domain.errors import DoorClosed
from pasti.domain.messages import Medium

DOOR = "messages"


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """Where the gateway is, what we share with it, and how many seconds we wait for its answer."""

    url: str
    secret: str = field(repr=False)
    timeout: float = 20.0

    def send(self, *, medium: Medium, to: str, text: str, id: str, at: datetime) -> None:
        """Hand over one message; once this returns the gateway has taken it, and its reports carry `id`.

        The same `id` again sends nothing twice. DoorClosed, with `retry` when trying later can help.
        """
        if medium is Medium.EMAIL or not self.url or not self.secret:
            _closed("belum diatur; isi PASTI_MESSAGES_URL dan PASTI_MESSAGES_SECRET", retry=False)
        body = json.dumps({"id": id, "medium": medium, "to": to, "text": text}).encode()
        headers = {"Content-Type": "application/json", **signed(body, secret=self.secret, at=at)}
        try:
            with httpx.Client(timeout=self.timeout, trust_env=False, verify=_authorities()) as client:
                answer = client.post(f"{self.url.rstrip('/')}/messages", content=body, headers=headers)
        except httpx.TimeoutException:
            _closed(f"tidak menjawab dalam {self.timeout:g} detik", retry=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            _closed("tidak dapat dihubungi", retry=True)
        if answer.status_code == 429 or answer.status_code >= 500:
            _closed(f"sedang bermasalah (HTTP {answer.status_code})", retry=True)
        if not answer.is_success:
            _closed(f"menolak pesan ini (HTTP {answer.status_code})", retry=False)


@cache
def _authorities() -> ssl.SSLContext:
    """Whom this machine trusts for TLS, read once: reading takes longer than asking."""
    return ssl.create_default_context()


def _closed(message: str, *, retry: bool) -> NoReturn:
    raise DoorClosed(DOOR, f"gerbang pesan {message}", retry=retry) from None
