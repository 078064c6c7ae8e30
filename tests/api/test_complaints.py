"""Other systems file and follow complaints with a key (51.6.2, 51.6.3, 51.6.5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from pasti.actions import api_keys
from pasti.domain.calendar import jakarta_day
from pasti.records.complaints import Complaint
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.api.caller import COMPLAINTS, Caller

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def day(ago: int) -> str:
    """So many days before today."""
    return (jakarta_day(timezone.now()) - timedelta(days=ago)).isoformat()


@pytest.mark.clause("51.6.3")
@pytest.mark.parametrize(
    ("changes", "kind", "clause"),
    [
        ({"service_received_on": day(30)}, "complaint", None),
        ({"service_received_on": day(31)}, "suggestion", "51.6.3"),
        ({"reporter": {}}, "suggestion", "51.6.5.b"),
        ({"reporter": None}, "suggestion", "51.6.5.b"),
        ({"reporter": {"name": " ", "contact": "rina@warga.example"}}, "suggestion", "51.6.5.b"),
    ],
    ids=["day 30", "day 31", "nobody", "null", "a blank name"],
)
def test_what_is_filed_is_classified_and_never_refused(
    caller: Caller, changes: dict[str, object], kind: str, clause: str | None
) -> None:
    answer = caller.file(**changes)

    assert (answer.status, answer.body["kind"], answer.body["reason_clause"]) == (201, kind, clause)
    row = Complaint.objects.get(number=answer.body["number"])
    assert (row.channel, answer.body["answer_due_on"]) == ("web_mpp", str(row.answer_due_on))


@pytest.mark.clause("51.6.5.a")
def test_the_fact_names_the_system_and_not_the_reporter(caller: Caller) -> None:
    caller.file()

    fact = LedgerEntry.objects.get(kind="complaint.filed")
    assert fact.after["system"] == "lapor"
    assert "Rina" not in str(fact.after)


@pytest.mark.clause("51.6.5.a")
def test_optional_fields_reach_the_register(caller: Caller) -> None:
    answer = caller.file(case_number="PB-1999-0001", keep_identity_secret=True, detail="https://lapor.example/77")

    row = Complaint.objects.get(number=answer.body["number"])
    assert (row.is_secret, row.channel_detail) == (True, "https://lapor.example/77")
    assert "PB-1999-0001" in row.matter


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"channel": "burung_merpati"}, ["channel"]),
        ({"service_received_on": "31/12/2026"}, ["service_received_on"]),
        ({"service_received_on": "2026-02-30"}, ["service_received_on"]),
        ({"service_received_on": day(-1)}, ["service_received_on"]),
        ({"reporter": {"name": 7, "contact": ["a"]}}, ["reporter.name", "reporter.contact"]),
        ({"reporter": {"name": "Rina", "contact": "entah"}}, ["reporter.contact"]),
        ({"object": "", "matter": " "}, ["matter"]),
        ({"matter": "x" * 20_001, "colour": "red"}, ["matter", "colour"]),
        ({"entry": "99"}, ["entry"]),
        ({"keep_identity_secret": "ya"}, ["keep_identity_secret"]),
        ({"matter": "\ud800"}, ["matter"]),
        (
            {"channel": "fax", "service_received_on": "31/12/2026", "reporter": {"contact": "entah"}, "object": 7},
            ["channel", "service_received_on", "reporter.contact", "object"],
        ),
        ({"channel": "fax", "object": None, "matter": None}, ["channel", "matter"]),
    ],
)
def test_what_is_malformed_is_named_field_by_field(caller: Caller, changes: dict[str, object], fields: list[str]) -> None:
    answer = caller.file(**changes)

    assert (answer.status, answer.type, sorted(answer.fields)) == (422, PROBLEM, sorted(fields))
    assert all(error["detail"] for error in answer.body["errors"])
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("raw", "status"), [(b"{", 400), (b"\xff", 400), (b"[]", 422), (b"x" * 6_000_000, 413), (b"", 422)])
def test_what_is_no_json_object_is_a_problem(caller: Caller, raw: bytes, status: int) -> None:
    answer = caller.file(raw=raw)

    assert (answer.status, answer.type) == (status, PROBLEM)


def test_nothing_at_all_is_refused_in_one_round(caller: Caller) -> None:
    assert sorted(caller.file(raw=b"{}").fields) == ["channel", "matter"]


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_another_method_is_a_problem_too(caller: Caller, method: str) -> None:
    answer = getattr(caller.client, method)(COMPLAINTS, headers={"Authorization": f"Bearer {caller.key}"})

    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, PROBLEM, "POST")
    assert answer.json()["status"] == 405


@pytest.mark.clause("51.6.5.a")
def test_a_resend_is_answered_by_the_same_receipt(caller: Caller) -> None:
    first, again = caller.file(send_key="a1"), caller.file(send_key="a1")

    assert (first.status, again.status, again.body == first.body) == (201, 200, True)
    other_words = caller.file(send_key="a1", matter="Lain sama sekali, bukan yang tadi.")
    assert (other_words.status, other_words.type) == (409, PROBLEM)
    assert Complaint.objects.count() == 1


@pytest.mark.clause("51.6.5.a")
def test_two_systems_may_have_the_same_key_of_a_resend(caller: Caller) -> None:
    other = Caller(client=caller.client, key=api_keys.create("lain", at=makers.MONDAY))

    assert [caller.file(send_key="a1").status, other.file(send_key="a1").status] == [201, 201]


@pytest.mark.clause("51.6.8")
def test_number_and_secret_tell_how_it_stands(caller: Caller) -> None:
    filed = caller.file().body

    found = caller.follow(filed["number"], filed["secret"])

    assert found.status == 200
    assert (found.body["status"], found.body["next"], found.body["missing"]) == ("received", "supply_missing", ["service_on"])
    assert found.body["answer_due_on"] == filed["answer_due_on"]
    assert [fact["kind"] for fact in found.body["history"]] == ["complaint.filed"]
    assert "Rina" not in str(found.body)


@pytest.mark.clause("51.6.8")
def test_an_unknown_number_and_a_wrong_secret_are_answered_alike(caller: Caller) -> None:
    number = caller.file().body["number"]

    answers = [caller.follow(number, "SALAH"), caller.follow("ADU-1999-00001", "SALAH"), caller.follow("%00", "SALAH")]

    assert {(answer.status, str(answer.body)) for answer in answers} == {(404, str(answers[0].body))}


def test_the_secret_is_asked_for(caller: Caller) -> None:
    answer = caller.follow("ADU-2026-00001", None)

    assert (answer.status, answer.fields) == (422, ["X-Complaint-Secret"])


@pytest.mark.parametrize("key", ["", "salah", "pasti_"])
def test_who_has_no_key_is_told_so(caller: Caller, key: str) -> None:
    answer = Caller(client=caller.client, key=key).file()

    assert (answer.status, answer.type, answer.headers["WWW-Authenticate"]) == (401, PROBLEM, "Bearer")
    assert not Complaint.objects.exists()


def test_one_key_may_ask_so_often_in_a_minute(caller: Caller, settings: Settings) -> None:
    settings.PASTI_API_MOST_PER_MINUTE = 2

    answers = [caller.follow("ADU-2026-00001", "SALAH") for _ in range(6)]  # a new minute may begin among them, once

    assert [answer.status for answer in answers].count(429) >= 2
    busy = next(answer for answer in answers if answer.status == 429)
    assert (busy.type, busy.headers["Retry-After"]) == (PROBLEM, "60")


def test_another_address_is_a_problem_too(caller: Caller) -> None:
    response = caller.client.get("/api/v1/entah")

    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)


def test_filing_by_the_api_costs_at_most_twelve_statements(caller: Caller) -> None:
    caller.file()  # the counter of the year stands
    with CaptureQueriesContext(connection) as captured:
        assert caller.file(send_key="k").status == 201

    assert len(captured) <= 12, [query["sql"][:100] for query in captured]


def test_the_description_names_every_refusal_as_a_problem(caller: Caller) -> None:
    schema = caller.client.get("/api/v1/openapi.json").json()

    assert schema["openapi"] == "3.1.0"
    post = schema["paths"][COMPLAINTS]["post"]["responses"]
    assert [status for status in post if int(status) >= 400] == ["409", "413", "400", "401", "422", "429", "503"]
    assert all(list(answer["content"]) == [PROBLEM] for status, answer in post.items() if int(status) >= 400)
    assert "web_mpp" in schema["components"]["schemas"]["ComplaintIn"]["properties"]["channel"]["enum"]
