"""Sessions that are over are cleared away, so many at a time; those that still open something stay (51.10.1)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from pasti.actions import errands, sessions
from pasti.records.sessions import Session
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]


def _session(key: str, *, over_since_minutes: int) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=MONDAY - timedelta(minutes=over_since_minutes))


def _left() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def test_a_session_is_cleared_from_the_moment_it_is_over() -> None:
    _session("over", over_since_minutes=0)
    _session("lasts", over_since_minutes=-1)

    assert sessions.clear_expired(at=MONDAY) == 1
    assert _left() == {"lasts"}


def test_one_run_clears_so_many_the_oldest_first_in_one_statement() -> None:
    for minutes in (1, 3, 2):
        _session(f"{minutes}", over_since_minutes=minutes)

    with CaptureQueriesContext(connection) as captured:
        cleared = sessions.clear_expired(at=MONDAY, most=2)

    assert (cleared, _left(), len(captured)) == (2, {"1"}, 1)
    assert sessions.clear_expired(at=MONDAY, most=2) == 1


def test_the_worker_clears_every_hour() -> None:
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))

    errands.clear_sessions(0)

    assert _left() == set()
    periodic = app.periodic_registry.periodic_tasks
    assert [task.cron for (name, _), task in periodic.items() if name == "clear_sessions"] == ["50 * * * *"]
