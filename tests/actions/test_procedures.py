"""Changing the procedure class while a case is worked on (51.2)."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti.actions import licensing, procedures
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.queries.licensing import CaseView, case_view
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
REASON = "Lokasi ternyata di luar kawasan industri."
OUTSIDE = {"in_estate": "tidak", "estate": "", "ground": "c"}


def _change(actor: Actor, row: Application, code: str, reason: str = REASON) -> Application:
    procedures.change_class(actor, row.id, code, seen=makers.fresh(row.id).ledger_length, at=MONDAY, reason=reason)
    return makers.fresh(row.id)


@pytest.mark.clause("51.2")
def test_the_case_stays_at_its_step_and_the_applicant_is_told_why() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    licensing.take(office[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)

    changed = _change(office[Role.VALIDATOR], row, "16")

    assert (changed.procedure, changed.procedure_reason, changed.state) == ("16", REASON, State.SUBMITTED)
    assert changed.holder_id == office[Role.EXAMINER].id
    fact = LedgerEntry.objects.get(kind="application.class_changed")
    assert (fact.before["procedure"], fact.after["procedure"], fact.public, fact.clause) == ("12", "16", True, "51.2")
    kinds = [job.args["kind"] for job in ProcrastinateJob.objects.filter(task_name="tell_applicant")]
    assert "class_changed" in kinds


@pytest.mark.clause("51.2")
def test_a_step_the_new_class_lacks_is_left_for_its_next_one() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor(), place=OUTSIDE)
    makers.advance(office, row.id, until=State.FIELD_INSPECTION)

    changed = _change(office[Role.VALIDATOR], row, "12")

    assert (changed.state, changed.waiting_role, changed.step) == (State.RECOMMENDATION, Role.TECHNICAL_TEAM, "rekomendasi")


@pytest.mark.clause("51.2")
def test_a_step_the_new_class_adds_is_not_skipped() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.VALIDATION)

    changed = _change(office[Role.VALIDATOR], row, "16")

    assert (changed.state, changed.recommendation) == (State.FIELD_INSPECTION, "")
    assert makers.advance(office, row.id, until=State.SIGNING).state == State.SIGNING


@pytest.mark.clause("51.3")
def test_the_promise_does_not_move() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    before = makers.advance(office, row.id, until=State.VALIDATION)

    changed = _change(office[Role.VALIDATOR], row, "16")

    assert (changed.due_on, changed.clock) == (before.due_on, before.clock)


@pytest.mark.clause("51.2")
@pytest.mark.parametrize("code", ["12", "3", "7", "99"])
def test_only_another_class_filed_alike_can_be_chosen(code: str) -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())  # class 12, filed by the applicant

    with pytest.raises(RuleBroken, match="cara pengajuannya sama"):
        _change(office[Role.VALIDATOR], row, code)


@pytest.mark.clause("51.2")
def test_a_change_without_a_reason_is_refused() -> None:
    office = makers.officers()
    with pytest.raises(RuleBroken, match="alasannya"):
        _change(office[Role.VALIDATOR], makers.submitted(makers.actor()), "16", reason="  ")


@pytest.mark.clause("51.2")
def test_a_decided_case_keeps_its_class() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.SIGNING)

    with pytest.raises(RuleBroken, match="belum diputus"):
        _change(office[Role.VALIDATOR], row, "16")


@pytest.mark.clause("51.10.1")
def test_only_a_validator_who_has_not_examined_it_may_change_it() -> None:
    office = makers.officers()
    both = makers.actor(Role.EXAMINER, Role.VALIDATOR)
    row = makers.submitted(makers.actor())
    with pytest.raises(NotAllowed, match="validator"):
        _change(office[Role.EXAMINER], row, "16")
    makers.judge_all(both, row.id)
    licensing.accept(both, row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)

    with pytest.raises(NotAllowed, match="sudah bertindak"):
        _change(both, row, "16")


@pytest.mark.clause("51.2")
def test_a_visit_for_which_a_team_was_sent_is_not_taken_out_of_the_class() -> None:
    office = makers.officers()
    visit = makers.agreed_visit(office, makers.actor())

    with pytest.raises(RuleBroken, match="Tim peninjauan sudah ditugaskan"):
        _change(office[Role.VALIDATOR], visit.application, "12")

    assert makers.fresh(visit.application_id).procedure == "16"
    assert not _view(office[Role.VALIDATOR], visit.application_id, at=MONDAY).other_classes  # nor is it offered


def _view(actor: Actor, id: UUID, *, at: datetime) -> CaseView:
    view = case_view(actor, id, at=at)
    assert view is not None
    return view


@pytest.mark.clause("51.3")
def test_a_term_that_ran_out_is_met_before_the_class_is_changed_recorded_or_not() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.TECHNICAL_REVIEW)
    late = MONDAY + timedelta(days=30)
    seen = makers.fresh(row.id).ledger_length

    with pytest.raises(RuleBroken, match="dianggap disetujui"):
        procedures.change_class(office[Role.VALIDATOR], row.id, "16", seen=seen, at=late, reason=REASON)

    assert _view(office[Role.VALIDATOR], row.id, at=MONDAY).other_classes
    assert not _view(office[Role.VALIDATOR], row.id, at=late).other_classes
    assert makers.fresh(row.id).ledger_length == seen


@pytest.mark.clause("51.1")
def test_a_case_whose_time_to_fulfil_has_passed_changes_its_class_no_more() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.DECISION)
    clock = makers.fresh(row.id).clock
    ended = {**clock[-1], "kind": "ended", "due_on": None}
    Application.objects.filter(pk=row.id).update(clock=[*clock, ended])

    with pytest.raises(RuleBroken, match="hanya penolakan"):
        _change(office[Role.VALIDATOR], row, "16")
