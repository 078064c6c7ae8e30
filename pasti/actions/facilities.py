"""What is done to the register of facilities: enter, check, hand over, retire; report and settle a fault (51.8)."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.files import MOST_BYTES, store
from pasti.adapters.pdf.qr import svg
from pasti.adapters.store.sniff import check_upload
from pasti.domain import facilities
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken, field_problem
from pasti.domain.facilities import Check
from pasti.domain.roles import SYSTEM, Actor
from pasti.records.facilities import Facility, FacilityCheck, FaultReport

MOST_WORDS = 1000
MOST_OPEN_REPORTS = 20  # of one thing: more say nothing new


def enter(actor: Actor, entry: str, clause: str, *, part: str = "", name: str, place: str, at: datetime) -> Facility:
    """A new thing in the register, its keeper the one who entered it."""
    standard = standards.load().in_force(entry, jakarta_day(at))
    outcome = facilities.enter(actor, standard, clause, part=part, name=name, place=place)
    row = Facility(entry=entry, custodian_id=actor.person)
    carry_out(row, outcome, actor=actor, at=at)
    return row


def facility_for(actor: Actor, id: UUID) -> Facility:
    """The row, for who may look at the register; NotAllowed alike for one that does not exist."""
    row = Facility.objects.filter(pk=id).first()
    if row is None or not facilities.may_look(actor):
        raise NotAllowed("51.8", "Sarana ini tidak ada, atau bukan untuk Anda.")
    return row


def check(actor: Actor, id: UUID, seen: Check, *, photo: tuple[str, bytes] | None = None, at: datetime) -> None:
    """Note what was seen; the photograph is kept first, so that nothing is noted about a picture that is not there."""
    row = facility_for(actor, id)
    outcome = facilities.check(actor, row.facility(), row.clause, seen, at=at, today=jakarta_day(at))
    sha256, mime = _keep(photo, row.clause)
    assert seen.seen_on, "a check without its day is refused above"
    made = FacilityCheck(
        facility=row,
        condition=seen.condition,
        note=seen.note.strip(),
        seen_on=seen.seen_on,
        expires_on=seen.expires_on,
        sha256=sha256,
        mime=mime,
        made_by_id=actor.person,
        made_at=at,
    )
    carry_out(row, outcome, actor=actor, at=at, inserts=[made])


def _keep(photo: tuple[str, bytes] | None, clause: str) -> tuple[str, str]:
    if photo is None:
        return "", ""
    name, data = photo
    try:
        type = check_upload(data, name=Path(name).name, max_bytes=MOST_BYTES, clause=clause)
    except RuleBroken as broken:
        raise InvalidInput((field_problem("photo", clause, broken.template, **broken.values),)) from None
    return store().put(data), type.mime


def qr(address: str) -> str:
    """The sticker's code as an SVG picture."""
    return svg(address)


def hand_over(actor: Actor, id: UUID, *, to: UUID, place: str, at: datetime) -> None:
    """Another custodian or place."""
    row = facility_for(actor, id)
    carry_out(row, facilities.hand_over(actor, row.facility(), row.clause, to=to, place=place), actor=actor, at=at)


def retire(actor: Actor, id: UUID, reason: str, *, at: datetime) -> None:
    """Off the register."""
    row = facility_for(actor, id)
    carry_out(row, facilities.retire(actor, row.facility(), row.clause, reason, at=at), actor=actor, at=at)


def report_fault(sticker: str, words: str, *, at: datetime) -> None:
    """A visitor's report, by the code on the sticker. NotAllowed for a code that no thing carries."""
    row = Facility.objects.filter(sticker=sticker.upper(), retired_at=None).first()
    if row is None:
        raise NotAllowed("51.8", "Kode stiker ini tidak dikenal. Tunjukkan stikernya ke meja informasi.")
    if row.faults.filter(settled_at=None).count() >= MOST_OPEN_REPORTS:
        raise RuleBroken(row.clause, "Kerusakan ini sudah dilaporkan dan sedang ditangani. Terima kasih.")
    outcome = facilities.report_fault(row.facility(), row.clause, words)
    report = FaultReport(facility=row, words=words.strip()[:MOST_WORDS], reported_at=at)
    carry_out(row, outcome, actor=SYSTEM, at=at, inserts=[report])


def settle_fault(actor: Actor, id: int, result: str, *, at: datetime) -> None:
    """What was done about a report."""
    report = FaultReport.objects.select_related("facility").filter(pk=id).first()
    if report is None:
        raise NotAllowed("51.8", "Laporan ini tidak ada, atau bukan untuk Anda.")
    row = report.facility
    outcome = facilities.settle_fault(actor, row.clause, result, is_settled=report.settled_at is not None)
    carry_out(row, outcome, actor=actor, at=at, updates=[(report, {"settled_at": at, "result": result.strip()})])
