"""What holders owe after issue: one certificate's duties, and those overdue anywhere (51.1.A.3, 51.1.A.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti import standards
from pasti.domain import duties
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Duty as Rule
from pasti.domain.workflow import VALID, State
from pasti.queries.desk import on_desk
from pasti.records.duties import Duty
from pasti.records.licensing import Application

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One duty: what, from when, by when, and what was reported."""

    id: int
    rule: Rule
    from_on: date
    due_on: date
    late_days: int  # of what is not reported; 0 while there is time
    may_be_reported: bool
    is_lifted: bool  # nothing is owed any more: the certificate was revoked before it was reported
    reported_at: datetime | None
    number: str
    dated_on: date | None
    none_reason: str
    file_name: str


@dataclass(frozen=True, kw_only=True)
class OwnDuties:
    """The duties on the certificate of an application, the open ones first; only its holder reports."""

    case: UUID
    number: str
    business_name: str
    is_valid: bool
    source: str
    lines: tuple[DutyLine, ...]


@dataclass(frozen=True, kw_only=True)
class OverdueLine:
    """One overdue duty at the desk, with the ground it gives for hearing the holder."""

    id: int
    case: UUID
    seen: int
    number: str
    business_name: str
    rule: Rule
    from_on: date
    due_on: date
    ground: Sentence
    is_suspended: bool
    key: str


@dataclass(frozen=True, kw_only=True)
class OverduePage:
    """One page of overdue duties, the longest overdue first."""

    lines: tuple[OverdueLine, ...]
    next_key: str
    may_hear: bool  # the reader may ask holders for their response


def of_case(id: UUID, *, at: datetime) -> tuple[DutyLine, ...]:
    """The duties of a case that the reader was let in to see, the open ones first. One SQL query."""
    rows = Duty.objects.filter(application_id=id).select_related("application")
    lines = [_line(row, jakarta_day(at)) for row in rows.order_by("due_on", "id")]
    return tuple(sorted(lines, key=lambda line: line.reported_at is not None))


def own(actor: Actor, id: UUID, *, at: datetime) -> OwnDuties | None:
    """The duties of the actor's own certificate; None for anyone else's and where nothing was issued. Two SQL queries."""
    row = Application.objects.filter(pk=id, applicant_id=actor.id, issued_at__isnull=False).first()
    if row is None:
        return None
    edition = standards.load().edition(row.entry, row.effective)
    return OwnDuties(
        case=row.id,
        number=row.number or "",
        business_name=row.business_name,
        is_valid=row.state in VALID,
        source=edition.duties.source,
        lines=of_case(id, at=at),
    )


def _line(row: Duty, today: date) -> DutyLine:
    rule, is_open = _rule(row), row.reported_at is None
    is_lifted = is_open and row.application.state == State.REVOKED
    return DutyLine(
        id=row.pk,
        rule=rule,
        from_on=row.from_on,
        due_on=row.due_on,
        late_days=max(0, (today - row.due_on).days) if is_open and not is_lifted else 0,
        may_be_reported=is_open and row.application.state in VALID and (not rule.period_ends or today > row.from_on),
        is_lifted=is_lifted,
        reported_at=row.reported_at,
        number=row.number,
        dated_on=row.dated_on,
        none_reason=row.none_reason,
        file_name=row.file_name,
    )


def _rule(row: Duty) -> Rule:
    case = row.application
    return standards.load().edition(case.entry, case.effective).duties.duty(row.duty)


def overdue(actor: Actor, *, at: datetime, after: str = "") -> OverduePage:
    """The overdue duties of certificates in force, by page. One SQL query."""
    rows = Duty.objects.filter(is_overdue=True, reported_at=None, application__in=on_desk(actor).filter(state__in=VALID))
    try:
        day, last = after.split("_")
        since = date.fromisoformat(day), int(last)
    except ValueError:
        since = None
    if since:
        rows = rows.filter(due_on__gt=since[0]) | rows.filter(due_on=since[0], id__gt=since[1])
    found = list(rows.select_related("application").order_by("due_on", "id")[: PAGE + 1])
    lines = tuple(_overdue(row, jakarta_day(at)) for row in found[:PAGE])
    return OverduePage(lines=lines, next_key=lines[-1].key if len(found) > PAGE else "", may_hear=actor.has(Role.HEAD))


def overdue_one(actor: Actor, id: int, *, at: datetime) -> OverdueLine | None:
    """One overdue duty that the actor may see; None otherwise. One SQL query."""
    rows = Duty.objects.filter(pk=id, is_overdue=True, reported_at=None, application__in=on_desk(actor).filter(state__in=VALID))
    row = rows.select_related("application").first()
    return _overdue(row, jakarta_day(at)) if row else None


def _overdue(row: Duty, today: date) -> OverdueLine:
    case, rule = row.application, _rule(row)
    return OverdueLine(
        id=row.pk,
        case=case.id,
        seen=case.ledger_length,
        number=case.number or "",
        business_name=case.business_name,
        rule=rule,
        from_on=row.from_on,
        due_on=row.due_on,
        ground=duties.ground_of(rule, row.value(), today),
        is_suspended=case.state == State.SUSPENDED,
        key=f"{row.due_on.isoformat()}_{row.pk}",
    )
