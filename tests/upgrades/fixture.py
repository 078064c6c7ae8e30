"""A database with its files in one small archive: written at one level of the migrations, read back at that level.

`levels.json` names the last migration of each app; `tables/` holds the rows as PostgreSQL copies them; `files/` what the store
kept. The personal columns are encrypted with the key of tests/settings.py, the fixture's own. `python -m tests.upgrades.fixture`
writes the archive anew from the present code.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

ARCHIVE = Path(__file__).with_name("cases.zip")
WRITE = "PASTI_WRITE_UPGRADE_FIXTURE"
LEFT_OUT = ("django_", "auth_", "axes_", "procrastinate_periodic", "procrastinate_workers", "procrastinate_events")
THE_TEST = "tests/upgrades/test_upgrade.py::test_a_case_is_made_in_every_state"


def write(store: Path) -> None:
    """The present database, and the files it keeps."""
    with zipfile.ZipFile(ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _put(archive, "levels.json", json.dumps(_levels(), indent=1).encode())
        for table in _tables():
            if rows := _rows_of(table):
                _put(archive, f"tables/{table}.json", json.dumps(_columns(table)).encode())
                _put(archive, f"tables/{table}.copy", rows)
        for path in sorted(p for p in store.rglob("*") if p.is_file()):
            _put(archive, f"files/{path.relative_to(store).as_posix()}", path.read_bytes())


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _levels() -> dict[str, str]:
    graph = MigrationExecutor(connection).loader.graph
    return dict(sorted(graph.leaf_nodes()))


def _tables() -> Iterator[str]:
    names = sorted(connection.introspection.table_names())
    yield from (name for name in names if not name.startswith(LEFT_OUT))


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def _copy(table: str, columns: list[str], way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + way).format(sql.Identifier(table), names)  # type: ignore[arg-type]  # one of two literals


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(_copy(table, _columns(table), "TO STDOUT")) as copy:
        return b"".join(bytes(block) for block in copy)


def restore(store: Path) -> None:
    """Bring an empty database to the archive's level, and the rows and files into it."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        levels: dict[str, str] = json.loads(archive.read("levels.json"))
        MigrationExecutor(connection).migrate(list(levels.items()))
        with transaction.atomic():
            for name in archive.namelist():
                folder, _, rest = name.partition("/")
                if folder == "files":
                    target = store / rest
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))
                elif name.endswith(".copy"):
                    table = rest.removesuffix(".copy")
                    _load(table, json.loads(archive.read(f"tables/{table}.json")), archive.read(name))


def _load(table: str, columns: list[str], rows: bytes) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(_copy(table, columns, "FROM STDIN")) as copy:
            copy.write(rows)
        for column in columns:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            (sequence,) = cursor.fetchone() or (None,)
            if sequence:
                last: Any = sql.SQL("SELECT setval({}, (SELECT max({}) FROM {}))").format(
                    sql.Literal(sequence), sql.Identifier(column), sql.Identifier(table)
                )
                cursor.execute(last)


if __name__ == "__main__":
    os.environ[WRITE] = "1"
    sys.exit(pytest.main(["-q", THE_TEST]))
