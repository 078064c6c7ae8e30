"""The certificate's acts: numbered at the decision, signed once (51.5)."""

import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from pasti.actions import duties
from pasti.actions.carry_out import carry_out, next_number, together
from pasti.actions.files import store
from pasti.actions.ground import application_for, edition_of, ground_for, rows_of, values_of
from pasti.actions.printing import data_of
from pasti.actions.signing import signed
from pasti.adapters.pdf import proof
from pasti.adapters.pdf.client import render
from pasti.domain import licensing, validity, verdicts
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateData, CertificateStatus, certificate_number, qr_payload
from pasti.domain.events import Event, Json, Outcome, joined
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application


def approve(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str = "") -> None:
    """Approve: the clock ends and the certificate gets its number, both or neither (51.5)."""
    row = application_for(actor, id, seen=seen)
    ground = ground_for(row, actor, at, reason)
    rows = values_of(rows_of(row))
    verdicts.approve(row.case(), rows, "", ground)  # refuse before a number is taken
    with together():
        number = next_certificate_number(row, ground)
        carry_out(row, verdicts.approve(row.case(), rows, number, ground), actor=actor, at=at, edition=edition_of(row))
        prepare(row, number, ground)


def next_certificate_number(row: Application, ground: Ground) -> str:
    """The next number of the entry's and year's series: call inside the transaction that uses it (51.5)."""
    day = jakarta_day(ground.at)
    sequence = next_number(f"certificate:{row.entry}:{day.year}")
    return certificate_number(ground.standard.certificate_number, sequence, day)


def prepare(row: Application, number: str, ground: Ground) -> None:
    """The certificate `number`, to be signed: call inside the same transaction (51.5)."""
    certificate = Certificate(
        application=row,
        number=number,
        token=secrets.token_urlsafe(16),
        status=CertificateStatus.PREPARED,
        data={},
        prepared_at=ground.at,
    )
    event = Event(kind="certificate.numbered", clause=ground.standard.cite("5"), after={"number": number})
    outcome = Outcome(events=(event,))
    carry_out(certificate, outcome, actor=ground.actor, at=ground.at, edition=edition_of(row), about=row.id)


@sensitive_variables("passphrase")
def sign(actor: Actor, id: UUID, passphrase: str, *, seen: int, at: datetime) -> None:
    """Have the signing service sign the certificate with the signer's passphrase, check the answer, keep it, record it once.

    The passphrase is used in this call alone. No transaction is open while the service is asked: a crash before the last line
    leaves the case unsigned and the number waiting; after it the case is issued. WrongPassphrase, DoorClosed or Overtaken.
    """
    row = application_for(actor, id, seen=seen)
    ground = ground_for(row, actor, at)
    licensing.require_may(row.case(), Act.SIGN, ground)
    certificate: Certificate = row.certificates.get(status=CertificateStatus.PREPARED)
    data = data_of(row, certificate, signer=actor, on=jakarta_day(at), base_url=settings.PASTI_BASE_URL)
    pdf = render(data, qr_text=_qr_text(data))
    sha256 = store().put(signed(pdf, actor, passphrase, reason=f"Penerbitan {data.number}", location=data.issued_in))
    _record(row, certificate, data, sha256, ground)


def _qr_text(data: CertificateData) -> str:
    payload = qr_payload(data, status=CertificateStatus.ISSUED, as_of=data.issued_on)
    key = Path(settings.PASTI_QR_KEY)
    proof.make_key(key)  # only the first time
    return proof.qr_text(data.verify_url, proof.sign_proof(payload, key.read_bytes()))


def _record(row: Application, certificate: Certificate, data: CertificateData, sha256: str, ground: Ground) -> None:
    fact: dict[str, Json] = {"certificate": certificate.number, "sha256": sha256}
    outcome = licensing.move(
        row.case(), Act.SIGN, ground, after=fact, changes={"issued_at": row.issued_at or ground.at, "due_on": None}
    )
    owed = duties.first_look(row, ground)
    opened = duties.opened_rows(row, owed)
    if owed:
        outcome = joined(outcome, owed.outcome)
    changes = {"status": CertificateStatus.ISSUED, "data": data.to_dict(), "signed_sha256": sha256, "signed_at": ground.at}
    event = Event(kind="certificate.issued", clause=ground.standard.cite("5"), after=fact)
    edition = edition_of(row)
    with together():
        carry_out(row, outcome, actor=ground.actor, at=ground.at, edition=edition, inserts=opened)
        for old in row.certificates.filter(status=CertificateStatus.ISSUED):
            replaced = validity.replaced_by(certificate.number, ground)
            carry_out(old, replaced, actor=ground.actor, at=ground.at, edition=edition, about=row.id)
        carry_out(
            certificate,
            Outcome(changes=changes, events=(event,)),
            actor=ground.actor,
            at=ground.at,
            edition=edition,
            about=row.id,
        )
