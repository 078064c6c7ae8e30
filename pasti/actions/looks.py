"""Looks at protected data: each one is a fact in the looker's chain, about the case looked into (51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.actions import rejection
from pasti.actions.carry_out import note
from pasti.actions.files import store
from pasti.actions.ground import application_for, standard_of
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Event
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.duties import Duty
from pasti.records.intake import Evidence
from pasti.records.licensing import Application

CLAUSE = "51.10.2"  # where no entry is known


def record_look(actor: Actor, row: Application, what: str, at: datetime) -> None:
    """Record an officer's look at a case of somebody else (51.10.2)."""
    if actor.id is None or actor.id == row.applicant_id:
        return
    event = Event(kind="data.looked_at", clause=standard_of(row).cite("10.1"), after={"what": what})
    note(Account.objects.get(pk=actor.id), event, actor=actor, at=at, about=row.id)


def reveal(actor: Actor, id: UUID, section: str, *, at: datetime) -> dict[str, str]:
    """The unmasked answers of one section; an officer's look is recorded before anything is shown."""
    row = application_for(actor, id)
    record_look(actor, row, f"section:{section}", at)
    return {name: str(value) for name, value in row.answers.get(section, {}).items()}


def read_minutes(actor: Actor, id: UUID, letter: str, *, at: datetime) -> None:
    """Record that an officer reads the minutes of an inspection, which name people."""
    record_look(actor, application_for(actor, id), f"minutes:{letter}", at)


def open_letter(actor: Actor, id: UUID, *, at: datetime) -> tuple[str, bytes]:
    """The number and bytes of the letter of rejection; an officer's look is recorded before they are given (51.1)."""
    number, pdf = rejection.letter(actor, id)
    record_look(actor, application_for(actor, id), f"letter:{number}", at)
    return number, pdf


def read_response(actor: Actor, id: UUID, *, at: datetime) -> str:
    """What the holder answered in the open hearing, in their own words; an officer's look is recorded (51.5)."""
    row = application_for(actor, id)
    found = row.hearings.filter(closed_at=None).exclude(responded_at=None).first()
    if found is None:
        raise NotAllowed(standard_of(row).cite("5"), "Tidak ada tanggapan yang terbuka pada berkas ini.")
    record_look(actor, row, "hearing", at)
    return str(found.response)


def read_change(actor: Actor, id: UUID, *, at: datetime) -> dict[str, tuple[str, str]]:
    """The fields that the waiting change touches, each as it is and as it is asked; an officer's look is recorded (51.5)."""
    row = application_for(actor, id)
    found = row.change_requests.filter(decided_at=None).first()
    if found is None:
        raise NotAllowed(standard_of(row).cite("5"), "Tidak ada perubahan data yang menunggu keputusan.")
    record_look(actor, row, "change", at)
    before = row.answers[found.section]
    return {n: (str(before.get(n, "")), str(v)) for n, v in found.answers.items() if before.get(n) != v}


def open_report(actor: Actor, duty: int, *, at: datetime) -> tuple[Duty, bytes]:
    """The file a holder reported a duty with, and its bytes; an officer's look is recorded."""
    found = Duty.objects.filter(pk=duty).exclude(sha256="").first()
    if found is None:
        raise NotAllowed("51.1", "Berkas unggahan ini tidak ada, atau bukan untuk Anda.")
    row = application_for(actor, found.application_id)
    record_look(actor, row, f"file:{found.sha256}", at)
    return found, store().get(found.sha256)


def open_file(actor: Actor, evidence_id: UUID, *, at: datetime) -> tuple[Evidence, bytes]:
    """An uploaded file and its bytes, verified against its name in the store; an officer's look is recorded."""
    evidence = Evidence.objects.filter(pk=evidence_id).first()
    if evidence is None:
        raise NotAllowed("51.1", "Berkas unggahan ini tidak ada, atau bukan untuk Anda.")
    row = application_for(actor, evidence.application_id)
    record_look(actor, row, f"file:{evidence.sha256}", at)
    return evidence, store().get(evidence.sha256)


def read_page(actor: Actor, page: str, *, at: datetime, about: UUID | None = None) -> None:
    """The Inspectorate reads all; each page it opens is a fact in the reader's chain (51.10.2)."""
    if actor.has(Role.INSPECTOR):
        case = Application.objects.only("entry", "effective").filter(pk=about).first() if about else None
        event = Event(kind="data.read", clause=standard_of(case).cite("10.2") if case else CLAUSE, after={"what": page})
        note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=about)
