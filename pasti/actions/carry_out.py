"""The only door to the tables' writes: one transaction of conditional UPDATE, ledger entries and queued errands."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connection, models, transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from pasti.actions import statement
from pasti.domain.chain import Fact, link
from pasti.domain.errors import Overtaken
from pasti.domain.events import Errand, Event, Outcome
from pasti.domain.roles import SYSTEM, Actor
from pasti.records.ledger import LedgerEntry
from pasti.records.prepared import prepared
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
    known, is_new, inserts, updates = row.ledger_length, row._state.adding, [*inserts], [*updates]
    assert len({(type(r), r.pk) for r in (row, *(update for update, _ in updates))}) == 1 + len(updates), "a row changes once"
    entries = _entries(row, outcome.events, actor=actor, at=at, edition=edition, about=about)
    values = {**outcome.changes, "ledger_length": entries[-1]["seq"], "ledger_head": entries[-1]["hash"]}
    for name, value in values.items():
        setattr(row, name, value)
    also = [statement.also_changed(update, columns) for update, columns in updates]
    facts = [statement.added(LedgerEntry, entry) for entry in entries]
    jobs = [_job(row, errand, number, about=about) for number, errand in enumerate(outcome.errands)]
    with transaction.atomic(savepoint=False) if is_new or inserts else nullcontext():
        if is_new:
            row.save(force_insert=True)
        subject = statement.present() if is_new else statement.changed(row, values, known=known)
        if not statement.write(subject, also, facts, jobs):
            raise Overtaken("Berkas ini baru saja diubah orang lain. Lihat keadaan terbarunya, lalu putuskan lagi.")
        _insert(inserts)


NUMBER = (
    "INSERT INTO counter (series, value) {first} ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
NEXT = NUMBER.format(first="VALUES (%s, 1)")
NEXT_AT_ONCE = NUMBER.format(first="SELECT %s, 1 FROM set_config('synchronous_commit', 'off', true)")


def next_number(series: str) -> int:
    """The next number of a series, without gap or double: call inside `together()`; it is given back when that fails."""
    assert connection.in_atomic_block, "a number is only given inside the transaction that uses it"
    return _number(NEXT, series)


def early_number(series: str) -> int:
    """The next number of a series, taken for good before the act that uses it, so that acts do not queue behind one another.

    Never given twice; an act that fails leaves one unused. Nobody waits for the disk here: it writes in order, so where the act
    survives a crash, its number does. Inside a transaction it is that one's, and lasts as it does.
    """
    return _number(NEXT if connection.in_atomic_block else NEXT_AT_ONCE, series)


def _number(statement: str, series: str) -> int:
    with prepared() as cursor:
        cursor.execute(statement, [series])
        return int(cursor.fetchone()[0])


def note(row: Subject, event: Event, *, actor: Actor, at: datetime, about: UUID | None = None) -> None:
    """Append one fact to a subject's chain whatever its version: for looks, which change nothing and race with nothing."""
    with transaction.atomic():
        fresh = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
        carry_out(fresh, Outcome(events=(event,)), actor=actor, at=at, about=about)


def _entries(
    row: Subject, events: tuple[Event, ...], *, actor: Actor, at: datetime, edition: str, about: UUID | None
) -> list[dict[str, Any]]:
    assert events, "every write is a fact"
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
        entries.append({**fact.__dict__, "prev_hash": prev, "hash": digest})
        prev = digest
    return entries


def _insert(rows: Iterable[models.Model]) -> None:
    by_table: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    for table, new in by_table.items():
        table._default_manager.bulk_create(new)


def _job(row: Subject, errand: Errand, number: int, *, about: UUID | None) -> Job:
    """What belongs to another subject, such as an inspection to its case, runs its errands about that one."""
    errand_id = uuid5(NAMESPACE_OID, f"{row.id}:{row.ledger_length}:{number}:{errand.name}")
    about_id = str(about or row.id)
    return app.configure_task(errand.name).make_new_job(errand_id=str(errand_id), subject_id=about_id, **dict(errand.payload))
