"""What officers keep for their own work: saved filters, notes on a case. Each is a fact in the officer's chain (51.10.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from pasti.actions.carry_out import carry_out, together
from pasti.actions.ground import application_for, standard_of
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.desk import CaseNote, SavedFilter

MOST_FILTERS = 20
LONGEST_NOTE = 4000
CLAUSE = "51.10.1"


def keep(
    actor: Actor,
    event: Event,
    *,
    at: datetime,
    about: UUID | None = None,
    inserts: Iterable[models.Model] = (),
    updates: Iterable[tuple[models.Model, Mapping[str, Any]]] = (),
) -> None:
    """Do it under the officer's own chain, so that no colleague's page of the case grows stale by it."""
    with together():
        account = Account.objects.select_for_update(no_key=True).get(pk=actor.person)
        carry_out(account, Outcome(events=(event,)), actor=actor, at=at, about=about, inserts=inserts, updates=updates)


def save_filter(actor: Actor, name: str, query: str, *, at: datetime) -> None:
    """Keep a filter of the queue under a name; one of the same name is replaced (51.10.1)."""
    name = name.strip()
    if not name or len(name) > 60:
        raise RuleBroken(CLAUSE, "Beri nama saringan ini, paling banyak 60 huruf.")
    mine = SavedFilter.objects.filter(account_id=actor.person, removed_at=None)
    same = mine.filter(name=name).first()
    if same is None and mine.count() >= MOST_FILTERS:
        raise RuleBroken(CLAUSE, "Anda sudah menyimpan {most} saringan. Hapus salah satunya.", most=MOST_FILTERS)
    event = Event(kind="filter.saved", clause=CLAUSE, after={"name": name})
    if same is not None:
        keep(actor, event, at=at, updates=[(same, {"query": query[:300], "saved_at": at})])
        return
    keep(actor, event, at=at, inserts=[SavedFilter(account_id=actor.person, name=name, query=query[:300], saved_at=at)])


def remove_filter(actor: Actor, id: int, *, at: datetime) -> None:
    """Forget a filter of one's own (51.10.1)."""
    mine = SavedFilter.objects.filter(pk=id, account_id=actor.person, removed_at=None).first()
    if mine is None:
        raise NotAllowed(CLAUSE, "Saringan ini tidak ada, atau bukan milik Anda.")
    keep(
        actor, Event(kind="filter.removed", clause=CLAUSE, after={"name": mine.name}), at=at, updates=[(mine, {"removed_at": at})]
    )


def add_note(actor: Actor, id: UUID, text: str, *, at: datetime) -> None:
    """Note something on a case for colleagues; never shown to the applicant. The words are in the note alone (51.10.1)."""
    row = application_for(actor, id)
    cite = standard_of(row).cite("10.1")
    if not actor.may_open_desk or actor.id == row.applicant_id:
        raise NotAllowed(cite, "Catatan hanya ditulis petugas.")
    if actor.has(Role.INSPECTOR):
        raise NotAllowed(cite, "Inspektorat tidak mengubah berkas; tulis temuannya pada Pengawasan.")
    words = text.strip()
    if not 2 <= len(words) <= LONGEST_NOTE:
        raise RuleBroken(cite, "Tulis catatannya, paling banyak {most} huruf.", most=LONGEST_NOTE)
    note = CaseNote(application=row, text=words, by_id=actor.person, at=at)
    keep(actor, Event(kind="note.added", clause=cite), at=at, about=row.id, inserts=[note])
