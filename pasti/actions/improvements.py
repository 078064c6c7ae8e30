"""What is done with an improvement: planned for a finding of the evaluation, finished with what shows it (51.14.3)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.evaluation import standard_of
from pasti.actions.files import MOST_BYTES, store
from pasti.adapters.store.sniff import check_upload
from pasti.domain import improvements
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken, field_problem
from pasti.domain.evaluation import READS, TOLD_CLAUSE, Stage, Verdict
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor
from pasti.records.evaluation import Evaluation, EvaluationFinding, Improvement


def plan(actor: Actor, evaluation_id: UUID, part: str, asked: Asked, *, at: datetime) -> Improvement:
    """Plan what is done about one finding (51.14.3)."""
    found = EvaluationFinding.objects.select_related("evaluation").filter(evaluation=evaluation_id, part=part).first()
    if found is None or not actor.roles & READS:
        raise NotAllowed(TOLD_CLAUSE, "Temuan ini tidak ada, atau bukan untuk Anda.")
    clause = _clause(found.evaluation)
    is_closed, to_improve = found.evaluation.stage == Stage.CLOSED, found.verdict == Verdict.TO_IMPROVE
    outcome = improvements.plan(actor, asked, clause=clause, is_closed=is_closed, to_improve=to_improve, at=at)
    row = Improvement(finding=found)
    carry_out(row, outcome, actor=actor, at=at)
    return row


def finish(actor: Actor, id: UUID, result: str, *, file: tuple[str, bytes] | None, seen: int, at: datetime) -> None:
    """It was carried out; the file is checked and kept first, so that no fact is about a file that is not there (51.14.3)."""
    row = _row(actor, id)
    if row.ledger_length != seen:
        raise Overtaken("Perbaikan ini sudah berubah sejak Anda membukanya.")
    clause, is_done = _clause(row.finding.evaluation), row.done_at is not None
    outcome = improvements.finish(
        actor, result, owner=row.owner_id, is_done=is_done, has_file=file is not None, clause=clause, at=at
    )
    assert file, "refused above"
    kept = _keep(*file, clause)
    (event,) = outcome.events
    shown = replace(outcome, changes={**outcome.changes, **kept}, events=(replace(event, after={"sha256": kept["sha256"]}),))
    carry_out(row, shown, actor=actor, at=at)


def evidence(actor: Actor, id: UUID) -> tuple[str, str, bytes]:
    """Name, type and bytes of the file that shows a finished improvement, for the office's staff (51.14.3)."""
    row = _row(actor, id)
    if not row.sha256:
        raise NotAllowed(TOLD_CLAUSE, "Bukti ini tidak ada, atau bukan untuk Anda.")
    return row.file_name, row.mime, store().get(row.sha256)


def _row(actor: Actor, id: UUID) -> Improvement:
    rows = Improvement.objects.select_related("finding__evaluation")
    row = rows.filter(pk=id).first() if actor.roles & READS else None
    if row is None:
        raise NotAllowed(TOLD_CLAUSE, "Perbaikan ini tidak ada, atau bukan untuk Anda.")
    return row


def _keep(name: str, data: bytes, clause: str) -> dict[str, str]:
    try:
        type = check_upload(data, name=Path(name).name, max_bytes=MOST_BYTES, clause=clause)
    except RuleBroken as broken:
        raise InvalidInput((field_problem("file", clause, broken.template, **broken.values),)) from None
    return {"sha256": store().put(data), "mime": type.mime, "file_name": Path(name).name[-200:]}


def _clause(row: Evaluation) -> str:
    return standard_of(row).cite("14.3")
