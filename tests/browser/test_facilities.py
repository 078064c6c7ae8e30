"""The register of facilities and the sticker in a real browser, on a phone and at a desk, with and without JavaScript (51.8)."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import showcase_facilities
from pasti.domain.roles import Role
from pasti.records.accounts import Account
from pasti.records.facilities import Facility
from tests import makers
from tests.browsing import DESK, PHONE
from tests.pages.office import Office
from tests.pictures import png

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.8")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def office() -> Office:
    """The demonstration's facilities and who keeps them."""
    made = Office(Role.FACILITY_CUSTODIAN)
    showcase_facilities.furnish(made.officers[Role.FACILITY_CUSTODIAN], "51", at=timezone.now())
    return made


def keeper(open_page: OpenPage, office: Office, **look: object) -> Page:
    page = open_page("/akun/login/?next=/meja/sarana/", **look)
    page.locator("input[name=login]").fill(Account.objects.get(pk=office.officers[Role.FACILITY_CUSTODIAN].id).email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Sarana dan prasarana")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_accessible(open_page: OpenPage, assert_accessible: Check, office: Office, width: int) -> None:
    page = keeper(open_page, office, width=width)
    row = Facility.objects.get(name="Kursi roda 1")
    origin = page.url.split("/meja")[0]
    addresses = ("/meja/sarana/", f"/meja/sarana/{row.id}/", "/meja/sarana/standar/51/stiker/", f"/s/{row.sticker}/", "/sarana/")
    for address in addresses:
        page.goto(f"{origin}{address}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert_accessible(page)
        if folder := os.environ.get("PASTI_PICTURES"):  # to be looked at by a person
            page.screenshot(path=Path(folder) / f"{address.strip('/').replace('/', '-')[:30]}-{width}.png", full_page=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_sticker_to_mended(open_page: OpenPage, office: Office, javascript: bool) -> None:
    row = Facility.objects.get(name="Kursi roda 1")
    visitor = open_page(f"/s/{row.sticker}/", width=PHONE, javascript=javascript)
    visitor.get_by_label("Apa yang rusak atau kurang?").fill(f"Roda lepas. Saya {makers.SIGNING_NIK}")
    visitor.get_by_role("button", name="Kirim laporan").click()
    expect(visitor.get_by_role("alert")).to_contain_text("mirip NIK")
    visitor.get_by_label("Apa yang rusak atau kurang?").fill("Roda kiri lepas")
    visitor.get_by_role("button", name="Kirim laporan").click()
    expect(visitor.get_by_role("heading", name="Terima kasih")).to_be_visible()

    page = keeper(open_page, office, width=PHONE, javascript=javascript)
    page.get_by_role("region", name="Yang perlu dikerjakan").get_by_role("link", name="Kursi roda 1").click()
    page.get_by_label("Yang dilakukan").fill("Roda dipasang lagi")
    page.get_by_role("button", name="Selesaikan laporan").click()
    expect(page.get_by_text("Selesai: Roda dipasang lagi")).to_be_visible()
    page.get_by_label("baik", exact=True).check()
    page.get_by_label("Foto").set_input_files({"name": "kursi.png", "mimeType": "image/png", "buffer": png(40, 30)})
    page.get_by_role("button", name="Catat pemeriksaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Pemeriksaan tercatat")
    row.refresh_from_db()
    assert (row.condition, row.checked_on) == ("good", date.fromisoformat(str(timezone.localdate())))
