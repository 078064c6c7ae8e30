"""One SQL statement that writes all of an outcome or nothing: the subject at its version, what belongs to it, facts, errands.

Every part hangs on `subject`, the row that the first part wrote. Where somebody else was faster that part writes none, and
so does the rest. One statement is one round trip and one transaction of its own; its text is made once per shape.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection, models
from procrastinate.jobs import Job
from psycopg.types.json import Jsonb

from pasti.records.prepared import prepared
from pasti.records.subject import Subject

Part = tuple[str, list[Any]]  # SQL and its values
Fields = tuple["models.Field[Any, Any] | None", ...]  # in the columns' order; None: the value is stored as it is
JOB = "ROW(%s, %s, %s, %s, %s, %s, %s)"


def write(subject: Part, also: Iterable[Part], rows: Iterable[Part], jobs: Iterable[Job]) -> bool:
    """Do all parts and queue the jobs, if there is a `subject`; whether there was one.

    The parts of a statement are done in no order, but each of the new `rows` waits for the one before, whose number is lower.
    """
    texts, values, before = [f"subject AS ({subject[0]})"], [*subject[1]], "subject"
    for number, (text, given) in enumerate(also):
        texts.append(f"also{number} AS ({text})")
        values += given
    for number, (text, given) in enumerate(rows):
        texts.append(f"row{number} AS ({text} FROM {before} RETURNING 1)")
        values += given
        before = f"row{number}"
    result, given = _queued([*jobs])
    with prepared() as cursor:
        cursor.execute(f"WITH {', '.join(texts)} SELECT {result} FROM subject", values + given)  # noqa: S608
        return bool(cursor.rowcount)


def _queued(jobs: list[Job]) -> Part:
    if not jobs:
        return "1", []
    given: list[Any] = []
    for job in jobs:
        given += job.queue, job.task_name, job.priority, job.lock, job.queueing_lock, Jsonb(job.task_kwargs), job.scheduled_at
    rows = ", ".join([JOB] * len(jobs))
    return f"procrastinate_defer_jobs_v1(ARRAY[{rows}]::procrastinate_job_to_defer_v1[])", given


def present() -> Part:
    """A subject that this transaction has just made."""
    return "SELECT 1", []


def changed(row: Subject, values: Mapping[str, object], *, known: int) -> Part:
    """The subject's new values, provided that its chain of facts is still as long as was known."""
    text, fields = _change(type(row), tuple(values))
    return f'{text} WHERE "id" = %s AND "ledger_length" = %s RETURNING 1', [*_stored(fields, values), row.pk, known]


def also_changed(row: models.Model, values: Mapping[str, object]) -> Part:
    """New values of a row that belongs to the subject."""
    text, fields = _change(type(row), tuple(values))
    key = f'"{row._meta.db_table}"."{row._meta.pk.column}"'
    return f"{text} FROM subject WHERE {key} = %s", [*_stored(fields, values), row.pk]


def added(model: type[models.Model], values: Mapping[str, object]) -> Part:
    """A new row with these values; `write` says after which."""
    text, fields = _addition(model, tuple(values))
    return text, _stored(fields, values)


@lru_cache(maxsize=1000)
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, Fields]:
    fields = _fields(model, names)
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns}', _turned(fields)  # noqa: S608


@lru_cache(maxsize=100)
def _addition(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, Fields]:
    fields = _fields(model, names)
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join("%s" for _ in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {places}', _turned(fields)


def _fields(model: type[models.Model], names: tuple[str, ...]) -> list["models.Field[Any, Any]"]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]  # relations to others are not written


def _turned(fields: list["models.Field[Any, Any]"]) -> Fields:
    """The fields whose values are stored as something else, encrypted or as JSON; None for all others."""
    return tuple(field if hasattr(field, "from_db_value") else None for field in fields)


def _stored(fields: Fields, values: Mapping[str, object]) -> list[Any]:
    pairs = zip(fields, values.values(), strict=True)
    return [value if field is None else field.get_db_prep_save(value, connection) for field, value in pairs]
