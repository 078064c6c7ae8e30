"""What speaks for and against oversight: looks and findings, never the mere right to them (51.10.1, 51.10.2)."""

from datetime import date, datetime, timedelta

import pytest

from pasti.actions import findings, looks, nightly, samples
from pasti.domain.compliance import Status
from pasti.domain.roles import Actor, Role
from pasti.domain.sampling import Result
from pasti.domain.workflow import State
from pasti.queries import compliance
from pasti.records.sampling import Sample
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1"), pytest.mark.clause("51.10.2")]
WORDS = "Diperiksa seluruhnya dan dicatat."


def status(clause: str, at: datetime) -> Status:
    return next(row.status for row in compliance.of_standard("51", at) if row.id == clause)


@pytest.fixture
def superior() -> Actor:
    """A night after a decision, which the superior has to look at."""
    office = makers.officers()
    makers.advance(office, makers.submitted(makers.actor()).id, until=State.SIGNING)
    nightly.run(at=MONDAY)
    return makers.actor(Role.SUPERIOR)


def test_without_looks_nothing_is_met(superior: Actor) -> None:
    makers.actor(Role.INSPECTOR)

    assert {status("51.10.1", MONDAY), status("51.10.2", MONDAY)} == {Status.NO_EVIDENCE}


def test_a_sample_looked_at_counts_and_one_forgotten_counts_against(superior: Actor) -> None:
    later = MONDAY + timedelta(days=1)
    for row in Sample.objects.filter(tier=Role.SUPERIOR):
        samples.review(superior, row.id, Result.IN_ORDER, WORDS, seen=row.ledger_length, at=later)

    assert status("51.10.1", later) is Status.MET
    assert status("51.10.1", MONDAY) is Status.NO_EVIDENCE  # as it was known that day
    assert status("51.10.1", later + timedelta(days=93)) is Status.NO_EVIDENCE


def test_a_sample_past_its_day_is_against(superior: Actor) -> None:
    assert status("51.10.1", MONDAY + timedelta(days=30)) is Status.NOT_MET


def test_the_inspectorates_reading_proves_nothing_and_its_finding_does_until_a_follow_up_is_late(superior: Actor) -> None:
    inspector, later = makers.actor(Role.INSPECTOR), MONDAY + timedelta(hours=1)
    looks.read_page(inspector, "/pengawasan/semua/", at=MONDAY)
    assert status("51.10.2", MONDAY) is Status.NO_EVIDENCE
    findings.raised(inspector, WORDS, Role.HEAD, date(2026, 12, 1), at=later)

    assert status("51.10.2", later) is Status.MET
    assert status("51.10.2", MONDAY + timedelta(days=9)) is Status.NOT_MET
    assert status("51.10.2", MONDAY) is Status.NO_EVIDENCE


def test_a_superiors_finding_is_none_of_the_inspectorates(superior: Actor) -> None:
    findings.raised(superior, WORDS, Role.HEAD, date(2026, 12, 1), at=MONDAY)

    assert status("51.10.2", MONDAY + timedelta(days=9)) is Status.NO_EVIDENCE


def test_what_the_inspectorate_judged_of_the_superiors_work_proves_its_own_clause(superior: Actor) -> None:
    """The tier above the superior is the Inspectorate: its samples count for and against 51.10.2, not 51.10.1."""
    inspector, later = makers.actor(Role.INSPECTOR), MONDAY + timedelta(days=1)
    Sample.objects.update(tier=Role.INSPECTOR)
    assert (status("51.10.1", later), status("51.10.2", later)) == (Status.NO_EVIDENCE, Status.NO_EVIDENCE)
    assert status("51.10.2", MONDAY + timedelta(days=30)) is Status.NOT_MET
    for row in Sample.objects.all():
        samples.review(inspector, row.id, Result.IN_ORDER, WORDS, seen=row.ledger_length, at=later)
    assert (status("51.10.1", later), status("51.10.2", later)) == (Status.NO_EVIDENCE, Status.MET)
