"""Questionnaires on paper, typed into a table and taken in as a whole or not at all (51.14.2)."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.crypto import salted_hmac

from pasti import standards
from pasti.actions.carry_out import carry_out, together
from pasti.actions.survey import clause_of, locked, run_seen
from pasti.adapters.sheets.client import is_workbook, rows_of
from pasti.domain import survey_paper, survey_run
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.survey import CLAUSE, Quarter
from pasti.domain.survey_paper import PaperFile
from pasti.domain.survey_run import Channel
from pasti.domain.survey_sheet import Sheet, csv_rows, read_sheet
from pasti.records.survey import SurveyAnswer, SurveyPaper, SurveyRun

MOST_BYTES = 2 * 1024 * 1024


def take_in(actor: Actor, id: UUID, data: bytes, *, at: datetime) -> Sheet:
    """Take in a file of questionnaires, CSV or xlsx, once. InvalidInput names every wrong row; then nothing is kept (51.14.2)."""
    row = run_seen(actor, id)
    survey_run.require(actor, survey_run.KEEPS, clause_of(row))
    sheet = _read(data)
    file = _marked(sheet, Quarter(row.year, row.quarter), jakarta_day(at))
    with together():
        row = locked(row)
        run, count, sha256 = row.value(clause_of(row)), len(sheet.answers), hashlib.sha256(data).hexdigest()
        outcome = survey_run.take_in(run, actor, count=count, on_paper=row.on_paper, sha256=sha256)
        survey_paper.require_new(file, sheet, _known(row, file.mark), fewest=standards.load().survey().fewest)
        carry_out(row, outcome, actor=actor, at=at, inserts=[*_answers(row, sheet), _kept(row, file, count)])
    return sheet


def _answers(row: SurveyRun, sheet: Sheet) -> list[SurveyAnswer]:
    return [
        SurveyAnswer(run=row, channel=Channel.PAPER, remark=remark, **dict(answers))
        for answers, remark in zip(sheet.answers, sheet.remarks, strict=True)
    ]


def _kept(row: SurveyRun, file: PaperFile, count: int) -> SurveyPaper:
    rows, serials = list(file.rows), list(file.serials)
    return SurveyPaper(run=row, taken_on=file.taken_on, count=count, mark=file.mark, rows=rows, serials=serials)


def _marked(sheet: Sheet, quarter: Quarter, taken_on: date) -> PaperFile:
    """The file by the office's own seal over its rows: nobody finds an answer again by trying all that are possible."""
    rows = sorted(_seal(text) for text in survey_paper.spelled(sheet))
    serials = tuple(serial for serial in sheet.serials if serial)
    return PaperFile(quarter=quarter, taken_on=taken_on, mark=_seal(" ".join(rows)), rows=tuple(rows), serials=serials)


def _seal(text: str) -> str:
    return salted_hmac("pasti.survey.paper", text, algorithm="sha256").hexdigest()


def _known(row: SurveyRun, mark: str) -> list[PaperFile]:
    """What was taken in for this quarter, and the same file for any other of the same service. One SQL query."""
    files = SurveyPaper.objects.filter(Q(run=row) | Q(run__entry=row.entry, mark=mark)).select_related("run")
    return [file.value() for file in files.order_by("taken_on")]


def _read(data: bytes) -> Sheet:
    if len(data) > MOST_BYTES:
        raise RuleBroken(CLAUSE, "Berkas ini lebih besar dari {most} MB; bagilah berkasnya.", most=MOST_BYTES // 2**20)
    codes = standards.load().survey().codes
    if is_workbook(data):
        return read_sheet(rows_of(data), codes)
    try:
        return read_sheet(csv_rows(data.decode("utf-8-sig")), codes)
    except UnicodeDecodeError:
        raise RuleBroken(CLAUSE, "Berkas ini bukan xlsx dan bukan CSV UTF-8. Simpan ulang sebagai salah satunya.") from None
