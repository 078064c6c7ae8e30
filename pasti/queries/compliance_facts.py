"""The very facts that a clause's evidence is counted from, the newest first (51.10.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from pasti.domain.calendar import JAKARTA
from pasti.domain.compliance import Behind
from pasti.records.ledger import LedgerEntry

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """One fact of the ledger: whose chain it is in, and what it says."""

    id: int
    at: datetime
    kind: str
    clause: str
    subject_kind: str
    subject_id: UUID
    about: UUID | None
    seq: int
    after: Mapping[str, object]
    hash: str


@dataclass(frozen=True, kw_only=True)
class FactPage:
    """One page of facts; `before` is the moment and id that the next page begins below, None at the end."""

    lines: tuple[FactLine, ...]
    before: tuple[datetime, int] | None


def facts_behind(entry: str, behind: Behind, *, at: datetime, before: tuple[datetime, int] | None = None) -> FactPage:
    """The facts that an evidence of this entry is counted from, up to `at`. One SQL query."""
    if not behind.kinds:
        return FactPage(lines=(), before=None)
    each = [_newest(entry, kind, behind, at, before) for kind in behind.kinds]
    found = list(each[0].union(*each[1:], all=True)) if each[1:] else list(each[0])
    rows = sorted(found, key=lambda row: (row.at, row.id), reverse=True)
    lines = tuple(
        FactLine(
            id=row.id,
            at=row.at,
            kind=row.kind,
            clause=row.clause,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            about=row.about,
            seq=row.seq,
            after=row.after,
            hash=row.hash,
        )
        for row in rows[:PAGE]
    )
    return FactPage(lines=lines, before=(lines[-1].at, lines[-1].id) if len(rows) > PAGE else None)


def _newest(entry: str, kind: str, behind: Behind, at: datetime, before: tuple[datetime, int] | None) -> QuerySet[LedgerEntry]:
    """Of one kind; a fact whose chain names no edition is the office's own."""
    rows = LedgerEntry.objects.filter(Q(edition__startswith=f"{entry}@") | Q(edition=""), kind=kind, at__lte=at)
    if behind.clause:
        rows = rows.filter(clause=behind.clause)
    if behind.subjects:
        rows = rows.filter(subject_id__in=behind.subjects)
    if behind.since:
        rows = rows.filter(at__gte=datetime.combine(behind.since, time(), JAKARTA))
    if behind.role:
        rows = rows.filter(actor_roles__contains=behind.role)
    if behind.after[0]:
        rows = rows.filter(**{f"after__{behind.after[0]}": behind.after[1]})
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return rows.order_by("-at", "-id")[: PAGE + 1]
