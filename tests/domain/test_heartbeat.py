"""When a background duty is late (51.10.2)."""

from datetime import UTC, datetime, timedelta

import pytest

from pasti.domain.heartbeat import RHYTHMS, Duty, Pulse, beat_of

pytestmark = pytest.mark.clause("51.10.2")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("duty", list(Duty))
def test_a_duty_is_late_the_moment_after_its_grace(duty: Duty) -> None:
    allowed = RHYTHMS[duty].every + RHYTHMS[duty].grace

    in_time, late = (beat_of(duty, ran_at=AT - allowed - more, open_since=AT, at=AT).pulse for more in (0 * SECOND, SECOND))

    assert (in_time, late) == (Pulse.ON_TIME, Pulse.LATE)


@pytest.mark.parametrize("duty", [d for d in Duty if not RHYTHMS[d].optional])
def test_what_has_never_run_is_measured_from_the_opening(duty: Duty) -> None:
    allowed = RHYTHMS[duty].every + RHYTHMS[duty].grace

    young, old = (beat_of(duty, ran_at=None, open_since=AT - allowed - more, at=AT).pulse for more in (0 * SECOND, SECOND))

    assert (young, old) == (Pulse.AWAITED, Pulse.LATE)


@pytest.mark.parametrize("duty", [Duty.BACKUP, Duty.STAMP])
def test_what_not_every_office_has_is_watched_only_once_there_is_one(duty: Duty) -> None:
    assert beat_of(duty, ran_at=None, open_since=AT - timedelta(days=99), at=AT).pulse is Pulse.UNWATCHED
    assert beat_of(duty, ran_at=AT - timedelta(days=2), open_since=AT, at=AT).pulse is Pulse.LATE
