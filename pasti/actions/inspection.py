"""What people do about a field inspection, one function per act; `keep` takes what was noted in the field (51.2, 51.13.2)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pasti import standards
from pasti.actions.carry_out import carry_out, next_number, together
from pasti.actions.files import MOST_BYTES, store
from pasti.actions.ground import application_for, edition_of, ground_for, rows_of, standard_of, values_of
from pasti.actions.minutes import minutes_of
from pasti.adapters.store.sniff import check_upload
from pasti.domain import fieldwork
from pasti.domain import inspection as rules
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, Overtaken, RuleBroken
from pasti.domain.events import Event, Outcome
from pasti.domain.fieldwork import Item, ItemKind
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.inspection import Finding, Inspection, InspectionItem, InspectionMember, Photo
from pasti.records.licensing import Application

PICTURES = frozenset({"image/jpeg", "image/png"})


def assign(
    actor: Actor, application_id: UUID, *, team: Collection[UUID], lead: UUID | None, seen: int, at: datetime
) -> Inspection:
    """Name the team for this round of the application, and number its letter of assignment (51.2)."""
    row = application_for(actor, application_id, seen=seen)
    ground, day = ground_for(row, actor, at), jakarta_day(at)
    rules.require_assignable(row.case(), ground)  # refuse before a number is taken
    with together():
        Application.objects.select_for_update(no_key=True).get(pk=row.pk)  # of two at once, one is first
        taken = row.inspections.filter(round=row.round).exists()
        letter = f"ST-{day.year}-{next_number(f'assignment:{day.year}'):04d}"
        roles = _roles_of(team, at)
        outcome = rules.assign(row.case(), team=roles, lead=lead, letter=letter, taken=taken, ground=ground)
        assert lead is not None, "the rule has seen to it"
        visit = Inspection(application=row, round=row.round, lead_id=lead, assigned_at=at)
        members = [InspectionMember(inspection=visit, account_id=member) for member in roles]
        carry_out(visit, outcome, actor=actor, at=at, edition=edition_of(row), about=row.id, inserts=members)
    return visit


def _roles_of(team: Collection[UUID], at: datetime) -> dict[UUID, frozenset[Role]]:
    accounts = Account.objects.filter(pk__in=team, is_active=True).prefetch_related("appointments")
    return {account.id: account.actor(jakarta_day(at)).roles for account in accounts}


def _visit(actor: Actor, id: UUID, *, seen: int | None = None) -> tuple[Inspection, Application]:
    """The inspection and its application, when the actor may see it; Overtaken when it has moved since it was `seen`."""
    visit = _existing(Inspection.objects.filter(pk=id))
    row = application_for(actor, visit.application_id)
    if seen is not None and visit.ledger_length != seen:
        raise Overtaken("Peninjauan ini sudah berubah sejak Anda membukanya. Lihat keadaan terbarunya, lalu putuskan lagi.")
    return visit, row


def _held(actor: Actor, id: UUID) -> tuple[Inspection, Application]:
    """The same, both held by us until the act is done: call inside `together()`."""
    visit = _existing(Inspection.objects.select_for_update(no_key=True).filter(pk=id))
    Application.objects.select_for_update(no_key=True).values_list("pk").get(pk=visit.application_id)
    visit.application = application_for(actor, visit.application_id)
    return visit, visit.application


def _existing(found: QuerySet[Inspection]) -> Inspection:
    visit = found.first()
    if visit is None:
        raise NotAllowed("51.2", "Peninjauan ini tidak ada, atau bukan untuk Anda.")
    return visit


def offer(actor: Actor, id: UUID, visit_at: datetime, *, seen: int, at: datetime, reason: str = "") -> None:
    """Offer the applicant a time; an unusual one with the reason (51.2)."""
    visit, row = _visit(actor, id, seen=seen)
    ground, week = ground_for(row, actor, at, reason), standards.load().office().hours
    outcome = rules.offer(visit.inspection(), visit_at, ground, week=week, due_on=row.due_on)
    carry_out(visit, outcome, actor=actor, at=at, edition=edition_of(row), about=row.id)


def accept(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """The applicant accepts the offered time (51.2)."""
    visit, row = _visit(actor, id, seen=seen)
    outcome = rules.accept(row.case(), visit.inspection(), ground_for(row, actor, at))
    carry_out(visit, outcome, actor=actor, at=at, edition=edition_of(row), about=row.id)


def propose(actor: Actor, id: UUID, proposed_at: datetime, *, seen: int, at: datetime, reason: str) -> None:
    """The applicant asks for another time, with the reason (51.2)."""
    visit, row = _visit(actor, id, seen=seen)
    outcome = rules.propose(row.case(), visit.inspection(), proposed_at, ground_for(row, actor, at, reason))
    carry_out(visit, outcome, actor=actor, at=at, edition=edition_of(row), about=row.id)


def keep(actor: Actor, id: UUID, item: Item, *, at: datetime, data: bytes = b"") -> bool:
    """Keep one thing noted in the field; False when the same item was kept before: sending it again does nothing.

    `data`: the bytes of a photograph, or of the drawn signature. RuleBroken says why it is not kept (51.13.2).
    """
    item, mime = fieldwork.received(item, at), ""
    if data or item.kind is ItemKind.PHOTO:
        item, mime = _with_picture(item, data, standard_of(_visit(actor, id)[1]).cite("2"))
    with together():
        visit, row = _held(actor, id)
        if _is_kept(item, visit, standard_of(row).cite("2")):
            return False
        ground = ground_for(row, actor, at, item.reason)
        outcome = fieldwork.note(row.case(), visit.inspection(), item, lambda i: minutes_of(visit, row, i, ground), ground)
        carry_out(
            visit,
            outcome,
            actor=actor,
            at=at,
            edition=edition_of(row),
            about=row.id,
            inserts=_rows_for(visit, item, at, mime=mime, size=len(data)),
        )
    return True


def _is_kept(item: Item, visit: Inspection, cite: str) -> bool:
    kept = InspectionItem.objects.filter(pk=item.id).first()
    if kept is not None and kept.inspection_id != visit.id:
        raise RuleBroken(cite, "Catatan dengan tanda ini ada pada peninjauan lain. Catat ulang di sini.")
    return kept is not None


def _with_picture(item: Item, data: bytes, cite: str) -> tuple[Item, str]:
    """The item with the name of its picture in the store, and the picture's type; the item as it is without one."""
    if item.kind is ItemKind.PHOTO and not data:
        raise RuleBroken(cite, "Fotonya kosong. Ambil ulang fotonya.")
    if not data:
        return item, ""
    type = check_upload(data, name="foto", max_bytes=MOST_BYTES, clause=item.clause or cite)
    if type.mime not in PICTURES:
        raise RuleBroken(cite, "Foto harus berupa JPEG atau PNG.")
    sha256 = store().put(data)
    if item.signed is not None:
        return replace(item, signed=replace(item.signed, drawing=sha256)), type.mime
    return replace(item, file=sha256), type.mime


def _rows_for(visit: Inspection, item: Item, at: datetime, *, mime: str, size: int) -> list[InspectionItem | Finding | Photo]:
    kept = InspectionItem(
        id=item.id,
        inspection=visit,
        kind=item.kind,
        made_at=item.made_at,
        received_at=at,
        device=item.device,
        made_by_id=item.by,
    )
    if item.kind is ItemKind.FINDING:
        return [kept, Finding(item=kept, clause=item.clause, verdict=item.verdict, reason=item.reason.strip())]
    if item.kind is ItemKind.PHOTO:
        latitude, longitude, accuracy = item.position or (None, None, None)
        return [
            kept,
            Photo(
                item=kept,
                clause=item.clause,
                sha256=item.file,
                mime=mime,
                size=size,
                latitude=latitude,
                longitude=longitude,
                accuracy_metres=accuracy,
            ),
        ]
    return [kept]


def conclude(actor: Actor, application_id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Close the inspection: its findings become the dossier's verdicts and the case goes on, both or neither (51.2)."""
    row = application_for(actor, application_id, seen=seen)
    ground, rows = ground_for(row, actor, at, reason), rows_of(row)
    visit = row.inspections.filter(round=row.round).first()
    value = visit.inspection() if visit else None
    outcome = rules.conclude(row.case(), value, values_of(rows), visit.minutes_sha256 if visit else "", ground)
    assert visit is not None and value is not None, "without one the rule refuses"
    changed = {r.clause for r in rules.changed_by(value, values_of(rows))}
    updates = [(r, _verdict(value.findings[r.clause], actor, at)) for r in rows if r.clause in changed]
    event = Event(kind="inspection.concluded", clause=ground.standard.cite("2"), after={"minutes_sha256": visit.minutes_sha256})
    closing = Outcome(changes={"stage": Stage.CONCLUDED}, events=(event,))
    with together():
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=updates)
        carry_out(visit, closing, actor=actor, at=at, edition=edition_of(row), about=row.id)


def _verdict(finding: rules.Finding, actor: Actor, at: datetime) -> dict[str, object]:
    return {"verdict": finding.verdict, "reason": finding.reason, "judged_by_id": actor.id, "judged_at": at}
