"""What is taken away of a quarter's survey: the printed report and the worksheet that computes it again (51.14.2)."""

from datetime import date
from uuid import UUID

from django.conf import settings

from pasti import standards
from pasti.actions.printing import letterhead
from pasti.actions.survey import clause_of, run_seen
from pasti.adapters.pdf.client import render_survey
from pasti.adapters.sheets.client import worksheet as write_worksheet
from pasti.domain import survey_run
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.survey import CODES, Instrument, Quarter, Result, Tally, compute, half_up, sample_size, tally_from
from pasti.domain.survey_report import ReportPlan, ReportRow, SurveyReport
from pasti.domain.survey_run import Stage
from pasti.records.survey import SurveyPlan, SurveyRun

DEMONSTRATION = "Peragaan: angka-angka ini dari data contoh."
PLACES = 3
UNKNOWN = "–"  # of an element that nobody answered
TREND = 8


def report(actor: Actor, id: UUID) -> tuple[str, bytes]:
    """The report of a closed quarter for office staff: its file's name and the PDF (51.14.2)."""
    return _printed(run_seen(actor, id))


def published_report(entry: str, quarter: Quarter) -> tuple[str, bytes] | None:
    """The report of a published quarter for anybody; None when it is not published."""
    row = SurveyRun.objects.filter(entry=entry, year=quarter.year, quarter=quarter.number, stage=Stage.PUBLISHED).first()
    return _printed(row) if row else None


def worksheet(actor: Actor, id: UUID) -> tuple[str, bytes]:
    """The questionnaires of a closed quarter with the formulas over them, for who keeps the survey (51.14.2)."""
    row, instrument = run_seen(actor, id), standards.load().survey()
    survey_run.require(actor, survey_run.KEEPS, clause_of(row))
    kept = row.answers.order_by("id")  # their ids are drawn: no order of arrival
    survey_run.require_rows(row.value(clause_of(row)), kept.count(), on_paper=row.on_paper, fewest=instrument.fewest)
    answers = [{code: given[code] for code in CODES if given[code] is not None} for given in kept.values(*CODES)]
    quarter = Quarter(row.year, row.quarter)
    title = f"SKM {_service(row)}, {quarter.title}"
    remarks = list(kept.values_list("remark", flat=True))
    data = write_worksheet(instrument, answers, remarks, title=title, population=row.population or 0, source=instrument.source)
    return f"skm-{row.entry}-{quarter}.xlsx", data


def _printed(row: SurveyRun) -> tuple[str, bytes]:
    clause = clause_of(row)
    if row.tally is None or row.closed_at is None:
        raise RuleBroken(clause, "Laporan tersedia sesudah survei triwulan ini ditutup.")
    data = _report(row, clause, tally_from(row.tally), jakarta_day(row.closed_at))
    return f"skm-{row.entry}-{row.year}-{row.quarter}.pdf", render_survey(data)


def _report(row: SurveyRun, clause: str, tallied: Tally, closed_on: date) -> SurveyReport:
    library = standards.load()
    instrument, quarter = library.survey(), Quarter(row.year, row.quarter)
    result, population = compute(instrument, tallied), row.population or 0
    needed = sample_size(population, instrument.sampling)
    told = survey_run.may_be_told(result.n, on_paper=row.on_paper, fewest=instrument.fewest)
    return SurveyReport(
        letterhead=letterhead(library.office()),
        service=_service(row),
        clause=clause,
        quarter=str(quarter.title),
        code=str(quarter),
        first_day=quarter.first_day,
        last_day=quarter.last_day,
        closed_on=closed_on,
        published_on=jakarta_day(row.published_at) if row.published_at else None,
        population=population,
        needed=needed,
        n=result.n,
        reached=result.n >= needed,
        index=_comma(result.index),
        grade=result.band.grade,
        grade_title=result.band.title.id,
        weight=result.weight.title.id,
        rows=_rows(instrument, tallied, result) if told else (),
        lowest=tuple(instrument.element(code).title.id for code in result.lowest(instrument.follow_up)),
        unanswered=tuple(instrument.element(code).title.id for code in result.unanswered),
        fewest=instrument.fewest,
        bands=tuple((band.grade, _comma(band.lowest), band.title.id) for band in instrument.bands),
        trend=_trend(row),
        plans=_plans(instrument, row),
        earlier_plans=_plans(instrument, _before(row)),
        source=instrument.source,
        demonstration=DEMONSTRATION if settings.PASTI_DEMONSTRATION else "",
    )


def _rows(instrument: Instrument, tallied: Tally, result: Result) -> tuple[ReportRow, ...]:
    lowest = result.lowest(instrument.follow_up)
    return tuple(
        ReportRow(
            code=element.code.upper(),
            title=element.title.id,
            answered=tallied.counts[element.code],
            nrr=_comma(half_up(result.nrr[element.code], places=PLACES)) if element.code in result.nrr else UNKNOWN,
            weighed=_comma(half_up(result.weighed(element.code), places=PLACES)) if element.code in result.nrr else UNKNOWN,
            is_lowest=element.code in lowest,
        )
        for element in instrument.elements
    )


def _trend(row: SurveyRun) -> tuple[tuple[str, str, str], ...]:
    """The closed quarters up to this one, the earliest first."""
    rows = SurveyRun.objects.filter(entry=row.entry, index__isnull=False).order_by("year", "quarter")
    if row.stage == Stage.PUBLISHED:
        rows = rows.filter(stage=Stage.PUBLISHED)
    here = (row.year, row.quarter)
    up_to = [other for other in rows if (other.year, other.quarter) <= here]
    return tuple((str(Quarter(r.year, r.quarter).title), _comma(r.index), r.grade) for r in up_to[-TREND:])


def _before(row: SurveyRun) -> SurveyRun | None:
    rows = SurveyRun.objects.filter(entry=row.entry, year__in=(row.year, row.year - 1))
    return next((r for r in rows if Quarter(r.year, r.quarter).next() == Quarter(row.year, row.quarter)), None)


def _plans(instrument: Instrument, row: SurveyRun | None) -> tuple[ReportPlan, ...]:
    rows = SurveyPlan.objects.filter(run=row).select_related("owner").order_by("element") if row else ()
    return tuple(
        ReportPlan(
            element=instrument.element(plan.element).title.id,
            action=plan.action,
            owner=plan.owner.get_full_name(),
            due_on=plan.due_on,
            done=plan.evidence,
        )
        for plan in rows
    )


def _service(row: SurveyRun) -> str:
    return standards.load().in_force(row.entry, Quarter(row.year, row.quarter).last_day).title.id


def _comma(number: object) -> str:
    """As numbers are printed here: 84,72."""
    return str(number).replace(".", ",")
