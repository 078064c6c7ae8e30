"""The demonstration's survey: closed quarters made by the real acts, once (51.14.2)."""

from datetime import datetime, timedelta

import pytest

from pasti.actions import showcase_survey
from pasti.domain.calendar import JAKARTA
from pasti.domain.roles import Role
from pasti.queries import ledger
from pasti.queries import survey as surveys
from pasti.records.duties import Duty
from pasti.records.ledger import LedgerEntry
from pasti.records.survey import SurveyAnswer, SurveyRun
from tests import makers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.14.2")]
AT = datetime(2026, 11, 24, 10, tzinfo=JAKARTA)
WORDS = {"password": makers.PASSWORD, "at": AT}


def test_three_quarters_are_answered_closed_and_two_of_them_published(signing_passphrase: str) -> None:
    office = {role: makers.actor(role, at=AT - timedelta(days=365)) for role in Role if role is not Role.APPLICANT}
    showcase_survey.furnish(office, "51", passphrase=signing_passphrase, **WORDS)

    rows = list(SurveyRun.objects.order_by("year", "quarter").values_list("quarter", "stage", "population", "grade"))
    assert rows == [(1, "published", 6, "C"), (2, "published", 6, "B"), (3, "closed", 6, "B")]
    view = surveys.run(office[Role.HEAD], SurveyRun.objects.get(quarter=3).id, at=AT)
    assert view is not None and view.is_told and view.unplanned and view.reached
    assert ledger.verify().fault is None
    assert not LedgerEntry.objects.filter(at__gt=AT).exists()
    late = Duty.objects.filter(reported_at=None, due_on__lt=AT.date()).values_list("application__nib", flat=True)
    assert set(late) == {"9120300420030", "9120300420021"}

    before = SurveyAnswer.objects.count()
    assert showcase_survey.unfinished() is False
    showcase_survey.furnish(office, "51", passphrase=signing_passphrase, **WORDS)
    assert SurveyAnswer.objects.count() == before
