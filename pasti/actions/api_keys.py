"""Keys of other systems: made, shown once, taken back, and asked at every request (51.6.2)."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection

from pasti.actions.carry_out import carry_out
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import SYSTEM, Actor
from pasti.records.api_keys import ApiKey

CLAUSE = "51.6.2"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
ADMIT = """
UPDATE api_key SET used = CASE WHEN minute = %(minute)s THEN used + 1 ELSE 1 END, minute = %(minute)s, last_used_at = %(at)s
WHERE digest = %(digest)s AND revoked_at IS NULL RETURNING name, used
"""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The system that asks, by the name of its key, and which request of this minute it is."""

    name: str
    used: int


def create(name: str, *, at: datetime, actor: Actor = SYSTEM) -> str:
    """A new key under that name; only its digest is kept, so this answer is the one time that it can be told (51.6.2)."""
    if not NAME.fullmatch(name):
        raise RuleBroken(CLAUSE, "Nama kunci: 1 sampai 60 huruf, angka, titik, atau garis, misalnya sp4n-lapor.")
    key = f"pasti_{secrets.token_urlsafe(32)}"
    row = ApiKey(name=name, digest=_digest(key), created_at=at)
    try:
        carry_out(row, _outcome("created", name), actor=actor, at=at)
    except IntegrityError:
        raise RuleBroken(CLAUSE, "Kunci bernama {name} sudah ada. Cabut dahulu, atau pilih nama lain.", name=name) from None
    return key


def revoke(name: str, *, at: datetime, actor: Actor = SYSTEM) -> None:
    """Take a key back: the next request with it is refused (51.6.2)."""
    row = ApiKey.objects.filter(name=name, revoked_at=None).first()
    if row is None:
        raise RuleBroken(CLAUSE, "Tidak ada kunci bernama {name} yang masih berlaku.", name=name)
    carry_out(row, _outcome("revoked", name, revoked_at=at), actor=actor, at=at)


def admit(key: str, *, at: datetime) -> Caller | None:
    """Who holds that key, one more request counted; None for a key that is unknown or was taken back. One SQL statement.

    A count is no fact, so it does not go through the ledger; what the caller then files does.
    """
    with connection.cursor() as cursor:
        cursor.execute(ADMIT, {"digest": _digest(key), "at": at, "minute": int(at.timestamp()) // 60})
        found = cursor.fetchone()
    return Caller(name=found[0], used=found[1]) if found else None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _outcome(what: str, name: str, **changes: object) -> Outcome:
    return Outcome(changes=changes, events=(Event(kind=f"api_key.{what}", clause=CLAUSE, after={"name": name}),))
