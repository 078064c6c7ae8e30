"""Oversight, the heartbeat and the book in a real browser, on a phone and at a desk, with axe's eyes (51.10.1, 51.10.2)."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import findings, looks, nightly
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.sampling import OversightFinding, Sample
from tests.browser.test_office import sign_in
from tests.browsing import DESK, PHONE
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.10.1")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
WORDS = "Alasan keputusan tidak menyebut syarat yang dimaksud."


@pytest.fixture
def office() -> Office:
    """The morning after a decision and a look at data."""
    made = Office(Role.SUPERIOR, Role.INSPECTOR, Role.ADMINISTRATOR)
    made.until(State.SIGNING)
    looks.reveal(made.officers[Role.EXAMINER], made.id, "business", at=made.at)
    nightly.run(at=timezone.now())
    return made


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_superior_finds_something_and_sees_it_followed_up(
    open_page: OpenPage, assert_accessible: Check, office: Office, javascript: bool
) -> None:
    check = assert_accessible if javascript else (lambda _page: None)
    page = sign_in(open_page, office, Role.SUPERIOR, width=PHONE, javascript=javascript)
    check(page)
    page.get_by_role("link", name="Pengawasan: sampel").click()
    check(page)
    page.locator("th a").first.click()
    expect(page).to_have_url(re.compile(r"/pengawasan/sampel/."))
    check(page)
    page.get_by_label("Ada temuan").check()
    page.locator("textarea").fill(WORDS)
    page.get_by_label("Yang menindaklanjuti").select_option("head")
    for part, typed in (("day", "14"), ("month", "12"), ("year", "2099")):
        page.locator(f"[name=due_on_{part}]").fill(typed)
    page.get_by_role("button", name="Catat pemeriksaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Pemeriksaan sampel tercatat")
    page.get_by_role("link", name="Daftar temuan", exact=True).click()
    check(page)
    page.locator("th a").first.click()
    expect(page).to_have_url(re.compile(r"/pengawasan/temuan/."))
    check(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert OversightFinding.objects.get().owner == Role.HEAD


@pytest.mark.clause("51.10.2")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_of_oversight_is_accessible(open_page: OpenPage, assert_accessible: Check, office: Office, width: int) -> None:
    sample = Sample.objects.get(kind="decided")
    row = findings.raised(office.officers[Role.SUPERIOR], WORDS, "head", date(2099, 1, 1), at=timezone.now())
    page = sign_in(open_page, office, Role.INSPECTOR, width=width)
    for address in (
        "/pengawasan/",
        f"/pengawasan/sampel/{sample.id}/",
        "/pengawasan/temuan/",
        f"/pengawasan/temuan/{row.id}/",
        f"/pengawasan/temuan/baru/{office.id}/",
        "/pengawasan/audit/?selesai=1",
        "/pengawasan/semua/",
        "/pengawasan/denyut/",
        "/buku/",
    ):
        page.goto(page.url.split("/meja/")[0].split("/pengawasan/")[0].split("/buku/")[0] + address)
        assert_accessible(page)
