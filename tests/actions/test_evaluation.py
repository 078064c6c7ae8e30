"""The yearly evaluation from beginning to its last improvement, and what each state proves (51.14.1, 51.14.3)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pasti.actions import evaluation, evaluation_due, improvements, showcase_evaluation
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Status
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken
from pasti.domain.evaluation import STAFF
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor, Role
from pasti.queries import compliance, recurring
from pasti.queries import evaluation as evaluations
from pasti.queries import improvements as register
from pasti.records.evaluation import Evaluation, EvaluationReading, Improvement
from pasti.records.ledger import LedgerEntry
from pasti.records.notices import Notice
from tests import evaluations as made
from tests import makers
from tests.pictures import png

pytestmark = pytest.mark.django_db
AT = makers.MONDAY
RESULT = "Papan penjelasan terpasang di loket satu."


@pytest.fixture
def keeper() -> Actor:
    return makers.actor(Role.SURVEY_OFFICER)


@pytest.fixture
def clerk() -> Actor:
    return makers.actor(Role.COUNTER_OFFICER)


def status(clause: str, at: datetime) -> Status:
    (found,) = (s for s in compliance.of_standard("51", at) if s.id == clause)
    return found.status


def planned(keeper: Actor, clerk: Actor, row: object, *, at: datetime = AT, days: int = 30) -> Improvement:
    asked = Asked(what="Memasang papan penjelasan di loket.", owner=clerk.id, due_on=jakarta_day(at) + timedelta(days=days))
    return improvements.plan(keeper, row.id, made.TO_IMPROVE, asked, at=at)  # type: ignore[attr-defined]


def finish(actor: Actor, row: Improvement, *, at: datetime) -> None:
    seen = Improvement.objects.get(pk=row.pk).ledger_length
    improvements.finish(actor, row.id, RESULT, file=("papan.png", png(8, 8)), seen=seen, at=at)


@pytest.mark.clause("51.14.1")
def test_never_evaluated_proves_nothing_for_a_year_and_then_breaches(keeper: Actor) -> None:
    assert status("51.14.1", AT) is Status.NO_EVIDENCE
    assert status("51.14.1", AT + timedelta(days=365)) is Status.NO_EVIDENCE
    assert status("51.14.1", AT + timedelta(days=366)) is Status.NOT_MET


@pytest.mark.clause("51.14.1")
def test_a_closed_evaluation_holds_for_a_year_and_the_past_stays(keeper: Actor) -> None:
    later = AT + timedelta(days=10)
    made.closed(keeper, at=later)
    assert status("51.14.1", AT) is Status.NO_EVIDENCE
    assert status("51.14.1", later + timedelta(days=365)) is Status.MET
    assert status("51.14.1", later + timedelta(days=366)) is Status.NOT_MET


def test_an_open_evaluation_proves_nothing(keeper: Actor) -> None:
    made.begun(keeper, at=AT)
    assert status("51.14.1", AT) is Status.NO_EVIDENCE


def test_a_year_is_begun_once(keeper: Actor) -> None:
    evaluation.begin(keeper, "51", 2026, at=AT)
    with pytest.raises(RuleBroken, match="sudah dimulai"):
        evaluation.begin(keeper, "51", 2026, at=AT)


def test_a_finding_is_corrected_while_open_and_who_loses_a_race_is_told(keeper: Actor) -> None:
    row = made.begun(keeper, at=AT)
    evaluation.find(keeper, row.id, "sop-7", verdict="to_improve", words="Langkah 4 lambat.", seen=row.ledger_length, at=AT)
    assert row.findings.get(part="sop-7").verdict == "to_improve"
    with pytest.raises(Overtaken):
        evaluation.find(keeper, row.id, "sop-7", verdict="in_order", words="Sudah lancar.", seen=row.ledger_length, at=AT)
    with pytest.raises(RuleBroken, match="tidak ada pada standar"):
        evaluation.find(
            keeper, row.id, "sop-99", verdict="in_order", words="Sudah lancar.", seen=made.fresh(row).ledger_length, at=AT
        )


@pytest.mark.clause("51.14.3")
def test_results_go_to_all_staff_and_each_acknowledges(keeper: Actor, clerk: Actor, mailbox: Path) -> None:
    makers.actor()  # an applicant
    makers.actor(Role.INSPECTOR)
    row = made.closed(keeper, at=AT)
    told = set(EvaluationReading.objects.values_list("account", flat=True))
    assert told == {keeper.id, clerk.id}
    evaluation_due.tell_staff(row.id, row.id, "results", at=AT)
    evaluation_due.tell_staff(row.id, row.id, "results", at=AT)  # the same errand again tells nobody twice
    assert len(list(mailbox.glob("*.eml"))) == 2 == Notice.objects.count()
    evaluation.acknowledge(clerk, row.id, at=AT)
    assert LedgerEntry.objects.filter(kind="evaluation.acknowledged", actor_id=clerk.id, clause="51.14.3").count() == 1
    view = evaluations.evaluation(keeper, row.id, at=AT)
    assert view is not None and (view.told, view.read, view.waiting) == (2, 1, ("Survey_Officer",))
    with pytest.raises(RuleBroken, match="sudah menyatakan"):
        evaluation.acknowledge(clerk, row.id, at=AT)


def test_who_was_not_told_does_not_acknowledge(keeper: Actor) -> None:
    row = made.closed(keeper, at=AT)
    late = makers.actor(Role.EXAMINER, at=AT)
    with pytest.raises(NotAllowed, match="tidak dikirim"):
        evaluation.acknowledge(late, row.id, at=AT)
    with pytest.raises(NotAllowed):
        evaluation.acknowledge(makers.actor(), row.id, at=AT)


@pytest.mark.clause("51.14.3")
def test_who_has_not_read_is_reminded_until_nobody_is_left(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=AT)
    assert evaluation_due.run(at=AT) == 0
    third_day = AT + timedelta(days=3)
    evaluation.acknowledge(clerk, row.id, at=AT)
    assert evaluation_due.run(at=third_day) == 1
    assert evaluation_due.run(at=third_day) == 0
    assert LedgerEntry.objects.get(kind="evaluation.reminded").after == {"waiting": 1}
    evaluation.acknowledge(keeper, row.id, at=third_day)
    assert evaluation_due.run(at=third_day + timedelta(days=3)) == 0
    assert made.fresh(row).remind_on is None


@pytest.mark.clause("51.14.3")
def test_met_only_when_all_have_read_and_each_finding_has_a_plan_in_time(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=AT)
    assert status("51.14.3", AT) is Status.NO_EVIDENCE
    for person in (keeper, clerk):
        evaluation.acknowledge(person, row.id, at=AT)
    assert status("51.14.3", AT) is Status.NO_EVIDENCE  # nothing is planned yet, and there is time
    after_term = AT + timedelta(days=15)
    assert status("51.14.3", after_term) is Status.NOT_MET
    plan = planned(keeper, clerk, row, at=AT + timedelta(hours=1))
    assert status("51.14.3", after_term) is Status.MET
    assert status("51.14.3", AT) is Status.NO_EVIDENCE  # as on that moment
    overdue = AT + timedelta(days=31)
    assert status("51.14.3", overdue) is Status.NOT_MET
    finish(clerk, plan, at=overdue + timedelta(days=1))
    assert status("51.14.3", overdue) is Status.NOT_MET
    assert status("51.14.3", overdue + timedelta(days=1)) is Status.MET


def test_an_improvement_is_finished_with_a_file_once(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=AT)
    plan = planned(keeper, clerk, row)
    with pytest.raises(InvalidInput):
        improvements.finish(clerk, plan.id, RESULT, file=None, seen=1, at=AT)
    with pytest.raises(InvalidInput):
        improvements.finish(clerk, plan.id, RESULT, file=("x.exe", b"MZ not a picture"), seen=1, at=AT)
    finish(clerk, plan, at=AT)
    name, mime, data = improvements.evidence(keeper, plan.id)
    assert (name, mime, data) == ("papan.png", "image/png", png(8, 8))
    with pytest.raises(RuleBroken, match="sudah dicatat selesai"):
        finish(clerk, plan, at=AT)
    with pytest.raises(NotAllowed):
        improvements.evidence(makers.actor(), plan.id)


def test_the_register_puts_overdue_first_and_knows_whose_it_is(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=AT)
    planned(keeper, clerk, row, days=30)
    first = planned(keeper, keeper, row, days=5)
    then = AT + timedelta(days=6)
    lines = register.register(keeper, at=then)
    assert [line.id == first.id for line in lines] == [True, False]
    assert [line.is_overdue for line in lines] == [True, False]
    assert [line.is_mine for line in register.register(clerk, at=then, mine=True)] == [True]
    assert register.register(makers.actor(), at=then) == ()
    waits = register.waiting(clerk, at=then)
    assert (waits.improvements, waits.overdue, waits.results) == (1, 0, (row.id,))


def test_the_calendar_shows_what_is_overdue_first(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=AT)
    planned(keeper, clerk, row, days=5)
    found = recurring.calendar(keeper, at=AT + timedelta(days=20))
    assert [(item.page, item.due_on) for item in found.overdue] == [
        ("improvements", jakarta_day(AT) + timedelta(days=5)),
        ("evaluation", jakarta_day(AT) + timedelta(days=14)),
    ]
    assert "evaluations" in {item.page for item in recurring.calendar(keeper, at=AT + timedelta(days=300)).coming}
    assert recurring.calendar(makers.actor(), at=AT).coming == ()


def test_the_demonstration_evaluates_once() -> None:
    office = {role: makers.actor(role) for role in (*STAFF, Role.INSPECTOR)}
    showcase_evaluation.furnish(office, "51", at=AT)
    showcase_evaluation.furnish(office, "51", at=AT)
    view = evaluations.evaluation(office[Role.HEAD], Evaluation.objects.get().id, at=AT)
    assert view is not None and (view.told, len(view.waiting)) == (len(STAFF), 2)
    assert Improvement.objects.count() == len(showcase_evaluation.TO_IMPROVE)
    assert status("51.14.1", AT) is Status.MET
