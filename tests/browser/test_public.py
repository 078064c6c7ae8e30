"""The public pages in a real browser: a maker applies on a phone, with and without JavaScript; axe sees every page."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti import standards
from pasti.actions import demonstration
from pasti.domain.intake import section_fields
from pasti.domain.workflow import State
from pasti.queries.intake import choices
from pasti.records.licensing import Application
from tests import makers
from tests.browsing import DESK, PHONE, fill
from tests.pages.applicants import days_ago

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
PDF = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": makers.PDF}
SECTIONS = {"business": makers.BUSINESS, "place": makers.PLACE, "scale": makers.SCALE}


def _unchecked(_page: Page) -> None:
    """axe is a script, and so not there without JavaScript."""


def _sign_in(page: Page) -> None:
    page.locator("input[name=login]").fill("rina@uji.example")
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


@pytest.mark.clause("51.1")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_maker_applies_on_a_phone(open_page: OpenPage, assert_accessible: Check, javascript: bool) -> None:
    check = assert_accessible if javascript else _unchecked
    makers.account(name="Rina Kartika", email="rina@uji.example", at=days_ago(1))
    standard = standards.load().in_force("51", timezone.localdate())
    page = open_page("/ajukan/51/", width=PHONE, javascript=javascript)
    check(page)
    page.get_by_role("button", name="Masuk dan mulai").click()
    _sign_in(page)
    page.get_by_role("button", name="Mulai").click()
    check(page)
    page.get_by_role("link", name="Usaha Anda").click()
    for section, answers in SECTIONS.items():
        check(page)
        fill(page, section_fields(section, standard, choices()), answers)
        page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", name="Persyaratan")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Skala usaha").click()
    for requirement in standard.requirements:
        if requirement.due == "after_issue" or requirement.section == "place":
            continue  # nothing lacks there, so it is not come to
        expect(page.get_by_role("heading", name=str(requirement.title), level=1)).to_be_visible()
        check(page)
        fill(page, requirement.fields, demonstration.answers(requirement.fields))
        if requirement.evidence == "required":
            page.locator("input[name=files]").set_input_files(PDF)
        page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", name="Periksa dan kirim")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Kirim permohonan").click()
    expect(page.get_by_role("heading", name="Permohonan Anda sudah kami terima")).to_be_visible()
    check(page)
    row = Application.objects.get()
    assert row.state == State.SUBMITTED
    expect(page.locator(".keys-given")).to_contain_text(str(row.number))
    page.get_by_role("button", name="Lihat permohonan", exact=True).click()
    expect(page.get_by_role("heading", name=str(row.number))).to_be_visible()
    check(page)


def test_a_dependent_question_opens_with_its_answer_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/standar/51/untuk-saya/", width=PHONE, javascript=False)
    expect(page.get_by_label("Modal usaha (rupiah)")).to_be_hidden()
    page.get_by_label("Usaha baru").check()
    expect(page.get_by_label("Modal usaha (rupiah)")).to_be_visible()
    expect(page.get_by_label("Hasil penjualan setahun (rupiah)")).to_be_hidden()


def test_enter_in_a_row_saves_and_neither_adds_nor_removes(open_page: OpenPage) -> None:
    account = makers.account(name="Rina Kartika", email="rina@uji.example", at=days_ago(2))
    row = makers.draft(account.actor(days_ago(1).date()), at=days_ago(1))
    page = open_page(f"/ajukan/berkas/{row.id}/syarat/51.1.B.5/", javascript=False)
    _sign_in(page)
    page.locator('[name="machines.0.name"]').fill("Mesin potong")
    page.locator('[name="machines.0.name"]').press("Enter")
    expect(page.get_by_role("heading", name="Periksa dan kirim")).to_be_visible()
    kept = row.rows.get(clause="51.1.B.5")
    assert kept.answers["machines"][0]["name"] == "Mesin potong"
    assert row.evidence.filter(clause="51.1.B.5", replaced_at=None).count() == 1


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/standar/",
        "/standar/?cari=kalibrasi",
        "/standar/51/?buka=semua",
        "/standar/51/untuk-saya/?periksa=1",
        "/ajukan/",
        "/lacak/",
        "/v/",
        "/pengaduan/",
    ],
)
def test_a_public_page_is_accessible(open_page: OpenPage, assert_accessible: Check, path: str, width: int) -> None:
    assert_accessible(open_page(path, width=width))


def test_a_secret_opens_the_tracking_page_without_an_account(open_page: OpenPage, assert_accessible: Check) -> None:
    row = makers.submitted(makers.actor(at=days_ago(2)), at=days_ago(1))
    page = open_page("/lacak/", width=PHONE)
    page.get_by_label("Nomor permohonan").fill(str(row.number))
    page.get_by_label("Kode rahasia").fill(str(row.secret))
    page.get_by_role("button", name="Lihat").click()
    expect(page.get_by_role("heading", name=str(row.number))).to_be_visible()
    assert str(row.secret) not in page.url
    assert_accessible(page)


def test_the_sop_form_is_accessible_and_stays_within_the_screen(open_page: OpenPage, assert_accessible: Check) -> None:
    for width in (PHONE, DESK):
        assert_accessible(open_page("/standar/51/sop/7/", width=width))
