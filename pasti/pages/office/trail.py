"""/meja/jejak/<id>/: a case's ledger in full, link by link (51.10.2)."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.pages.office.door import CLAUSE, officer
from pasti.pages.office.words import what_happened
from pasti.pages.screen import show
from pasti.queries import trail as ledger
from pasti.queries.samples import oversees
from pasti.queries.trail import TrailEntry


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact as the table shows it."""

    entry: TrailEntry
    what: str
    before: str
    after: str


@require_safe
@officer
def trail(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    """Every fact of the case with its hash, and whether the chain holds."""
    found = ledger.trail(actor, id)
    if found is None:
        raise NotAllowed(CLAUSE, "Berkas ini tidak ada, atau bukan untuk Anda.")
    return show(
        request,
        "office/trail.html",
        title=_("Jejak audit {number}").format(number=found.number),
        trail=found,
        oversees=oversees(actor),
        rows=tuple(_row(e) for e in found.entries),
        about=tuple(_row(e) for e in found.about),
    )


def _row(entry: TrailEntry) -> Row:
    return Row(entry=entry, what=what_happened(entry.kind, entry.after), before=_plain(entry.before), after=_plain(entry.after))


def _plain(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else ""
