"""The night's root over all facts: made, signed with the office's key, stamped by somebody else, and checked (51.10.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection
from django.db.models import Max

from pasti.actions.carry_out import carry_out, together
from pasti.adapters.pdf import proof
from pasti.adapters.tsa.client import stamp as ask_for_stamp
from pasti.domain import roots
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.domain.events import Json, Outcome
from pasti.domain.merkle import Frontier
from pasti.domain.roles import SYSTEM
from pasti.domain.roots import Cut, Sealed
from pasti.domain.sentence import Sentence
from pasti.records.ledger import LedgerEntry
from pasti.records.roots import LedgerRoot

BATCH = 5000
STAMPED_AT_ONCE = 50
LONGEST_WAIT = "5s"  # for the writers of this moment; then the next run tries again


def seal(*, at: datetime) -> LedgerRoot:
    """Make the root over every fact on record, chained to the last one; Overtaken when another process makes it too (51.10.2)."""
    newest = _newest()
    last = newest.sealed() if newest else None
    cut = _cut_at(settled(), last)
    said = roots.statement(cut, last=last, at=at)
    signed = proof.sign_proof(said, _signing_key())
    row = LedgerRoot(
        number=last.number + 1 if last else 1,
        at=at,
        through=cut.through,
        size=cut.frontier.size,
        root=cut.frontier.root,
        peaks=cut.frontier.to_json(),
        proof=signed,
    )
    try:
        with together():
            carry_out(row, Outcome(events=(roots.sealed(said, signed),)), actor=SYSTEM, at=at)
    except IntegrityError:
        raise Overtaken("Akar malam ini baru saja dibuat oleh proses lain.") from None
    return row


def seal_tonight(*, at: datetime) -> LedgerRoot | None:
    """The root of this day in Purwakarta, unless it is there already: may be asked every hour (51.10.2)."""
    newest = _newest()
    return seal(at=at) if roots.is_due(newest.sealed() if newest else None, at) else None


def _cut_at(through: int, last: Sealed | None) -> Cut:
    """All facts up to that id, counted on from the last root."""
    began = last.cut if last else Cut(through=0, frontier=Frontier())
    return Cut(through=through, frontier=began.frontier.grown(_leaves(began.through, through)))


def sign_export(through: int, lines: dict[str, str], *, at: datetime) -> str:
    """The office's signature on an export: call inside its snapshot; `through` as `settled` gave it before (51.10.2)."""
    newest = _newest()
    cut = _cut_at(through, newest.sealed() if newest else None)
    later = LedgerEntry.objects.filter(id__gt=through).order_by("id").values_list("hash", flat=True)
    whole = cut.frontier.grown(digest.encode() for digest in later.iterator(chunk_size=BATCH))
    return proof.sign_proof(roots.export_statement(cut, whole, lines, at=at), _signing_key())


def stamp_missing(*, at: datetime) -> int:
    """Have the authority stamp the roots that bear no stamp yet, the oldest first; 0 where none is configured. DoorClosed."""
    if not settings.PASTI_TSA_URL:
        return 0
    waiting = list(LedgerRoot.objects.filter(stamp=None).order_by("number")[:STAMPED_AT_ONCE])
    for row in waiting:
        token, moment = ask_for_stamp(settings.PASTI_TSA_URL, bytes.fromhex(roots.digest(row.proof)))
        changes = {"stamp": token, "stamped_at": moment}
        carry_out(row, Outcome(changes=changes, events=(roots.stamped(moment, token),)), actor=SYSTEM, at=at)
    return len(waiting)


def public_keys() -> list[dict[str, str]]:
    """The office's public keys for its roots (RFC 7517): the one that signs now, then those that signed before."""
    first, *older = _key_files()
    proof.make_key(first)
    return [proof.jwk(_public_half(path)) for path in (first, *older)]


@dataclass(frozen=True, kw_only=True)
class RootsReport:
    """How many roots were recomputed, how many facts are not under any yet, and the first fault: None when all hold."""

    roots: int
    later: int
    fault: Sentence | None


def check() -> RootsReport:
    """Recompute every root from the facts, and check each signature and its chain (51.10.2)."""
    last: Sealed | None = None
    keys = [_public_half(path) for path in _key_files() if path.exists()]
    count = 0
    for row in LedgerRoot.objects.order_by("number").iterator(chunk_size=500):
        fault = _fault(row, last, keys)
        if fault is not None:
            return RootsReport(roots=count, later=0, fault=fault)
        last, count = row.sealed(), count + 1
    later = LedgerEntry.objects.filter(id__gt=last.cut.through if last else 0).count()
    return RootsReport(roots=count, later=later, fault=None)


def _fault(row: LedgerRoot, last: Sealed | None, keys: list[str]) -> Sentence | None:
    began = last.cut if last else Cut(through=0, frontier=Frontier())
    frontier = began.frontier.grown(_leaves(began.through, row.through))
    if (frontier.size, frontier.root, frontier.to_json()) != (row.size, row.root, row.peaks):
        words = "akar {number} tidak cocok: dihitung {size} catatan sampai nomor {through}, tertulis {recorded}"
        return Sentence(words, number=row.number, size=frontier.size, through=row.through, recorded=row.size)
    said = roots.statement(Cut(through=row.through, frontier=frontier), last=last, at=row.at)
    if not any(_signed(row.proof, key) == said for key in keys):
        return Sentence("akar {number}: pernyataannya tidak ditandatangani kunci kantor", number=row.number)
    return None


def _signed(text: str, key: str) -> dict[str, Json] | None:
    try:
        return proof.check_proof(text, key)
    except RuleBroken:
        return None


def _newest() -> LedgerRoot | None:
    return LedgerRoot.objects.order_by("-number").first()


def settled() -> int:
    """The last id after which nothing can still be written below: waits, briefly, for those who are writing now."""
    with together(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
        cursor.execute("LOCK TABLE ledger IN SHARE MODE")
        return LedgerEntry.objects.aggregate(last=Max("id"))["last"] or 0


def _leaves(after: int, through: int) -> Iterator[bytes]:
    found = LedgerEntry.objects.filter(id__gt=after, id__lte=through).order_by("id").values_list("hash", flat=True)
    return (digest.encode() for digest in found.iterator(chunk_size=BATCH))


def _key_files() -> list[Path]:
    return [Path(name) for name in settings.PASTI_LEDGER_KEY.split(",")]


def _signing_key() -> bytes:
    path = _key_files()[0]
    proof.make_key(path)  # only the first time
    return path.read_bytes()


def _public_half(path: Path) -> str:
    text = path.read_bytes()
    return proof.public_pem(text) if b"PRIVATE" in text else text.decode()
