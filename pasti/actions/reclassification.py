"""Choosing what an old KBLI code has become for a case under way (51.1)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.ground import application_for, edition_of, ground_for
from pasti.domain.kbli import CHOICE, WHY
from pasti.domain.reclassification import reclassify
from pasti.domain.roles import Actor


def choose(actor: Actor, id: UUID, code: str, *, reason: str, seen: int, at: datetime) -> None:
    """Keep the officer's choice and reason with the case; its edition, requirements and clock stay as they are."""
    row = application_for(actor, id, seen=seen)
    business = row.answers.get("business", {})
    outcome = reclassify(row.case(), business, code, ground_for(row, actor, at, reason))
    answers = {**row.answers, "business": {**business, CHOICE: code, WHY: reason.strip()}}
    carry_out(row, replace(outcome, changes={"answers": answers}), actor=actor, at=at, edition=edition_of(row))
