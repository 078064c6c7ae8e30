"""Which ground an officer qualifies by, and how pledges are given (51.9, 51.12)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from pasti import standards
from pasti.domain import guarantees, staff
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.staff import Credential
from pasti.domain.staff_promise import Staffing, Unqualified

TODAY = date(2026, 11, 24)
ME, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture(scope="module")
def staffing() -> Staffing:
    found = standards.load().staffed(TODAY).staffing
    assert found is not None
    return found


def school(level: str) -> Credential:
    return Credential(kind="education", code=level, name="Sekolah", ends_on=date(2010, 6, 1))


def work(kind: str, first: date, last: date | None = None) -> Credential:
    return Credential(kind="experience", code=kind, name="Kantor", starts_on=first, ends_on=last)


def ids(staffing: Staffing, *given: Credential) -> list[str]:
    return [ground.id for ground in staff.grounds(given, staffing, TODAY)]


@pytest.mark.clause("51.9.1")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((school("bachelor"),), ["bachelor"]),
        ((school("doctor"),), ["bachelor"]),
        ((school("diploma"),), []),
        ((work("government", date(2000, 1, 1)),), []),
        ((school("senior_high"), work("government", date(2021, 1, 1), date(2025, 12, 30))), ["government"]),  # 1825 days
        ((school("senior_high"), work("government", date(2021, 1, 1), date(2025, 12, 29))), []),  # one short
        ((school("senior_high"), work("one_stop", date(2023, 1, 1), date(2025, 12, 30))), ["one_stop"]),
        ((school("senior_high"), work("one_stop", date(2023, 1, 1), date(2025, 12, 29))), []),
        ((school("senior_high"), work("one_stop", date(2020, 1, 1))), ["government", "one_stop"]),
        ((Credential(kind="competence", code="", name="Optik"),), ["technical"]),
        ((), []),
    ],
)
def test_each_ground_at_its_boundary(staffing: Staffing, given: tuple[Credential, ...], expected: list[str]) -> None:
    assert ids(staffing, *given) == expected


@pytest.mark.clause("51.9.1")
def test_a_day_covered_twice_counts_once() -> None:
    kinds = tuple(staff.Experience)
    given = [work("government", date(2026, 1, 1), date(2026, 1, 10)), work("one_stop", date(2026, 1, 5), date(2026, 1, 12))]
    assert staff.days_worked(given, kinds, TODAY) == 12
    assert staff.days_worked([work("government", date(2026, 11, 20))], kinds, TODAY) == 5


@pytest.mark.clause("51.9.1")
def test_a_role_is_warned_of_or_refused_as_the_edition_says(staffing: Staffing) -> None:
    strict = replace(staffing, unqualified=Unqualified.REFUSE)
    assert not staff.require_qualified(Role.EXAMINER, (), staffing, TODAY)
    assert staff.require_qualified(Role.INSPECTOR, (), strict, TODAY)
    assert staff.require_qualified(Role.EXAMINER, (school("bachelor"),), strict, TODAY)
    with pytest.raises(RuleBroken, match="belum dapat diberikan"):
        staff.require_qualified(Role.EXAMINER, (), strict, TODAY)


@pytest.mark.clause("51.9.3")
def test_a_judgement_covers_every_clause_and_nobody_judges_themselves(staffing: Staffing) -> None:
    head = Actor(id=ME, name="Kepala", roles=frozenset({Role.HEAD}))
    held = dict.fromkeys(staffing.competences, True)
    assert len(staff.assess(head, OTHER, held, "", staffing).events) == 7
    with pytest.raises(InvalidInput):
        staff.assess(head, OTHER, {"51.9.3": True}, "", staffing)
    with pytest.raises(InvalidInput):
        staff.assess(head, OTHER, {**held, "51.9.5": False}, "", staffing)
    with pytest.raises(NotAllowed):
        staff.assess(head, ME, held, "", staffing)


@pytest.mark.clause("51.12.1")
def test_a_pledge_is_confirmed_by_ones_own_name(staffing: Staffing) -> None:
    officer = Actor(id=ME, name="Dewi  Lestari", roles=frozenset({Role.EXAMINER}))
    pledge = staffing.pledge("ethics")
    assert guarantees.confirm(officer, pledge, " dewi lestari ", can_sign=False).events[0].after["how"] == "confirmation"
    with pytest.raises(RuleBroken, match="Ketik nama lengkap"):
        guarantees.confirm(officer, pledge, "Dewi", can_sign=False)
    with pytest.raises(RuleBroken, match="elektronik"):
        guarantees.confirm(officer, pledge, "Dewi Lestari", can_sign=True)
