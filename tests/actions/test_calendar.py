"""A decree announced in mid-term moves open promises, and says so (51.3)."""

from datetime import UTC, date, datetime

import pytest

from pasti import standards
from pasti.actions import calendar as calendars
from pasti.domain.calendar import Calendar, Holiday, HolidayKind
from pasti.domain.clock import Clock
from pasti.domain.workflow import State
from pasti.records.ledger import LedgerEntry
from pasti.standards.library import Library
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.3")]
THURSDAY = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
DECREE = "SKB perubahan, 25 November 2026"


@pytest.fixture
def amended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calendar as if a joint leave on 1 December 2026 were announced on 25 November."""
    library = standards.load()
    added = Holiday(
        day=date(2026, 12, 1),
        name="Cuti bersama tambahan",
        kind=HolidayKind.JOINT_LEAVE,
        decree=DECREE,
        announced_on=date(2026, 11, 25),
    )
    usual = library.calendar()
    changed = Calendar((*usual.holidays, added), usual.years)
    monkeypatch.setattr(Library, "calendar", lambda _: changed)


def test_an_added_day_off_moves_an_open_promise_with_its_decree_and_a_letter(amended: None) -> None:
    office = makers.officers()
    row = makers.advance(office, makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)
    assert row.due_on == date(2026, 12, 2)

    assert calendars.recalculate(at=THURSDAY) == 1

    fresh = makers.fresh(row.id)
    fact = LedgerEntry.objects.get(kind="clock.recalculated")
    assert fresh.due_on == date(2026, 12, 3)
    assert (fact.after["due_on"], fact.after["decree"], fact.public) == ("2026-12-03", DECREE, True)
    assert Clock.from_json(fresh.clock).events[-1].was_due_on == date(2026, 12, 2)


def test_running_it_again_moves_nothing(amended: None) -> None:
    office = makers.officers()
    makers.advance(office, makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)

    assert [calendars.recalculate(at=THURSDAY), calendars.recalculate(at=THURSDAY)] == [1, 0]


def test_without_a_new_decree_nothing_moves() -> None:
    office = makers.officers()
    makers.advance(office, makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)

    assert calendars.recalculate(at=THURSDAY) == 0
