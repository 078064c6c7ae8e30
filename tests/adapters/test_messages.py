"""SMS and WhatsApp both ways over real HTTP, signed, fresh, and each once (51.6.2.e, 51.6.2.f)."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti.adapters.messages import fake
from pasti.adapters.messages.client import Gateway
from pasti.adapters.messages.signature import signed
from pasti.adapters.messages.webhook import MOST_BYTES, Refused, receive
from pasti.cli.standins import free_port
from pasti.domain.errors import DoorClosed
from pasti.domain.messages import Delivery, DeliveryStatus, Medium, Message, Origin
from tests.running import until

pytestmark = [pytest.mark.clause("51.6.2.e"), pytest.mark.clause("51.6.2.f")]
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SECRET = "rahasia-uji"
EVENT = {"event": "message", "id": "m1", "medium": "sms", "from": "0812 3456 7890", "text": "Antrean lama"}


class Office(ThreadingHTTPServer):
    """What stands for the office's own page: it keeps what `receive` made of each request."""

    daemon_threads = True

    def __init__(self) -> None:
        self.got: list[Message | Delivery] = []
        super().__init__(("127.0.0.1", 0), _Page)


class _Page(BaseHTTPRequestHandler):
    server: Office

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.server.got.append(receive(dict(self.headers.items()), body, secret=SECRET, now=datetime.now(UTC)))
        except Refused as refused:
            self.send_response(refused.status)
        else:
            self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


@pytest.fixture
def standin(office: Office, tmp_path: Path) -> Iterator[fake.Server]:
    """The stand-in, which knows that office."""
    url = f"http://127.0.0.1:{office.server_address[1]}/"
    with fake.Server(port=0, folder=tmp_path / "pesan", secret=SECRET, office=url) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def event(headers: dict[str, str] | None = None, /, **changed: object) -> Message | Delivery:
    """What is made of EVENT with those changes, signed now unless `headers` say otherwise."""
    body = json.dumps({**EVENT, **changed}).encode()
    return receive(signed(body, secret=SECRET, at=NOW) if headers is None else headers, body, secret=SECRET, now=NOW)


def refusal(headers: dict[str, str] | None = None, /, **changed: object) -> Refused:
    with pytest.raises(Refused) as refused:
        event(headers, **changed)
    return refused.value


def send(url: str, *, to: str = "+6281234567890", secret: str = SECRET, id: str = "j1") -> None:
    Gateway(url=url, secret=secret).send(medium=Medium.SMS, to=to, text="Nomor ADU-1", id=id, at=datetime.now(UTC))


def test_a_message_is_understood() -> None:
    message = event(medium="whatsapp", name="Rina", at="2026-11-24T09:59:00+07:00", text="Antrean\0 lama ", media=[{}])

    assert isinstance(message, Message)
    assert (message.medium, message.id, message.sender) == (Medium.WHATSAPP, "m1", "+6281234567890")
    assert (message.text, message.sender_name, message.origin) == ("Antrean lama", "Rina", Origin.PERSON)
    assert (message.received_at, message.sent_at) == (NOW, NOW - timedelta(minutes=1))
    assert len(message.left_out) == 1


def test_a_delivery_is_understood() -> None:
    assert event(event="delivery", id="j1", status="delivered") == Delivery(id="j1", status=DeliveryStatus.DELIVERED, at=NOW)


@pytest.mark.parametrize(
    ("number", "origin"), [("TELKOMSEL", Origin.BULK), ("1818", Origin.BULK), ("+60123456789", Origin.PERSON)], ids=str
)
def test_a_firm_is_no_person(number: str, origin: Origin) -> None:
    message = event(**{"from": number})

    assert isinstance(message, Message) and message.origin is origin


def test_a_machine_and_the_office_itself_are_known() -> None:
    body = json.dumps({**EVENT, "automatic": True}).encode()
    headers = signed(body, secret=SECRET, at=NOW)

    machine = receive(headers, body, secret=SECRET, now=NOW)
    ours = receive(headers, body, secret=SECRET, now=NOW, own={"+6281234567890"})

    assert isinstance(machine, Message) and isinstance(ours, Message)
    assert (machine.origin, ours.origin) == (Origin.AUTO_REPLY, Origin.LOOP)


@pytest.mark.parametrize(("seconds", "taken"), [(-300, True), (300, True), (-301, False), (301, False)])
def test_a_request_is_good_for_five_minutes(seconds: int, taken: bool) -> None:
    body = json.dumps(EVENT).encode()
    headers = signed(body, secret=SECRET, at=NOW)
    later = NOW + timedelta(seconds=seconds)
    if taken:
        assert receive(headers, body, secret=SECRET, now=later)
    else:
        with pytest.raises(Refused) as refused:
            receive(headers, body, secret=SECRET, now=later)
        assert refused.value.status == 401


def test_what_is_not_signed_by_the_gateway_is_refused() -> None:
    body = json.dumps(EVENT).encode()
    good = signed(body, secret=SECRET, at=NOW)
    moved = {**good, "X-Pasti-Timestamp": str(int(NOW.timestamp()) + 1)}
    for headers in ({}, signed(body, secret="lain", at=NOW), moved, {**good, "X-Pasti-Timestamp": "²"}):
        assert refusal(headers).status == 401
    assert refusal(good, text="diubah").status == 401
    with pytest.raises(Refused):
        receive(signed(body, secret="", at=NOW), body, secret="", now=NOW)


def test_the_names_of_headers_may_be_written_in_any_way() -> None:
    body = json.dumps(EVENT).encode()
    headers = {name.lower(): value for name, value in signed(body, secret=SECRET, at=NOW).items()}

    assert event(headers)


@pytest.mark.parametrize(
    "changed",
    [
        {"event": "lain"},
        {"medium": "email"},
        {"medium": []},
        {"id": ""},
        {"id": "a b"},
        {"from": None},
        {"text": 1},
        {"media": {}},
        {"event": "delivery", "status": "hilang"},
    ],
    ids=str,
)
def test_what_is_not_the_gateways_language_is_refused_with_a_reason(changed: dict[str, object]) -> None:
    refused = refusal(**changed)

    assert refused.status == 400 and str(refused)


def test_too_much_at_once_is_refused() -> None:
    assert refusal(text="x" * MOST_BYTES).status == 413


@given(
    st.binary(max_size=200) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_any_other_bytes_are_refused_though_signed(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        receive(signed(body, secret=SECRET, at=NOW), body, secret=SECRET, now=NOW)
    assert refused.value.status in (400, 413)


def test_a_person_writes_and_the_office_answers(standin: fake.Server, office: Office) -> None:
    form = {"from": "0812 3456 7890", "medium": "whatsapp", "text": "<b>Antrean</b> lama"}
    said = httpx.post(f"{standin.url}/say", data=form)
    assert "diterima kantor" in said.text and "&lt;b&gt;Antrean" in said.text
    (message,) = office.got
    assert isinstance(message, Message) and (message.sender, message.text) == ("+6281234567890", "<b>Antrean</b> lama")

    send(standin.url)
    send(standin.url)

    assert until(lambda: len(office.got) == 2, seconds=10)
    assert isinstance(office.got[1], Delivery) and office.got[1].id == "j1"
    assert until(lambda: "sampai" in httpx.get(standin.url).text, seconds=10)
    assert httpx.get(standin.url).text.count("Nomor ADU-1") == 1
    assert [file.stat().st_mode & 0o777 for file in standin.said._file.parent.iterdir()] == [0o600]


@pytest.mark.parametrize(
    ("changed", "retry"),
    [({"to": "+6281234561111"}, True), ({"to": "+6281234560000"}, False), ({"secret": "lain"}, False), ({"secret": ""}, False)],
    ids=str,
)
def test_a_refusal_says_whether_to_try_again(standin: fake.Server, changed: dict[str, str], retry: bool) -> None:
    with pytest.raises(DoorClosed) as closed:
        send(standin.url, **changed)
    assert closed.value.retry is retry
    assert SECRET not in str(closed.value)


def test_a_gateway_that_is_away_is_tried_again_and_none_is_not() -> None:
    for url, retry in ((f"http://127.0.0.1:{free_port()}", True), ("", False)):
        with pytest.raises(DoorClosed) as closed:
            send(url)
        assert closed.value.retry is retry


def test_an_office_that_is_away_is_told_to_the_person(tmp_path: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}/"
    with fake.Server(port=0, folder=tmp_path, secret=SECRET, office=away) as server:
        assert "belum menerima" in server.say({"from": ["081234567890"], "text": ["halo"]})
        assert "lengkap" in server.say({"from": ["1"], "text": ["halo"]})
    assert fake.Conversation(tmp_path).lines()[0].state == "belum diterima"


def test_a_strangers_page_cannot_write_in_anybodys_name(standin: fake.Server, office: Office) -> None:
    form = {"from": "081234567890", "text": "halo"}
    for headers in ({"Origin": "http://jahat.example"}, {"Host": "jahat.example"}):
        assert httpx.post(f"{standin.url}/say", data=form, headers=headers).status_code == 404
    assert office.got == []
