"""The standard's pages: home, list, search, the page itself, "is this for me?", how to complain (51.1 to 51.14)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pasti.domain.workflow import State
from tests import makers
from tests.pages.applicants import days_ago

pytestmark = pytest.mark.django_db

SMALL = {
    "basis": "berjalan",
    "yearly_sales": "4500000000",
    "ownership": "pmdn",
    "district": "32.14.13",
    "crosses_border": "tidak",
    "periksa": "1",
}


@pytest.mark.parametrize(
    "path",
    ["/", "/standar/", "/standar/51/", "/standar/51/untuk-saya/", "/ajukan/", "/ajukan/51/", "/lacak/", "/v/", "/pengaduan/"],
)
def test_every_public_page_answers_without_an_account(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/standar/", "/standar/51/", "/standar/51/untuk-saya/?periksa=1", "/ajukan/51/", "/pengaduan/"]
)
def test_the_regulation_is_shown_in_english_where_it_has_english(client: Client, path: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'lang="en"' in answer.content.decode()


def test_the_front_page_says_what_it_has_not_measured(client: Client) -> None:
    assert "belum ada data" in client.get("/").content.decode()


def test_the_page_shows_every_component_and_clause(client: Client) -> None:
    page = client.get("/standar/51/").content.decode()
    assert page.count('class="fold"') == 14
    assert page.count('<li id="51.') == 126


@pytest.mark.clause("51.2")
def test_the_procedure_tables_say_that_they_are_assumed(client: Client) -> None:
    page = client.get("/standar/51/").content.decode()
    assert page.count("Lampiran IV belum ada pada kami") == 4


def test_every_fold_can_be_opened_for_printing(client: Client) -> None:
    page = client.get("/standar/51/?buka=semua").content.decode()
    assert page.count('class="fold" id="komponen') == page.count(" open>") - 1


def test_an_entry_the_office_does_not_have_is_not_found(client: Client) -> None:
    assert client.get("/standar/99/").status_code == 404


def test_a_search_finds_a_clause_by_its_words(client: Client) -> None:
    page = client.get("/standar/", {"cari": "kalibrasi"}).content.decode()
    assert "/standar/51/#51.1.B.8" in page


def test_a_search_without_a_match_says_what_to_try(client: Client) -> None:
    assert "Tidak ada yang cocok" in client.get("/standar/", {"cari": "kapal selam"}).content.decode()


@pytest.mark.clause("51.1.A.1")
def test_a_small_business_is_told_that_it_is_served(client: Client) -> None:
    assert "Ya, ini untuk Anda" in client.get("/standar/51/untuk-saya/", SMALL).content.decode()


@pytest.mark.clause("51.1.A.1")
@pytest.mark.parametrize(
    ("change", "words", "clause"),
    [
        ({"yearly_sales": "900000"}, "mikro", "51.1.A.1"),
        ({"ownership": "pma"}, "BKPM", "51.1.A.1"),
        ({"crosses_border": "ya"}, "gubernur", "51.1.A.4"),
        ({"district": "luar"}, "di luar kabupaten", "51.1.A.4"),
        ({"kbli": "10710"}, "KBLI 26709", "51.1"),
        ({"kbli": "26792", "kbli_choice": "26703"}, "KBLI 26703", "51.1"),
    ],
)
def test_others_are_told_who_serves_them(client: Client, change: dict[str, str], words: str, clause: str) -> None:
    page = client.get("/standar/51/untuk-saya/", {**SMALL, **change}).content.decode()
    assert "Bukan kami yang berwenang" in page
    assert words.lower() in page.lower()
    assert clause in page


def test_an_unanswered_check_keeps_what_was_typed(client: Client) -> None:
    page = client.get("/standar/51/untuk-saya/", {"yearly_sales": "banyak", "basis": "berjalan", "periksa": "1"}).content.decode()
    assert 'value="banyak"' in page
    assert "Ada yang perlu diperbaiki" in page


@pytest.mark.clause("51.6.2")
def test_the_thirteen_channels_are_shown_with_their_clauses(client: Client) -> None:
    page = client.get("/pengaduan/").content.decode()
    assert all(f"51.6.2.{letter}" in page for letter in "abcdefghijklm")
    assert "Kirim pengaduan" in page


@pytest.mark.clause("51.3")
def test_an_undecided_case_past_its_date_is_counted_in_the_open(client: Client) -> None:
    office = makers.officers(at=days_ago(30))
    late = makers.submitted(makers.actor(at=days_ago(30)), at=days_ago(28))
    makers.advance(office, late.id, until=State.TECHNICAL_REVIEW, at=days_ago(27))
    page = client.get("/").content.decode()
    assert page.index("di antaranya lewat tanggal janji") < page.index(
        "<dd>1</dd>", page.index("di antaranya lewat tanggal janji")
    )
    assert "100" not in page[page.index('class="figures"') : page.index("</dl>")]


@pytest.mark.parametrize(("path", "most"), [("/", 6), ("/standar/", 4), ("/standar/51/", 15), ("/ajukan/51/", 4)])
def test_a_page_costs_the_same_for_one_and_for_many(client: Client, path: str, most: int) -> None:
    applicant = makers.actor(at=days_ago(9))
    makers.submitted(applicant, at=days_ago(3))
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _more in range(3):
        makers.submitted(applicant, at=days_ago(3))
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(one) == len(many) <= most


def test_what_to_bring_stands_under_each_requirement(client: Client) -> None:
    page = client.get("/ajukan/51/").content.decode()
    assert page.count("Apa yang perlu dibawa") == 13
    assert "<details" in page
