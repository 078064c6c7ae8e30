"""The office's published figures by month and service, and the register of licences (51.3, 51.5, 51.6.4).

What is counted comes from the nightly counts, so that neither page scans the ledger; complaints too few to publish are not shown.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.domain.complaint_figures import months_suppressed, quarter_of
from pasti.queries.complaint_figures import received_by_month
from pasti.queries.counts import Counted, counts
from pasti.queries.standard import tally
from pasti.records.certificate import Certificate

MONTHS = 12
PAGE = 50
KINDS = (
    "application.submitted",
    "clock.ended",
    "clock.stopped",
    "application.deemed_approved",
    "application.rejected",
    "certificate.issued",
    "complaint.answered",
)


@dataclass(frozen=True, kw_only=True)
class MonthFigures:
    """One month of one service. None: nothing to measure, or (complaints) too few to publish."""

    month: date
    submitted: int
    decided: int
    on_time_percent: int | None
    median_days: float | None
    pauses: int
    deemed_approved: int
    rejected: int
    issued: int
    complaints: int | None
    answered_late: int | None


def months(entry: str, *, at: datetime) -> tuple[MonthFigures, ...]:
    """The last twelve months of one service, the earliest first, whether anything happened or not. Three SQL queries."""
    today = jakarta_day(at)
    first = _months_before(today, MONTHS - 1)
    by_month: dict[str, list[Counted]] = defaultdict(list)
    start = quarter_of(first)
    for fact in counts(entry, *KINDS, at=at, since=start, by_month=True):
        by_month[fact.period].append(fact)
    handling = standards.load().in_force(entry, today).complaint_handling
    below = handling.suppress_below if handling else 0  # without it nothing is filed
    received = months_suppressed(received_by_month(entry, first=start, last=today), below=below)
    late = months_suppressed({date.fromisoformat(f"{month}-01"): _late(facts) for month, facts in by_month.items()}, below=below)
    each = [_months_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    return tuple(_month(month, by_month[f"{month:%Y-%m}"], received.get(month, 0), late.get(month, 0)) for month in each)


def _late(facts: list[Counted]) -> int:
    return sum(fact.count for fact in facts if (fact.kind, fact.key) == ("complaint.answered", "late"))


def _months_before(day: date, back: int) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _month(month: date, facts: list[Counted], received: int | None, late: int | None) -> MonthFigures:
    def total(kind: str) -> int:
        return sum(fact.count for fact in facts if fact.kind == kind)

    kept = tally(facts)
    return MonthFigures(
        month=month,
        submitted=total("application.submitted"),
        decided=kept.decided,
        on_time_percent=kept.percent,
        median_days=kept.median_days,
        pauses=total("clock.stopped"),
        deemed_approved=total("application.deemed_approved"),
        rejected=total("application.rejected"),
        issued=total("certificate.issued"),
        complaints=received,
        answered_late=late,
    )


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What the public may know of one certificate: no more than stands on its verification page."""

    number: str
    holder: str
    product: str
    kbli: str
    issued_on: date
    status: CertificateStatus
    token: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """One page of the register, the newest first; `before` is the key of the next page, "" at the end."""

    licences: tuple[Licence, ...]
    before: str


def register(*, before: str = "", at: datetime) -> Register:
    """The signed certificates of all services. One SQL query (index certificate_register)."""
    rows = Certificate.objects.filter(signed_at__lte=at).exclude(signed_sha256="").order_by("-signed_at", "-id")
    moment, _at, id = before.partition("~")
    try:
        below = (datetime.fromisoformat(moment), UUID(id)) if before else None
    except ValueError:
        below = None
    if below and below[0].tzinfo:
        rows = rows.filter(signed_at__lte=below[0]).filter(Q(signed_at__lt=below[0]) | Q(id__lt=below[1]))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Register(
        licences=tuple(_licence(row) for row in found[:PAGE]),
        before=f"{last.signed_at.isoformat()}~{last.id}" if last and last.signed_at else "",
    )


def _licence(row: Certificate) -> Licence:
    assert row.signed_at is not None, "only signed ones are asked for"
    return Licence(
        number=row.number,
        holder=str(row.data["holder"]),
        product=str(row.data["title"]),
        kbli=str(row.data["kbli"]),
        issued_on=jakarta_day(row.signed_at),
        status=CertificateStatus(row.status),
        token=row.token,
    )
