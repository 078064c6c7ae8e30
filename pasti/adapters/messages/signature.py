"""How the office and the gateway know each other: an HMAC over the moment and the body of each request (51.6.2.e–f)."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

TIMESTAMP = "X-Pasti-Timestamp"
SIGNATURE = "X-Pasti-Signature"
LONGEST_AGE_SECONDS = 300  # of a request, and how far two clocks may differ


def signed(body: bytes, *, secret: str, at: datetime) -> dict[str, str]:
    """The headers that prove who sent `body`, and when."""
    moment = str(int(at.timestamp()))
    return {TIMESTAMP: moment, SIGNATURE: f"sha256={_digest(body, secret, moment)}"}


def is_genuine(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> bool:
    """Whether `body` was signed with `secret` within the last five minutes. Nothing is genuine without a secret."""
    given = {name.lower(): value for name, value in headers.items()}
    moment = given.get(TIMESTAMP.lower(), "")
    if not secret or not (moment.isascii() and moment.isdigit() and len(moment) <= 11):
        return False
    expected = f"sha256={_digest(body, secret, moment)}"
    is_ours = hmac.compare_digest(expected.encode(), given.get(SIGNATURE.lower(), "").encode("utf-8", "replace"))
    return is_ours and abs(now.timestamp() - int(moment)) <= LONGEST_AGE_SECONDS


def _digest(body: bytes, secret: str, moment: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
