"""Asking a time-stamping authority for a token on a SHA-256 digest, and reading one (RFC 3161; 51.10.2)."""

import secrets
from datetime import datetime
from typing import Any, NoReturn

import httpx
from asn1crypto import tsp  # type: ignore[import-untyped]  # it ships no types

from pasti.domain.errors import DoorClosed

DOOR = "tsa"
GRANTED = ("granted", "granted_with_mods")
REQUEST, ANSWER = "application/timestamp-query", "application/timestamp-reply"


def stamp(url: str, digest: bytes, *, timeout: float = 20.0) -> tuple[bytes, datetime]:
    """A token on `digest` (SHA-256) as DER, and the time it names.

    DoorClosed when the authority does not answer, refuses, or answers something else than was asked. The token's own
    signature is checked by whoever trusts the authority, with its root (`openssl ts -verify`).
    """
    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    answer = _asked(url, asked.dump(), timeout)
    try:
        reply = tsp.TimeStampResp.load(answer, strict=True)
        if reply["status"]["status"].native not in GRANTED:
            _closed("menolak memberi cap waktu", retry=False)
        token: bytes = reply["time_stamp_token"].dump()
        told = _content(token)
        fits = told["message_imprint"]["hashed_message"].native == digest and told["nonce"].native == nonce
    except (ValueError, TypeError, KeyError):
        _closed("menjawab dengan isi yang tidak dikenal", retry=True)
    if not fits:
        _closed("memberi cap waktu untuk hal lain dari yang diminta; tidak dipakai", retry=False)
    return token, told["gen_time"].native


def _content(token: bytes) -> Any:
    signed = tsp.ContentInfo.load(token, strict=True)["content"]
    return signed["encap_content_info"]["content"].parsed


def _asked(url: str, body: bytes, timeout: float) -> bytes:
    try:
        answer = httpx.post(url, content=body, headers={"Content-Type": REQUEST}, timeout=timeout, trust_env=False)
    except httpx.HTTPError:
        _closed("tidak dapat dihubungi", retry=True)
    if answer.status_code != 200:
        _closed(f"menjawab HTTP {answer.status_code}", retry=answer.status_code >= 500 or answer.status_code == 429)
    if answer.headers.get("content-type", "").split(";")[0].strip() != ANSWER:
        _closed("menjawab dengan jenis isi yang lain dari cap waktu", retry=True)
    return answer.content


def _closed(message: str, *, retry: bool) -> NoReturn:
    raise DoorClosed(DOOR, f"otoritas cap waktu {message}", retry=retry) from None
