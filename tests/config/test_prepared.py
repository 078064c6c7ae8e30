"""What every request asks is planned once for each connection, and survives what may happen to a plan."""

import pytest
from django.db import DataError, connection, transaction

from pasti.records.prepared import prepared

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "SELECT code, (SELECT json_agg(t) FROM thing t) FROM thing WHERE code = %s"


@pytest.fixture(autouse=True)
def _thing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE thing AS SELECT 'a' AS code UNION ALL SELECT 'b'")


def _ask(code: str) -> tuple[str, list[dict[str, str]]]:
    with prepared() as cursor:
        cursor.execute(ASK, [code])
        found: tuple[str, list[dict[str, str]]] = cursor.fetchone()
    return found


def _runs() -> list[int]:
    """How often each plan of the question was run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%%FROM thing t%%'")
        return [runs for (runs,) in cursor.fetchall()]


def test_one_plan_serves_every_value() -> None:
    assert [_ask(code)[0] for code in ("a", "b", "a")] == ["a", "b", "a"]

    assert _runs() == [3]


def test_a_transaction_that_was_rolled_back_takes_nothing_with_it() -> None:
    with transaction.atomic():
        _ask("a")
        transaction.set_rollback(True)

    assert _ask("b")[0] == "b"


def test_a_table_that_grows_while_it_is_asked_is_seen_as_it_is() -> None:
    before = _ask("a")[1]

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE thing ADD COLUMN more text DEFAULT 'x'")

    assert _ask("a")[1] == [{**row, "more": "x"} for row in before]


def test_a_fault_is_the_same_as_with_any_other_cursor() -> None:
    with pytest.raises(DataError), prepared() as cursor:
        cursor.execute("SELECT 1 / %s::int", [0])
    assert _ask("a")[0] == "a"
