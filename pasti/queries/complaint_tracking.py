"""A complaint as its reporter follows it, by number and secret; a referral as its agency does (51.6.8)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain import complaint_answer
from pasti.domain.calendar import jakarta_day
from pasti.domain.clock import DayCell
from pasti.domain.complaint_clock import days_left
from pasti.domain.complaint_intake import missing_of
from pasti.domain.complaint_steps import UNSETTLED, Stage
from pasti.domain.complaints import KIND_TITLES, Kind
from pasti.domain.licensing import Ground
from pasti.domain.roles import Actor, Role
from pasti.domain.standard import Standard, Term, Text
from pasti.queries.complaint_bar import answer_days
from pasti.queries.complaints import stage_title
from pasti.queries.ledger import TimelineEntry, timeline
from pasti.records.complaints import Complaint, ComplaintReferral

NOBODY = Actor(id=None, name="", roles=frozenset({Role.APPLICANT}))


@dataclass(frozen=True, kw_only=True)
class ComplaintTrack:
    """What the reporter sees with number and secret: no officer's name, no identity."""

    id: UUID
    entry: str
    number: str
    kind: Kind
    kind_title: str
    reason_clause: str
    reason: Text | None  # the words of that clause
    stage: Stage
    stage_title: str
    is_aside: bool
    aside_reason: str  # the office's words, "" unless it is set aside
    object: str
    matter: str  # the reporter's own words
    files: tuple[str, ...]  # the names of those that were taken
    received_at: datetime
    days_since_service: int | None  # calendar days until it came; None: the day is not known
    answer_term: Term
    answer_due_on: date | None
    answered_on: date | None
    days_left: int | None
    is_overdue: bool
    days: tuple[DayCell, ...]  # of the promise bar; none when it cannot be drawn
    missing: tuple[str, ...]
    question: str
    answer_number: str
    answer: str
    may_complete: bool
    may_say: bool
    may_reopen: bool  # whether saying that it did not help opens it again
    earlier: tuple["AnswerLine", ...]  # the answers before it was reopened
    say_term: Term  # how long after the answer
    helped: bool | None
    timeline: tuple[TimelineEntry, ...]


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One signed answer. `which`: its place among the complaint's, from 1."""

    which: int
    number: str
    text: str
    signed_on: date


def find(number: str, secret: str) -> UUID | None:
    """The complaint whose number and tracking secret were given; None for any mismatch, without saying which."""
    row = Complaint.objects.filter(number=number.strip().upper()).only("id", "secret_digest").first()
    matches = hmac.compare_digest(row.secret_digest if row else "", _digest(secret))
    return row.id if row and matches else None


def _digest(secret: str) -> str:
    """As the act that gave the secret kept it."""
    return hashlib.sha256("".join(secret.upper().replace("-", "").split()).encode()).hexdigest()


def track(id: UUID, *, at: datetime) -> ComplaintTrack | None:
    """The complaint for who has shown the secret. At most 6 SQL queries."""
    row = Complaint.objects.filter(pk=id).first()
    if row is None:
        return None
    library, today = standards.load(), jakarta_day(at)
    standard, calendar = library.edition(row.entry, row.effective), library.calendar().known_on(today)
    stage, kind, value = Stage(row.stage), Kind(row.kind), row.complaint()
    answers = tuple(
        AnswerLine(which=n, number=a.number, text=a.text, signed_on=jakarta_day(a.signed_at))
        for n, a in enumerate(row.answers.order_by("signed_at"), start=1)
    )
    answer = answers[-1] if row.answered_at else None
    ground = Ground(actor=NOBODY, at=at, standard=standard, calendar=calendar)
    facts = timeline(row.id, public_only=True)
    is_aside = stage is Stage.SET_ASIDE  # nothing is promised then, and its days are not counted
    promised = None if is_aside else row.answer_due_on
    due_on = promised if row.answered_at is None else None
    return ComplaintTrack(
        id=row.id,
        entry=row.entry,
        number=row.number,
        kind=kind,
        kind_title=KIND_TITLES[kind],
        reason_clause=row.reason_clause,
        reason=_words(standard, row.reason_clause),
        stage=stage,
        stage_title=stage_title(stage, kind),
        is_aside=is_aside,
        aside_reason=next((fact.reason for fact in facts if is_aside and fact.kind == "complaint.set_aside"), ""),
        object=row.object,
        matter=row.matter,
        files=tuple(row.files.order_by("added_at", "id").values_list("name", flat=True)),
        received_at=row.received_at,
        days_since_service=(jakarta_day(row.received_at) - row.service_on).days if row.service_on else None,
        answer_term=standard.complaint_answer,
        answer_due_on=promised,
        answered_on=jakarta_day(row.answered_at) if row.answered_at else None,
        days_left=days_left(due_on, calendar, today) if due_on else None,
        is_overdue=due_on is not None and today > due_on,
        days=() if is_aside else answer_days(row, standard, calendar, at),
        missing=missing_of(
            has_identity=row.has_identity, has_object=bool(row.object or row.matter), has_day=row.service_on is not None
        ),
        question=row.question,
        answer_number=answer.number if answer else "",
        answer=answer.text if answer else "",
        may_complete=stage in UNSETTLED,
        may_say=complaint_answer.may_say(value, ground),
        may_reopen=complaint_answer.may_reopen(value),
        earlier=tuple(one for one in answers if one is not answer),
        say_term=standard.handling.feedback,
        helped=row.helped,
        timeline=facts,
    )


def _words(standard: Standard, clause: str) -> Text | None:
    try:
        return standard.clause(clause).text if clause else None
    except KeyError:
        return None


def referral_for(id: UUID, secret: str) -> ComplaintReferral | None:
    """A referral for the agency that shows its secret: its question, never the reporter; None for any mismatch (51.6.6.e)."""
    row = ComplaintReferral.objects.select_related("complaint").filter(pk=id).first()
    matches = hmac.compare_digest(row.secret_digest if row else "", _digest(secret))
    return row if row and matches else None
