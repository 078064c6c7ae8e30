"""What superiors look at afterwards, tier by tier: a part drawn by lot that nobody can steer, and all that is risky (51.10.1)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Json, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence

SHORTEST_WORDS = 10


class Kind(StrEnum):
    """What is sampled."""

    DECIDED = "decided"
    LATE = "late"
    PAUSE = "pause"
    DEEMED = "deemed"
    LOOK = "look"


KIND_TITLES: dict[Kind, Sentence] = {
    Kind.DECIDED: Sentence("Keputusan"),
    Kind.LATE: Sentence("Langkah sampai hari terakhir, atau lewat"),
    Kind.PAUSE: Sentence("Jeda waktu"),
    Kind.DEEMED: Sentence("Dianggap disetujui"),
    Kind.LOOK: Sentence("Penglihatan data pribadi"),
}
SAMPLED: dict[str, Kind] = {
    "application.approved": Kind.DECIDED,
    "application.found_not_met": Kind.DECIDED,
    "application.rejected": Kind.DECIDED,
    "guard.warned": Kind.LATE,
    "guard.escalated": Kind.LATE,
    "application.asked": Kind.PAUSE,
    "application.deemed_approved": Kind.DEEMED,
    "data.looked_at": Kind.LOOK,
}
# Who looks at what somebody in that role did: the direct superior. What the system did is looked at from the top.
ABOVE: dict[Role, Role] = {
    Role.SUPERIOR: Role.INSPECTOR,
    Role.INSPECTOR: Role.SUPERIOR,
    Role.HEAD: Role.SUPERIOR,
    Role.SYSTEM: Role.SUPERIOR,
    Role.VALIDATOR: Role.HEAD,
}
LOWEST_TIER = Role.VALIDATOR
TIERS = (Role.VALIDATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR)


class Way(StrEnum):
    """How a sample came to be one."""

    LOT = "lot"
    RISK = "risk"


@dataclass(frozen=True, kw_only=True)
class Share:
    """How much is drawn of each kind and tier, and by when it is looked at; assumed, the standard says nothing."""

    percent: int
    at_least: int
    working_days: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One fact that may be sampled, with what the risk of it is judged by."""

    hash: str  # of the fact: what the lot is cast on
    kind: str  # the fact's own
    at: datetime
    actor_id: UUID | None
    actor_roles: str
    case_id: UUID
    in_office_hours: bool
    earlier_pauses: int = 0
    after: Mapping[str, Json] = field(default_factory=dict)

    @property
    def sampled_as(self) -> Kind | None:
        """The kind it counts as; None when it is none: a warning days ahead is no late step."""
        return None if self.kind == "guard.warned" and self.after.get("remaining") != 0 else SAMPLED.get(self.kind)

    @property
    def tier(self) -> Role:
        """The role that looks at it: the one above the highest role it was done in (51.10.1)."""
        roles = {Role(spelled.rpartition(".")[2]) for spelled in self.actor_roles.split(",") if spelled}
        return next((above for role, above in ABOVE.items() if role in roles), LOWEST_TIER)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One sample: what, for which tier, and why."""

    candidate: Candidate
    kind: Kind
    tier: Role
    way: Way
    why: str


def risk(candidate: Candidate) -> Sentence | None:
    """Why a fact is looked at whatever the lot says; None when there is no reason (51.10.1; assumed)."""
    kind = candidate.sampled_as
    if kind is Kind.DEEMED:
        return Sentence("Tidak ada yang memutuskan sampai waktunya habis.")
    if kind is Kind.LATE and candidate.kind == "guard.escalated":
        return Sentence("Lewat waktu, lalu dinaikkan.")
    if kind is Kind.PAUSE and candidate.earlier_pauses:
        return Sentence("Jeda ke-{count} pada berkas yang sama.", count=candidate.earlier_pauses + 1)
    if kind is Kind.DECIDED and "." in candidate.actor_roles:
        return Sentence("Diputus oleh yang menggantikan, bukan pejabat tetapnya.")
    if kind is Kind.LOOK and not candidate.in_office_hours:
        return Sentence("Data dilihat di luar jam kerja.")
    return None


def lot(root: str, fact: str) -> str:
    """The lot of a fact by the night's root: SHA-256, hex. Nobody knows the root while facts are still being made."""
    return hashlib.sha256(f"{root}:{fact}".encode()).hexdigest()


def draw(candidates: Iterable[Candidate], *, root: str, share: Share) -> tuple[Drawn, ...]:
    """All that is risky, and of the rest of each kind and tier the share with the smallest lots (51.10.1)."""
    drawn, pool = [], []
    for candidate in candidates:
        kind, why = candidate.sampled_as, risk(candidate)
        if kind is None:
            continue
        if why is not None:
            drawn.append(Drawn(candidate=candidate, kind=kind, tier=candidate.tier, way=Way.RISK, why=why))
        else:
            pool.append((kind, candidate.tier, lot(root, candidate.hash), candidate))
    pool.sort(key=lambda one: one[:3])
    for (kind, tier), group in groupby(pool, key=lambda one: one[:2]):
        rows = list(group)
        count = max(share.at_least, -(-len(rows) * share.percent // 100))
        words = "Terundi: {count} dari {all}, {percent} persen."
        why = Sentence(words, count=min(count, len(rows)), all=len(rows), percent=share.percent)
        drawn += [Drawn(candidate=row[3], kind=kind, tier=tier, way=Way.LOT, why=why) for row in rows[:count]]
    return tuple(drawn)


def as_event(drawn: Drawn, *, root: int, clause: str) -> Event:
    """The fact that opens a sample."""
    after: dict[str, Json] = {"root": root, "kind": drawn.kind, "tier": drawn.tier, "way": drawn.way}
    after["fact"] = drawn.candidate.hash
    return Event(kind="sample.drawn", clause=clause, reason=str(drawn.why), after=after)


class Result(StrEnum):
    """What looking at a sample came to."""

    IN_ORDER = "in_order"
    FINDING = "finding"


def require_reviewer(actor: Actor, *, tier: Role, did_it: UUID | None, clause: str) -> None:
    """Only the tier's own role looks at a sample, and nobody at what they did themselves (51.10.1)."""
    if not actor.has(tier):
        raise NotAllowed(clause, "Sampel ini diperiksa oleh {tier}.", tier=ROLE_TITLES[tier])
    if actor.id is not None and actor.id == did_it:
        raise NotAllowed(clause, "Yang diperiksa adalah perbuatan Anda sendiri; atasan lain yang memeriksanya.")


def review(
    words: str, result: Result, *, actor: Actor, tier: Role, did_it: UUID | None, reviewed: bool, at: datetime, clause: str
) -> Outcome:
    """Record what was looked at, by whom, when, and what it came to; once (51.10.1)."""
    require_reviewer(actor, tier=tier, did_it=did_it, clause=clause)
    if reviewed:
        raise RuleBroken(clause, "Sampel ini sudah diperiksa. Hasil yang tercatat tidak diubah.")
    said = words.strip()
    if len(said) < SHORTEST_WORDS:
        raise RuleBroken(clause, "Tulis apa yang diperiksa dan hasilnya, paling sedikit {least} huruf.", least=SHORTEST_WORDS)
    require_no_nik(clause, words=said)
    event = Event(kind="sample.reviewed", clause=clause, reason=said, after={"result": result})
    changes = {"reviewed_at": at, "reviewed_by_id": actor.id, "result": result, "words": said}
    return Outcome(changes=changes, events=(event,))
