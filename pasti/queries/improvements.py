"""One register of improvements, whatever they come from: each is shown from where it is kept, none is copied (51.14.3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, UUIDField, Value

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import READS
from pasti.domain.findings import Stage as FindingStage
from pasti.domain.improvements import may_finish
from pasti.domain.roles import COMPLAINT_ROLES, ROLE_TITLES, Actor, Role
from pasti.domain.sentence import Sentence
from pasti.domain.survey import Quarter
from pasti.queries.samples import oversees
from pasti.records.complaints import ComplaintFollowUp
from pasti.records.evaluation import EvaluationReading, Improvement
from pasti.records.sampling import OversightFinding
from pasti.records.survey import SurveyPlan

MOST = 200  # of each source on one page


@dataclass(frozen=True, kw_only=True)
class Line:
    """One improvement. `page` and `id` name where it is followed up; `page` "" for what the reader may not open."""

    source: Sentence
    page: str
    id: UUID
    what: str
    owner: str | Sentence
    is_mine: bool
    due_on: date
    done_on: date | None
    result: str
    has_file: bool
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One improvement of the evaluation; what the reader may do to it."""

    line: Line
    seen: int
    clause: str
    evaluation: UUID
    year: int
    finding: str
    planned_by: str
    file_name: str
    may_finish: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What of the evaluation waits for one person: improvements that are theirs, results to read."""

    improvements: int
    overdue: int
    results: tuple[UUID, ...]  # evaluations to acknowledge

    def __bool__(self) -> bool:
        return bool(self.improvements or self.results)


def register(actor: Actor, *, at: datetime, mine: bool = False, done: bool = False) -> tuple[Line, ...]:
    """The open improvements, what is overdue first, or the finished ones, the latest first. Four SQL queries.

    Empty for who does not work here; of complaints and oversight what the actor may see there.
    """
    if not actor.roles & READS:
        return ()
    lines = [line for source in SOURCES for line in source(actor, done, jakarta_day(at)) if line.is_mine or not mine]
    if done:
        return tuple(sorted(lines, key=lambda line: line.done_on or line.due_on, reverse=True))
    return tuple(sorted(lines, key=lambda line: line.due_on))


def _evaluation(actor: Actor, done: bool, today: date) -> Iterator[Line]:
    rows = Improvement.objects.filter(done_at__isnull=not done).select_related("owner", "finding__evaluation")
    for row in rows.order_by("due_on", "id")[:MOST]:
        yield _own(row, actor, today)


def _own(row: Improvement, actor: Actor | None, today: date) -> Line:
    return Line(
        source=Sentence("Evaluasi tahunan {year}", year=row.finding.evaluation.year),
        page="improvement",
        id=row.id,
        what=row.what,
        owner=row.owner.get_full_name(),
        is_mine=actor is not None and row.owner_id == actor.id,
        due_on=row.due_on,
        done_on=jakarta_day(row.done_at) if row.done_at else None,
        result=row.result,
        has_file=bool(row.sha256),
        is_overdue=row.done_at is None and row.due_on < today,
    )


def _survey(actor: Actor, done: bool, today: date) -> Iterator[Line]:
    rows = SurveyPlan.objects.filter(done_on__isnull=not done).select_related("owner", "run")
    for row in rows.order_by("due_on", "id")[:MOST]:
        yield Line(
            source=Sentence("Survei {quarter}", quarter=Quarter(row.run.year, row.run.quarter).title),
            page="survey_run",
            id=row.run_id,
            what=row.action,
            owner=row.owner.get_full_name(),
            is_mine=row.owner_id == actor.id,
            due_on=row.due_on,
            done_on=row.done_on,
            result=row.evidence,
            has_file=False,
            is_overdue=row.done_on is None and row.due_on < today,
        )


def _complaints(actor: Actor, done: bool, today: date) -> Iterator[Line]:
    """Those of complaints the actor may open, and the actor's own."""
    rows = ComplaintFollowUp.objects.filter(kind="improvement", done_at__isnull=not done)
    if not actor.roles & COMPLAINT_ROLES:
        rows = rows.filter(owner=actor.id)
    for row in rows.select_related("owner", "complaint").order_by("due_on", "id")[:MOST]:
        yield Line(
            source=Sentence("Pengaduan {number}", number=row.complaint.number),
            page="desk_complaint" if actor.roles & COMPLAINT_ROLES else "",
            id=row.complaint_id,
            what=row.what,
            owner=row.owner.get_full_name(),
            is_mine=row.owner_id == actor.id,
            due_on=row.due_on,
            done_on=jakarta_day(row.done_at) if row.done_at else None,
            result=row.result,
            has_file=False,
            is_overdue=row.done_at is None and row.due_on < today,
        )


def _oversight(actor: Actor, done: bool, today: date) -> Iterator[Line]:
    """A finding is answered for by a role: it is everybody's who holds it. Who oversees sees all."""
    rows = OversightFinding.objects.all() if oversees(actor) else OversightFinding.objects.filter(owner__in=actor.roles)
    rows = rows.filter(stage=FindingStage.CLOSED) if done else rows.exclude(stage=FindingStage.CLOSED)
    for row in rows.order_by("due_on", "id")[:MOST]:
        yield Line(
            source=Sentence("Temuan {role}", role=ROLE_TITLES[Role(row.as_role)]),
            page="finding",
            id=row.id,
            what=row.words,
            owner=ROLE_TITLES[Role(row.owner)],
            is_mine=actor.has(Role(row.owner)) and row.stage == FindingStage.OPEN,
            due_on=row.due_on,
            done_on=jakarta_day(row.closed_at) if row.closed_at else None,
            result=row.result,
            has_file=False,
            is_overdue=row.closed_at is None and row.due_on < today,
        )


# Where improvements are kept; each is asked once.
SOURCES: tuple[Callable[[Actor, bool, date], Iterator[Line]], ...] = (_evaluation, _survey, _complaints, _oversight)


def of_evaluation(id: UUID, actor: Actor | None, *, at: datetime) -> Iterator[tuple[str, Line]]:
    """The improvements of one evaluation, each with the part it is about. One SQL query."""
    rows = Improvement.objects.filter(finding__evaluation=id).select_related("owner", "finding__evaluation")
    for row in rows.order_by("due_on", "id"):
        yield row.finding.part, _own(row, actor, jakarta_day(at))


def improvement(actor: Actor, id: UUID, *, at: datetime) -> Detail | None:
    """One improvement of the evaluation for office staff; None otherwise. One SQL query."""
    rows = Improvement.objects.select_related("owner", "planned_by", "finding__evaluation")
    row = rows.filter(pk=id).first() if actor.roles & READS else None
    if row is None:
        return None
    evaluation = row.finding.evaluation
    return Detail(
        line=_own(row, actor, jakarta_day(at)),
        seen=row.ledger_length,
        clause=standards.load().edition(evaluation.entry, evaluation.effective).cite("14.3"),
        evaluation=evaluation.id,
        year=evaluation.year,
        finding=row.finding.words,
        planned_by=row.planned_by.get_full_name(),
        file_name=row.file_name,
        may_finish=may_finish(actor, owner=row.owner_id, is_done=row.done_at is not None),
    )


def waiting(actor: Actor, *, at: datetime) -> Waiting:
    """What the desk shows its person: their open improvements from any source, results to read. One SQL query."""
    roles = [role.value for role in actor.roles]
    unread = EvaluationReading.objects.filter(account=actor.id, read_at=None)
    own = (
        Improvement.objects.filter(owner=actor.id, done_at=None),
        SurveyPlan.objects.filter(owner=actor.id, done_on=None),
        ComplaintFollowUp.objects.filter(owner=actor.id, kind="improvement", done_at=None),
        OversightFinding.objects.filter(owner__in=roles, stage=FindingStage.OPEN),
    )
    no_id, no_day = Value(None, output_field=UUIDField()), Value(None, output_field=DateField())
    results = unread.order_by().values_list("evaluation_id", no_day)
    found = list(results.union(*(rows.order_by().values_list(no_id, "due_on") for rows in own), all=True))
    days = [day for _, day in found if day]
    return Waiting(
        improvements=len(days),
        overdue=sum(day < jakarta_day(at) for day in days),
        results=tuple(id for id, _ in found if id),
    )
