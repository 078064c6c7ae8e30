"""The last safe working moment of a case in a hand (51.2, 51.3)."""

from datetime import date, datetime

import pytest

from pasti import standards
from pasti.domain.calendar import JAKARTA
from pasti.domain.hours import working_minutes
from pasti.domain.pace import leave_by, minutes_after
from pasti.domain.standard import Procedure
from pasti.domain.workflow import State

pytestmark = [pytest.mark.clause("51.2"), pytest.mark.clause("51.3")]
LIBRARY = standards.load()
STANDARD = LIBRARY.in_force("51", date(2026, 2, 2))
WEEK, CALENDAR = LIBRARY.office().hours, LIBRARY.calendar()
THURSDAY = date(2026, 12, 3)
CLOSING = datetime(2026, 12, 3, 16, 0, tzinfo=JAKARTA)
CLASSES = STANDARD.procedures


def moment(procedure: Procedure, state: State) -> datetime | None:
    return leave_by(procedure, state, THURSDAY, week=WEEK, calendar=CALENDAR)


@pytest.mark.parametrize("procedure", CLASSES, ids=lambda p: p.code)
def test_what_is_left_after_it_is_the_standard_time_of_the_later_steps(procedure: Procedure) -> None:
    moments = []
    for step in procedure.steps:
        at = moment(procedure, State(step.state))
        if at is None:
            continue
        left = minutes_after(procedure, State(step.state))
        assert working_minutes(WEEK, CALENDAR, since=at, until=CLOSING) == left
        moments.append(at)
    assert moments == sorted(moments)
    assert moments


def test_only_the_last_step_may_stay_until_the_office_closes() -> None:
    for procedure in CLASSES:
        assert moment(procedure, State(procedure.steps[-1].state)) == CLOSING


def test_it_is_before_a_night_not_after_it() -> None:
    for procedure in CLASSES:
        for step in procedure.steps:
            at = moment(procedure, State(step.state))
            assert at is None or at.time() > min(hours.opens for hours in WEEK)


def test_before_the_promise_runs_there_is_no_such_moment() -> None:
    assert moment(CLASSES[0], State.SUBMITTED) is None
    assert moment(CLASSES[0], State.RETURNED) is None
