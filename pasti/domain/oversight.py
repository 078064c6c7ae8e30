"""The post-audit: what nobody decided in time is examined after the fact, and the examination ends with a finding (51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.identifiers import require_no_nik
from pasti.domain.roles import Actor, Role

MAY_CLOSE = (Role.SUPERIOR, Role.INSPECTOR)
SHORTEST_FINDING = 10


def open_post_audit(number: str, *, clause: str) -> Event:
    """The fact that opens the task for the case `number`."""
    return Event(kind="post_audit.opened", clause=clause, after={"case": number})


def close_post_audit(finding: str, *, actor: Actor, at: datetime, closed: bool, applicant: UUID, clause: str) -> Outcome:
    """Close the task with what was found, by the superior or the Inspectorate; once (51.10.2)."""
    if not any(actor.has(role) for role in MAY_CLOSE) or actor.id == applicant:
        raise NotAllowed(clause, "Audit sesudah terbit ditutup oleh atasan langsung atau Inspektorat.")
    if closed:
        raise RuleBroken(clause, "Audit ini sudah ditutup. Temuan yang tercatat tidak diubah.")
    words = finding.strip()
    if len(words) < SHORTEST_FINDING:
        raise RuleBroken(
            clause, "Tulis temuannya (paling sedikit {least} huruf), termasuk bila tidak ada.", least=SHORTEST_FINDING
        )
    require_no_nik(clause, finding=words)
    event = Event(kind="post_audit.closed", clause=clause, reason=words)
    return Outcome(changes={"closed_at": at, "closed_by_id": actor.id, "finding": words}, events=(event,))
