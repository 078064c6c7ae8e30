"""The database backend: Django's own, but one dead connection tells of all the others in the pool.

Checked by the pool itself (CONN_HEALTH_CHECKS), each costs the next request another, longer wait: four of them seven seconds.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL out of the pool, alive when it is handed out."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection. OperationalError when none is to be had in time."""
        connection = super().get_new_connection(conn_params)
        if self.pool is None or _is_alive(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.drain()  # all of them were made before the server went
        return super().get_new_connection(conn_params)


def _is_alive(connection: Any) -> bool:
    try:
        connection.execute("")
    except OperationalError:
        return False
    return True
