"""When the owner of a finding is warned: at so many days left, in the morning, each mark once (51.10.1)."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from pasti.domain.findings import Owed, Stage, warn
from pasti.domain.roles import Role

pytestmark = pytest.mark.clause("51.10.1")
DUE = date(2026, 12, 14)
BASE = {"id": UUID(int=9), "owner": Role.HEAD, "due_on": DUE, "stage": Stage.OPEN, "warned": None}
OWED = Owed(**BASE, raised_at=datetime(2026, 11, 23, 2, tzinfo=UTC))  # type: ignore[arg-type]


def _marked(day: int, *, hour_utc: int = 1, minute: int = 0, **changes: Any) -> object:
    owed = Owed(**{**OWED.__dict__, **changes})
    at = datetime(2026, 12, day, hour_utc, minute, tzinfo=UTC)
    outcome = warn(owed, warnings=(3, 0), at=at, opens=time(8), clause="51.10.1")
    return outcome.changes["warned"] if outcome else None


@pytest.mark.parametrize(("day", "mark"), [(10, None), (11, 3), (12, 3), (13, 3), (14, 0), (15, None)])
def test_it_is_warned_three_days_before_and_on_the_last_day(day: int, mark: int | None) -> None:
    assert _marked(day) == mark


def test_each_mark_is_told_once() -> None:
    assert [_marked(12, warned=3), _marked(14, warned=3), _marked(14, warned=0)] == [None, 0, None]


def test_not_before_the_office_opens() -> None:
    assert [_marked(11, hour_utc=0, minute=59), _marked(11, hour_utc=1)] == [None, 3]


def test_not_on_the_day_it_was_given_nor_once_answered() -> None:
    given = datetime(2026, 12, 11, 0, tzinfo=UTC)
    assert [_marked(11, raised_at=given), _marked(12, raised_at=given)] == [None, 3]
    assert [_marked(11, stage=stage) for stage in (Stage.ANSWERED, Stage.CLOSED)] == [None, None]


def test_the_warning_goes_to_the_owner_and_says_how_many_days_are_left() -> None:
    outcome = warn(OWED, warnings=(3, 0), at=datetime(2026, 12, 12, 3, tzinfo=UTC), opens=time(8), clause="51.10.1")

    assert outcome is not None
    assert outcome.events[0].after == {"remaining": 2, "due_on": "2026-12-14"}
    (errand,) = outcome.errands
    assert errand.name == "tell_finding_owner"
    assert errand.payload == {"finding": str(OWED.id), "kind": "due", "owner": "head", "due_on": "2026-12-14"}
