"""Changing the procedure class of a case (51.2)."""

from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.ground import application_for, edition_of, ground_for
from pasti.domain import procedures
from pasti.domain.roles import Actor


def change_class(actor: Actor, id: UUID, procedure: str, *, seen: int, at: datetime, reason: str) -> None:
    """The validator moves the case to another class of its edition; the applicant is told why (51.2)."""
    row = application_for(actor, id, seen=seen)
    outcome = procedures.change_class(row.case(), procedure, ground_for(row, actor, at, reason), team_sent=row.has_team())
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row))
