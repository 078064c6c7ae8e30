"""The API answers nothing that its description does not say, whatever is sent to it over HTTP (51.6.2)."""

import hypothesis
import pytest
import schemathesis
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode

from pasti.records.complaints import Complaint
from tests.api.caller import COMPLAINTS, Caller

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = 80
FOLLOW = f"{COMPLAINTS}/{{number}}"
# A day in the future, or nothing to keep: the rules refuse what no schema can.
BEYOND_A_SCHEMA = [schemathesis.checks.positive_data_acceptance]


def described(server: LiveServer) -> schemathesis.BaseSchema:
    """The description as it is served."""
    return schemathesis.openapi.from_url(f"{server.url}/api/v1/openapi.json")


def send_anything(server: LiveServer, path: str, method: str, mode: GenerationMode, headers: dict[str, str]) -> set[int]:
    """What was answered to many requests, each answer one of the description's."""
    statuses: set[int] = set()

    @hypothesis.settings(max_examples=EXAMPLES, database=None, derandomize=True)
    @hypothesis.given(case=described(server)[path][method].as_strategy(generation_mode=mode))
    def every(case: schemathesis.Case) -> None:
        statuses.add(case.call_and_validate(headers=headers, excluded_checks=BEYOND_A_SCHEMA).status_code)

    every()
    return statuses


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_filed_is_answered_as_described(live_server: LiveServer, caller: Caller, mode: GenerationMode) -> None:
    statuses = send_anything(live_server, COMPLAINTS, "POST", mode, {"Authorization": f"Bearer {caller.key}"})

    assert (201 in statuses) is (mode is GenerationMode.POSITIVE)
    assert statuses <= {200, 201, 400, 401, 409, 422}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_followed_is_answered_as_described(live_server: LiveServer, caller: Caller, mode: GenerationMode) -> None:
    statuses = send_anything(live_server, FOLLOW, "GET", mode, {"Authorization": f"Bearer {caller.key}"})

    assert 404 in statuses and statuses <= {401, 404, 422}


def test_how_a_complaint_stands_is_answered_as_described(live_server: LiveServer, caller: Caller) -> None:
    filed = caller.file().body
    operation = described(live_server)[FOLLOW]["GET"]
    headers = {"X-Complaint-Secret": filed["secret"]}

    case = operation.Case(path_parameters={"number": filed["number"]}, headers=headers)

    assert case.call_and_validate(headers={"Authorization": f"Bearer {caller.key}"}).status_code == 200


@pytest.mark.parametrize(("path", "method"), [(COMPLAINTS, "POST"), (FOLLOW, "GET")])
def test_without_a_key_nothing_is_answered_but_that(live_server: LiveServer, path: str, method: str) -> None:
    assert send_anything(live_server, path, method, GenerationMode.POSITIVE, {"Authorization": "Bearer salah"}) == {401}
    assert not Complaint.objects.exists()
