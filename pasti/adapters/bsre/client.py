"""The signing service as we use it: BSrE's Esign Client Service, version 2 of its interface (51.5).

The passphrase is passed on and forgotten; neither it nor the NIK is in any address, log line or error text.
"""

import base64
import binascii
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NoReturn

import httpx

from pasti.domain.errors import DoorClosed, RuleBroken

DOOR = "bsre"
MAY_SIGN = "ISSUE"
WRONG_PASSPHRASE = 2031
NOT_REGISTERED = 2011
STATUS_WORDS = {
    "EXPIRED": "sertifikat elektroniknya sudah habis masa berlakunya",
    "RENEW": "sertifikat elektroniknya sedang diperbarui",
    "WAITING_FOR_VERIFICATION": "pendaftarannya menunggu verifikasi",
    "NEW": "pendaftarannya belum selesai",
    "NO_CERTIFICATE": "belum mempunyai sertifikat elektronik",
    "NOT_REGISTERED": "NIK-nya belum terdaftar",
    "SUSPEND": "sertifikat elektroniknya ditangguhkan",
    "REVOKE": "sertifikat elektroniknya dicabut",
}


class WrongPassphrase(RuleBroken):
    """The signer mistyped; nothing was signed, and the signer may try again."""

    def __init__(self) -> None:
        super().__init__(
            "51.5", "Passphrase salah, jadi belum ada yang ditandatangani. Periksa huruf besar dan kecilnya, lalu ketik lagi."
        )


@dataclass(frozen=True, kw_only=True)
class SigningService:
    """Where the service is, how we name ourselves to it, and how many seconds we wait for one answer."""

    url: str
    user: str
    password: str = field(repr=False)
    timeout: float = 30.0

    def status(self, nik: str) -> str:
        """What the service says of a signer: "ISSUE" may sign. DoorClosed when it does not answer properly."""
        answer = self._ask("/api/v2/user/check/status", {"nik": nik})
        if isinstance(answer, int):
            return "NOT_REGISTERED" if answer == NOT_REGISTERED else _closed(f"menolak pertanyaan (kode {answer})", retry=False)
        status = answer.get("status")
        return status if isinstance(status, str) else _closed("menjawab tanpa status", retry=True)

    def sign(self, pdf: bytes, *, nik: str, passphrase: str, reason: str, location: str) -> bytes:
        """`pdf` with an invisible signature of the person with that NIK.

        WrongPassphrase when it is wrong. DoorClosed when that person may not sign, when the service is out of order or out of
        reach, or when what comes back is not our file with a signature added.
        """
        status = self.status(nik)
        if status != MAY_SIGN:
            _closed(f"penanda tangan belum dapat menandatangani: {STATUS_WORDS.get(status, status[:40])}", retry=False)
        look = {"tampilan": "INVISIBLE", "reason": reason, "location": location}
        body = {
            "nik": nik,
            "passphrase": passphrase,
            "signatureProperties": [look],
            "file": [base64.b64encode(pdf).decode()],
        }
        answer = self._ask("/api/v2/sign/pdf", body)
        if answer == WRONG_PASSPHRASE:
            raise WrongPassphrase from None
        if isinstance(answer, int):
            _closed(f"menolak menandatangani (kode {answer})", retry=False)
        return _signed(answer, pdf)

    def _ask(self, path: str, body: Mapping[str, object]) -> dict[str, Any] | int:
        """The JSON answer, or the number of the refusal. DoorClosed for everything that is neither."""
        try:
            with httpx.Client(
                base_url=self.url, auth=(self.user, self.password), timeout=self.timeout, trust_env=False, verify=_authorities()
            ) as client:
                answer = client.post(path, json=body)
        except httpx.TimeoutException:
            _closed(f"tidak menjawab dalam {self.timeout:g} detik", retry=True)
        except httpx.HTTPError:
            _closed("tidak dapat dihubungi", retry=True)
        if answer.status_code in (401, 403):
            _closed("menolak nama pengguna atau kata sandi aplikasi; periksa pengaturannya", retry=False)
        if answer.status_code == 429 or answer.status_code >= 500:
            _closed(f"sedang bermasalah (HTTP {answer.status_code})", retry=True)
        try:
            content = answer.json()
        except ValueError:
            content = None
        if not isinstance(content, dict):
            _closed(f"menjawab dengan isi yang tidak dikenal (HTTP {answer.status_code})", retry=True)
        if answer.status_code >= 400:
            code = content.get("status_code")
            return int(str(code)) if str(code).isdecimal() else answer.status_code
        return content


@cache
def _authorities() -> ssl.SSLContext:
    """Whom this machine trusts for TLS, read once: reading takes longer than asking."""
    return ssl.create_default_context()


def _signed(answer: dict[str, Any], sent: bytes) -> bytes:
    """The one file of the answer: what we sent, untouched, with something after it."""
    files = answer.get("file")
    try:
        if not isinstance(files, list) or len(files) != 1:
            raise ValueError
        signed = base64.b64decode(files[0], validate=True)
    except (ValueError, TypeError, binascii.Error):
        _closed("tidak mengembalikan berkas bertanda tangan", retry=True)
    if not signed.startswith(sent) or len(signed) == len(sent):
        _closed("mengembalikan berkas lain dari yang dikirim; hasilnya tidak dipakai", retry=False)
    return signed


def _closed(message: str, *, retry: bool) -> NoReturn:
    raise DoorClosed(DOOR, f"layanan tanda tangan elektronik {message}", retry=retry) from None
