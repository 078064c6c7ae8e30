"""Published counts hide small numbers; a proven complaint speaks against its clause on its day (51.6)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasti.actions import complaint_tiers as tiers
from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import edition_of
from pasti.domain.complaint_steps import Stage
from pasti.domain.complaints import Finding
from pasti.domain.compliance import Status
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import Role
from pasti.queries import complaint_figures, compliance
from tests import makers
from tests.complaints import WORDS, fresh, walk
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def test_small_numbers_are_not_published_nor_to_be_reckoned() -> None:
    for channel, count in (("web_dpmptsp", 8), ("surel", 6), ("kotak", 2)):
        for _ in range(count):
            makers.filed(channel=channel)
    with CaptureQueriesContext(connection) as captured:
        figures = {figure.id: figure for figure in complaint_figures.published("51", **YEAR)}

    shown = {cell.id: cell.count for cell in figures["channel"].cells if cell.count != 0}
    assert shown == {"web_dpmptsp": 8, "surel": None, "kotak": None}
    assert figures["received"].value == 16
    assert (figures["median_days"].value, len(captured)) == (None, 2)
    assert all(figure.definition and figure.clause for figure in figures.values())


def test_a_few_complaints_alone_are_no_figure() -> None:
    makers.filed()

    figures = {figure.id: figure for figure in complaint_figures.published("51", **YEAR)}

    assert figures["received"].value is None


@pytest.mark.clause("51.6.4")
def test_what_is_overdue_today_is_published_of_a_past_quarter() -> None:
    for _ in range(6):
        makers.filed()
    quarter = {"first": date(2026, 10, 1), "last": date(2026, 11, 30)}

    then = {figure.id: figure for figure in complaint_figures.published("51", **quarter)}
    now = {figure.id: figure for figure in complaint_figures.published("51", **quarter, on=date(2027, 2, 1))}

    assert {cell.id: cell.count for cell in then["timely"].cells}["running"] == 6
    assert {cell.id: cell.count for cell in now["timely"].cells}["overdue"] == 6
    assert (then["share_in_time"].value, now["share_in_time"].value) == (None, 0.0)


def test_the_office_sees_its_work_and_its_hot_clauses() -> None:
    office = makers.complaint_officers()
    walk(office, makers.filed().id, until=Stage.SETTLED)
    makers.filed()

    seen = complaint_figures.office(office[Role.HEAD], at=MONDAY)

    assert seen.months == (("2026-11", 2, 0),)
    assert seen.hot_clauses == (("51.3", 1, 1),)
    assert sum(row[2] for row in seen.workload) == 2
    with pytest.raises(NotAllowed):
        complaint_figures.office(makers.actor(Role.EXAMINER), at=MONDAY)


@pytest.mark.clause("51.6.6.b")
def test_a_proven_complaint_marks_its_clause_as_broken_that_day() -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    (breach,) = row.breaches.all()

    on_the_day = {s.id: s for s in compliance.of_standard("51", MONDAY)}["51.3"]
    before = {s.id: s for s in compliance.of_standard("51", MONDAY - timedelta(days=10))}["51.3"]

    assert (breach.clause, on_the_day.status, on_the_day.as_of) == ("51.3", Status.NOT_MET, breach.broken_on)
    assert row.number not in on_the_day.evidence  # anybody reads it
    assert on_the_day.behind.subjects == (row.id,)
    assert before.status is Status.NO_EVIDENCE


@pytest.mark.clause("51.6.6.b")
def test_a_breach_stands_against_newer_figures_until_its_follow_up_is_done_and_ninety_days_at_least() -> None:
    office, later = makers.complaint_officers(), MONDAY + timedelta(days=91)
    head, official = office[Role.HEAD], office[Role.COMPLAINTS_OFFICIAL]
    row = walk(office, makers.filed().id, until=Stage.IN_TIERS)
    broken = (("51.6.2.j", MONDAY.date() - timedelta(days=3)),)
    settler = office[Role(row.waiting_role)]
    tiers.settle(settler, row.id, Finding.SUBSTANTIATED, WORDS, seen=row.ledger_length, at=MONDAY, breaches=broken)
    makers.filed(at=later)  # by the same channel: measured, and newer

    def stands(at: datetime) -> Status:
        return {s.id: s for s in compliance.of_standard("51", at)}["51.6.2.j"].status

    assert [stands(MONDAY), stands(later)] == [Status.NOT_MET, Status.MET]
    tiers.follow_up(
        head, row.id, "improvement", WORDS, owner=head.person, due_on=later.date(), seen=fresh(row.id).ledger_length, at=MONDAY
    )
    assert stands(later) is Status.NOT_MET
    follow_up = fresh(row.id).follow_ups.get()
    tiers.finish_follow_up(official, row.id, follow_up.id, WORDS, seen=fresh(row.id).ledger_length, at=later)
    assert [stands(later - timedelta(hours=1)), stands(later)] == [Status.NOT_MET, Status.MET]


@pytest.mark.clause("51.6.6.d")
def test_each_step_a_settled_complaint_went_through_is_evidence_and_a_step_left_out_breaches() -> None:
    office = makers.complaint_officers()
    examined = [f"51.6.{part}" for part in ("5.c.1", "5.c.2", "6.a", "6.b", "6.c", "6.d", "6.e", "7.a")]
    walk(office, makers.filed().id, until=Stage.EXAMINED)
    assert not {compliance_of(clause) for clause in examined} - {Status.NO_EVIDENCE}

    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    assert {compliance_of(clause) for clause in (*examined, "51.6.5.a")} == {Status.MET}
    assert compliance_of("51.6.7.b") is Status.NO_EVIDENCE

    carry_out(
        fresh(makers.filed().id),
        Outcome(events=(Event(kind="complaint.settled", clause="51.6.7.a"),)),
        actor=office[Role.HEAD],
        at=MONDAY,
        edition=edition_of(row),
    )
    assert {compliance_of(clause) for clause in examined} == {Status.NOT_MET}


def compliance_of(clause: str) -> Status:
    """How the clause stands on Monday."""
    return {s.id: s for s in compliance.of_standard("51", MONDAY)}[clause].status
