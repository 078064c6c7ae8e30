"""The scorecard: a past day keeps its answer whatever comes later, counted at night or not; nothing without a fact (51.14.1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasti.actions import accounts, facilities, findings, looks, nightly, scorecard
from pasti.cli.standard import check_kept
from pasti.domain.calendar import end_of
from pasti.domain.complaint_steps import Stage
from pasti.domain.compliance import ClauseStatus, Status
from pasti.domain.facilities import Check
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import compliance
from pasti.queries.compliance import Since
from pasti.queries.counts import counts
from pasti.records.figures import ClauseState, DayFigure
from tests import makers
from tests.complaints import walk
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.1")]
NOON = timedelta(hours=5)


class Month:
    """An office whose days bring facts of every kind that evidence is made of."""

    def __init__(self) -> None:
        self.office = makers.officers()
        for role in (Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.SUPERIOR, Role.INSPECTOR):
            self.office[role] = makers.actor(role)
        self.keeper = makers.actor(Role.FACILITY_CUSTODIAN)
        self.applicant = makers.actor()
        self.thing = facilities.enter(self.keeper, "51", "51.8.1", name="Parkir", place="Halaman", at=MONDAY)
        self.cases = [makers.submitted(self.applicant, at=MONDAY).id]
        self.complaints = [makers.filed(at=MONDAY).id]

    def days(self) -> list[Callable[[datetime], None]]:
        """What each of the following days brings."""
        return [self.check_good, self.decide, self.examine, self.refuse, self.oversee, self.break_down, self.leave]

    def check_good(self, at: datetime) -> None:
        self._check("good", at)

    def break_down(self, at: datetime) -> None:
        self._check("broken", at)

    def _check(self, condition: str, at: datetime) -> None:
        seen = Check(condition=condition, note="Diperiksa.", seen_on=at.date(), expires_on=None, has_photo=False)
        facilities.check(self.keeper, self.thing.id, seen, at=at)

    def decide(self, at: datetime) -> None:
        makers.advance(self.office, self.cases[0], until=State.SIGNING, at=at)

    def examine(self, at: datetime) -> None:
        walk(self.office, self.complaints[0], until=Stage.SETTLED, at=at)
        self.complaints.append(makers.filed(at=at, reporter=replace(makers.filing().reporter, name="")).id)

    def refuse(self, at: datetime) -> None:
        self.cases.append(makers.submitted(self.applicant, at=at).id)
        makers.found_not_met(self.office, self.cases[1], at=at)

    def oversee(self, at: datetime) -> None:
        inspector = self.office[Role.INSPECTOR]
        looks.read_page(inspector, "/pengawasan/semua/", at=at)
        findings.raised(inspector, "Diperiksa seluruhnya.", Role.HEAD, at.date() + timedelta(days=1), at=at)

    def leave(self, at: datetime) -> None:
        accounts.end_appointment("examiner@uji.example", Role.EXAMINER, ends_on=at.date() - timedelta(days=5), at=at)


def asked(at: datetime) -> tuple[ClauseStatus, ...]:
    return compliance.of_standard("51", at)


@pytest.mark.parametrize("sleeps", [False, True], ids=["counted every night", "never counted"])
def test_a_past_day_is_the_same_after_a_month_of_new_facts(sleeps: bool) -> None:
    month, told = Month(), {}
    for number, brings in enumerate(month.days()):
        at = MONDAY + timedelta(days=number + 1)
        if not sleeps:
            nightly.run(at=at - NOON)
        brings(at)
        told[at] = asked(at)
        told[end_of(at.date())] = asked(end_of(at.date()))
    nightly.run(at=MONDAY + timedelta(days=40))

    assert {at: asked(at) for at in told} == told
    assert any(before != after for before, after in pairwise(told.values()))


def test_the_counts_hold_what_the_ledger_holds_at_any_moment() -> None:
    month = Month()
    kinds = ("application.submitted", "requirement.judged", "clock.ended", "complaint.filed", "data.read")
    for number, brings in enumerate(month.days()):
        brings(MONDAY + timedelta(days=number + 1))
    moments = [MONDAY + timedelta(hours=7 * number) for number in range(30)]
    uncounted = [counts(None, *kinds, at=at, by_month=True) for at in moments]
    nightly.run(at=MONDAY + timedelta(days=20))

    assert DayFigure.objects.exists()
    assert [counts(None, *kinds, at=at, by_month=True) for at in moments] == uncounted


def test_each_night_keeps_what_changed_and_a_missed_night_is_made_good() -> None:
    month = Month()
    scorecard.keep_missing(compliance.standing, at=MONDAY + timedelta(days=1))
    month.check_good(MONDAY + timedelta(days=2))
    assert scorecard.keep_missing(compliance.standing, at=MONDAY + timedelta(days=5)) == 4
    assert scorecard.keep_missing(compliance.standing, at=MONDAY + timedelta(days=5)) == 0

    rows = ClauseState.objects.filter(entry="51", clause="51.8.1").order_by("on").values_list("on", "status")
    wednesday = (MONDAY + timedelta(days=2)).date()
    assert list(rows) == [(MONDAY.date(), Status.NO_EVIDENCE), (wednesday, Status.MET)]
    kept = compliance.kept(wednesday)
    assert kept is not None
    assert {key: row.status for key, row in kept.items()} == compliance.standing(end_of(wednesday))
    line = next(line for line in compliance.scorecard("51", at=MONDAY + timedelta(days=5)).lines if line.status.id == "51.8.1")
    assert (line.since, line.role) == (Since(day=wednesday, is_exact=True), Role.FACILITY_CUSTODIAN)


def test_a_status_kept_wrongly_is_found_by_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    Month()
    scorecard.keep_missing(compliance.standing, at=MONDAY + timedelta(days=1))
    assert check_kept(MONDAY.date()) == 0
    ClauseState.objects.filter(clause="51.2").update(status=Status.NOT_MET)

    assert check_kept(MONDAY.date()) == 1
    assert "51.2: tercatat not_met, dihitung ulang met" in capsys.readouterr().out
    assert check_kept(MONDAY.date() + timedelta(days=1)) == 1


def test_the_scorecard_costs_the_same_for_more_facts() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            compliance.scorecard("51", at=MONDAY + timedelta(days=9))
        return len(queries)

    month = Month()
    for number, brings in enumerate(month.days()):
        brings(MONDAY + timedelta(days=number + 1))
    few = cost()
    for number in range(5):
        makers.submitted(month.applicant, at=MONDAY + timedelta(days=8))
        makers.filed(at=MONDAY + timedelta(days=8, hours=number), object=f"Hal {number}")

    assert (cost(), few <= 22) == (few, True)
