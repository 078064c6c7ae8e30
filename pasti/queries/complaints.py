"""The complaints' desk, one complaint on one screen, and the reporter's tracking page (51.6)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti.domain.complaint_promise import Tier
from pasti.domain.complaint_steps import Stage, Step
from pasti.domain.complaints import Complaint, Finding, Kind
from pasti.domain.errors import NotAllowed
from pasti.domain.roles import Actor
from pasti.domain.standard import Standard, Text
from pasti.queries.ledger import TimelineEntry
from pasti.records.complaints import (
    ComplaintAction,
    ComplaintAnswer,
    ComplaintBreach,
    ComplaintFile,
    ComplaintFollowUp,
    ComplaintReferral,
    ComplaintReport,
)

PAGE = 50
MOST_COUNTED = 1000  # a desk's number ends here: more is "more than 1000"


@dataclass(frozen=True, kw_only=True)
class TermLine:
    """One term: of the edition or of the law, its last day, and whether it still counts."""

    id: str  # "answer" | "first_reply" | "decision"
    clause: str  # "51.6.4", or "UU 25/2009"
    due_on: date | None
    is_met: bool
    drives: bool  # the earliest that still counts


@dataclass(frozen=True, kw_only=True)
class ComplaintLine:
    """One line of the desk. No personal data."""

    id: UUID
    number: str
    kind: Kind
    kind_title: str
    stage: Stage
    stage_title: str
    channel: str
    channel_title: Text
    object: str
    received_at: datetime
    due_on: date | None
    days_left: int | None  # working days; negative when overdue
    is_overdue: bool
    waiting_for: str
    holder: str
    is_mine: bool
    is_secret: bool
    key: str


@dataclass(frozen=True, kw_only=True)
class ComplaintPage:
    """One page of the desk and what waits; a count never exceeds MOST_COUNTED."""

    rows: tuple[ComplaintLine, ...]
    next_key: str
    scope: str
    search: str
    mine: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class ComplaintView:
    """One complaint for its handlers. The reporter is shown by `actions.complaint_identity.reveal` alone."""

    id: UUID
    seen: int
    complaint: Complaint
    standard: Standard
    number: str
    kind_title: str
    stage_title: str
    reason_clause: str
    channel_title: Text
    channel_detail: str
    object: str
    matter: str
    received_by: str
    holder: str
    is_mine: bool
    waiting_for: str
    question: str  # asked of the reporter and not answered yet
    days_since_service: int | None
    terms: tuple[TermLine, ...]
    days_left: int | None
    is_overdue: bool
    service_title: Text | None
    problem_title: Text | None
    core: str
    clause: str
    other_rule: str
    known: str
    tier: Tier | None
    tiers: tuple[Tier, ...]
    inspectorate_words: str
    finding: Finding | None
    finding_words: str
    helped_words: str
    may_see_identity: bool
    steps: tuple[Step, ...]
    hindrance: NotAllowed | None
    files: tuple[ComplaintFile, ...]
    actions: tuple[ComplaintAction, ...]
    reports: tuple[ComplaintReport, ...]
    referrals: tuple[ComplaintReferral, ...]
    answers: tuple[ComplaintAnswer, ...]
    breaches: tuple[ComplaintBreach, ...]
    follow_ups: tuple[ComplaintFollowUp, ...]
    related: tuple["RelatedLine", ...]
    named: tuple[str, ...]
    application_number: str
    application_timeline: tuple[TimelineEntry, ...]  # public facts only
    timeline: tuple[TimelineEntry, ...]


@dataclass(frozen=True, kw_only=True)
class RelatedLine:
    """Another complaint laid beside this one. `why`: "double", "earlier", "same_words", "same_reporter" or "same_case"."""

    id: UUID
    number: str
    why: str
    is_linked: bool
    object: str
    stage_title: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class ComplaintTrack:
    """What the reporter sees with number and secret: no officer's name, no identity."""

    id: UUID
    number: str
    kind: Kind
    kind_title: str
    reason_clause: str
    reason: Text | None  # the words of that clause
    stage: Stage
    stage_title: str
    object: str
    received_at: datetime
    answer_due_on: date | None
    days_left: int | None
    is_overdue: bool
    missing: tuple[str, ...]
    question: str
    answer_number: str
    answer: str
    may_complete: bool
    may_say: bool
    helped: bool | None
    timeline: tuple[TimelineEntry, ...]


def desk(actor: Actor, *, at: datetime, scope: str = "mine", search: str = "", after: str = "") -> ComplaintPage:
    """The complaints an actor may see, 50 by key (51.6.4). At most 8 SQL queries.

    `scope`: "mine" (my turn or carried to me), "overdue", "all" (newest first), "closed", "set_aside"; `search`: a number.
    """
    raise NotImplementedError


def complaint_view(actor: Actor, id: UUID, *, at: datetime) -> ComplaintView | None:
    """One complaint as its desk sees it; None when the actor may not. At most 15 SQL queries (51.6)."""
    raise NotImplementedError


def find(number: str, secret: str) -> UUID | None:
    """The complaint whose number and tracking secret were given; None for any mismatch, without saying which."""
    raise NotImplementedError


def track(id: UUID, *, at: datetime) -> ComplaintTrack | None:
    """The complaint for who has shown the secret. At most 5 SQL queries."""
    raise NotImplementedError


def referral_for(id: UUID, secret: str) -> ComplaintReferral | None:
    """A referral for the agency that shows its secret: its question, never the reporter; None for any mismatch (51.6.6.e)."""
    raise NotImplementedError
