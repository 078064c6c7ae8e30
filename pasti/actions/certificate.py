"""The certificate's acts: numbered at the decision, signed once, checked by anyone (51.5)."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from pasti import standards
from pasti.actions.carry_out import carry_out, next_number, together
from pasti.actions.files import store
from pasti.actions.ground import application_for, edition_of, ground_for, rows_of, values_of
from pasti.domain import licensing
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateData, CertificateStatus, certificate_number
from pasti.domain.events import Event, Outcome
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor
from pasti.domain.workflow import Act
from pasti.records.accounts import Account
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application


def approve(actor: Actor, id: UUID, *, seen: int, at: datetime, reason: str = "") -> None:
    """Approve: the clock ends and the certificate gets its number, both or neither (51.5)."""
    row = application_for(actor, id, seen=seen)
    ground = ground_for(row, actor, at, reason)
    rows, day = values_of(rows_of(row)), jakarta_day(at)
    licensing.approve(row.case(), rows, "", ground)  # refuse before a number is taken
    with together():
        sequence = next_number(f"certificate:{row.entry}:{day.year}")
        number = certificate_number(ground.standard.certificate_number, sequence, day)
        carry_out(row, licensing.approve(row.case(), rows, number, ground), actor=actor, at=at, edition=edition_of(row))
        certificate = Certificate(
            application=row,
            number=number,
            token=secrets.token_urlsafe(16),
            status=CertificateStatus.PREPARED,
            data={},
            prepared_at=at,
        )
        event = Event(kind="certificate.numbered", clause=ground.standard.cite("5"), after={"number": number})
        carry_out(certificate, Outcome(events=(event,)), actor=actor, at=at, edition=edition_of(row), about=row.id)
