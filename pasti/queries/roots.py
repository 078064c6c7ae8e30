"""The published roots of the ledger, the newest first (51.10.2)."""

import base64
from dataclasses import dataclass
from datetime import datetime

from pasti.records.roots import LedgerRoot

PAGE = 30


@dataclass(frozen=True, kw_only=True)
class RootView:
    """One root as published; `proof` is the signed statement, `stamp` the authority's token in base64."""

    number: int
    at: datetime
    size: int
    through: int
    root: str
    proof: str
    stamp: str
    stamped_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Book:
    """One page of the book; `next` is the number before which the next page begins, 0 when there is none."""

    roots: tuple[RootView, ...]
    next: int


def book(*, before: int = 0) -> Book:
    """The roots with a number below `before`, or the newest ones. One SQL query."""
    rows = LedgerRoot.objects.order_by("-number")
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE + 1])
    return Book(roots=tuple(_view(row) for row in found[:PAGE]), next=found[PAGE - 1].number if len(found) > PAGE else 0)


def _view(row: LedgerRoot) -> RootView:
    return RootView(
        number=row.number,
        at=row.at,
        size=row.size,
        through=row.through,
        root=row.root,
        proof=row.proof,
        stamp=base64.b64encode(row.stamp).decode() if row.stamp else "",
        stamped_at=row.stamped_at,
    )
