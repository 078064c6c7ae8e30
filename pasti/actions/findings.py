"""Findings of oversight: raised, followed up, and the result judged (51.10.1, 51.10.2)."""

from datetime import date, datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.domain import findings
from pasti.domain.errors import NotAllowed, Overtaken
from pasti.domain.events import Outcome
from pasti.domain.findings import Stage, clause_of, raising_role
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.licensing import Application
from pasti.records.sampling import OversightFinding, Sample

ENTRY = "51"  # whose component 10 a finding stands on, also one that is about no case


def raised(
    actor: Actor,
    words: str,
    owner: str,
    due_on: date | None,
    *,
    at: datetime,
    application_id: UUID | None = None,
    sample: Sample | None = None,
) -> OversightFinding:
    """Raise a finding about a case, or about none; it waits for its owner's follow-up (51.10.1, 51.10.2)."""
    clause = f"{ENTRY}.{clause_of(raising_role(actor, clause=f'{ENTRY}.10.1'))}"
    if application_id and not Application.objects.filter(pk=application_id).exclude(state=State.DRAFT).exists():
        raise NotAllowed(clause, "Berkas ini tidak ada, atau bukan untuk Anda.")
    row = OversightFinding(application_id=application_id, sample=sample)
    outcome = findings.raise_finding(row.id, words, owner, due_on, actor=actor, at=at, clause=clause)
    carry_out(row, outcome, actor=actor, at=at, about=application_id)
    return row


def answer(actor: Actor, id: UUID, words: str, *, seen: int, at: datetime) -> None:
    """Report what was done about a finding (51.10.1)."""
    row = _open(id, seen)
    outcome = findings.answer(words, actor=actor, owner=Role(row.owner), stage=Stage(row.stage), at=at, clause=clause_for(row))
    _carry_out(row, outcome, actor, at)


def close(actor: Actor, id: UUID, words: str, *, seen: int, at: datetime) -> None:
    """Accept the result (51.10.1)."""
    row = _judged(actor, id, seen)
    _carry_out(row, findings.close(words, actor=actor, at=at, clause=clause_for(row)), actor, at)


def send_back(actor: Actor, id: UUID, words: str, *, seen: int, at: datetime) -> None:
    """Ask for more (51.10.1)."""
    row = _judged(actor, id, seen)
    _carry_out(row, findings.send_back(row.owed(), words, clause=clause_for(row)), actor, at)


def _judged(actor: Actor, id: UUID, seen: int) -> OversightFinding:
    row = _open(id, seen)
    findings.require_judge(
        actor, as_role=Role(row.as_role), answered_by=row.answered_by_id, stage=Stage(row.stage), clause=clause_for(row)
    )
    return row


def _open(id: UUID, seen: int) -> OversightFinding:
    row = OversightFinding.objects.filter(pk=id).first()
    if row is None:
        raise NotAllowed("51.10.1", "Temuan ini tidak ada, atau bukan untuk Anda.")
    if row.ledger_length != seen:
        raise Overtaken("Temuan ini sudah berubah sejak Anda membukanya.")
    return row


def clause_for(row: OversightFinding) -> str:
    """What the finding stands on: a superior's oversight, or the Inspectorate's (51.10.1, 51.10.2)."""
    return f"{ENTRY}.{clause_of(Role(row.as_role))}"


def _carry_out(row: OversightFinding, outcome: Outcome, actor: Actor, at: datetime) -> None:
    carry_out(row, outcome, actor=actor, at=at, about=row.application_id)
