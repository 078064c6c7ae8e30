"""What officers and applicants do to a submitted case, one function per act (51.2, 51.3)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out
from pasti.actions.files import added, keep_upload
from pasti.actions.ground import application_for, edition_of, ground_for, row_of, rows_of, standard_of, values_of
from pasti.domain import licensing, verdicts
from pasti.domain.errors import InvalidInput, RuleBroken
from pasti.domain.events import Outcome, joined
from pasti.domain.intake import Row
from pasti.domain.licensing import Case, Ground
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.records.licensing import Clarification


def take(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Take the case in hand (51.10.1)."""
    row = application_for(actor, id, seen=seen)
    carry_out(row, licensing.take(row.case(), ground_for(row, actor, at)), actor=actor, at=at, edition=edition_of(row))


def judge(actor: Actor, id: UUID, clause: str, verdict: str, reason: str, *, at: datetime) -> None:
    """Find one requirement met or not met (51.1). The last of two judgements made at once is kept, both are in the ledger."""
    row = application_for(actor, id)
    mine = row_of(row, clause)
    outcome = verdicts.judge(row.case(), values_of([mine])[0], verdict, ground_for(row, actor, at, reason))
    values = {"verdict": verdict, "reason": reason.strip(), "judged_by_id": actor.id, "judged_at": at}
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=[(mine, values)])


def _with_rows(rule: Callable[[Case, tuple[Row, ...], Ground], Outcome]) -> Callable[..., None]:
    """An act whose rule looks at the whole dossier."""

    def act(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str = "") -> None:
        row = application_for(actor, id, seen=seen)
        outcome = rule(row.case(), values_of(rows_of(row)), ground_for(row, actor, at, reason))
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row))

    return act


def _without_rows(rule: Callable[[Case, Ground], Outcome]) -> Callable[..., None]:
    """An act whose rule looks at the case alone."""

    def act(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str = "") -> None:
        row = application_for(actor, id, seen=seen)
        carry_out(row, rule(row.case(), ground_for(row, actor, at, reason)), actor=actor, at=at, edition=edition_of(row))

    return act


accept = _with_rows(verdicts.accept)
send_to_complete = _with_rows(verdicts.send_to_complete)
find_not_met = _with_rows(verdicts.find_not_met)
review = _without_rows(licensing.simple(Act.REVIEW))
validate = _without_rows(licensing.simple(Act.VALIDATE))
send_back = _without_rows(licensing.simple(Act.SEND_BACK))
withdraw = _without_rows(licensing.simple(Act.WITHDRAW))


def recommend(actor: Actor, id: UUID, verdict: str, *, seen: int, at: datetime, reason: str) -> None:
    """The technical team's recommendation, "meets" or "not_meets" (51.2)."""
    row = application_for(actor, id, seen=seen)
    outcome = verdicts.recommend(row.case(), values_of(rows_of(row)), verdict, ground_for(row, actor, at, reason))
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row))


def ask(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Ask the applicant something; the clock stops until the answer (51.3)."""
    row = application_for(actor, id, seen=seen)
    outcome = licensing.ask(row.case(), ground_for(row, actor, at, reason))
    question = Clarification(application=row, question=reason.strip(), asked_by_id=actor.person, asked_at=at)
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=[question])


def answer(actor: Actor, id: UUID, text: str, *, uploads: tuple[tuple[str, bytes], ...] = (), at: datetime) -> None:
    """Answer the open question, with files; the clock resumes. InvalidInput for a refused file: nothing is sent (51.2, 51.3)."""
    row = application_for(actor, id)
    clause = standard_of(row).cite("3")
    question = row.clarifications.filter(answered_at=None).first()
    if question is None or len(text.strip()) < 2:
        raise RuleBroken(
            clause,
            "Tulis jawaban atas pertanyaan petugas." if question else "Tidak ada pertanyaan yang menunggu jawaban.",
        )
    outcome = licensing.move(row.case(), Act.ANSWER, ground_for(row, actor, at))
    kept, refused = keep_upload(row, clause, uploads, actor=actor, at=at, answered=question)
    if refused:
        raise InvalidInput(refused)
    outcome = joined(outcome, Outcome(events=tuple(added(file) for file in kept)))
    updates = [(question, {"answer": text.strip(), "answered_at": at})]
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=updates, inserts=kept)
