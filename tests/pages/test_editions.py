"""The pages of the editions, and the officer's choice of a KBLI (51.1 to 51.14)."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from pasti.actions.ground import standard_of
from pasti.domain.roles import Role
from pasti.records.accounts import Account
from tests import makers
from tests.pages.applicants import BACKEND

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 12, 2, 0, tzinfo=UTC)  # Friday 09:00 in Jakarta, the last working day of edition 1


def entered(who: object) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who), backend=BACKEND)
    return client


def test_the_page_of_the_standard_says_which_edition_is_in_force_and_leads_to_the_others(client: Client) -> None:
    page = client.get("/standar/51/").content.decode()
    assert "Edisi ini berlaku sejak Senin, 15 Juni 2026." in page
    assert 'href="/standar/51/edisi/"' in page
    assert "NIB Anda masih mencantumkan 26792 (KBLI 2020)?" in page


def test_the_comparison_shows_what_was_what_is_and_what_is_assumed(client: Client) -> None:
    page = client.get("/standar/51/edisi/").content.decode()
    for words in ("Pasal 65 PP Nomor 5 Tahun 2021", "Pasal 151 PP Nomor 28 Tahun 2025", "Nomor ketentuannya sama, 126", "asumsi"):
        assert words in page


@pytest.mark.parametrize(("day", "kbli"), [("2022-01-03", "26792"), ("2026-06-15", "26709")])
def test_each_edition_can_be_read_with_all_its_clauses(client: Client, day: str, kbli: str) -> None:
    page = client.get(f"/standar/51/edisi/{day}/").content.decode()
    assert f"KBLI {kbli}" in page
    assert page.count('<li id="51.') == 126


@pytest.mark.parametrize("address", ["/standar/51/edisi/2026-06-14/", "/standar/99/edisi/"])
def test_an_edition_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.clause("51.1")
def test_a_draft_of_the_earlier_edition_says_what_changed_and_stops_once(client: Client) -> None:
    applicant = makers.actor(at=BEFORE)
    row = makers.draft(applicant, at=BEFORE)
    mine = entered(applicant.id)
    words = "Sejak Senin, 15 Juni 2026 berlaku edisi baru standar ini"
    assert words in mine.get(f"/ajukan/berkas/{row.id}/").content.decode()
    assert standard_of(makers.fresh(row.id)).kbli == "26792"  # looking writes nothing
    sent = mine.post(f"/ajukan/berkas/{row.id}/periksa/")
    assert (sent.status_code, words in sent.content.decode()) == (422, True)
    assert standard_of(makers.fresh(row.id)).kbli == "26709"


@pytest.mark.clause("51.1")
def test_the_officer_chooses_on_a_page_that_keeps_what_was_typed() -> None:
    office = makers.officers(BEFORE)
    row = makers.submitted(makers.actor(at=BEFORE), at=BEFORE)
    desk, address = entered(office[Role.EXAMINER].id), f"/meja/kasus/{row.id}/kbli/"
    assert "sistem tidak menebaknya" in desk.get(address).content.decode()
    typed = {"seen": row.ledger_length, "code": "26703", "reason": "lensa"}
    refused = desk.post(address, typed)
    assert (refused.status_code, "lensa</textarea>" in refused.content.decode()) == (422, True)
    stale = desk.post(address, {**typed, "seen": 1, "reason": "Hasil utamanya lensa lepas."})
    assert stale.status_code == 409
    assert desk.post(address, {**typed, "reason": "Hasil utamanya lensa lepas."}).status_code == 302
    assert makers.fresh(row.id).answers["business"]["kbli_choice"] == "26703"


def test_a_case_of_the_edition_in_force_has_nothing_to_choose() -> None:
    office = makers.officers()
    row = makers.submitted(makers.actor())
    assert entered(office[Role.EXAMINER].id).get(f"/meja/kasus/{row.id}/kbli/").status_code == 404
