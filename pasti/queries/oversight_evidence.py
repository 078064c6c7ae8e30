"""What proves that superiors and the Inspectorate oversee: what they judged and found, not the right to (51.10.1, 51.10.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, Max, Q, When

from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence
from pasti.domain.findings import Stage
from pasti.domain.roles import Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.queries.counts import Counted
from pasti.records.sampling import OversightFinding, Sample

INSPECTED = ("finding.raised", "post_audit.closed")  # counted; looking at a page is not yet overseeing
JUDGED = ("sample.reviewed", "finding.raised", "finding.sent_back", "finding.closed", "post_audit.closed")
KEPT_FOR = timedelta(days=92)  # a quarter: oversight that stopped proves nothing any more


@dataclass(frozen=True, kw_only=True)
class Looked:
    """The samples of the last quarter of one side: drawn, judged, and past their day; follow-ups that are late."""

    drawn: int
    judged: int
    overdue: int
    last: datetime | None
    late: int


def oversight(standard: Standard, counted: Iterable[Counted], *, at: datetime) -> Iterator[Evidence]:
    """Evidence for both clauses by `at`; none where nobody has acted yet. `counted`: the facts INSPECTED. Two SQL queries."""
    superiors, inspectorate = _looked(at)
    yield from _by_superiors(standard, superiors, at)
    yield from _by_the_inspectorate(standard, counted, inspectorate, at)


def _by_superiors(standard: Standard, seen: Looked, at: datetime) -> Iterator[Evidence]:
    """Samples judged this quarter; met when none is past its day and no follow-up either (51.10.1)."""
    if not seen.judged and not seen.overdue:
        return
    words = (
        "{looked} dari {all} sampel triwulan terakhir diperiksa atasan; {overdue} lewat batas, {late} tindak lanjut terlambat."
    )
    what = Sentence(words, looked=seen.judged, all=seen.drawn, overdue=seen.overdue, late=seen.late)
    good = seen.judged > 0 and not seen.overdue and not seen.late
    on = jakarta_day(seen.last) if good and seen.last else jakarta_day(at)
    yield Evidence(
        clause=standard.cite("10.1"),
        is_met=good,
        what=what,
        seen_on=on,
        valid_until=on + KEPT_FOR,
        behind=Behind(kinds=("sample.drawn", "sample.reviewed"), since=jakarta_day(at - KEPT_FOR)),
        where="oversight",
    )


def _by_the_inspectorate(standard: Standard, counted: Iterable[Counted], seen: Looked, at: datetime) -> Iterator[Evidence]:
    """What the Inspectorate judged and found, never what it only read; met when nothing of it waits past its day (51.10.2)."""
    ours = [fact for fact in counted if fact.kind in INSPECTED and fact.key == Role.INSPECTOR]
    days = [fact.last for fact in ours] + ([jakarta_day(seen.last)] if seen.last else [])
    if not days and not seen.overdue:
        return
    words = (
        "Inspektorat memeriksa {looked} sampel triwulan terakhir dan mencatat {found} temuan dan audit; {overdue} sampel lewat "
        "batas, {late} tindak lanjut terlambat."
    )
    found = sum(fact.count for fact in ours)
    what = Sentence(words, looked=seen.judged, found=found, overdue=seen.overdue, late=seen.late)
    good = bool(days) and not seen.overdue and not seen.late
    on = max(days) if good else jakarta_day(at)
    yield Evidence(
        clause=standard.cite("10.2"),
        is_met=good,
        what=what,
        seen_on=on,
        valid_until=on + KEPT_FOR,
        behind=Behind(kinds=JUDGED, role=Role.INSPECTOR),
    )


def _looked(at: datetime) -> tuple[Looked, Looked]:
    """Of the superiors of every tier, and of the Inspectorate, which is the tier above them all."""
    seen: dict[bool, Mapping[str, Any]] = {row["is_inspector"]: row for row in _samples(at)}
    late = _overdue_findings(at)
    superiors, inspectorate = seen.get(False, NONE), seen.get(True, NONE)
    return _of(superiors, late[0]), _of(inspectorate, late[1])


NONE: Mapping[str, Any] = {"all": 0, "looked": 0, "overdue": 0, "last": None}


def _of(row: Mapping[str, Any], late: int) -> Looked:
    return Looked(drawn=row["all"], judged=row["looked"], overdue=row["overdue"], last=row["last"], late=late)


def _samples(at: datetime) -> list[Mapping[str, Any]]:
    is_judged = Q(reviewed_at__lte=at)
    is_inspector = Case(When(tier=Role.INSPECTOR, then=True), default=False, output_field=BooleanField())
    rows = Sample.objects.filter(drawn_at__lte=at, drawn_at__gt=at - KEPT_FOR).annotate(is_inspector=is_inspector)
    counted = rows.values("is_inspector").annotate(
        looked=Count("id", filter=is_judged),
        overdue=Count("id", filter=Q(review_by__lt=jakarta_day(at)) & (Q(reviewed_at=None) | Q(reviewed_at__gt=at))),
        all=Count("id"),
        last=Max("reviewed_at", filter=is_judged),
    )
    return list(counted)


def _overdue_findings(at: datetime) -> tuple[int, int]:
    """How many follow-ups are past their day: of superiors, of the Inspectorate."""
    rows = OversightFinding.objects.filter(raised_at__lte=at, due_on__lt=jakarta_day(at))
    rows = rows.filter(~Q(stage=Stage.CLOSED) | Q(closed_at__gt=at))
    seen = rows.aggregate(
        superiors=Count("id", filter=~Q(as_role=Role.INSPECTOR)), inspector=Count("id", filter=Q(as_role=Role.INSPECTOR))
    )
    return seen["superiors"], seen["inspector"]
