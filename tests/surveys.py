"""Makers for tests of the survey: finished services, questionnaires, quarters that were closed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pasti.actions import survey
from pasti.domain.roles import Actor, Role
from pasti.domain.survey import Answers, Quarter
from pasti.domain.survey_run import Channel, Plan
from pasti.domain.workflow import State
from pasti.records.licensing import Application
from pasti.records.survey import SurveyRun, token_of
from tests import makers

SUMMER = Quarter(2026, 3)
IN_SUMMER = datetime(2026, 8, 3, 3, 0, tzinfo=UTC)
AFTER_SUMMER = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
ALL_THREES = {f"u{number}": "3" for number in range(1, 10)}


def finished(applicant: Actor, *, at: datetime = IN_SUMMER, count: int = 1) -> list[Application]:
    """Applications whose certificates were issued at that moment: rows as the acts leave them, made at once."""
    first = makers.submitted(applicant, at=at)
    values = {field.attname: getattr(first, field.attname) for field in Application._meta.concrete_fields}
    del values["id"], values["number"]
    values |= {"ledger_length": 0, "ledger_head": ""}  # they have no chain of facts
    known = Application.objects.count()
    rows = [
        Application(**{**values, "number": f"PB-2026-8{known + number:03}", "state": State.ISSUED, "issued_at": at})
        for number in range(count)
    ]
    return Application.objects.bulk_create(rows)


def answered(rows: Iterable[Application], sheets: Iterable[Answers], *, at: datetime = IN_SUMMER + timedelta(days=1)) -> None:
    """One questionnaire for each row."""
    for row, sheet in zip(rows, sheets, strict=True):
        raw = {code: str(value) for code, value in sheet.items()}
        survey.answer(token_of("application", row.id), raw, channel=Channel.LINK, at=at)


def closed(keeper: Actor, applicant: Actor, sheets: list[Answers], *, finished_at: datetime = IN_SUMMER) -> SurveyRun:
    """A quarter with these questionnaires, closed after its end."""
    answered(finished(applicant, at=finished_at, count=len(sheets)), sheets, at=finished_at)
    quarter = Quarter.of(finished_at.date())
    row = SurveyRun.objects.get(year=quarter.year, quarter=quarter.number)
    survey.close(keeper, row.id, at=datetime(quarter.next().year, quarter.next().first_day.month, 5, 3, tzinfo=UTC))
    return fresh(row.id)


def planned(keeper: Actor, row: SurveyRun, *codes: str, at: datetime = AFTER_SUMMER) -> SurveyRun:
    """Plans of the keeper for these elements."""
    for code in codes:
        asked = Plan(
            element=code, action="Memperbaiki papan informasi di loket.", owner=keeper.id, due_on=at.date() + timedelta(days=60)
        )
        survey.plan(keeper, row.id, asked, seen=fresh(row.id).ledger_length, at=at)
    return fresh(row.id)


def fresh(id: UUID) -> SurveyRun:
    """The row as it stands now."""
    return SurveyRun.objects.get(pk=id)


def keeper(at: datetime = makers.MONDAY) -> Actor:
    """A survey and evaluation officer."""
    return makers.actor(Role.SURVEY_OFFICER, at=at)
