"""Statements that every connection plans once and then only runs: what is asked at each request, and every outcome."""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg._queries import PostgresQuery


class _Cursor(psycopg.Cursor[Any]):
    """Sends values beside the statement, not inside it, and has the server keep the plan."""

    def execute(self, query: Any, params: Any = None, *, prepare: bool | None = True, binary: bool | None = None) -> "_Cursor":
        return super().execute(query, params, prepare=prepare, binary=binary)

    def _send_query_prepared(self, name: bytes, pgq: PostgresQuery, *, binary: bool | None = None) -> None:
        self._query = pgq  # where Django looks for the text when it lists what was asked
        super()._send_query_prepared(name, pgq, binary=binary)


def prepared() -> CursorWrapper:
    """A cursor for statements of few shapes: each new shape costs a round trip more the first time a connection meets it."""
    connection.ensure_connection()
    connection.connection.prepare_threshold = 5  # any number: with None, as Django has it, no plan is ever kept
    cursor: CursorWrapper = connection._prepare_cursor(_Cursor(connection.connection))  # type: ignore[attr-defined]  # the stubs lack it
    return cursor
