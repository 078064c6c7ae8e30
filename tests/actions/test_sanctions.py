"""Sanctions: on what they rest, who imposes them, who reads them (51.12.5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pasti.actions import complaint_tiers, findings, sanctions
from pasti.domain.complaint_steps import Stage
from pasti.domain.compliance import Status
from pasti.domain.errors import InvalidInput, NotAllowed
from pasti.domain.roles import Actor, Role
from pasti.domain.sanctions import Imposed
from pasti.queries import compliance
from pasti.queries import sanctions as asked
from pasti.records.ledger import LedgerEntry
from pasti.records.sampling import OversightFinding
from tests import makers
from tests.complaints import WORDS, fresh, walk
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.12.5")]
GIVEN = Imposed(
    kind="written",
    basis="finding",
    decree="800/12/2026",
    starts_on=date(2026, 11, 24),
    words="Meminta uang kepada pemohon di loket.",
    heard="Didengar 23 November: mengakui dan menyesal.",
)


@pytest.fixture
def head() -> Actor:
    return makers.actor(Role.HEAD)


@pytest.fixture
def officer() -> Actor:
    return makers.actor(Role.COUNTER_OFFICER)


@pytest.fixture
def finding() -> OversightFinding:
    inspector = makers.actor(Role.INSPECTOR)
    return findings.raised(inspector, "Ada pungutan di loket.", "head", date(2026, 12, 1), at=MONDAY)


def test_after_a_finding_it_is_recorded_without_its_words(head: Actor, officer: Actor, finding: OversightFinding) -> None:
    row = sanctions.impose(head, officer.person, GIVEN, basis_id=finding.id, at=MONDAY)
    fact = LedgerEntry.objects.get(subject_id=row.id)
    assert (fact.kind, fact.clause, fact.about) == ("sanction.imposed", "51.12.5", officer.id)
    assert fact.after == {"as": "written", "basis": "finding", "decree": "800/12/2026", "starts_on": "2026-11-24"}
    assert "uang" not in str(fact.after) + fact.reason
    met = next(r.status for r in compliance.of_standard("51", MONDAY + timedelta(hours=1)) if r.id == "51.12.5")
    assert met is Status.MET
    with pytest.raises(InvalidInput, match="Ada 1 isian"):
        sanctions.impose(head, officer.person, GIVEN, basis_id=finding.id, at=MONDAY)


def test_after_a_proven_complaint_it_names_the_complaint() -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    boss, officer = office[Role.HEAD], makers.actor(Role.COUNTER_OFFICER)
    due_on = date(2026, 12, 1)
    complaint_tiers.follow_up(
        boss, row.id, "sanction", WORDS, owner=boss.person, due_on=due_on, seen=row.ledger_length, at=MONDAY
    )
    follow_up = fresh(row.id).follow_ups.get()
    (ground,) = [g for g in asked.grounds(boss) if g.value == f"complaint:{follow_up.id}"]
    assert row.number in ground.words
    sanctions.impose(boss, officer.person, replace(GIVEN, basis="complaint"), basis_id=follow_up.id, at=MONDAY)
    (line,) = asked.imposed(boss, at=MONDAY)
    assert (line.number, str(line.kind)) == (row.number, "Teguran tertulis")


def test_who_is_sanctioned_reads_it_and_others_leave_a_fact(head: Actor, officer: Actor, finding: OversightFinding) -> None:
    row = sanctions.impose(head, officer.person, GIVEN, basis_id=finding.id, at=MONDAY)
    assert sanctions.read(officer, row.id, at=MONDAY) == (GIVEN.words, GIVEN.heard)
    assert not LedgerEntry.objects.filter(kind="data.looked_at").exists()
    sanctions.read(makers.actor(Role.INSPECTOR, email="pengawas@uji.example"), row.id, at=MONDAY)
    assert LedgerEntry.objects.get(kind="data.looked_at").about == officer.id
    colleague = makers.actor(Role.EXAMINER)
    with pytest.raises(NotAllowed):
        sanctions.read(colleague, row.id, at=MONDAY)
    seen = [[line.id for line in asked.imposed(who, at=MONDAY)] for who in (officer, colleague, head)]
    assert seen == [[row.id], [], [row.id]]


def test_who_may_not_is_refused(head: Actor, officer: Actor, finding: OversightFinding) -> None:
    superior = makers.actor(Role.SUPERIOR)
    outside = makers.actor(Role.INSPECTOR, email="pengawas@uji.example")
    pairs = ((officer, head), (makers.actor(Role.VALIDATOR), officer), (head, head), (head, superior), (head, outside))
    for actor, of in pairs:
        with pytest.raises(NotAllowed):
            sanctions.impose(actor, of.person, GIVEN, basis_id=finding.id, at=MONDAY)
    sanctions.impose(superior, head.person, GIVEN, basis_id=finding.id, at=MONDAY)


def test_everything_that_lacks_is_named_at_once(head: Actor) -> None:
    empty = Imposed(kind="", basis="", decree="", starts_on=None, words="", heard="")
    with pytest.raises(InvalidInput) as refusal:
        sanctions.impose(head, None, empty, basis_id=None, at=MONDAY)
    assert [p.field for p in refusal.value.problems] == ["account", "kind", "basis", "decree", "starts_on", "words", "heard"]
