"""What is being filled in at the counter, and the receipt handed over there (51.2)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pasti.domain.licensing import EDITABLE, assists
from pasti.domain.roles import Actor, Role
from pasti.queries.tracking import ApplicationLine, TrackView, lines_of, track
from pasti.records.licensing import Application

MOST = 50


def helped(actor: Actor, *, at: datetime) -> tuple[ApplicationLine, ...]:
    """The drafts and returned dossiers that counter officers help with, the actor's own first. One SQL query (51.2)."""
    if not actor.has(Role.COUNTER_OFFICER):
        return ()
    rows = Application.objects.filter(assisted=True, state__in=EDITABLE).exclude(applicant_id=actor.id).order_by("-created_at")
    return lines_of(sorted(rows[:MOST], key=lambda row: row.assisted_by_id != actor.id), at=at)


def receipt(actor: Actor, id: UUID, *, at: datetime) -> TrackView | None:
    """The receipt that a counter officer prints for the applicant who filed there; None for any other case or actor (51.2)."""
    row = Application.objects.filter(pk=id).first()
    if row is None or not assists(row.case(), actor):
        return None
    view = track(id, at=at)
    return replace(view, secret=str(row.secret)) if view else None
