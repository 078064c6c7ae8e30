"""What the survey's pages show: quarters, averages, trend, follow-up, and whether an invitation may be answered (51.14.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor
from pasti.domain.standard import Text
from pasti.domain.survey import EXACT, Instrument, Quarter, Result, Tally, compute, half_up, sample_size, tally_from
from pasti.domain.survey_run import KEEPS, PUBLISHES, READS, STAGE_TITLES, Stage, may_be_told
from pasti.records.accounts import Account, Appointment
from pasti.records.licensing import Application
from pasti.records.survey import SurveyInvitation, SurveyPlan, SurveyRun, finished_at, served, subject_of, token_of

PAGE = 50
TREND = 8  # quarters shown behind one another
NRR_PLACES = 3


@dataclass(frozen=True, kw_only=True)
class ElementLine:
    """One element of a result, rounded for reading."""

    code: str
    title: Text
    answered: int
    nrr: Decimal | None  # None: nobody answered it
    weighed: Decimal | None
    is_lowest: bool


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """What is done about one element; `late` when its day has passed undone."""

    id: UUID
    quarter: Quarter
    element: Text
    action: str
    owner: str
    due_on: date
    done_on: date | None
    evidence: str
    late: bool
    may_finish: bool


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One quarter of one service in a list; index and grade once it is closed."""

    id: UUID
    entry: str
    service: Text
    quarter: Quarter
    stage: Stage
    stage_title: str
    index: Decimal | None
    grade: str
    n: int | None
    needed: int | None
    population: int | None
    nrr: Mapping[str, Decimal]  # empty until it is closed, and when too few answered

    @property
    def reached(self) -> bool:
        """Whether as many answered as the sample needs."""
        return self.n is not None and self.needed is not None and self.n >= self.needed


@dataclass(frozen=True, kw_only=True)
class RunView:
    """One quarter with all that is known of it."""

    line: RunLine
    seen: int
    clause: str
    population: int
    needed: int
    n: int
    fewest: int
    is_told: bool  # the averages, rows and words; otherwise too few answered, or it still runs
    result: Result | None
    lines: tuple[ElementLine, ...]
    trend: tuple[RunLine, ...]  # the earliest first, this one last
    plans: tuple[PlanLine, ...]
    earlier_plans: tuple[PlanLine, ...]  # of the quarter before
    opened_at: datetime
    closed_at: datetime | None
    published_at: datetime | None
    is_over: bool
    may_keep: bool
    may_publish: bool

    @property
    def reached(self) -> bool:
        """Whether as many answered as the sample needs."""
        return self.n >= self.needed

    @property
    def are_few(self) -> bool:
        """Whether some answered, and so few that not even their number is shown while the quarter runs."""
        return 0 < self.n < self.fewest

    @property
    def are_many(self) -> bool:
        """Whether there are more questionnaires than services: some paper may belong to another quarter."""
        return self.n > max(self.population, self.fewest)

    @property
    def unanswered(self) -> tuple[ElementLine, ...]:
        """The elements that nobody answered."""
        return tuple(line for line in self.lines if line.nrr is None)

    @property
    def unplanned(self) -> tuple[ElementLine, ...]:
        """The lowest elements that have no plan yet."""
        planned = {plan.element for plan in self.plans}
        return tuple(line for line in self.lines if line.is_lowest and line.title not in planned)


@dataclass(frozen=True, kw_only=True)
class InvitationView:
    """What an invitation is worth: "ready", "early" (the service is not finished), "used", "closed"."""

    state: str
    service: Text
    quarter: Quarter | None


def runs(actor: Actor) -> tuple[RunLine, ...]:
    """The latest quarters of every service, at most 50, for office staff. One SQL query."""
    return _lines(SurveyRun.objects.all()) if actor.roles & READS else ()


def published(entry: str = "") -> tuple[RunLine, ...]:
    """The published quarters, the latest first, at most 50. One SQL query."""
    rows = SurveyRun.objects.filter(stage=Stage.PUBLISHED)
    return _lines(rows.filter(entry=entry) if entry else rows)


def _lines(rows: QuerySet[SurveyRun]) -> tuple[RunLine, ...]:
    return tuple(_line(row) for row in rows.order_by("-year", "-quarter", "entry")[:PAGE])


def _line(row: SurveyRun) -> RunLine:
    quarter = Quarter(row.year, row.quarter)
    return RunLine(
        id=row.id,
        entry=row.entry,
        service=standards.load().in_force(row.entry, quarter.last_day).short_title,
        quarter=quarter,
        stage=Stage(row.stage),
        stage_title=STAGE_TITLES[Stage(row.stage)],
        index=row.index,
        grade=row.grade,
        n=row.tally["n"] if row.tally else None,
        needed=row.needed,
        population=row.population,
        nrr=_averages(row),
    )


def _averages(row: SurveyRun) -> dict[str, Decimal]:
    instrument = standards.load().survey()
    if row.tally is None or not _is_told(row, instrument, row.tally["n"]):
        return {}
    exact = compute(instrument, tally_from(row.tally)).nrr
    return {code: half_up(average, places=NRR_PLACES) for code, average in exact.items()}


def _is_told(row: SurveyRun, instrument: Instrument, n: int) -> bool:
    return row.stage != Stage.OPEN and may_be_told(n, on_paper=row.on_paper, fewest=instrument.fewest)


def run(actor: Actor, id: UUID, *, at: datetime, weight: str = EXACT) -> RunView | None:
    """One quarter for office staff. At most seven SQL queries."""
    row = SurveyRun.objects.filter(pk=id).first() if actor.roles & READS else None
    return _view(row, at=at, actor=actor, weight=weight) if row else None


def published_run(entry: str, quarter: Quarter, *, at: datetime) -> RunView | None:
    """One published quarter for anybody. At most five SQL queries."""
    rows = SurveyRun.objects.filter(entry=entry, year=quarter.year, quarter=quarter.number, stage=Stage.PUBLISHED)
    row = rows.first()
    return _view(row, at=at, actor=None) if row else None


def _view(row: SurveyRun, *, at: datetime, actor: Actor | None, weight: str = EXACT) -> RunView:
    instrument, quarter = standards.load().survey(), Quarter(row.year, row.quarter)
    tallied = tally_from(row.tally) if row.tally else None  # while it runs it is only counted: two looks would tell an answer
    n = tallied.n if tallied else row.answers.count()
    population = row.finished() if row.population is None else row.population
    result = compute(instrument, tallied, weight=weight) if tallied else None
    plans = _plans(row, actor, jakarta_day(at))
    return RunView(
        line=_line(row),
        seen=row.ledger_length,
        clause=standards.load().in_force(row.entry, quarter.last_day).cite("14.2"),
        population=population,
        needed=sample_size(population, instrument.sampling) if row.needed is None else row.needed,
        n=n,
        fewest=instrument.fewest,
        is_told=_is_told(row, instrument, n),
        result=result,
        lines=_elements(instrument, tallied, result) if tallied and result else (),
        trend=_trend(row, public=actor is None),
        plans=tuple(plan for plan in plans if plan.quarter == quarter),
        earlier_plans=tuple(plan for plan in plans if plan.quarter != quarter),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        published_at=row.published_at,
        is_over=jakarta_day(at) > quarter.last_day,
        may_keep=bool(actor and actor.roles & KEEPS),
        may_publish=bool(actor and actor.roles & PUBLISHES),
    )


def _elements(instrument: Instrument, tallied: Tally, result: Result) -> tuple[ElementLine, ...]:
    lowest = result.lowest(instrument.follow_up)
    return tuple(
        ElementLine(
            code=element.code,
            title=element.title,
            answered=tallied.counts[element.code],
            nrr=half_up(result.nrr[element.code], places=NRR_PLACES) if element.code in result.nrr else None,
            weighed=half_up(result.weighed(element.code), places=NRR_PLACES) if element.code in result.nrr else None,
            is_lowest=element.code in lowest,
        )
        for element in instrument.elements
    )


def _trend(row: SurveyRun, *, public: bool) -> tuple[RunLine, ...]:
    rows = SurveyRun.objects.filter(entry=row.entry, index__isnull=False)
    if public:
        rows = rows.filter(stage=Stage.PUBLISHED)
    lines = [_line(other) for other in rows.order_by("-year", "-quarter")]
    return tuple(reversed([line for line in lines if line.quarter <= Quarter(row.year, row.quarter)][:TREND]))


def _plans(row: SurveyRun, actor: Actor | None, today: date) -> list[PlanLine]:
    """The plans of this quarter and of the one before. One SQL query."""
    quarter, elements = Quarter(row.year, row.quarter), standards.load().survey()
    rows = SurveyPlan.objects.filter(run__entry=row.entry).select_related("run", "owner").order_by("element")
    lines = []
    for plan in rows.filter(run__year__in=(quarter.year - 1, quarter.year)):
        of = Quarter(plan.run.year, plan.run.quarter)
        if of == quarter or of.next() == quarter:
            may_finish = actor is not None and plan.done_on is None and bool(actor.roles & KEEPS or actor.id == plan.owner_id)
            lines.append(_plan(plan, of, elements.element(plan.element).title, today, may_finish=may_finish))
    return lines


def _plan(plan: SurveyPlan, quarter: Quarter, element: Text, today: date, *, may_finish: bool) -> PlanLine:
    return PlanLine(
        id=plan.id,
        quarter=quarter,
        element=element,
        action=plan.action,
        owner=plan.owner.get_full_name(),
        due_on=plan.due_on,
        done_on=plan.done_on,
        evidence=plan.evidence,
        late=plan.done_on is None and plan.due_on < today,
        may_finish=may_finish,
    )


def remarks(actor: Actor, id: UUID) -> tuple[str, ...]:
    """What people wrote in their own words in a closed quarter, at most 50, by the alphabet. Two SQL queries."""
    row = SurveyRun.objects.filter(pk=id).first() if actor.roles & KEEPS else None
    if row is None or row.tally is None or not _is_told(row, standards.load().survey(), row.tally["n"]):
        return ()
    return tuple(row.answers.exclude(remark="").order_by("remark").values_list("remark", flat=True)[:PAGE])


def owners(on: date) -> tuple[tuple[str, str], ...]:
    """Who may be given a plan: everybody who holds a post on that day, by name. Two SQL queries."""
    held = {post.account_id for post in Appointment.objects.all() if post.holds(on)}
    rows = Account.objects.filter(pk__in=held).order_by("name", "email")
    return tuple((str(row.id), row.get_full_name()) for row in rows)


def invitation(token: str) -> InvitationView | None:
    """What the invitation of this code is worth; None for a code of nobody's. At most three SQL queries."""
    kind, id = subject_of(token) or ("", UUID(int=0))
    about = served(kind, id)
    if about is None:
        return None
    service = standards.load().edition(about.entry, about.effective).short_title
    if about.finished_at is None:
        return InvitationView(state="early", service=service, quarter=None)
    quarter = Quarter.of(jakarta_day(about.finished_at))
    used = SurveyInvitation.objects.filter(kind=kind, subject_id=id, used=True).exists()
    ours = SurveyRun.objects.filter(entry=about.entry, year=quarter.year, quarter=quarter.number)
    state = "used" if used else "closed" if ours.exclude(stage=Stage.OPEN).exists() else "ready"
    return InvitationView(state=state, service=service, quarter=quarter)


def token_for(kind: str, id: UUID) -> str:
    """The code of the invitation of an application or a complaint, for its receipt and its own page."""
    return token_of(kind, id)


def seat(number: str) -> str:
    """The code of the finished application of that number, for the counter; "" when there is none to be answered."""
    row = Application.objects.filter(number=number.strip().upper()).first()
    return token_of("application", row.id) if row and finished_at(row) else ""
