"""How one fact is chained to the one before it, so that no one can change, drop or insert a fact unseen (51.10.2)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pasti.domain.events import Json


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One ledger entry's content, everything that its hash covers."""

    subject_kind: str
    subject_id: UUID
    seq: int  # 1, 2, 3 … within the subject
    at: datetime
    actor_id: UUID | None
    actor_roles: str
    kind: str
    clause: str
    edition: str
    reason: str
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    public: bool
    about: UUID | None


def canonical(fact: Fact) -> str:
    """The one spelling of a fact that is hashed: JSON, keys sorted, no spaces, UTC to the microsecond."""
    content = {
        **fact.__dict__,
        "subject_id": str(fact.subject_id),
        "at": fact.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": str(fact.actor_id) if fact.actor_id else None,
        "before": dict(fact.before),
        "after": dict(fact.after),
        "about": str(fact.about) if fact.about else None,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link(prev_hash: str, fact: Fact) -> str:
    """The hash of `fact` in its chain: SHA-256, hex, over the previous hash and the canonical spelling."""
    return hashlib.sha256(f"{prev_hash}\n{canonical(fact)}".encode()).hexdigest()
