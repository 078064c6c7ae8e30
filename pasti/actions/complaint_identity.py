"""Who may see the reporter, and each look as a fact in the looker's own chain (51.6.5.a, 51.10.2)."""

from datetime import datetime
from uuid import UUID

from pasti.actions.carry_out import note
from pasti.actions.complaint_ground import complaint_for, ground_of
from pasti.actions.complaint_handling import do
from pasti.actions.files import store
from pasti.domain import complaint_secrecy as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import HANDLERS, LEADERS
from pasti.domain.complaints import may_see_identity
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Event
from pasti.domain.roles import Actor
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint, ComplaintFile, ComplaintNamed
from pasti.records.messages import IncomingMessage

MAY_OPEN_MESSAGES = HANDLERS | LEADERS


def name(actor: Actor, id: UUID, account: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Name one officer who may see the identity of a secret reporter (51.6.5.a)."""
    person = Account.objects.prefetch_related("appointments").filter(pk=account, is_active=True).first()
    if person is None:
        raise RuleBroken("51.6.5.a", "Pilih petugas kantor ini.")
    named = person.actor(jakarta_day(at))
    new = ComplaintNamed(account=person, named_by_id=actor.id, named_at=at, reason=reason.strip())

    def with_row(row: Complaint) -> list[ComplaintNamed]:
        new.complaint = row
        return [new]

    do(actor, id, lambda c, g: rules.name(c, named, g), seen=seen, at=at, reason=reason, inserts=with_row)


def _record(actor: Actor, row: Complaint, what: str, at: datetime) -> None:
    event = Event(kind="data.looked_at", clause=ground_of(row, actor, at).standard.cite("6.5.a"), after={"what": what})
    note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=row.id)


def reveal(actor: Actor, id: UUID, *, at: datetime) -> Reporter:
    """The reporter's identity; the look is recorded before anything is shown. NotAllowed for who may not (51.6.5.a)."""
    row, value = complaint_for(actor, id)
    if not may_see_identity(value, actor):
        raise NotAllowed(
            ground_of(row, actor, at).standard.cite("6.5.a"),
            "Pelapor meminta identitasnya dirahasiakan: hanya petugas yang ditunjuk yang boleh melihatnya."
            if row.is_secret
            else "Identitas pelapor hanya untuk petugas yang menangani pengaduannya.",
        )
    _record(actor, row, "reporter", at)
    return Reporter(**row.identity.data)


def open_message(actor: Actor, id: UUID, *, at: datetime) -> bytes:
    """The original of a message that was not filed; the look is recorded (51.6.5.a)."""
    row = IncomingMessage.objects.filter(pk=id).first() if actor.roles & MAY_OPEN_MESSAGES else None
    if row is None:
        raise NotAllowed("51.6.5.a", "Pesan ini tidak ada, atau bukan untuk Anda.")
    event = Event(kind="data.looked_at", clause="51.6.5.a", after={"what": f"message:{row.original}"})
    note(Account.objects.get(pk=actor.person), event, actor=actor, at=at, about=row.id)
    return store().get(row.original)


def open_file(actor: Actor, file_id: UUID, *, at: datetime) -> tuple[ComplaintFile, bytes]:
    """A file that came with a complaint, verified against its name in the store; the look is recorded.

    A file may tell who sent it: of a secret reporter it is only opened by who may see the identity.
    """
    file = ComplaintFile.objects.filter(pk=file_id).first()
    if file is None:
        raise NotAllowed("51.6.5.a", "Berkas ini tidak ada, atau bukan untuk Anda.")
    row, value = complaint_for(actor, file.complaint_id)
    if value.is_secret and not may_see_identity(value, actor):
        raise NotAllowed("51.6.5.a", "Berkas ini tidak ada, atau bukan untuk Anda.")
    _record(actor, row, f"file:{file.sha256}", at)
    return file, store().get(file.sha256)
