"""The message gateway's door: signed events from anywhere, no session, no token of a form (51.6.2.e, 51.6.2.f)."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from pasti.adapters.messages.signature import signed
from pasti.records.complaints import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.6.2.e"), pytest.mark.clause("51.6.2.f")]
SECRET = "rahasia-uji"
EVENT = {"event": "message", "id": "m1", "medium": "sms", "from": "+6281234567890", "text": "Antrean tiga jam"}


@pytest.fixture(autouse=True)
def _shared(settings: Settings) -> None:
    settings.PASTI_MESSAGES_SECRET = SECRET


def post(event: object, *, secret: str = SECRET) -> int:
    """The status of one event, sent as a program sends it: without cookies."""
    body = json.dumps(event).encode()
    headers = signed(body, secret=secret, at=datetime.now(UTC))
    client = Client(enforce_csrf_checks=True)
    return client.post("/pesan-masuk", body, content_type="application/json", headers=headers).status_code


def test_an_event_told_twice_is_taken_once() -> None:
    assert [post(EVENT), post(EVENT)] == [200, 200]

    assert Complaint.objects.get().channel == "sms"


def test_what_is_not_taken_is_told_by_its_status(client: Client) -> None:
    assert (post(EVENT, secret="lain"), post({"event": "entah"}), client.get("/pesan-masuk").status_code) == (401, 400, 405)
    assert not Complaint.objects.exists()
