"""The yearly evaluation as its pages show it: each part with its figures, who has read the results (51.14.1, 51.14.3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.evaluation import (
    KEEPS,
    READS,
    SOP,
    STAGE_TITLES,
    VERDICT_TITLES,
    Part,
    Stage,
    Verdict,
    parts_of,
)
from pasti.domain.improvements import PLANS
from pasti.domain.roles import Actor
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Standard, Text
from pasti.queries.evaluation_figures import of_year
from pasti.queries.improvements import Line as ImprovementLine
from pasti.queries.improvements import of_evaluation
from pasti.records.evaluation import Evaluation, EvaluationFinding, EvaluationReading

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class EvaluationLine:
    """One evaluation in a list."""

    id: UUID
    entry: str
    service: Text
    year: int
    is_closed: bool
    stage_title: Sentence
    closed_at: datetime | None
    summary: str


@dataclass(frozen=True, kw_only=True)
class PartView:
    """One component or SOP with its figures, what was found of it, and what is done about it."""

    part: Part
    figures: tuple[Sentence, ...]
    verdict: Verdict | None
    verdict_title: Sentence | None
    words: str
    improvements: tuple[ImprovementLine, ...]

    @property
    def is_sop(self) -> bool:
        """Whether it is a procedure class rather than a component."""
        return self.part.id.startswith(SOP)

    @property
    def to_improve(self) -> bool:
        """Whether something must be improved."""
        return self.verdict is Verdict.TO_IMPROVE


@dataclass(frozen=True, kw_only=True)
class EvaluationView:
    """One year's evaluation with all that is known of it and what the reader may do."""

    line: EvaluationLine
    seen: int
    clause: str
    told_clause: str
    parts: tuple[PartView, ...]
    told: int
    waiting: tuple[str, ...]  # who has not acknowledged, by name
    read_by: date | None
    may_keep: bool
    may_plan: bool
    may_acknowledge: bool
    has_acknowledged: bool

    @property
    def missing(self) -> int:
        """How many parts have no finding yet."""
        return sum(part.verdict is None for part in self.parts)

    @property
    def read(self) -> int:
        """How many have acknowledged."""
        return self.told - len(self.waiting)


def evaluations(actor: Actor) -> tuple[EvaluationLine, ...]:
    """The evaluations, the latest first, at most 50, for office staff. One SQL query."""
    return _lines(Evaluation.objects.all()) if actor.roles & READS else ()


def published() -> tuple[EvaluationLine, ...]:
    """The closed ones, for anybody. One SQL query."""
    return _lines(Evaluation.objects.filter(stage=Stage.CLOSED))


def _lines(rows: QuerySet[Evaluation]) -> tuple[EvaluationLine, ...]:
    return tuple(_line(row) for row in rows.order_by("-year", "entry")[:PAGE])


def _line(row: Evaluation) -> EvaluationLine:
    return EvaluationLine(
        id=row.id,
        entry=row.entry,
        service=_standard(row).short_title,
        year=row.year,
        is_closed=row.stage == Stage.CLOSED,
        stage_title=STAGE_TITLES[Stage(row.stage)],
        closed_at=row.closed_at,
        summary=row.summary,
    )


def _standard(row: Evaluation) -> Standard:
    return standards.load().edition(row.entry, row.effective)


def evaluation(actor: Actor, id: UUID, *, at: datetime) -> EvaluationView | None:
    """One evaluation for office staff; None otherwise."""
    row = Evaluation.objects.filter(pk=id).first() if actor.roles & READS else None
    return _view(row, actor, at=at) if row else None


def published_evaluation(entry: str, year: int, *, at: datetime) -> EvaluationView | None:
    """One closed evaluation for anybody; names nobody."""
    row = Evaluation.objects.filter(entry=entry, year=year, stage=Stage.CLOSED).first()
    return _view(row, None, at=at) if row else None


def _view(row: Evaluation, actor: Actor | None, *, at: datetime) -> EvaluationView:
    standard, is_closed = _standard(row), row.stage == Stage.CLOSED
    readings = list(row.readings.select_related("account").order_by("account__name")) if actor else []
    waits = set(row.waiting(at).values_list("id", flat=True)) if actor else set()
    own = next((r for r in readings if actor and r.account_id == actor.id), None)
    time_to_read = standards.load().office().evaluation.time_to_read
    return EvaluationView(
        line=_line(row),
        seen=row.ledger_length,
        clause=standard.cite("14.1"),
        told_clause=standard.cite("14.3"),
        parts=_parts(row, standard, actor, at),
        told=len(readings),
        waiting=_names([r for r in readings if r.pk in waits]),
        read_by=jakarta_day(row.closed_at) + time_to_read if row.closed_at else None,
        may_keep=bool(actor and actor.roles & KEEPS) and not is_closed,
        may_plan=bool(actor and actor.roles & PLANS) and is_closed,
        may_acknowledge=own is not None and own.read_at is None,
        has_acknowledged=own is not None and own.read_at is not None,
    )


def _names(readings: list[EvaluationReading]) -> tuple[str, ...]:
    return tuple(reading.account.get_full_name() for reading in readings)


def _parts(row: Evaluation, standard: Standard, actor: Actor | None, at: datetime) -> tuple[PartView, ...]:
    """Each part; the figures of a closed evaluation are those of the moment it was closed."""
    found = {finding.part: finding for finding in row.findings.all()}
    figures = of_year(standard, row.year, at=row.closed_at or at)
    planned: dict[str, list[ImprovementLine]] = defaultdict(list)
    for part, line in of_evaluation(row.id, actor, at=at):
        planned[part].append(line)
    return tuple(
        _part(part, found.get(part.id), figures.get(part.id, ()), tuple(planned[part.id])) for part in parts_of(standard)
    )


def _part(
    part: Part, found: EvaluationFinding | None, figures: tuple[Sentence, ...], planned: tuple[ImprovementLine, ...]
) -> PartView:
    verdict = Verdict(found.verdict) if found else None
    return PartView(
        part=part,
        figures=figures,
        verdict=verdict,
        verdict_title=VERDICT_TITLES[verdict] if verdict else None,
        words=found.words if found else "",
        improvements=planned,
    )
