"""After a restart of PostgreSQL the next request is served, however many connections of the pool are dead."""

from collections.abc import Iterator

import pytest
from django.db import connection

from pasti.config.database.base import DatabaseWrapper

MANY = 6  # dead ones, of which the pool by itself would wait 0, 1, 2, 4, 8 and 16 seconds in turn
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Iterator[list[DatabaseWrapper]]:
    """Requests that are served at the same time, each with a connection of one pool."""
    options = connection.settings_dict["OPTIONS"] | {"pool": {"min_size": 1, "max_size": MANY, "timeout": 5}}
    made = [DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, alias="pooled") for _ in range(MANY)]
    yield made
    for each in made:
        each.close()
    made[0].close_pool()


def _asks(who: DatabaseWrapper) -> int:
    with who.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_all_dead_connections_are_forgotten_at_the_first(people: list[DatabaseWrapper]) -> None:
    serving = {_asks(each) for each in people}
    assert len(serving) == MANY
    for each in people:
        each.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) AS pid", [[*serving]])

    assert _asks(people[0]) not in serving
    assert len({_asks(each) for each in people} - serving) == MANY
