"""What the yearly evaluation proves: held within the year, and its results passed on to everybody (51.14.1, 51.14.3)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.compliance import Behind, Evidence
from pasti.domain.evaluation import Verdict, due_on
from pasti.domain.sentence import Sentence, said_day
from pasti.domain.standard import Standard
from pasti.queries.posts import APPOINTED, Posts
from pasti.records.evaluation import Evaluation, EvaluationFinding, EvaluationReading, Improvement

# All of them stand on 51.14.3.
PASSED_ON = (
    "evaluation.told",
    "evaluation.reminded",
    "evaluation.acknowledged",
    "evaluation.all_acknowledged",
    "improvement.planned",
    "improvement.finished",
)


def evaluation(standard: Standard, held: Posts, at: datetime) -> Iterator[Evidence]:
    """Evidence for both clauses as the facts up to `at` have it. One SQL query."""
    last = _last(standard, held, at)
    closed_on = jakarta_day(last.closed_at) if last and last.closed_at else None
    yield from _held(standard, last, closed_on or held.first_day(), jakarta_day(at))
    if last and closed_on:
        yield from _passed_on(standard, last, closed_on, jakarta_day(at))


def _last(standard: Standard, held: Posts, at: datetime) -> Any:
    """The last closed evaluation with what had come of it by `at`: parts, told, waiting, unplanned, planned, done, late."""
    day = jakarta_day(at)
    here = {account for account, _role in held.of(day)}
    unread = Q(read_at=None) | Q(read_at__gt=at)
    plans = Improvement.objects.filter(planned_at__lte=at)
    open_ones = Q(done_at=None) | Q(done_at__gt=at)
    to_improve = EvaluationFinding.objects.filter(verdict=Verdict.TO_IMPROVE)
    rows = Evaluation.objects.filter(entry=standard.entry, closed_at__lte=at).annotate(
        parts=_count(EvaluationFinding.objects.all()),
        told=_count(EvaluationReading.objects.all()),
        waits=_count(EvaluationReading.objects.filter(unread, told_at__lte=at, account__in=here)),
        unplanned=_count(to_improve.filter(~Exists(plans.filter(finding=OuterRef("pk"))))),
        planned=_count(plans, of="finding__evaluation"),
        done=_count(plans.exclude(open_ones), of="finding__evaluation"),
        late=_count(plans.filter(open_ones, due_on__lt=day), of="finding__evaluation"),
    )
    return rows.order_by("-closed_at").first()


def _count(rows: QuerySet[Any], *, of: str = "evaluation") -> Coalesce:
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _held(standard: Standard, last: Any, since: date | None, on: date) -> Iterator[Evidence]:
    """The last one within its term, from when the office opened; never held proves nothing until that is over (51.14.1)."""
    if since is None:
        return
    closed_on = jakarta_day(last.closed_at) if last else None
    clause, due = standard.cite("14.1"), due_on(closed_on, since, standards.load().office().evaluation)
    kinds = ("evaluation.begun", "evaluation.found", "evaluation.closed")
    behind = Behind(kinds=kinds, subjects=(last.id,)) if last else Behind(kinds=APPOINTED)
    if due < on:
        words = "Evaluasi seharusnya selesai paling lambat {day}; sampai hari ini belum."
        yield Evidence(clause=clause, is_met=False, what=Sentence(words, day=said_day(due)), seen_on=on, behind=behind)
    elif closed_on:
        what = Sentence("Evaluasi tahun {year} selesai, dengan temuan untuk {parts} bagian.", year=last.year, parts=last.parts)
        yield Evidence(clause=clause, is_met=True, what=what, seen_on=closed_on, behind=behind)


def _passed_on(standard: Standard, last: Any, closed_on: date, on: date) -> Iterator[Evidence]:
    """Read by everybody, and something is planned for each finding; while there is time left, nothing is proven (51.14.3)."""
    is_over = on > closed_on + standards.load().office().evaluation.time_to_read
    is_whole = not last.waits and not last.unplanned
    if not is_over and not is_whole and not last.late:
        return
    words = (
        "Hasil evaluasi {year} dikirim kepada {told} petugas, {waiting} belum membaca; "
        "{unplanned} temuan tanpa rencana; {done} dari {planned} perbaikan selesai, {late} terlambat."
    )
    what = Sentence(
        words,
        year=last.year,
        told=last.told,
        waiting=last.waits,
        unplanned=last.unplanned,
        done=last.done,
        planned=last.planned,
        late=last.late,
    )
    is_met, behind = is_whole and not last.late, Behind(kinds=PASSED_ON, clause=standard.cite("14.3"), since=closed_on)
    yield Evidence(clause=standard.cite("14.3"), is_met=is_met, what=what, seen_on=on, behind=behind)
