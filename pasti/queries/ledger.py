"""The ledger, read: a case's timeline, and whether every chain still holds (51.10.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from pasti.domain.chain import Fact, link
from pasti.domain.roles import role_title
from pasti.domain.sentence import Sentence, listed
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry
from pasti.records.subject import recorded_ends

COVERED = tuple(Fact.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One fact as a person reads it."""

    at: datetime
    kind: str
    clause: str
    reason: str
    who: Sentence  # the roles; with the name when the reader may know it
    after: dict[str, object]
    hash: str


def timeline(subject_id: UUID, *, public_only: bool) -> tuple[TimelineEntry, ...]:
    """A subject's facts, newest first; the public ones name roles, not people. Two SQL queries at most."""
    entries = LedgerEntry.objects.filter(subject_id=subject_id).order_by("-seq")
    if public_only:
        entries = entries.filter(public=True)
    found = list(entries)
    names = (
        {}
        if public_only
        else dict(Account.objects.filter(pk__in={e.actor_id for e in found if e.actor_id}).values_list("pk", "name"))
    )
    return tuple(_told(e, names) for e in found)


@dataclass(frozen=True, kw_only=True)
class Timelines:
    """All facts of a subject, with names; the looks at its protected data, which are facts of who looked; what is beside it."""

    own: tuple[TimelineEntry, ...]
    looks: tuple[TimelineEntry, ...]
    beside: tuple[TimelineEntry, ...]


def timelines(subject_id: UUID, beside: UUID | None) -> Timelines:
    """Newest first; the public facts of the subject beside it name roles, not people. Two SQL queries at most."""
    wanted = Q(subject_id=subject_id) | Q(about=subject_id, kind="data.looked_at")
    found = list(LedgerEntry.objects.filter(wanted | Q(subject_id=beside, public=True) if beside else wanted).order_by("-seq"))
    own = [e for e in found if e.subject_id == subject_id]
    looks = sorted((e for e in found if e.subject_id not in (subject_id, beside)), key=lambda e: e.at, reverse=True)
    people = Account.objects.filter(pk__in={e.actor_id for e in (*own, *looks) if e.actor_id})
    names = dict(people.values_list("pk", "name"))
    return Timelines(
        own=tuple(_told(e, names) for e in own),
        looks=tuple(_told(e, names) for e in looks),
        beside=tuple(_told(e, {}) for e in found if e.subject_id == beside),
    )


def _told(entry: LedgerEntry, names: Mapping[UUID, str]) -> TimelineEntry:
    return TimelineEntry(
        at=entry.at,
        kind=entry.kind,
        clause=entry.clause,
        reason=entry.reason,
        who=who_acted(entry, names),
        after=entry.after,
        hash=entry.hash,
    )


def who_acted(entry: LedgerEntry, names: Mapping[UUID, str]) -> Sentence:
    """The name, where it is in `names`, and the roles in which a fact was made."""
    titles = listed(role_title(r) for r in entry.actor_roles.split(",") if r)
    name = names.get(entry.actor_id) if entry.actor_id else None
    return Sentence("{name} ({roles})", name=name, roles=titles) if name else titles


@dataclass(frozen=True, kw_only=True)
class LedgerReport:
    """How many facts and chains were checked, and the first fault: None when every chain holds."""

    entries: int
    chains: int
    fault: str | None


def verify() -> LedgerReport:
    """Recompute every hash of every chain and compare each chain's end with its subject's row (51.10.2)."""
    entries = chains = 0
    lengths = {subject: (length, head) for subject, length, head in recorded_ends()}
    for fault, subject, length, head in _walk():
        entries += length
        chains += 1
        if fault:
            return LedgerReport(entries=entries, chains=chains, fault=fault)
        recorded = lengths.pop(subject, None)
        if recorded != (length, head):
            return LedgerReport(entries=entries, chains=chains, fault=_end_fault(subject, length, recorded))
    missing = next(iter(lengths), None)
    fault = Sentence("subjek {id}: rantainya hilang seluruhnya", id=missing) if missing else None
    return LedgerReport(entries=entries, chains=chains, fault=fault)


def _end_fault(subject: UUID, length: int, recorded: tuple[int, str] | None) -> Sentence:
    if recorded is None:
        return Sentence("subjek {id}: ada {length} catatan tanpa subjek", id=subject, length=length)
    words = "subjek {id}: catatan terakhir nomor {length}, padahal barisnya menyebut {recorded} catatan"
    return Sentence(words, id=subject, length=length, recorded=recorded[0])


def _walk() -> Iterator[tuple[str | None, UUID, int, str]]:
    """Each chain's first fault (or None), its subject, its length and its last hash."""
    subject: UUID | None = None
    fault: str | None = None
    seq, head = 0, ""
    for entry in LedgerEntry.objects.order_by("subject_id", "seq").iterator(chunk_size=5000):
        if entry.subject_id != subject:
            if subject is not None:
                yield fault, subject, seq, head
            subject, fault, seq, head = entry.subject_id, None, 0, ""
        fault = fault or fault_of(entry, seq, head)
        seq, head = entry.seq, entry.hash
    if subject is not None:
        yield fault, subject, seq, head


def fault_of(entry: LedgerEntry, seq: int, head: str) -> Sentence | None:
    """What is wrong with a fact that should follow fact number `seq` with hash `head`; None when it does (51.10.2)."""
    where = Sentence(
        "catatan {id} ({kind} {subject}, nomor {seq})",
        id=entry.id,
        kind=entry.subject_kind,
        subject=entry.subject_id,
        seq=entry.seq,
    )
    if entry.seq != seq + 1:
        return Sentence("{where}: nomor sebelumnya {seq}, jadi ada catatan yang hilang atau disisipkan", where=where, seq=seq)
    if entry.prev_hash != head:
        return Sentence("{where}: tidak menyambung ke catatan sebelumnya", where=where)
    fact = Fact(**{name: getattr(entry, name) for name in COVERED})
    if link(head, fact) != entry.hash:
        return Sentence("{where}: isinya tidak cocok dengan sidik jarinya", where=where)
    return None
