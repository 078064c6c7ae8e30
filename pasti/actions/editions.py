"""A draft follows the edition in force until it is submitted; a case keeps the one it was submitted under (51.1)."""

from datetime import datetime

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.ground import edition_of
from pasti.domain.calendar import jakarta_day
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import Actor
from pasti.domain.workflow import State
from pasti.records.intake import DossierRow
from pasti.records.licensing import Application


def follow(row: Application, actor: Actor, *, at: datetime) -> bool:
    """Move a draft to the edition in force, nothing typed or uploaded lost; whether it was moved.

    A row the new edition no longer asks stays in the table, unseen; one it asks anew is added empty.
    """
    standard = standards.load().edition_of_case(row.entry, row.effective, is_draft=row.state == State.DRAFT, on=jakarta_day(at))
    if standard.effective == row.effective:
        return False
    there = set(row.rows.values_list("clause", flat=True))
    inserts = [DossierRow(application=row, clause=r.clause) for r in standard.requirements if r.clause not in there]
    before, after = row.effective.isoformat(), standard.effective.isoformat()
    event = Event(
        kind="application.edition_changed",
        clause=standard.cite("1"),
        before={"effective": before},
        after={"effective": after},
        public=True,
    )
    outcome = Outcome(changes={"effective": standard.effective}, events=(event,))
    row.effective = standard.effective
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=inserts)
    return True
