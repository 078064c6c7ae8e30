"""Questionnaires on paper, typed into a table and taken in as a whole or not at all (51.14.2)."""

import hashlib
from datetime import datetime
from uuid import UUID

from pasti import standards
from pasti.actions.carry_out import carry_out
from pasti.actions.survey import clause_of, run_seen
from pasti.adapters.sheets.client import is_workbook, rows_of
from pasti.domain import survey_run
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Actor
from pasti.domain.survey import CLAUSE
from pasti.domain.survey_run import Channel
from pasti.domain.survey_sheet import Sheet, csv_rows, read_sheet
from pasti.records.survey import SurveyAnswer

MOST_BYTES = 2 * 1024 * 1024


def take_in(actor: Actor, id: UUID, data: bytes, *, at: datetime) -> Sheet:
    """Take in a file of questionnaires, CSV or xlsx. InvalidInput names every wrong row; then nothing is kept (51.14.2)."""
    row = run_seen(actor, id)
    survey_run.require(actor, survey_run.KEEPS, clause_of(row))
    sheet = _read(data)
    digest = hashlib.sha256(data).hexdigest()
    outcome = survey_run.take_in(row.value(clause_of(row)), actor, count=len(sheet.answers), sha256=digest)
    answers = [
        SurveyAnswer(run=row, channel=Channel.PAPER, remark=remark, **dict(answers))
        for answers, remark in zip(sheet.answers, sheet.remarks, strict=True)
    ]
    carry_out(row, outcome, actor=actor, at=at, inserts=answers)
    return sheet


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
