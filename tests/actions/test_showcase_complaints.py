"""The demonstration's complaints: each where its story ends, made once (51.6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from pasti.actions import showcase_complaints
from pasti.actions.showcase_complaints import STORIES
from pasti.records.complaints import Complaint
from tests import makers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.6")]


def mornings(days_ago: int) -> Iterator[datetime]:
    """One moment a day until now."""
    now = timezone.now()
    while True:
        yield now - timedelta(days=days_ago)
        days_ago = max(0, days_ago - 1)


def test_every_complaint_stands_where_its_story_ends(signing_passphrase: str) -> None:
    office = makers.complaint_officers(timezone.now() - timedelta(days=40))
    showcase_complaints.furnish(office, mornings=mornings, passphrase=signing_passphrase)

    stages = dict(Complaint.objects.values_list("object", "stage"))
    assert stages == {story.object: story.until for story in STORIES}
    assert showcase_complaints.unfinished() is False

    showcase_complaints.furnish(office, mornings=mornings, passphrase=signing_passphrase)
    assert Complaint.objects.count() == len(STORIES)
