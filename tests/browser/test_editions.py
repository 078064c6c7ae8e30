"""The editions of a standard in a real browser, on a phone and at a desk (51.1 to 51.14)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pasti.domain.roles import Role
from pasti.records.accounts import Account
from tests import makers
from tests.browser.conftest import OpenPage
from tests.browsing import DESK, PHONE

Check = Callable[[Page], None]
BEFORE = datetime(2026, 6, 12, 2, 0, tzinfo=UTC)  # Friday 09:00 in Jakarta, the last working day of edition 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_both_editions_are_read_and_compared(open_page: OpenPage, assert_accessible: Check, width: int) -> None:
    page = open_page("/standar/51/", width=width)
    expect(page.get_by_text("NIB Anda masih mencantumkan 26792")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Edisi sebelumnya dan yang berubah").click()
    expect(page.get_by_text("tidak ada yang ditambah atau dihapus")).to_be_visible()
    expect(page.locator(".fold")).to_have_count(15)
    assert_accessible(page)
    page.get_by_role("link", name="Edisi mulai Senin, 3 Januari 2022").click()
    expect(page.get_by_text("Edisi ini hanya untuk permohonan yang diajukan selama ia berlaku.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_applicant_sees_what_changed_and_an_officer_chooses(open_page: OpenPage, assert_accessible: Check, width: int) -> None:
    makers.officers(BEFORE)
    applicant = makers.actor(at=BEFORE)
    draft, case = makers.draft(applicant, at=BEFORE), makers.submitted(applicant, at=BEFORE)
    page = open_page("/", width=width)
    _enter(page, Account.objects.get(pk=applicant.id).email)
    page.goto(f"{_base(page)}/ajukan/berkas/{draft.id}/")
    expect(page.get_by_role("heading", name="Sejak Senin, 15 Juni 2026 berlaku edisi baru standar ini")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Usaha Anda").click()
    expect(page.get_by_text("Hasil produksi utama Anda, menurut KBLI yang baru")).to_be_visible()
    assert_accessible(page)

    page.context.clear_cookies()
    _enter(page, Account.objects.get(appointments__role=Role.EXAMINER).email)
    page.goto(f"{_base(page)}/meja/kasus/{case.id}/")
    page.get_by_role("link", name="Pilih KBLI").click()
    assert_accessible(page)
    page.get_by_label("Hasil utama kami lensa").check()
    page.locator("textarea[name=reason]").fill("Hasil utamanya lensa yang dijual lepas, menurut daftar mesinnya.")
    page.get_by_role("button", name="Simpan pilihan").click()
    expect(page.get_by_text("Pilihan KBLI disimpan pada berkas.")).to_be_visible()
    expect(page.get_by_role("link", name="Ubah pilihan KBLI")).to_be_visible()
    assert_accessible(page)


def _base(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def _enter(page: Page, email: str) -> None:
    page.goto(_base(page) + reverse("account_login"))
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
