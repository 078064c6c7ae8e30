"""SMS and WhatsApp become complaints and are answered by the same road, over the real stand-in (51.6.2.e, 51.6.2.f)."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from pasti.actions import complaint_notices
from pasti.actions.files import store
from pasti.actions.message_gateway import Refused, hear
from pasti.adapters.messages import fake
from pasti.adapters.messages.signature import signed
from pasti.cli.standins import free_port
from pasti.domain.complaint_intake import Reporter
from pasti.domain.errors import DoorClosed
from pasti.domain.messages import DeliveryStatus, Fate
from pasti.records.complaints import Complaint
from pasti.records.messages import IncomingMessage
from pasti.records.notices import Notice
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.6.2.e"), pytest.mark.clause("51.6.2.f")]
SECRET = "rahasia-uji"
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def gateway(settings: Settings, tmp_path: Path) -> Iterator[fake.Server]:
    """The stand-in; what it would tell the office goes nowhere, for the tests tell it themselves."""
    settings.PASTI_MESSAGES_SECRET = SECRET
    with fake.Server(port=0, folder=tmp_path, secret=SECRET, office=f"http://127.0.0.1:{free_port()}/") as server:
        settings.PASTI_MESSAGES_URL = server.url
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def tell(*, secret: str = SECRET, **changed: object) -> Fate | DeliveryStatus | None:
    """One event of the gateway, signed now."""
    event = {"event": "message", "id": "m1", "medium": "sms", "from": PHONE, "text": "Antrean tiga jam", **changed}
    body, now = json.dumps(event).encode(), datetime.now(UTC)
    return hear(signed(body, secret=secret, at=now), body, at=now)


def answered(complaint: Complaint, kind: str, gateway: fake.Server) -> fake.Line:
    """What the phone got of that errand, which runs twice."""
    errand = uuid4()
    for _ in range(2):
        complaint_notices.tell_reporter(errand, complaint.id, kind, at=datetime.now(UTC))
    (line,) = [line for line in gateway.said.lines() if line.id == str(errand)]
    return line


def test_an_sms_without_a_name_is_kept_as_a_suggestion_and_answered_by_sms(gateway: fake.Server) -> None:
    assert tell() is Fate.FILED
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.kind, complaint.matter) == ("sms", "suggestion", "Antrean tiga jam")

    line = answered(complaint, "filed", gateway)

    assert (line.number, line.medium) == (PHONE, "sms")
    assert complaint.number in line.text and "kata sandi" in line.text and "nama Anda" in line.text
    assert Notice.objects.filter(application_id=complaint.id).count() == 1


def test_a_whatsapp_message_with_a_name_is_a_complaint(gateway: fake.Server) -> None:
    assert tell(medium="whatsapp", name="Rina") is Fate.FILED

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.kind) == ("whatsapp", "complaint")
    assert answered(complaint, "filed", gateway).medium == "whatsapp"


def test_a_message_told_twice_is_one_complaint() -> None:
    assert (tell(), tell(), Complaint.objects.count()) == (Fate.FILED, None, 1)


@pytest.mark.parametrize(("phone", "complaints"), [(PHONE, 1), ("+6281399999999", 2)], ids=["reporter", "stranger"])
def test_a_number_in_the_text_adds_to_the_complaint_of_the_same_phone(phone: str, complaints: int) -> None:
    tell()
    number = Complaint.objects.get().number

    tell(id="m2", text=f"{number.lower()} tanggal 20 November", **{"from": phone})

    assert Complaint.objects.count() == complaints
    assert ("tanggal 20" in Complaint.objects.get(number=number).matter) is (complaints == 1)


@pytest.mark.clause("51.6.5.a")
@pytest.mark.parametrize("written", ["0812 3456 7890", "6281234567890", "+62 812-3456-7890"])
def test_who_complained_on_paper_is_known_by_the_same_phone(written: str) -> None:
    number = makers.filed(reporter=Reporter(name="Rina", contact=written)).number

    tell(text=f"{number} tanggal 20 November")

    assert "tanggal 20" in Complaint.objects.get().matter


def test_who_was_asked_may_answer_without_the_number(gateway: fake.Server) -> None:
    tell()
    Complaint.objects.update(question="Tanggal berapa?")
    assert "Tanggal berapa?" in answered(Complaint.objects.get(), "asked", gateway).text

    tell(id="m2", text="Tanggal 20")

    complaint = Complaint.objects.get()
    assert complaint.matter.endswith("Tanggal 20") and complaint.question == ""


def test_a_firm_is_kept_and_not_answered() -> None:
    assert tell(**{"from": "OPERATOR"}) is Fate.IGNORED
    assert not Complaint.objects.exists()
    assert json.loads(store().get(IncomingMessage.objects.get().original))["from"] == "OPERATOR"


def test_a_report_of_delivery_is_heard() -> None:
    assert tell(event="delivery", status="failed") is DeliveryStatus.FAILED


def test_what_the_gateway_did_not_sign_is_not_heard() -> None:
    with pytest.raises(Refused) as refused:
        tell(secret="lain")
    assert refused.value.status == 401
    assert not IncomingMessage.objects.exists()


def test_a_gateway_that_is_away_leaves_the_answer_to_be_tried_again(settings: Settings) -> None:
    tell()
    settings.PASTI_MESSAGES_URL = f"http://127.0.0.1:{free_port()}"

    with pytest.raises(DoorClosed) as closed:
        complaint_notices.tell_reporter(uuid4(), Complaint.objects.get().id, "filed", at=datetime.now(UTC))

    assert closed.value.retry and not Notice.objects.exists()
