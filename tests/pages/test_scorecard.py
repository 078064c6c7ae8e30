"""The scorecard's pages: the public summary, the office's detail with the facts, a past day, the files (51.14.1)."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import scorecard
from pasti.domain.roles import Role
from pasti.queries import compliance
from tests import makers
from tests.pages.applicants import signed_in
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.1")]
FILES = "/kartu-skor/51/kartu-skor."


def yesterday() -> str:
    return (timezone.localdate() - timedelta(days=1)).isoformat()


def test_anybody_sees_every_component_and_nothing_is_met_without_a_fact(client: Client) -> None:
    page = client.get("/kartu-skor/").text
    assert page.count("#komponen-") == 14
    assert "<strong>0 terbukti</strong>" in page
    assert "Dari 126 klausul" in page


def test_a_past_day_is_shown_as_it_was(client: Client) -> None:
    makers.submitted(makers.actor(at=timezone.now()), at=timezone.now())

    now, before = client.get(f"{FILES}json").json(), client.get(f"{FILES}json?pada={yesterday()}").json()
    assert (now["counts"]["met"], before["counts"]["met"], before["day"]) == (2, 0, yesterday())


@pytest.mark.parametrize("words", ["kemarin", "2026-02-30", "9999-12-31", "0001-01-01", "1999-01-01"])
def test_what_is_no_day_is_said_and_now_is_shown(client: Client, words: str) -> None:
    page = client.get("/kartu-skor/", {"pada": words})
    assert page.status_code == 200
    assert "keadaan sekarang" in page.text


@pytest.mark.parametrize("kind", ["json", "xlsx", "pdf"])
@pytest.mark.parametrize(
    ("words", "said"),
    [("abc", "Tulis tahun-bulan-tanggal"), ("9999-12-31", "belum tiba"), ("1999-01-01", "belum ada standar")],
)
def test_a_file_of_what_is_no_day_is_refused_in_a_sentence(client: Client, kind: str, words: str, said: str) -> None:
    answer = client.get(f"{FILES}{kind}", {"pada": words})
    assert (answer.status_code, said in answer.text) == (400, True)
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("kind", ["json", "xlsx", "pdf"])
def test_a_file_asked_for_in_a_word_it_does_not_know_is_refused_and_names_the_right_one(client: Client, kind: str) -> None:
    answer = client.get(f"{FILES}{kind}", {"on": yesterday()})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "“on” tidak dikenal" in answer.text and "?pada=" in answer.text


def test_the_files_hold_all_126_clauses(client: Client) -> None:
    data = json.loads(client.get(f"{FILES}json").content)
    assert sum(len(part["lines"]) for part in data["parts"]) == 126
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{FILES}xlsx").content)).worksheets[0]
    assert sheet.max_row == 126 + 3
    pdf = client.get(f"{FILES}pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get("/kartu-skor/99/kartu-skor.json").status_code == 404


def test_the_office_sees_who_must_act_and_filters() -> None:
    client = Office().client_of(Role.EXAMINER)
    page = client.get("/meja/kartu-skor/").text
    assert page.count('class="govuk-link" href="/meja/kartu-skor/51/51.') == 126
    ours = client.get("/meja/kartu-skor/", {"peran": "facility_custodian", "status": "no_evidence"}).text
    assert ours.count('class="govuk-link" href="/meja/kartu-skor/51/51.8') == 50
    assert "Tidak ada klausul seperti itu" in client.get("/meja/kartu-skor/", {"status": "stale"}).text
    assert client.get("/meja/kartu-skor/", {"layanan": "99"}).status_code == 404


def test_a_clause_leads_to_the_very_facts() -> None:
    office = Office()
    client = office.client_of(Role.EXAMINER)
    page = client.get("/meja/kartu-skor/51/51.2/").text
    assert f"/meja/jejak/{office.id}/" in page
    assert "Permohonan diajukan" in page
    assert "application.submitted" not in page  # a code is no word
    assert f"/meja/jejak/{office.id}/" not in client.get(f"/meja/kartu-skor/51/51.2/?pada={yesterday()}").text
    assert client.get("/meja/kartu-skor/51/51.99/").status_code == 404


def test_a_fact_leads_to_its_page_for_who_may_open_it() -> None:
    office = Office()
    keeper = makers.actor(Role.FACILITY_CUSTODIAN, at=timezone.now())
    thing = makers.seen_usable(keeper, "51.8.1", at=timezone.now())
    link = f'href="/meja/sarana/{thing}/"'
    assert link in office.client_of(Role.VALIDATOR).get("/meja/kartu-skor/51/51.8.1/").text
    page = office.client_of(Role.EXAMINER).get("/meja/kartu-skor/51/51.8.1/").text
    assert (link in page, "Catatan yang dihitung" in page) == (False, True)


def test_the_history_of_a_clause_leads_to_its_days() -> None:
    now = timezone.now()
    client = Office().client_of(Role.EXAMINER)
    assert "Riwayat" not in client.get("/meja/kartu-skor/51/51.2/").text
    scorecard.keep_missing(compliance.standing, at=now + timedelta(days=1))
    page = client.get("/meja/kartu-skor/51/51.2/").text
    assert f'<a class="govuk-link" href="?pada={timezone.localdate().isoformat()}">' in page
    assert page.count("</a>: terbukti</li>") == 1


def test_since_when_is_said_as_exactly_as_it_is_known() -> None:
    client = Office().client_of(Role.EXAMINER)
    assert "hari-hari sebelumnya tidak diketahui dari catatan" in client.get("/meja/kartu-skor/51/51.8.1/").text
    assert "paling lambat" in client.get("/meja/kartu-skor/").text


def test_more_facts_than_a_page_are_turned_by_key() -> None:
    office, applicant = Office(), makers.actor(email="banyak@uji.example", at=timezone.now())
    client = office.client_of(Role.EXAMINER)
    for _ in range(50):
        makers.submitted(applicant, at=timezone.now())
    first = client.get("/meja/kartu-skor/51/51.2/").text
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(address).text
    assert (first.count("Permohonan diajukan"), second.count("Permohonan diajukan")) == (50, 1)


def test_an_applicant_is_kept_out_of_the_offices_own() -> None:
    client, _applicant = signed_in()
    assert client.get("/meja/kartu-skor/").status_code == 403


def test_a_page_costs_the_same_for_one_and_for_many(client: Client) -> None:
    applicant = makers.actor(at=timezone.now())

    def cost() -> int:
        makers.submitted(applicant, at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get("/kartu-skor/")
        return len(queries)

    cost()
    assert cost() == cost() <= 16
