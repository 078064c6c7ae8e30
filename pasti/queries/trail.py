"""One case's ledger in full, with its hashes, for who oversees it (51.10.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.queries.desk import on_desk
from pasti.queries.ledger import fault_of, who_acted
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry


@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """One fact with all that its hash covers, as a person reads it."""

    seq: int
    at: datetime
    kind: str
    clause: str
    who: str
    reason: str
    before: dict[str, object]
    after: dict[str, object]
    public: bool
    prev_hash: str
    hash: str
    fault: str  # "" when it follows the one before it and its content fits its hash


@dataclass(frozen=True, kw_only=True)
class Trail:
    """A case's chain, oldest first; the facts of other chains about it (looks, messages, its certificate); whether it holds."""

    id: UUID
    number: str
    business_name: str
    entries: tuple[TrailEntry, ...]
    about: tuple[TrailEntry, ...]
    fault: str  # "" when the whole chain holds


def trail(actor: Actor, id: UUID) -> Trail | None:
    """All the ledger knows of a case, checked link by link; None when the actor may not see it. Four SQL queries (51.10.2)."""
    row = on_desk(actor).filter(pk=id).only("number", "business_name", "ledger_length", "ledger_head").first()
    if row is None:
        return None
    chain = list(LedgerEntry.objects.filter(subject_id=id).order_by("seq"))
    about = list(LedgerEntry.objects.filter(about=id).order_by("at", "id"))
    people = {e.actor_id for e in (*chain, *about) if e.actor_id}
    names = dict(Account.objects.filter(pk__in=people).values_list("pk", "name"))
    entries = tuple(_entry(e, names, _fault(e, before)) for e, before in zip(chain, (None, *chain), strict=False))
    return Trail(
        id=row.id,
        number=row.number or "",
        business_name=row.business_name,
        entries=entries,
        about=tuple(_entry(e, names, "") for e in about),
        fault=_first_fault(entries, row.ledger_length, row.ledger_head),
    )


def _fault(entry: LedgerEntry, before: LedgerEntry | None) -> str:
    return fault_of(entry, before.seq if before else 0, before.hash if before else "") or ""


def _first_fault(entries: Iterable[TrailEntry], length: int, head: str) -> str:
    seq, hash = 0, ""
    for entry in entries:
        if entry.fault:
            return entry.fault
        seq, hash = entry.seq, entry.hash
    if (seq, hash) != (length, head):
        return Sentence("catatan terakhir nomor {seq}, padahal berkasnya menyebut {length} catatan", seq=seq, length=length)
    return ""


def _entry(entry: LedgerEntry, names: dict[UUID, str], fault: str) -> TrailEntry:
    return TrailEntry(
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        clause=entry.clause,
        who=who_acted(entry, names),
        reason=entry.reason,
        before=entry.before,
        after=entry.after,
        public=entry.public,
        prev_hash=entry.prev_hash,
        hash=entry.hash,
        fault=fault,
    )
