"""The only door to the tables' writes: one transaction of conditional UPDATE, ledger entries and queued errands."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connection, models, transaction
from procrastinate.contrib.django import app

from pasti.domain.chain import Fact, link
from pasti.domain.errors import Overtaken
from pasti.domain.events import Errand, Event, Outcome
from pasti.domain.roles import SYSTEM, Actor
from pasti.records.ledger import LedgerEntry
from pasti.records.subject import Subject

SYSTEM_EDITION = ""


def together() -> AbstractContextManager[None]:
    """One transaction around several writes that stand or fall together, such as a number and the act that uses it."""
    return transaction.atomic()


def carry_out(
    row: Subject,
    outcome: Outcome,
    *,
    actor: Actor,
    at: datetime,
    edition: str = SYSTEM_EDITION,
    about: UUID | None = None,
    inserts: Iterable[models.Model] = (),
    updates: Iterable[tuple[models.Model, Mapping[str, Any]]] = (),
) -> None:
    """Do all that `outcome` says to `row`, and the rows that belong to it, or nothing at all.

    `row` as it was read (or new): its `ledger_length` is the version that must still hold. `inserts` are new rows,
    `updates` rows with the columns to set. Overtaken when somebody else changed `row` since it was read.
    """
    with transaction.atomic(savepoint=False):
        entries = _entries(row, outcome.events, actor=actor, at=at, edition=edition, about=about)
        _write_subject(row, outcome.changes, entries)
        for update, values in updates:
            type(update)._default_manager.filter(pk=update.pk).update(**values)
        by_table: dict[type[models.Model], list[models.Model]] = {}
        for new in inserts:
            by_table.setdefault(type(new), []).append(new)
        for table, rows in by_table.items():
            table._default_manager.bulk_create(rows)
        LedgerEntry.objects.bulk_create(entries)
        for number, errand in enumerate(outcome.errands):
            _queue(row, errand, number, about=about)


def next_number(series: str) -> int:
    """The next number of a series, without gap or double: call inside `together()`; it is given back when that fails."""
    assert connection.in_atomic_block, "a number is only given inside the transaction that uses it"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO counter (series, value) VALUES (%s, 1) "
            "ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value",
            [series],
        )
        return int(cursor.fetchone()[0])


def note(row: Subject, event: Event, *, actor: Actor, at: datetime, about: UUID | None = None) -> None:
    """Append one fact to a subject's chain whatever its version: for looks, which change nothing and race with nothing."""
    with transaction.atomic():
        fresh = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
        carry_out(fresh, Outcome(events=(event,)), actor=actor, at=at, about=about)


def _entries(
    row: Subject, events: tuple[Event, ...], *, actor: Actor, at: datetime, edition: str, about: UUID | None
) -> list[LedgerEntry]:
    entries, prev = [], row.ledger_head
    for seq, event in enumerate(events, start=row.ledger_length + 1):
        who = SYSTEM if event.by_itself else actor
        fact = Fact(
            subject_kind=row.subject_kind,
            subject_id=row.id,
            seq=seq,
            at=at,
            actor_id=who.id,
            actor_roles=who.spelled_roles,
            kind=event.kind,
            clause=event.clause,
            edition=edition,
            reason=event.reason,
            before=dict(event.before),
            after=dict(event.after),
            public=event.public,
            about=about,
        )
        digest = link(prev, fact)
        entries.append(LedgerEntry(**fact.__dict__, prev_hash=prev, hash=digest))
        prev = digest
    return entries


def _write_subject(row: Subject, changes: Mapping[str, object], entries: list[LedgerEntry]) -> None:
    assert entries, "every write is a fact"
    values = {**changes, "ledger_length": entries[-1].seq, "ledger_head": entries[-1].hash}
    known = row.ledger_length
    for name, value in values.items():
        setattr(row, name, value)
    if row._state.adding:
        row.save(force_insert=True)
        return
    written = type(row)._default_manager.filter(pk=row.pk, ledger_length=known).update(**values)
    if written == 0:
        raise Overtaken("Berkas ini baru saja diubah orang lain. Lihat keadaan terbarunya, lalu putuskan lagi.")


def _queue(row: Subject, errand: Errand, number: int, *, about: UUID | None) -> None:
    """What belongs to another subject, such as an inspection to its case, runs its errands about that one."""
    errand_id = uuid5(NAMESPACE_OID, f"{row.id}:{row.ledger_length}:{number}:{errand.name}")
    app.configure_task(errand.name).defer(errand_id=str(errand_id), subject_id=str(about or row.id), **dict(errand.payload))
