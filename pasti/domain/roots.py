"""The night's root: when it is due, and what it says and is chained to (51.10.2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Event, Json
from pasti.domain.merkle import Frontier

CLAUSE = "51.10.2"
EXPORT_FORM = "pasti-ledger-export-1"
FORM = "pasti-ledger-root-1"  # named in every statement, so that none can be taken for a QR's proof or another form


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Up to where a root reaches: every fact with an id up to `through` is in it, and none will be added there."""

    through: int
    frontier: Frontier


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What the next root needs to know of the last one."""

    number: int
    at: datetime
    cut: Cut
    proof: str  # the signed statement as published


def is_due(last: Sealed | None, at: datetime) -> bool:
    """Whether this night's root is still to be made: one for each day in Purwakarta (51.10.2)."""
    return last is None or jakarta_day(last.at) < jakarta_day(at)


def statement(cut: Cut, *, last: Sealed | None, at: datetime) -> dict[str, Json]:
    """What is signed: the root, how many facts it is over, and the hash of the signed statement before it (51.10.2)."""
    if last is not None and at < last.at:
        raise RuleBroken(CLAUSE, "Akar terakhir dibuat {at}, sesudah saat ini. Periksa jam server.", at=last.at)
    return {
        "form": FORM,
        "number": last.number + 1 if last else 1,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "through": cut.through,
        "size": cut.frontier.size,
        "root": cut.frontier.root,
        "previous": digest(last.proof) if last else "",
    }


def export_statement(cut: Cut, whole: Frontier, lines: Mapping[str, str], *, at: datetime) -> dict[str, Json]:
    """What is signed of an export: all its facts, each kind of its other lines (`lines`: SHA-256), and where it is settled.

    Up to the cut no fact will be added any more, so that every later export must begin with the same facts (51.10.2).
    """
    return {
        "form": EXPORT_FORM,
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "through": cut.through,
        "size": cut.frontier.size,
        "root": cut.frontier.root,
        "entries": whole.size,
        "tree": whole.root,
        **lines,
    }


def digest(proof: str) -> str:
    """What the next statement, and a time stamp, names a signed statement by: SHA-256, hex."""
    return hashlib.sha256(proof.encode()).hexdigest()


def sealed(said: Mapping[str, Json], proof: str) -> Event:
    """The fact that a root was made; it is itself a leaf of the next one."""
    after = {name: said[name] for name in ("number", "through", "size", "root", "previous")}
    return Event(kind="ledger_root.sealed", clause=CLAUSE, after={**after, "proof": digest(proof)})


def stamped(at: datetime, token: bytes) -> Event:
    """The fact that somebody else has said when a root existed at the latest."""
    after: dict[str, Json] = {"stamped_at": at.isoformat(), "token": hashlib.sha256(token).hexdigest()}
    return Event(kind="ledger_root.stamped", clause=CLAUSE, after=after)
