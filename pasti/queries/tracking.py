"""An application as its applicant follows it, signed in or by number and secret (51.3)."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.domain.licensing import EDITABLE, procedure_reason
from pasti.domain.roles import ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Text
from pasti.domain.workflow import STATE_TITLES, Act, State, moves_from
from pasti.queries.bar import Bar, bar_of
from pasti.queries.intake import DossierLine, dossier
from pasti.queries.ledger import TimelineEntry, timeline
from pasti.queries.steps import StepLine, steps_of
from pasti.records.licensing import Application, Clarification


@dataclass(frozen=True, kw_only=True)
class TrackView:
    """What the applicant may know: the promise, the days, who holds it, what is asked of them. No personal data."""

    id: UUID
    seen: int
    number: str
    secret: str  # "" unless the applicant is signed in
    business_name: str
    standard: Standard
    state: State
    state_title: str
    waiting_for: str
    held_since: datetime | None
    submitted_at: datetime | None
    assisted: bool  # filed with help at the counter
    procedure_title: Text
    procedure_source: str
    procedure_reason: Text
    steps: tuple[StepLine, ...]
    bar: Bar
    not_met: tuple[DossierLine, ...]
    question: str
    may_edit: bool
    may_withdraw: bool
    timeline: tuple[TimelineEntry, ...]
    certificate_token: str
    certificate_number: str


@dataclass(frozen=True, kw_only=True)
class ApplicationLine:
    """One of the applicant's applications in the list."""

    id: UUID
    number: str
    title: Text
    business_name: str
    state: State
    state_title: str
    created_at: datetime
    bar: Bar


def find(number: str, secret: str) -> UUID | None:
    """The application whose number and tracking secret were given; None for any mismatch, without saying which."""
    row = Application.objects.filter(number=number.strip().upper()).first()
    known = str(row.secret) if row and row.secret else ""
    given = secret.strip().upper().replace(" ", "").replace("-", "")
    matches = hmac.compare_digest(known.encode(), given.encode())
    return row.id if row and known and matches else None


def track(id: UUID, *, at: datetime, actor: Actor | None = None) -> TrackView | None:
    """The application for its applicant (`actor`), or for who has shown the secret (`actor` None). At most 8 SQL queries."""
    rows = Application.objects.filter(pk=id).exclude(state=State.DRAFT)
    row = (rows.filter(applicant_id=actor.id) if actor else rows).first()
    if row is None:
        return None
    standard = standards.load().edition(row.entry, row.effective)
    procedure, state = standard.procedure(row.procedure), State(row.state)
    question = Clarification.objects.filter(application=row, answered_at=None).first()
    certificate = row.certificate
    return TrackView(
        id=row.id,
        seen=row.ledger_length,
        number=row.number or "",
        secret=str(row.secret) if actor else "",
        business_name=row.business_name,
        standard=standard,
        state=state,
        state_title=STATE_TITLES[state],
        waiting_for=ROLE_TITLES[Role(row.waiting_role)] if row.waiting_role else _waiting(state),
        held_since=row.held_since,
        submitted_at=row.submitted_at,
        assisted=row.assisted,
        procedure_title=procedure.title,
        procedure_source=procedure.source,
        procedure_reason=procedure_reason(standard, row.procedure_reason),
        steps=steps_of(row, procedure, at=at, named=False),
        bar=bar_of(row, standard, at),
        not_met=tuple(x for x in dossier(row, standard) if x.verdict == "not_met") if state in EDITABLE else (),
        question=question.question if question else "",
        may_edit=state in EDITABLE,
        may_withdraw=any(m.act is Act.WITHDRAW for m in moves_from(state)),
        timeline=timeline(row.id, public_only=True),
        certificate_token=certificate.token if certificate and certificate.signed_sha256 else "",
        certificate_number=certificate.number if certificate and certificate.signed_sha256 else "",
    )


def _waiting(state: State) -> str:
    return Sentence("Anda (pemohon)") if state in EDITABLE | {State.CLARIFICATION} else ""


def mine(actor: Actor, *, at: datetime) -> tuple[ApplicationLine, ...]:
    """The actor's own applications, newest first, at most 50. One SQL query."""
    return lines_of(Application.objects.filter(applicant_id=actor.id).order_by("-created_at")[:50], at=at)


def lines_of(rows: Iterable[Application], *, at: datetime) -> tuple[ApplicationLine, ...]:
    """Applications as a list shows them."""
    lines = []
    for row in rows:
        standard = standards.load().edition(row.entry, row.effective)
        lines.append(
            ApplicationLine(
                id=row.id,
                number=row.number or "",
                title=standard.short_title,
                business_name=row.business_name,
                state=State(row.state),
                state_title=STATE_TITLES[State(row.state)],
                created_at=row.created_at,
                bar=bar_of(row, standard, at),
            )
        )
    return tuple(lines)
