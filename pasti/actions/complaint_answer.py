"""The signed answer, the report to the direct superior, and the close that needs both (51.6.4, 51.6.8)."""

import json
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from pasti.actions.carry_out import carry_out
from pasti.actions.complaint_ground import complaint_for, edition_of, ground_of
from pasti.actions.complaint_handling import do
from pasti.actions.files import store
from pasti.actions.printing import complaint_answer_of
from pasti.actions.signing import signed
from pasti.adapters.pdf.client import render_answer
from pasti.domain import complaint_answer as rules
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint, ComplaintAnswer, ComplaintReport


@sensitive_variables("passphrase")
def answer(actor: Actor, id: UUID, text: str, passphrase: str, *, seen: int, at: datetime) -> None:
    """Have the letter with the answer signed by the actor's passphrase, check it, keep it, and only then answer (51.6.8).

    No transaction is open while the service is asked. WrongPassphrase, DoorClosed, Overtaken, RuleBroken.
    """
    row, value = complaint_for(actor, id, seen=seen)
    ground = ground_of(row, actor, at)
    said = rules.may_answer(value, text, ground)
    if not Account.objects.filter(pk=actor.person).exclude(signing_nik="").exists():
        raise RuleBroken(
            ground.standard.cite("6.8"), "Anda belum terdaftar sebagai penanda tangan. Minta Kepala DPMPTSP menandatanganinya."
        )
    data = complaint_answer_of(row, value, said, ground)
    pdf = signed(render_answer(data), actor, passphrase, reason=f"Jawaban {data.complaint_number}", location=data.issued_in)
    sha256 = store().put(pdf)
    outcome = rules.answer(value, text, ground, letter=data.number, sha256=sha256)
    kept = ComplaintAnswer(
        complaint=row,
        number=data.number,
        text=said,
        data=json.loads(data.to_json()),
        signed_sha256=sha256,
        signed_by_id=actor.person,
        signed_at=at,
    )
    carry_out(row, outcome, actor=actor, at=at, edition=edition_of(row), inserts=[kept])


def letter(id: UUID, *, actor: Actor | None = None, which: int = 0) -> tuple[str, bytes]:
    """Number and signed bytes of the first, second … answer, 0 the latest: for an officer who may see it, or (None) for who
    has shown the secret."""
    row = complaint_for(actor, id)[0] if actor else Complaint.objects.filter(pk=id).first()
    signed = list(row.answers.order_by("signed_at")) if row else []
    found = next(iter(signed[which - 1 :] if which else signed[-1:]), None)
    if found is None:
        raise NotAllowed("51.6.8", "Surat jawaban ini tidak ada, atau bukan untuk Anda.")
    return found.number, store().get(found.signed_sha256)


def report(actor: Actor, id: UUID, text: str, *, seen: int, at: datetime) -> None:
    """Report the outcome to the direct superior (51.6.8)."""

    def written(row: Complaint) -> list[ComplaintReport]:
        superior = ROLE_TITLES[Role.SUPERIOR]
        return [
            ComplaintReport(
                complaint=row,
                category=row.category,
                tier="",
                to=superior,
                text=text.strip(),
                written_by_id=actor.person,
                written_at=at,
            )
        ]

    do(actor, id, lambda c, g: rules.report(c, text, g), seen=seen, at=at, inserts=written)


def close(actor: Actor, id: UUID, *, seen: int, at: datetime) -> None:
    """Close it: never before answer and report (51.6.8)."""
    do(actor, id, rules.close, seen=seen, at=at)
