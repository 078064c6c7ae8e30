"""The scorecard and the figures in a real browser: readable on a phone and at a desk, by the eye and by a machine (51.14.1)."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from pasti.domain.roles import Role
from tests import makers
from tests.browsing import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.14.1")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]


def seen(page: Page, name: str) -> None:
    """Keep a picture when a folder for it is named."""
    if folder := os.environ.get("PASTI_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def happened() -> None:
    """An office with a case decided today and one of last month."""
    now = timezone.now()
    office, applicant = makers.officers(at=now), makers.actor(at=now)
    makers.submitted(applicant, at=now - timedelta(days=31))
    makers.found_not_met(office, makers.submitted(applicant, at=now).id, at=now)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", ["/kartu-skor/?pada=kemarin", "/angka/", "/angka/izin/", "/standar/51/?buka=semua"])
def test_the_public_pages_fit_and_are_accessible(open_page: OpenPage, assert_accessible: Check, path: str, width: int) -> None:
    happened()
    page = open_page(path, width=width)
    seen(page, f"{path.strip('/').replace('/', '-').partition('?')[0]}-{width}")
    assert fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_offices_pages_fit_and_are_accessible(open_page: OpenPage, assert_accessible: Check, width: int) -> None:
    happened()
    makers.account(Role.SUPERIOR, at=timezone.now())
    page = open_page("/meja/kartu-skor/", width=width)
    page.locator("input[name=login]").fill("superior@uji.example")
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Yang harus bertindak").select_option("validator")
    page.get_by_role("button", name="Saring").click()
    page.get_by_role("link", name="51.2", exact=True).wait_for()
    seen(page, f"meja-kartu-skor-{width}")
    assert fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="51.2", exact=True).click()
    page.get_by_role("heading", name="Catatan yang dihitung").wait_for()
    seen(page, f"meja-klausul-{width}")
    assert fits(page)
    assert_accessible(page)
