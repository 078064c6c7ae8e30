"""The register of facilities: entered, checked, worn out, reported by a visitor, and what that proves (51.8)."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from pasti import standards
from pasti.actions import facilities
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Status
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.facilities import Check, registered_clauses
from pasti.domain.roles import Actor, Role
from pasti.queries import compliance
from pasti.queries import facilities as register
from pasti.records.facilities import Facility
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.marks import each_clause

pytestmark = pytest.mark.django_db
CLAUSE = "51.8.39"


@pytest.fixture
def at() -> datetime:
    return makers.morning(timezone.now())


@pytest.fixture
def keeper(at: datetime) -> Actor:
    return makers.actor(Role.FACILITY_CUSTODIAN, at=at)


@pytest.fixture
def extinguisher(keeper: Actor, at: datetime) -> Facility:
    return facilities.enter(keeper, "51", CLAUSE, name="APAR 1", place="Lantai 1, loket", at=at)


def seen(at: datetime, condition: str = "good", **more: object) -> Check:
    values = {"note": "Segel utuh, jarum hijau.", "seen_on": jakarta_day(at), "expires_on": None, "has_photo": False}
    return Check(condition=condition, **{**values, **more})  # type: ignore[arg-type]


def status(at: datetime, clause: str = CLAUSE) -> Status:
    (found,) = (s for s in compliance.of_standard("51", at) if s.id == clause)
    return found.status


@pytest.mark.clause("51.8")
def test_unchecked_proves_nothing(extinguisher: Facility, at: datetime) -> None:
    assert status(at) is Status.NO_EVIDENCE


def test_a_check_proves_the_clause_until_it_is_stale(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    facilities.check(keeper, extinguisher.id, seen(at), at=at)
    days = standards.load().office().facility_check_days
    assert status(at) is Status.MET
    assert status(at + timedelta(days=days)) is Status.MET
    assert status(at + timedelta(days=days + 1)) is Status.STALE


def test_its_own_expiry_comes_first(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    until = jakarta_day(at) + timedelta(days=3)
    facilities.check(keeper, extinguisher.id, seen(at, expires_on=until), at=at)
    assert status(at + timedelta(days=3)) is Status.MET
    assert status(at + timedelta(days=4)) is Status.STALE


def test_a_broken_thing_breaches_its_clause_and_the_past_stays(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    facilities.check(keeper, extinguisher.id, seen(at), at=at)
    later = at + timedelta(days=1)
    facilities.check(keeper, extinguisher.id, seen(later, "broken", note="Jarum merah, isi habis."), at=later)
    assert status(later) is Status.NOT_MET
    assert status(at) is Status.MET


def test_one_usable_thing_under_a_clause_is_enough(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    other = facilities.enter(keeper, "51", CLAUSE, name="APAR 2", place="Lantai 2", at=at)
    facilities.check(keeper, extinguisher.id, seen(at, "broken"), at=at)
    facilities.check(keeper, other.id, seen(at), at=at)
    assert status(at) is Status.MET


TOILETS = "51.8.24"


@pytest.mark.clause(TOILETS)
def test_a_clause_that_names_two_things_is_proven_by_both_alone(keeper: Actor, at: datetime) -> None:
    for part, hour in (("general", 1), ("accessible", 2)):
        assert status(at + timedelta(hours=hour), TOILETS) is not Status.MET
        for number in (1, 2):  # however many there are of one
            thing = facilities.enter(keeper, "51", TOILETS, part=part, name=f"Toilet {number}", place="Lantai 1", at=at)
            facilities.check(keeper, thing.id, seen(at), at=at + timedelta(hours=hour))
    assert (status(at + timedelta(hours=1), TOILETS), status(at + timedelta(hours=2), TOILETS)) == (Status.NOT_MET, Status.MET)
    days = standards.load().office().facility_check_days
    later = at + timedelta(days=days)
    facilities.check(keeper, thing.id, seen(later), at=later)
    assert (status(later, TOILETS), status(later + timedelta(days=1), TOILETS)) == (Status.MET, Status.STALE)
    facilities.check(keeper, thing.id, seen(later, "broken"), at=later)
    assert status(later + timedelta(hours=1), TOILETS) is Status.MET  # the other of its kind is whole


@each_clause("51.8.*")
def test_each_facility_is_proven_by_its_own_things_once_all_it_names_are_usable(keeper: Actor, at: datetime, clause: str) -> None:
    standard = standards.load().in_force("51", jakarta_day(at))
    (found,) = (one for one in standard.clauses() if one.id == clause)
    parts = [part.id for part in found.parts] or [""]
    told = []
    for number, part in enumerate(parts, start=1):
        last = makers.seen_usable(keeper, clause, part=part, at=at + timedelta(minutes=number))
        told.append({fact.clause: fact.is_met for fact in register.facts(standard, at=at + timedelta(minutes=number))})
    later = at + timedelta(hours=1)
    facilities.check(keeper, last, seen(later, "broken"), at=later)
    told.append({fact.clause: fact.is_met for fact in register.facts(standard, at=later)})
    assert told == [*({clause: False} for _ in parts[1:]), {clause: True}, {clause: False}]


def test_of_a_clause_that_names_two_things_it_is_said_which_one_it_is(keeper: Actor, at: datetime) -> None:
    for clause, part in ((TOILETS, ""), (TOILETS, "nowhere"), (CLAUSE, "general")):
        with pytest.raises(InvalidInput) as refusal:
            facilities.enter(keeper, "51", clause, part=part, name="Toilet", place="Lantai 1", at=at)
        assert [problem.field for problem in refusal.value.problems] == ["clause"]


def test_every_clause_of_the_register_names_one_thing_or_is_asked_for_each_by_name() -> None:
    """A clause that says "dan" is one thing in two words, or has parts: a new one must be read by somebody."""
    one_thing = {
        "51.8.5",
        "51.8.49",
        "51.13.1",
        "51.8.40",
    }  # a desk for three matters, one box, one sign system; 13.1: with guards
    for clause in registered_clauses(standards.load().in_force("51", jakarta_day(timezone.now()))):
        if " dan " in clause.text.id:
            assert clause.parts or clause.id in one_thing, clause.id


def test_what_is_retired_proves_nothing_any_more(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    facilities.check(keeper, extinguisher.id, seen(at), at=at)
    later = at + timedelta(hours=1)
    facilities.retire(keeper, extinguisher.id, "Diganti unit baru.", at=later)
    assert status(later + timedelta(minutes=1)) is Status.NO_EVIDENCE
    assert status(at + timedelta(minutes=1)) is Status.MET
    with pytest.raises(RuleBroken, match="dikeluarkan"):
        facilities.check(keeper, extinguisher.id, seen(later), at=later)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"condition": "broken", "note": ""}, "note"),
        ({"condition": ""}, "condition"),
        ({"seen_on": None}, "seen_on"),
        ({"note": "", "has_photo": False}, "photo"),
    ],
)
def test_what_a_check_lacks_is_named(
    keeper: Actor, extinguisher: Facility, at: datetime, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        facilities.check(keeper, extinguisher.id, seen(at, **more), at=at)  # type: ignore[arg-type]
    assert field in {problem.field for problem in refusal.value.problems}
    assert not extinguisher.checks.exists()


def test_tomorrow_has_not_been_seen(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    with pytest.raises(InvalidInput) as refusal:
        facilities.check(keeper, extinguisher.id, seen(at, seen_on=jakarta_day(at) + timedelta(days=1)), at=at)
    assert refusal.value.problems[0].field == "seen_on"


def test_only_its_keeper_writes_the_register(extinguisher: Facility, at: datetime) -> None:
    head = makers.actor(Role.HEAD, at=at)
    with pytest.raises(NotAllowed):
        facilities.check(head, extinguisher.id, seen(at), at=at)
    with pytest.raises(NotAllowed):
        facilities.enter(head, "51", CLAUSE, name="APAR 3", place="Lantai 3", at=at)
    assert register.detail(makers.actor(Role.APPLICANT, at=at), extinguisher.id, at=at) is None
    assert register.detail(head, extinguisher.id, at=at) is not None


def test_a_visitor_reports_and_the_keeper_settles_once(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    facilities.report_fault(extinguisher.sticker.lower(), "Tabungnya lepas dari dinding", at=at)
    (report,) = extinguisher.faults.all()
    facilities.settle_fault(keeper, report.id, "Dipasang kembali", at=at)
    with pytest.raises(RuleBroken, match="sudah"):
        facilities.settle_fault(keeper, report.id, "Dipasang kembali", at=at)
    kinds = LedgerEntry.objects.filter(subject_id=extinguisher.id).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["facility.entered", "facility.fault_reported", "facility.fault_settled"]


def test_an_unknown_sticker_is_told_where_to_go(at: datetime) -> None:
    with pytest.raises(NotAllowed, match="meja informasi"):
        facilities.report_fault("TIDAKADA23", "Rusak sekali", at=at)


def test_a_clause_outside_the_register_is_refused(keeper: Actor, at: datetime) -> None:
    with pytest.raises(RuleBroken):
        facilities.enter(keeper, "51", "51.3", name="Janji", place="Lantai 1", at=at)


def test_the_register_lists_every_clause(keeper: Actor, extinguisher: Facility, at: datetime) -> None:
    found = register.register(keeper, "51", at=at)
    assert len(found) == 51  # the fifty of component 8, and the guards and safety equipment
    assert [c.clause.id for c in found if c.lines] == [CLAUSE]
