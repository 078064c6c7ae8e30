"""What proves that superiors and the Inspectorate oversee: looks and findings, not the right to them (51.10.1, 51.10.2)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Evidence
from pasti.domain.findings import Stage
from pasti.domain.roles import Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard
from pasti.queries.counts import Counted
from pasti.records.sampling import OversightFinding, Sample

INSPECTED = ("data.read", "finding.raised", "post_audit.closed")
KEPT_FOR = timedelta(days=92)  # a quarter: oversight that stopped proves nothing any more


def oversight(standard: Standard, counted: Iterable[Counted], *, at: datetime) -> Iterator[Evidence]:
    """Evidence for both clauses by `at`; none where nobody has looked yet. `counted`: the facts INSPECTED. Two SQL queries."""
    late = _overdue_findings(at)
    yield from _by_superiors(standard, at, late[0])
    yield from _by_the_inspectorate(standard, counted, at, late[1])


def _by_superiors(standard: Standard, at: datetime, late: int) -> Iterator[Evidence]:
    """Samples looked at this quarter; met when none is past its day and no follow-up either (51.10.1)."""
    day = jakarta_day(at)
    unlooked = Q(review_by__lt=day) & (Q(reviewed_at=None) | Q(reviewed_at__gt=at))
    seen = Sample.objects.filter(drawn_at__lte=at, drawn_at__gt=at - KEPT_FOR).aggregate(
        looked=Count("id", filter=Q(reviewed_at__lte=at)),
        overdue=Count("id", filter=unlooked),
        all=Count("id"),
        last=Max("reviewed_at", filter=Q(reviewed_at__lte=at)),
    )
    if not seen["looked"] and not seen["overdue"]:
        return
    words = (
        "{looked} dari {all} sampel triwulan terakhir diperiksa atasan; {overdue} lewat batas, {late} tindak lanjut terlambat."
    )
    what = Sentence(words, looked=seen["looked"], all=seen["all"], overdue=seen["overdue"], late=late)
    good = seen["looked"] > 0 and not seen["overdue"] and not late
    on = jakarta_day(seen["last"]) if good else day
    facts = ("sample.drawn", "sample.reviewed")
    yield Evidence(
        clause=standard.cite("10.1"),
        is_met=good,
        what=what,
        seen_on=on,
        valid_until=on + KEPT_FOR,
        facts=facts,
        where="oversight",
    )


def _by_the_inspectorate(standard: Standard, counted: Iterable[Counted], at: datetime, late: int) -> Iterator[Evidence]:
    """What the Inspectorate read and found; met when none of its findings waits past its day (51.10.2)."""
    ours = [fact for fact in counted if fact.kind in INSPECTED]
    found = [fact for fact in ours if fact.kind == "data.read" or fact.key == Role.INSPECTOR]
    if not found:
        return
    reads = sum(fact.count for fact in found if fact.kind == "data.read")
    last = max(fact.last for fact in found)
    words = "Inspektorat membaca {reads} halaman dan mencatat {found} temuan; {late} tindak lanjut terlambat."
    what = Sentence(words, reads=reads, found=sum(f.count for f in found) - reads, late=late)
    on = jakarta_day(at) if late else last
    yield Evidence(
        clause=standard.cite("10.2"), is_met=not late, what=what, seen_on=on, valid_until=on + KEPT_FOR, facts=INSPECTED
    )


def _overdue_findings(at: datetime) -> tuple[int, int]:
    """How many follow-ups are past their day: of superiors, of the Inspectorate."""
    rows = OversightFinding.objects.filter(raised_at__lte=at, due_on__lt=jakarta_day(at))
    rows = rows.filter(~Q(stage=Stage.CLOSED) | Q(closed_at__gt=at))
    seen = rows.aggregate(
        superiors=Count("id", filter=~Q(as_role=Role.INSPECTOR)), inspector=Count("id", filter=Q(as_role=Role.INSPECTOR))
    )
    return seen["superiors"], seen["inspector"]
