"""What oversight has to do: the post-audits of cases that nobody decided in time (51.10.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pasti.domain.oversight import MAY_CLOSE
from pasti.domain.roles import Actor
from pasti.queries.desk import on_desk
from pasti.records.oversight import PostAudit

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class PostAuditView:
    """One task with its case; `finding` is "" while it is open."""

    id: UUID
    case: UUID
    number: str
    business_name: str
    lapsed_on: date | None
    opened_at: datetime
    closed_at: datetime | None
    finding: str
    may_close: bool


def post_audits(actor: Actor, *, open_only: bool = True) -> tuple[PostAuditView, ...]:
    """The post-audits, the oldest first, at most 50, for who may open the desk. One SQL query."""
    rows = PostAudit.objects.filter(application__in=on_desk(actor)).select_related("application")
    if open_only:
        rows = rows.filter(closed_at=None)
    return tuple(_view(row, actor) for row in rows.order_by("opened_at", "id")[:PAGE])


def post_audit(actor: Actor, id: UUID) -> PostAuditView | None:
    """One of them, open or closed; None for who may not see its case. One SQL query."""
    row = PostAudit.objects.filter(pk=id, application__in=on_desk(actor)).select_related("application").first()
    return _view(row, actor) if row else None


def _view(row: PostAudit, actor: Actor) -> PostAuditView:
    may_close = any(actor.has(role) for role in MAY_CLOSE)
    return PostAuditView(
        id=row.id,
        case=row.application_id,
        number=row.application.number or "",
        business_name=row.application.business_name,
        lapsed_on=row.application.lapsed_on,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        finding=row.finding,
        may_close=may_close and row.closed_at is None and row.application.applicant_id != actor.id,
    )
