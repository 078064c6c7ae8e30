"""Rejecting: by a signed letter, after a second verification or a fulfilment term that lapsed, never before (51.1)."""

import json
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from pasti.actions.carry_out import carry_out, together
from pasti.actions.files import store
from pasti.actions.ground import application_for, edition_of, ground_for, rows_of, values_of
from pasti.actions.printing import rejection_of
from pasti.actions.signing import signed
from pasti.adapters.pdf.client import render_letter
from pasti.domain import verdicts
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed
from pasti.domain.events import Event, Outcome
from pasti.domain.letters import LetterData
from pasti.domain.licensing import Case, fulfilment_lapsed
from pasti.domain.roles import Actor
from pasti.domain.sentence import said_day
from pasti.records.letters import Letter
from pasti.records.licensing import Application


@sensitive_variables("passphrase")
def reject(actor: Actor, id: UUID, passphrase: str, *, seen: int, at: datetime, reason: str) -> None:
    """Have the letter signed with the head's passphrase, check it, keep it, and only then reject (51.1).

    No transaction is open while the service is asked: a crash before the last line leaves the case undecided; after it the case
    is rejected by the letter in the store. WrongPassphrase, DoorClosed, Overtaken, RuleBroken.
    """
    row = application_for(actor, id, seen=seen)
    ground, rows = ground_for(row, actor, at, reason), values_of(rows_of(row))
    unmet = verdicts.may_reject(row.case(), rows, ground)
    why_now = _why_now(row.case())
    data = rejection_of(row, unmet, reason=reason, why_now=why_now, signer=actor, on=jakarta_day(at))
    pdf = signed(render_letter(data), actor, passphrase, reason=f"Penolakan {data.case_number}", location=data.issued_in)
    sha256 = store().put(pdf)
    outcome = verdicts.reject(row.case(), rows, ground, letter=data.number, sha256=sha256)
    with together():
        carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row))
        _keep(row, data, sha256, actor=actor, at=at)


def _why_now(case: Case) -> str:
    if fulfilment_lapsed(case) and case.fulfil_by:
        return f"Waktu untuk memenuhi syarat berakhir pada {said_day(case.fulfil_by)} dan permohonan tidak diajukan lagi."
    return f"Sesudah verifikasi ke-{case.round} syarat di bawah ini tetap belum dipenuhi."


def _keep(row: Application, data: LetterData, sha256: str, *, actor: Actor, at: datetime) -> None:
    letter = Letter(
        application=row, kind="rejection", number=data.number, data=json.loads(data.to_json()), signed_sha256=sha256, signed_at=at
    )
    event = Event(kind="letter.signed", clause=data.clause, after={"number": data.number, "sha256": sha256})
    carry_out(letter, Outcome(events=(event,)), actor=actor, at=at, edition=edition_of(row), about=row.id)


def letter(actor: Actor, id: UUID) -> tuple[str, bytes]:
    """The number and signed bytes of a case's letter, for who may see the case; NotAllowed alike when there is none (51.1)."""
    found = Letter.objects.filter(application=application_for(actor, id)).first()
    if found is None:
        raise NotAllowed("51.1", "Surat ini tidak ada, atau bukan untuk Anda.")
    return found.number, store().get(found.signed_sha256)
