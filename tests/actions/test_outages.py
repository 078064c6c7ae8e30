"""Outage mode: declared with evidence, paper forms numbered once, acts entered later with both times (51.12)."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from pasti.actions import due, outages
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.queries.outages import at_risk, open_outages
from pasti.queries.steps import steps_of
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.12")]
HOUR = timedelta(hours=1)
EVIDENCE = "PLN mengumumkan pemadaman wilayah Nagrikaler pukul 10.00."
NOTE = "Diperiksa di kertas, semua sesuai."
DARK, LIGHT = MONDAY + HOUR, MONDAY + 3 * HOUR


def _dark(officer: Actor) -> UUID:
    return outages.declare(officer, "power", began_at=DARK, evidence=EVIDENCE, at=DARK + timedelta(minutes=5)).id


def _enter(officer: Actor, row: Application, outage: UUID, paper: str, *, happened_at: datetime = DARK + HOUR, act: str) -> None:
    seen = makers.fresh(row.id).ledger_length
    outages.enter(
        officer, row.id, act, outage=outage, happened_at=happened_at, paper=paper, seen=seen, at=LIGHT + HOUR, reason=NOTE
    )


def test_what_is_down_is_public_until_it_ends() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    id = _dark(officer)
    assert [str(line.title) for line in open_outages()] == ["Listrik kantor padam"]

    outages.end(officer, id, ended_at=LIGHT, at=LIGHT)

    assert open_outages() == ()
    kinds = list(LedgerEntry.objects.filter(subject_id=id).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["outage.declared", "outage.ended"]


def test_it_needs_evidence_a_past_beginning_and_is_declared_once() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    with pytest.raises(RuleBroken, match="buktinya"):
        outages.declare(officer, "power", began_at=DARK, evidence="mati", at=LIGHT)
    with pytest.raises(RuleBroken, match="kemudian hari"):
        outages.declare(officer, "power", began_at=LIGHT, evidence=EVIDENCE, at=DARK)
    _dark(officer)
    with pytest.raises(RuleBroken, match="sudah dinyatakan"):
        _dark(officer)
    with pytest.raises(NotAllowed):
        outages.declare(makers.actor(Role.INSPECTOR), "oss", began_at=DARK, evidence=EVIDENCE, at=LIGHT)


def test_it_ends_once_and_after_it_began() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    id = _dark(officer)
    for moment in (DARK - HOUR, LIGHT + 2 * HOUR):
        with pytest.raises(RuleBroken, match="sesudah gangguan mulai"):
            outages.end(officer, id, ended_at=moment, at=LIGHT)
    outages.end(officer, id, ended_at=LIGHT, at=LIGHT)
    with pytest.raises(RuleBroken, match="sudah dinyatakan berakhir"):
        outages.end(officer, id, ended_at=LIGHT, at=LIGHT)


def test_an_act_on_paper_counts_from_when_it_happened_and_keeps_both_times() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.judge_all(office[Role.EXAMINER], row.id)
    [paper] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=MONDAY)
    outage = _dark(office[Role.COUNTER_OFFICER])

    _enter(office[Role.EXAMINER], row, outage, paper.lower(), act="accept")

    fresh = makers.fresh(row.id)
    assert (fresh.state, fresh.completed_at, fresh.due_on) == (State.TECHNICAL_REVIEW, DARK + HOUR, date(2026, 12, 2))
    fact = LedgerEntry.objects.get(kind="application.accepted")
    assert fact.at == LIGHT + HOUR
    assert (fact.after["happened_at"], fact.after["paper"]) == ((DARK + HOUR).isoformat(), paper)
    assert fact.after["entered_at"] == fact.at.isoformat()
    standard = outages.ground_for(fresh, office[Role.EXAMINER], LIGHT).standard
    check = next(
        line
        for line in steps_of(fresh, standard.procedure("12"), at=LIGHT + HOUR, named=True)
        if line.record.step.state == "submitted"
    )
    assert check.held[-1].until == DARK + HOUR


def test_a_form_is_used_once_and_only_if_it_was_printed_before() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.judge_all(office[Role.EXAMINER], row.id)
    outage = _dark(office[Role.COUNTER_OFFICER])
    [late] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=LIGHT)
    [early] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=MONDAY)
    for wrong in (late, "KF-2026-0099", ""):
        with pytest.raises(RuleBroken, match="Nomor formulir"):
            _enter(office[Role.EXAMINER], row, outage, wrong, act="accept")

    _enter(office[Role.EXAMINER], row, outage, early, act="accept")

    with pytest.raises(RuleBroken, match="sudah dipakai"):
        _enter(office[Role.TECHNICAL_TEAM], row, outage, early, act="review")


@pytest.mark.parametrize("happened_at", [DARK - timedelta(minutes=1), LIGHT + timedelta(minutes=1)])
def test_what_happened_outside_the_outage_is_not_entered_as_paper(happened_at: datetime) -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.judge_all(office[Role.EXAMINER], row.id)
    [paper] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=MONDAY)
    outage = _dark(office[Role.COUNTER_OFFICER])
    outages.end(office[Role.COUNTER_OFFICER], outage, ended_at=LIGHT, at=LIGHT)

    with pytest.raises(RuleBroken, match="selama gangguan"):
        _enter(office[Role.EXAMINER], row, outage, paper, happened_at=happened_at, act="accept")


def test_paper_does_not_lift_who_may_act() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    [paper] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=MONDAY)
    outage = _dark(office[Role.COUNTER_OFFICER])
    with pytest.raises(NotAllowed):
        _enter(office[Role.HEAD], row, outage, paper, act="accept")


def test_forms_are_numbered_without_gap_or_double() -> None:
    officer = makers.actor(Role.COUNTER_OFFICER)
    first, second = outages.print_forms(officer, 3, at=MONDAY), outages.print_forms(officer, 2, at=MONDAY)
    assert (*first, *second) == tuple(f"KF-2026-{n:04}" for n in range(1, 6))
    for wrong in (0, 41):
        with pytest.raises(RuleBroken):
            outages.print_forms(officer, wrong, at=MONDAY)


@pytest.mark.clause("51.3")
def test_cases_due_within_the_outage_are_at_risk() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.TECHNICAL_REVIEW)
    _dark(office[Role.COUNTER_OFFICER])
    [line] = open_outages()

    assert at_risk(office[Role.HEAD], line, at=LIGHT) == ()
    Application.objects.filter(pk=row.pk).update(due_on=date(2026, 11, 24))  # the working day after
    assert [r.id for r in at_risk(office[Role.HEAD], line, at=LIGHT)] == [row.id]


@pytest.mark.clause("51.3")
def test_a_paper_from_before_the_lapse_does_not_undo_it_and_says_where_it_is_kept() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    makers.advance(office, row.id, until=State.TECHNICAL_REVIEW)
    [paper] = outages.print_forms(office[Role.COUNTER_OFFICER], 1, at=MONDAY)
    outage = _dark(office[Role.COUNTER_OFFICER])
    due.run(at=MONDAY + timedelta(days=30))
    before = makers.fresh(row.id)
    assert before.state == State.DEEMED_APPROVED

    with pytest.raises(RuleBroken, match=r"sudah dianggap disetujui.*sebagai catatan berkas") as refused:
        _enter(office[Role.TECHNICAL_TEAM], row, outage, paper, act="review")

    assert refused.value.clause == "51.3"
    assert makers.fresh(row.id).ledger_length == before.ledger_length
