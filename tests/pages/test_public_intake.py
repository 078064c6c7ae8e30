"""Applying: one topic a page, what is typed is kept, the check, the submission, the receipt (51.1 to 51.4)."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pasti.actions import intake
from pasti.actions.files import MOST_BYTES
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.pages.applicants import days_ago, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant() -> tuple[Client, Actor]:
    """A signed-in browser and its applicant."""
    return signed_in()


@pytest.fixture
def empty(applicant: tuple[Client, Actor]) -> str:
    """The address of a fresh draft."""
    return f"/ajukan/berkas/{intake.start(applicant[1], '51', at=days_ago(3)).id}/"


def _row(address: str) -> Application:
    return makers.fresh(UUID(address.rstrip("/").rpartition("/")[2]))


def test_starting_asks_a_visitor_to_sign_in(client: Client) -> None:
    answer = client.post("/ajukan/51/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/")


def test_starting_makes_a_draft_and_opens_its_task_list(applicant: tuple[Client, Actor]) -> None:
    client, actor = applicant
    answer = client.post("/ajukan/51/")
    row = Application.objects.get(applicant_id=actor.id)
    assert answer["Location"] == f"/ajukan/berkas/{row.id}/"
    assert "0 dari 12" in client.get(answer["Location"]).content.decode()


def test_what_was_answered_before_signing_in_is_in_the_draft(client: Client) -> None:
    answers = {"basis": "berjalan", "yearly_sales": "4500000000", "ownership": "pmdn", "district": "32.14.13"}
    client.get("/standar/51/untuk-saya/", {**answers, "crosses_border": "tidak", "periksa": "1"})
    client.force_login(makers.account(at=days_ago(9)), backend="pasti.config.accounts.AuthenticationBackend")
    draft = client.post("/ajukan/51/")["Location"]
    assert _row(draft).answers["scale"]["yearly_sales"] == "4500000000"
    assert _row(draft).answers["place"]["district"] == "32.14.13"
    assert "business" not in _row(draft).answers
    assert _row(client.post("/ajukan/51/")["Location"]).answers == {}


def test_an_officer_is_told_to_use_an_applicants_account(client: Client) -> None:
    client.force_login(makers.account(Role.EXAMINER, at=days_ago(9)), backend="pasti.config.accounts.AuthenticationBackend")
    assert client.post("/ajukan/51/").status_code == 403


def test_what_was_typed_wrong_stays_and_is_explained_at_its_field(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    answer = client.post(f"{empty}usaha/", {**makers.BUSINESS, "nib": "123", "owner_name": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="123"' in page
    assert 'href="#isian-nib"' in page
    assert 'id="isian-nib_error"' in page
    assert _row(empty).answers["business"]["nib"] == "123"


def test_saving_for_now_keeps_everything_and_complains_about_nothing(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    answer = client.post(f"{empty}usaha/", {"business_name": "CV Baru", "keep": "1"})
    assert answer["Location"] == empty
    assert 'value="CV Baru"' in client.get(f"{empty}usaha/").content.decode()
    assert "Kesalahan" not in client.get(f"{empty}usaha/").content.decode()


def test_a_null_character_is_no_fault(applicant: tuple[Client, Actor], empty: str) -> None:
    assert applicant[0].post(f"{empty}usaha/", {"business_name": "CV\x00 Baru", "keep": "1"}).status_code == 302


def test_the_sections_lead_on_one_after_the_other(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    assert client.post(f"{empty}usaha/", makers.BUSINESS)["Location"] == f"{empty}lokasi/"
    assert client.post(f"{empty}lokasi/", makers.PLACE)["Location"] == f"{empty}skala/"
    assert client.post(f"{empty}skala/", makers.SCALE)["Location"] == f"{empty}syarat/"


@pytest.mark.clause("51.1.A.1")
def test_a_micro_business_is_told_where_to_go_and_keeps_its_answers(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    answer = client.post(f"{empty}skala/", {**makers.SCALE, "yearly_sales": "1000000"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bukan kami yang berwenang" in page
    assert "51.1.A.1" in page
    assert 'value="1000000"' in page
    assert "Bukan kami yang berwenang" in client.get(empty).content.decode()


def test_a_question_that_is_not_asked_is_not_required(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    answer = client.post(f"{empty}lokasi/", {**makers.PLACE, "in_estate": "ya", "ground": ""})
    assert answer.status_code == 302


def test_a_section_that_does_not_exist_is_not_found(applicant: tuple[Client, Actor], empty: str) -> None:
    assert applicant[0].get(f"{empty}lain/").status_code == 404
    assert applicant[0].get(f"{empty}syarat/51.1.Z/").status_code == 404


def _cells(number: int, **more: str) -> dict[str, str]:
    values = {
        "name": "Mesin poles",
        "brand": "Satisloh",
        "quantity": "2",
        "year": "2021",
        "function": "Poles",
        "ownership": "milik",
    }
    return {f"machines.{number}.{name}": value for name, value in {**values, **more}.items()}


def test_a_day_that_does_not_exist_is_told_as_its_boxes_ask_for_it(applicant: tuple[Client, Actor], empty: str) -> None:
    day = {"submitted_on_day": "31", "submitted_on_month": "2", "submitted_on_year": "2026"}
    page = applicant[0].post(f"{empty}syarat/51.1.A.3/", day).content.decode()
    assert "Tulis tanggal, bulan, dan tahun yang ada" in page
    assert "TTTT" not in page
    assert 'value="31"' in page


def test_more_rows_keep_what_was_typed(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    answer = client.post(f"{empty}syarat/51.1.B.5/", {**_cells(0), **_cells(1, name="", quantity="dua"), "more": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Mesin poles"' in page
    assert 'value="dua"' in page
    assert 'name="machines.6.name"' in page
    assert "Kesalahan" not in page


def test_a_wrong_cell_is_named_by_its_row_even_after_an_empty_one(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    empty_row = dict.fromkeys(_cells(1), "")
    page = client.post(f"{empty}syarat/51.1.B.5/", {**_cells(0), **empty_row, **_cells(2, quantity="dua")}).content.decode()
    assert 'href="#isian-machines.1.quantity"' in page
    assert "Baris 2: Tulis angka bulat" in page


def test_a_list_without_rows_says_so_at_its_first_cell(applicant: tuple[Client, Actor], empty: str) -> None:
    page = applicant[0].post(f"{empty}syarat/51.1.B.5/", {}).content.decode()
    assert 'href="#isian-machines.0.name"' in page


def _answers(row: Application, clause: str) -> dict[str, str]:
    return {name: str(value) for name, value in row.rows.get(clause=clause).answers.items()}


def _pdf(name: str = "bukti.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, makers.PDF, content_type="application/pdf")


def test_several_files_are_kept_and_one_is_put_aside_with_the_typing_kept(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    address = f"{empty}syarat/51.1.A.2/"
    assert client.post(address, {"account_id": "SIINAS-1", "files": [_pdf("a.pdf"), _pdf("b.pdf")]}).status_code == 302
    first = _row(empty).evidence.get(name="a.pdf")
    page = client.post(address, {"account_id": "SIINAS-2", "remove": str(first.id)}).content.decode()
    assert "b.pdf" in page
    assert 'value="SIINAS-2"' in page
    assert _row(empty).evidence.filter(replaced_at=None).count() == 1
    assert _row(empty).evidence.count() == 2


@pytest.mark.clause("51.1")
def test_going_on_leads_to_what_still_lacks_and_to_the_check_when_nothing_does(
    applicant: tuple[Client, Actor], empty: str
) -> None:
    client, actor = applicant
    given = {"account_id": "SIINAS-1", "files": [_pdf()]}
    assert client.post(f"{empty}syarat/51.1.A.2/", given)["Location"] == f"{empty}syarat/51.1.A.3/"
    whole = makers.draft(actor, at=days_ago(1))
    address = f"/ajukan/berkas/{whole.id}/"
    assert client.post(f"{address}syarat/51.1.A.2/", {"account_id": "SIINAS-1"})["Location"] == f"{address}periksa/"
    whole.rows.filter(clause__in=("51.1.A.2", "51.1.B.3")).update(verdict="not_met")
    mended = client.post(f"{address}syarat/51.1.B.3/", {**_answers(whole, "51.1.B.3"), "files": [_pdf()]})
    assert mended["Location"] == f"{address}syarat/51.1.A.2/"


def test_a_refused_file_is_told_even_when_only_keeping(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    script = SimpleUploadedFile("bukti.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    answer = client.post(f"{empty}syarat/51.1.A.2/", {"account_id": "SIINAS-1", "files": [script], "keep": "1"})
    assert answer.status_code == 422
    assert 'id="isian-files_error"' in answer.content.decode()
    assert _row(empty).evidence.count() == 0
    assert 'value="SIINAS-1"' in answer.content.decode()


def test_a_refused_file_is_one_error_not_two(applicant: tuple[Client, Actor], empty: str) -> None:
    script = SimpleUploadedFile("bukti.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    answer = applicant[0].post(f"{empty}syarat/51.1.A.2/", {"account_id": "SIINAS-1", "files": [script]})
    assert answer.content.decode().count('href="#isian-files"') == 1
    assert "Unggah bukti untuk" not in answer.content.decode()


def test_a_file_over_the_limit_is_refused_by_its_size(applicant: tuple[Client, Actor], empty: str) -> None:
    large = SimpleUploadedFile("besar.pdf", makers.PDF + b"0" * MOST_BYTES, content_type="application/pdf")
    answer = applicant[0].post(f"{empty}syarat/51.1.A.2/", {"account_id": "SIINAS-1", "files": [large]})
    assert answer.status_code == 422
    assert _row(empty).evidence.count() == 0


def test_anothers_draft_is_not_found(applicant: tuple[Client, Actor], empty: str) -> None:
    stranger, _actor = signed_in(name="Orang Lain", email="lain@uji.example")
    for page in ("", "usaha/", "syarat/", "syarat/51.1.B.1/", "periksa/"):
        assert stranger.get(f"{empty}{page}").status_code == 404
        assert stranger.post(f"{empty}{page}", {}).status_code == 404


def test_the_check_page_leads_to_what_is_missing(applicant: tuple[Client, Actor], empty: str) -> None:
    client, _actor = applicant
    page = client.get(f"{empty}periksa/").content.decode()
    assert f'href="{empty}usaha/?periksa=1#isian-business_name"' in page
    assert "Kirim permohonan" not in page
    assert "Kesalahan" in client.get(f"{empty}usaha/?periksa=1").content.decode()


def test_an_incomplete_draft_is_not_sent_and_says_what_is_missing(applicant: tuple[Client, Actor], empty: str) -> None:
    answer = applicant[0].post(f"{empty}periksa/")
    assert answer.status_code == 422
    assert "perlu dilengkapi" in answer.content.decode()
    assert _row(empty).state == State.DRAFT


@pytest.mark.clause("51.4")
def test_sending_twice_sends_once_and_shows_the_receipt(applicant: tuple[Client, Actor]) -> None:
    client, actor = applicant
    row = makers.draft(actor, at=days_ago(1))
    address = f"/ajukan/berkas/{row.id}/periksa/"
    first, second = client.post(address), client.post(address)
    assert first["Location"] == second["Location"] == f"/permohonan/{row.id}/tanda-terima/"
    assert LedgerEntry.objects.filter(subject_id=row.id, kind="application.submitted").count() == 1
    page = client.get(first["Location"]).content.decode()
    secret = str(makers.fresh(row.id).secret)
    assert f"{secret[:4]}-{secret[4:8]}-{secret[8:]}" in page
    assert "gratis" in page
    assert "pungutan liar" in page


def test_a_submitted_dossier_cannot_be_filled_in_any_more(applicant: tuple[Client, Actor]) -> None:
    client, actor = applicant
    row = makers.submitted(actor, at=days_ago(1))
    assert client.get(f"/ajukan/berkas/{row.id}/usaha/")["Location"] == f"/permohonan/{row.id}/"
    assert client.post(f"/ajukan/berkas/{row.id}/usaha/", {"business_name": "Lain"}).status_code == 302
    assert makers.fresh(row.id).business_name == "CV Lensa Jaya"


def test_every_post_needs_its_token(applicant: tuple[Client, Actor], empty: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = applicant[0].cookies
    for address in ("/ajukan/51/", f"{empty}usaha/", f"{empty}syarat/51.1.B.1/", f"{empty}periksa/", "/lacak/", "/v/"):
        assert strict.post(address, {}).status_code == 403


@pytest.mark.parametrize(
    ("page", "most"), [("", 15), ("usaha/", 15), ("syarat/", 15), ("syarat/51.1.B.8/", 15), ("periksa/", 15)]
)
def test_a_page_of_the_draft_costs_few_queries(applicant: tuple[Client, Actor], page: str, most: int) -> None:
    client, actor = applicant
    row = makers.draft(actor, at=days_ago(1))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"/ajukan/berkas/{row.id}/{page}").status_code == 200
    assert len(queries) <= most
