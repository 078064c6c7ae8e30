"""A form sent after its session ended is sent again from the same tab, once signed in again in another (51.10.1)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from pasti.domain.roles import Role
from pasti.records.accounts import Account
from tests import makers
from tests.browsing import DESK, PHONE, assert_accessible
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.10.1")]
REASON = "Lokasi usaha pindah ke Plered; nomor jalannya belum pasti."


def sign_in(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_was_typed_outlives_its_session(browser: Browser, live: str, width: int) -> None:
    office = Office()
    assert office.applicant.id is not None
    email = Account.objects.get(pk=office.applicant.id).email
    with browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=width == DESK) as context:
        page = context.new_page()
        page.goto(f"{live}/akun/login/?next=/permohonan/{office.id}/")
        sign_in(page, email)
        page.get_by_text("Tarik permohonan ini").click()
        page.locator("textarea[name=reason]").fill(REASON)
        context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Tarik permohonan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Anda sudah keluar")
        assert makers.fresh(office.id).state == "submitted"
        with context.expect_page() as opened:
            page.get_by_role("link", name="Masuk").last.click()
        sign_in(opened.value, email)
        if width == DESK:
            assert_accessible(page)
        page.get_by_role("button", name="Kirim lagi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kirim sekali lagi")
        if width == DESK:
            assert_accessible(page)
        page.get_by_role("button", name="Kirim lagi").click()
        expect(page.get_by_text("Permohonan Anda sudah ditarik.")).to_be_visible()
    assert makers.fresh(office.id).state == "withdrawn"


def test_a_part_of_the_desk_shows_what_happened_at_the_top(browser: Browser, live: str) -> None:
    office = Office()
    examiner = office.officers[Role.EXAMINER]
    assert examiner.id is not None
    with browser.new_context(viewport={"width": PHONE, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{live}/akun/login/?next=/meja/kasus/{office.id}/")
        sign_in(page, Account.objects.get(pk=examiner.id).email)
        last = page.locator("form[hx-post]").last
        page.locator("details", has=last).evaluate_all("all => all.forEach(one => one.open = true)")
        last.locator("textarea").fill(REASON)
        context.clear_cookies(name="sessionid")
        last.get_by_role("button", name="Belum memenuhi").click()
        expect(page.get_by_role("heading", name="Anda sudah keluar")).to_be_in_viewport()
        expect(page.get_by_role("link", name="Masuk (membuka tab baru)")).to_be_in_viewport()
