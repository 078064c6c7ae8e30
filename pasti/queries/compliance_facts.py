"""The very facts that a clause's evidence is counted from, the newest first (51.10.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Value

from pasti.domain.calendar import JAKARTA
from pasti.domain.compliance import Behind, Evidence
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


def standing_on_facts(entry: str, evidence: Iterable[Evidence], *, at: datetime) -> Iterator[Evidence]:
    """The evidence without what speaks for a clause while the ledger has no fact behind it (any more). One SQL query."""
    every = [*evidence]
    asked = list({fact.behind: None for fact in every if fact.is_met and fact.behind.kinds})
    there: set[Behind] = set()
    if asked:
        parts = [_any(entry, behind, at).query.sql_with_params() for behind in asked]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(f'EXISTS ({sql})' for sql, _ in parts)}", [v for _, values in parts for v in values]
            )
            there = {behind for behind, found in zip(asked, cursor.fetchone(), strict=True) if found}
    return (fact for fact in every if not fact.is_met or fact.behind in there)


def _any(entry: str, behind: Behind, at: datetime) -> QuerySet[LedgerEntry, Any]:
    return _rows(entry, behind, at).filter(kind__in=behind.kinds).values(one=Value(1))


def _newest(entry: str, kind: str, behind: Behind, at: datetime, before: tuple[datetime, int] | None) -> QuerySet[LedgerEntry]:
    rows = _rows(entry, behind, at).filter(kind=kind)
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return rows.order_by("-at", "-id")[: PAGE + 1]


def _rows(entry: str, behind: Behind, at: datetime) -> QuerySet[LedgerEntry]:
    """Of any kind; a fact whose chain names no edition is the office's own."""
    rows = LedgerEntry.objects.filter(Q(edition__startswith=f"{entry}@") | Q(edition=""), at__lte=at)
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
    return rows
