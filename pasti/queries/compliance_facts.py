"""The very facts that a clause's evidence is counted from, the newest first (51.10.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pasti.records.ledger import LedgerEntry

PAGE = 50
OF_ONE_CLAUSE = frozenset({"requirement.judged", "facility.checked"})  # kinds that are about the clause they stand on


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """One fact of the ledger: whose chain it is in, and what it says."""

    id: int
    at: datetime
    kind: str
    subject_kind: str
    subject_id: UUID
    seq: int
    after: Mapping[str, object]
    hash: str


@dataclass(frozen=True, kw_only=True)
class FactPage:
    """One page of facts; `before` is the moment and id that the next page begins below, None at the end."""

    lines: tuple[FactLine, ...]
    before: tuple[datetime, int] | None


def facts_behind(
    entry: str, clause: str, kinds: Sequence[str], *, at: datetime, before: tuple[datetime, int] | None = None
) -> FactPage:
    """The facts of these kinds up to `at`, of this entry or of the office itself. One SQL query."""
    if not kinds:
        return FactPage(lines=(), before=None)
    each = [_newest(entry, clause, kind, at, before) for kind in kinds]
    found = list(each[0].union(*each[1:], all=True)) if each[1:] else list(each[0])
    rows = sorted(found, key=lambda row: (row.at, row.id), reverse=True)
    lines = tuple(
        FactLine(
            id=row.id,
            at=row.at,
            kind=row.kind,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            seq=row.seq,
            after=row.after,
            hash=row.hash,
        )
        for row in rows[:PAGE]
    )
    return FactPage(lines=lines, before=(lines[-1].at, lines[-1].id) if len(rows) > PAGE else None)


def _newest(entry: str, clause: str, kind: str, at: datetime, before: tuple[datetime, int] | None) -> QuerySet[LedgerEntry]:
    rows = LedgerEntry.objects.filter(Q(edition__startswith=f"{entry}@") | Q(edition=""), kind=kind, at__lte=at)
    if kind in OF_ONE_CLAUSE:
        rows = rows.filter(clause=clause)
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return rows.order_by("-at", "-id")[: PAGE + 1]
