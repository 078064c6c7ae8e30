"""What stands open around issued certificates: hearings of holders, changes of data (51.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti.domain import validity
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.workflow import ACT_TITLES, VALID, Act
from pasti.queries.desk import on_desk
from pasti.records.licensing import Application
from pasti.records.validity import ChangeRequest, Hearing

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class HearingView:
    """An open hearing: what is intended and why, and the response of the holder, "" while there is none."""

    case: UUID
    number: str
    business_name: str
    intends: Sentence
    ground: str
    respond_by: date
    response: str
    responded_at: datetime | None
    may_be_decided: bool  # the holder has responded, or may no longer
    value: validity.Hearing


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """A change of data that waits for its decision: the names of the fields, never what is in them."""

    case: UUID
    number: str
    business_name: str
    section: str
    fields: tuple[str, ...]
    reason: str
    asked_at: datetime


def hearing_of(case: UUID, *, at: datetime) -> HearingView | None:
    """The open hearing of a case that the reader was let in to see; None without one. One SQL query."""
    found = Hearing.objects.filter(application_id=case, closed_at=None).select_related("application").first()
    return hearing_view(found, at) if found else None


def open_hearings(actor: Actor, *, at: datetime) -> tuple[HearingView, ...]:
    """The open hearings, the earliest term first, at most 50. One SQL query."""
    rows = Hearing.objects.filter(closed_at=None, application__in=on_desk(actor)).select_related("application")
    return tuple(hearing_view(row, at) for row in rows.order_by("respond_by", "id")[:PAGE])


def hearing_view(row: Hearing, at: datetime) -> HearingView:
    """One open hearing as screens show it; the row comes with its application."""
    responded = row.responded_at is not None
    return HearingView(
        case=row.application_id,
        number=row.application.number or "",
        business_name=row.application.business_name,
        intends=ACT_TITLES[Act(row.intends)],
        ground=row.ground,
        respond_by=row.respond_by,
        response=str(row.response) if responded else "",
        responded_at=row.responded_at,
        may_be_decided=responded or jakarta_day(at) > row.respond_by,
        value=row.value(),
    )


def open_changes(actor: Actor) -> tuple[ChangeView, ...]:
    """The changes of data that wait, the oldest first, at most 50. One SQL query."""
    rows = ChangeRequest.objects.filter(decided_at=None, application__in=on_desk(actor)).select_related("application")
    return tuple(_change(row) for row in rows.order_by("asked_at", "id")[:PAGE])


def _change(row: ChangeRequest) -> ChangeView:
    before = row.application.answers[row.section]
    return ChangeView(
        case=row.application_id,
        number=row.application.number or "",
        business_name=row.application.business_name,
        section=row.section,
        fields=tuple(name for name, value in sorted(row.answers.items()) if before.get(name) != value),
        reason=row.reason,
        asked_at=row.asked_at,
    )


def change_of(case: UUID) -> ChangeView | None:
    """The change of data that waits, of a case that the reader was let in to see; None without one. One SQL query."""
    found = ChangeRequest.objects.filter(application_id=case, decided_at=None).select_related("application").first()
    return _change(found) if found else None


def waiting_after_issue(row: Application, *, at: datetime) -> tuple[HearingView | None, ChangeView | None]:
    """The open hearing and the waiting change of a case that has a certificate. Two SQL queries, none for the others."""
    return (hearing_of(row.id, at=at), change_of(row.id)) if row.state in VALID else (None, None)
