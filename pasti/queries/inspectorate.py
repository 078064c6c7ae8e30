"""Everything the office did, for the Inspectorate: all facts of all chains, the newest first (51.10.2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti.domain.roles import Actor, Role
from pasti.queries.ledger import who_acted
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class FactView:
    """One fact as the Inspectorate reads it; `case` when it concerns one that may be opened."""

    id: int
    at: datetime
    kind: str
    clause: str
    who: str
    reason: str
    after: dict[str, object]
    subject_kind: str
    case: UUID | None
    number: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One page; `next` is the id before which the next page begins, 0 when there is none."""

    rows: tuple[FactView, ...]
    next: int


def everything(actor: Actor, *, kind: str = "", before: int = 0) -> Facts | None:
    """All facts, or those whose kind begins so, for the Inspectorate alone: None for others. Three SQL queries."""
    if not actor.has(Role.INSPECTOR):
        return None
    rows = LedgerEntry.objects.order_by("-id")
    if kind:
        rows = rows.filter(kind__startswith=kind)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    names = dict(Account.objects.filter(pk__in={e.actor_id for e in shown if e.actor_id}).values_list("pk", "name"))
    cases = dict(Application.objects.filter(pk__in={_case(e) for e in shown}).exclude(number=None).values_list("pk", "number"))
    return Facts(
        rows=tuple(_view(e, names, cases) for e in shown),
        next=found[PAGE - 1].id if len(found) > PAGE else 0,
    )


def _case(entry: LedgerEntry) -> UUID:
    return entry.subject_id if entry.subject_kind == Application.subject_kind or entry.about is None else entry.about


def _view(entry: LedgerEntry, names: dict[UUID, str], cases: dict[UUID, str | None]) -> FactView:
    case = _case(entry) if _case(entry) in cases else None
    return FactView(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        clause=entry.clause,
        who=who_acted(entry, names),
        reason=entry.reason,
        after=entry.after,
        subject_kind=entry.subject_kind,
        case=case,
        number=(cases.get(case) or "") if case else "",
    )
