"""Looks at protected data: each one is a fact in the looker's chain, about the case looked into (51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import note
from pasti.actions.files import store
from pasti.actions.ground import application_for, standard_of
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Event
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.intake import Evidence
from pasti.records.licensing import Application


def _record(actor: Actor, row: Application, what: str, at: datetime) -> None:
    if actor.id is None or actor.id == row.applicant_id:
        return
    event = Event(kind="data.looked_at", clause=standard_of(row).cite("10.1"), after={"what": what})
    note(Account.objects.get(pk=actor.id), event, actor=actor, at=at, about=row.id)


def reveal(actor: Actor, id: UUID, section: str, *, at: datetime) -> dict[str, str]:
    """The unmasked answers of one section; an officer's look is recorded before anything is shown."""
    row = application_for(actor, id)
    _record(actor, row, f"section:{section}", at)
    return {name: str(value) for name, value in row.answers.get(section, {}).items()}


def read_minutes(actor: Actor, id: UUID, letter: str, *, at: datetime) -> None:
    """Record that an officer reads the minutes of an inspection, which name people."""
    _record(actor, application_for(actor, id), f"minutes:{letter}", at)


def open_file(actor: Actor, evidence_id: UUID, *, at: datetime) -> tuple[Evidence, bytes]:
    """An uploaded file and its bytes, verified against its name in the store; an officer's look is recorded."""
    evidence = Evidence.objects.filter(pk=evidence_id).first()
    if evidence is None:
        raise NotAllowed("51.1", "Berkas unggahan ini tidak ada, atau bukan untuk Anda.")
    row = application_for(actor, evidence.application_id)
    _record(actor, row, f"file:{evidence.sha256}", at)
    return evidence, store().get(evidence.sha256)


def read_page(actor: Actor, page: str, *, at: datetime, about: UUID | None = None) -> None:
    """The Inspectorate reads all; each page it opens is a fact in the reader's chain (51.10.2)."""
    if actor.has(Role.INSPECTOR):
        event = Event(kind="data.read", clause="51.10.2", after={"what": page})
        note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=about)
