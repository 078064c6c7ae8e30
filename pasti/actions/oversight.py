"""What oversight does: closing a post-audit with its finding (51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.ground import edition_of, standard_of
from pasti.domain import oversight
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Outcome
from pasti.domain.roles import Actor
from pasti.records.licensing import Application
from pasti.records.oversight import PostAudit


def open_post_audit(row: Application, *, actor: Actor, at: datetime) -> None:
    """Open the task for a case that has lapsed: call it together with the lapse."""
    event = oversight.open_post_audit(row.number or "", clause=standard_of(row).cite("10.2"))
    task = PostAudit(application=row, opened_at=at)
    carry_out(task, Outcome(events=(event,)), actor=actor, at=at, edition=edition_of(row), about=row.id)


def close_post_audit(actor: Actor, id: UUID, finding: str, *, at: datetime) -> None:
    """Close the task with its finding; NotAllowed alike for one that does not exist (51.10.2)."""
    task = PostAudit.objects.select_related("application").filter(pk=id).first()
    if task is None:
        raise NotAllowed("51.10.2", "Audit ini tidak ada, atau bukan untuk Anda.")
    row = task.application
    outcome = oversight.close_post_audit(
        finding,
        actor=actor,
        at=at,
        closed=task.closed_at is not None,
        applicant=row.applicant_id,
        clause=standard_of(row).cite("10.2"),
    )
    carry_out(task, outcome, actor=actor, at=at, edition=edition_of(row), about=row.id)
