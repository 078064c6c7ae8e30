"""What is done to a certificate after its issue, each act after its holder was heard (51.5)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from pasti.actions.carry_out import carry_out, together
from pasti.actions.certificate import next_certificate_number, prepare
from pasti.actions.ground import application_for, choices, edition_of, ground_for
from pasti.domain import validity
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import InvalidInput
from pasti.domain.events import Json
from pasti.domain.intake import check_section, require_served
from pasti.domain.kbli import kept_choice
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.records.licensing import Application
from pasti.records.validity import ChangeRequest, Hearing

Updates = list[tuple[Model, Mapping[str, object]]]


def _open_hearing(row: Application) -> Hearing | None:
    found: Hearing | None = row.hearings.filter(closed_at=None).first()
    return found


def _open_change(row: Application) -> ChangeRequest | None:
    found: ChangeRequest | None = row.change_requests.filter(decided_at=None).first()
    return found


def hear(actor: Actor, id: UUID, intends: Act, *, seen: int, at: datetime, reason: str) -> None:
    """Tell the holder what is intended and why, and until when they may respond; it takes the place of an earlier one (51.5)."""
    row = application_for(actor, id, seen=seen)
    outcome, respond_by = validity.hear(row.case(), intends, ground_for(row, actor, at, reason))
    earlier = _open_hearing(row)
    fresh = Hearing(
        application=row, intends=intends, ground=reason.strip(), opened_by_id=actor.person, opened_at=at, respond_by=respond_by
    )
    closing: Updates = [(earlier, {"closed_at": at})] if earlier else []
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=closing, inserts=[fresh])


def respond(actor: Actor, id: UUID, text: str, *, at: datetime) -> None:
    """The holder's response to the open hearing (51.5)."""
    row = application_for(actor, id)
    hearing = _open_hearing(row)
    outcome = validity.respond(row.case(), hearing.value() if hearing else None, text, ground_for(row, actor, at))
    assert hearing is not None, "the rule has seen to it"
    updates: Updates = [(hearing, {"response": text.strip(), "responded_at": at})]
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=updates)


def suspend(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Suspend the certificate (51.5)."""
    _act_after_hearing(actor, id, Act.SUSPEND, seen=seen, at=at, reason=reason)


def reinstate(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Let a suspended certificate count again (51.5)."""
    _act_after_hearing(actor, id, Act.REINSTATE, seen=seen, at=at, reason=reason)


def revoke(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Revoke the certificate for good (51.5)."""
    _act_after_hearing(actor, id, Act.REVOKE, seen=seen, at=at, reason=reason)


def _act_after_hearing(actor: Actor, id: UUID, act: Act, *, seen: int, at: datetime, reason: str) -> None:
    """The case's move and the certificate's status, both or neither."""
    row = application_for(actor, id, seen=seen)
    ground, hearing, certificate = ground_for(row, actor, at, reason), _open_hearing(row), row.certificate
    outcome = validity.act_after_hearing(row.case(), act, hearing.value() if hearing else None, ground)
    assert hearing is not None and certificate is not None, "the rule has seen to it"
    updates: Updates = [(hearing, {"closed_at": at})]
    with together():
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=updates)
        changed = validity.status_changed(act, ground)
        carry_out(certificate, changed, actor=actor, at=at, edition=edition_of(row), about=row.id)


def request_change(actor: Actor, id: UUID, section: str, raw: Mapping[str, str], *, at: datetime, reason: str) -> None:
    """The holder asks that data of a section change; what is not typed stays. InvalidInput or NotServed (51.5)."""
    row = application_for(actor, id)
    ground, before = ground_for(row, actor, at, reason), row.answers.get(section, {})
    clean, problems = check_section(section, {**before, **raw}, ground.standard, choices(), jakarta_day(at))
    if problems:
        raise InvalidInput(problems)
    require_served(ground.standard, {section: clean})
    changed = tuple(name for name in sorted(clean) if clean[name] != before.get(name))
    waits = _open_change(row) is not None
    outcome = validity.request_change(row.case(), section, changed, ground, waits=waits)
    answers = {**(kept_choice(ground.standard, before) if section == "business" else {}), **clean}
    asked = ChangeRequest(application=row, section=section, answers=answers, reason=reason.strip(), asked_at=at)
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=[asked])


def refuse_change(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Refuse the change that was asked for, with the reason; the certificate stays as it is (51.5)."""
    row = application_for(actor, id, seen=seen)
    change = _open_change(row)
    outcome = validity.decide_change(
        row.case(), Act.REFUSE_CHANGE, ground_for(row, actor, at, reason), waits=change is not None, after={}, changes={}
    )
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=_decided(change, at, reason, accepted=False))


def replace(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str) -> None:
    """Accept the change: a new certificate with its own number awaits the signature; the old one counts until then (51.5)."""
    row = application_for(actor, id, seen=seen)
    ground, change = ground_for(row, actor, at, reason), _open_change(row)
    with together():
        number = next_certificate_number(row, ground)
        after: dict[str, Json] = {"certificate": number}
        outcome = validity.decide_change(
            row.case(), Act.REPLACE, ground, waits=change is not None, after=after, changes=_changed(row, change)
        )
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), updates=_decided(change, at, reason, accepted=True))
        prepare(row, number, ground)


def _decided(change: ChangeRequest | None, at: datetime, reason: str, *, accepted: bool) -> Updates:
    assert change is not None, "the rule has seen to it"
    return [(change, {"decided_at": at, "accepted": accepted, "decision_reason": reason.strip()})]


def _changed(row: Application, change: ChangeRequest | None) -> dict[str, object]:
    if change is None:
        return {}
    columns = {name: change.answers[name] for name in ("business_name", "nib") if name in change.answers}
    return {"answers": {**row.answers, change.section: change.answers}, **columns}
