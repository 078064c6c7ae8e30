"""Declaring and ending an outage, printing paper forms in advance, entering later what was done on them (51.12)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import carry_out, next_number, together
from pasti.actions.desk import keep
from pasti.actions.ground import application_for, edition_of, ground_for, rows_of, values_of
from pasti.domain import licensing, outages, verdicts
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.intake import Row
from pasti.domain.licensing import Case, Ground
from pasti.domain.outages import CLAUSE, Down
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.records.outages import Outage, PaperForm

MOST_FORMS = 40  # at once
Rule = Callable[[Case, tuple[Row, ...], Ground], Outcome]


def _without_rows(act: Act) -> Rule:
    rule = licensing.simple(act)
    return lambda case, _rows, ground: rule(case, ground)


RULES: Mapping[Act, Rule] = {
    Act.ACCEPT: verdicts.accept,
    Act.RETURN: verdicts.send_to_complete,
    **{act: _without_rows(act) for act in (Act.REVIEW, Act.VALIDATE, Act.SEND_BACK)},
}
assert tuple(RULES) == outages.ON_PAPER, "every act on paper has its rule"


def declare(actor: Actor, what: str, *, began_at: datetime, evidence: str, at: datetime) -> Outage:
    """Declare that something is down (51.12)."""
    open_ones = [Down(w) for w in Outage.objects.filter(ended_at=None).values_list("what", flat=True)]
    outcome = outages.declare(Down(what), began_at=began_at, evidence=evidence, open_ones=open_ones, actor=actor, at=at)
    row = Outage()
    carry_out(row, outcome, actor=actor, at=at)
    return row


def end(actor: Actor, id: UUID, *, ended_at: datetime, at: datetime) -> None:
    """Declare that it works again (51.12)."""
    row = _outage(id)
    carry_out(row, outages.end(row.stretch(), ended_at=ended_at, actor=actor, at=at), actor=actor, at=at)


def _outage(id: UUID) -> Outage:
    row = Outage.objects.filter(pk=id).first()
    if row is None:
        raise NotAllowed(CLAUSE, "Gangguan ini tidak ada.")
    return row


def print_forms(actor: Actor, count: int, *, at: datetime) -> tuple[str, ...]:
    """The numbers of so many new paper forms, given out once each (51.12)."""
    if not outages.may_declare(actor):
        raise NotAllowed(CLAUSE, "Formulir kertas dicetak oleh petugas yang melayani permohonan.")
    if not 1 <= count <= MOST_FORMS:
        raise RuleBroken(CLAUSE, "Cetak 1 sampai {most} formulir sekali jalan.", most=MOST_FORMS)
    year = jakarta_day(at).year
    with together():
        numbers = tuple(f"KF-{year}-{next_number(f'paper:{year}'):04d}" for _ in range(count))
        forms = [PaperForm(number=number, printed_by_id=actor.person, printed_at=at) for number in numbers]
        keep(
            actor,
            Event(kind="paper.printed", clause=CLAUSE, after={"first": numbers[0], "last": numbers[-1]}),
            at=at,
            inserts=forms,
        )
    return numbers


def enter(
    actor: Actor,
    id: UUID,
    act: str,
    *,
    outage: UUID,
    happened_at: datetime,
    paper: str,
    seen: int,
    at: datetime,
    reason: str = "",
) -> None:
    """Enter an act that was done on a paper form while something was down (51.12).

    It counts from when it happened; the ledger says when it was entered, and the fact keeps both.
    """
    row = application_for(actor, id, seen=seen)
    form = PaperForm.objects.filter(number=paper.strip().upper()).first()
    if form is None or form.used_at is not None or form.printed_at > happened_at:
        raise RuleBroken(CLAUSE, "Nomor formulir ini tidak pernah dicetak sebelum kejadian, atau sudah dipakai.")
    ground = ground_for(row, actor, happened_at, reason)
    outages.require_not_lapsed(row.lapsed_on, clause=ground.standard.cite("3"))
    if row.held_since and happened_at < row.held_since:
        raise RuleBroken(CLAUSE, "Pada waktu itu berkas belum sampai pada tahap ini.")
    outcome = RULES[Act(act)](row.case(), values_of(rows_of(row)), ground)
    later = outages.entered_later(outcome, _outage(outage).stretch(), happened_at=happened_at, paper=form.number, at=at)
    updates = [(form, {"used_for_id": row.id, "used_at": at})]
    carry_out(row, later, actor=actor, at=at, edition=edition_of(row), updates=updates)
