"""Staff, guarantees and safety in a real browser, on a phone and at a desk, with axe's eyes (51.9, 51.11 to 51.13)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import showcase_staff
from pasti.domain.roles import Role
from tests.browser.test_office import sign_in
from tests.browsing import DESK, PHONE
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.9.1"), pytest.mark.clause("51.12.1")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
ADDRESSES = (
    *("saya", "pegawai", "pegawai/peran", "jaminan", "jaminan/sanksi/baru"),
    *("keselamatan", "keselamatan/kejadian", "keselamatan/bantuan-hukum"),
)


@pytest.fixture
def office(signing_passphrase: str) -> Office:
    """The demonstration's staff."""
    made = Office(Role.SUPERIOR, Role.COMPLAINTS_OFFICER, Role.SURVEY_OFFICER, Role.FACILITY_CUSTODIAN)
    showcase_staff.furnish(made.officers, passphrase=signing_passphrase, at=timezone.now())
    return made


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_accessible(open_page: OpenPage, assert_accessible: Check, office: Office, width: int) -> None:
    page = sign_in(open_page, office, Role.HEAD, width=width)
    origin = page.url.split("/meja")[0]
    examiner = office.officers[Role.EXAMINER].person
    for address in (*ADDRESSES, f"pegawai/{examiner}"):
        page.goto(f"{origin}/meja/{address}/")
        assert_accessible(page)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert_accessible(page)
        if folder := os.environ.get("PASTI_PICTURES"):  # to be looked at by a person
            page.screenshot(path=Path(folder) / f"{address.replace('/', '-')[:30]}-{width}.png", full_page=True)
    page.goto(f"{origin}/maklumat/")
    assert_accessible(page)


def test_an_officer_pledges_without_javascript(open_page: OpenPage, office: Office) -> None:
    page = sign_in(open_page, office, Role.TECHNICAL_TEAM, width=PHONE, javascript=False)
    page.goto(f"{page.url.split('/meja')[0]}/meja/saya/")
    page.locator("#ethics_typed").fill(office.officers[Role.TECHNICAL_TEAM].name)
    page.get_by_role("button", name="Saya menyatakannya").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Janji Anda tercatat")
