"""Many answer the survey at once: an invitation counts once, no answer is lost, a quarter that closes is whole (51.14.2)."""

from datetime import UTC, datetime

import pytest

from pasti.actions import survey
from pasti.domain.survey_run import Channel, Stage
from pasti.queries import ledger
from pasti.records.survey import SurveyAnswer, SurveyRun, token_of
from tests import makers
from tests.faults.test_races import THREADS, at_once
from tests.surveys import ALL_THREES, IN_SUMMER, SUMMER, answered, finished, keeper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.14.2")]
OCTOBER = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)


def test_one_invitation_answered_many_times_at_once_counts_once() -> None:
    token = token_of("application", finished(makers.actor())[0].id)

    results = at_once([lambda: survey.answer(token, ALL_THREES, channel=Channel.LINK, at=IN_SUMMER)] * THREADS)

    assert results == ["RuleBroken"] * (THREADS - 1) + ["done"]
    assert SurveyAnswer.objects.count() == 1


def test_many_invitations_answered_at_once_all_count() -> None:
    tokens = [token_of("application", row.id) for row in finished(makers.actor(), count=THREADS)]

    def answering(token: str) -> None:
        survey.answer(token, ALL_THREES, channel=Channel.LINK, at=IN_SUMMER)

    results = at_once([lambda token=token: answering(token) for token in tokens])  # type: ignore[misc]

    assert results == ["done"] * THREADS
    assert (SurveyAnswer.objects.count(), SurveyRun.objects.count()) == (THREADS, 1)
    assert SurveyRun.objects.get().quarter == SUMMER.number


def test_what_is_kept_at_closing_is_what_was_answered() -> None:
    rows, officer = finished(makers.actor(), count=THREADS + 1), keeper()
    answered(rows[:1], [dict.fromkeys(ALL_THREES, 4)])
    run = SurveyRun.objects.get()

    def answering(token: str) -> None:
        survey.answer(token, ALL_THREES, channel=Channel.LINK, at=OCTOBER)

    tokens = [token_of("application", row.id) for row in rows[1:]]
    at_once([lambda: survey.close(officer, run.id, at=OCTOBER), *(lambda t=t: answering(t) for t in tokens)])  # type: ignore[misc]

    kept = SurveyRun.objects.get()
    if kept.stage == Stage.OPEN:  # an answer came between: the officer is told, and closes again
        survey.close(officer, run.id, at=OCTOBER)
        kept = SurveyRun.objects.get()
    assert kept.tally == kept.tallied().to_json()
    chainless = {f"subjek {row.id}: rantainya hilang seluruhnya" for row in rows}  # made at once; said only when all else holds
    assert ledger.verify().fault in {None, *chainless}
