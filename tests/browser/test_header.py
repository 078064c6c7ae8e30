"""The header on a phone: low, its links folded under a word, all of it without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import DESK, PHONE

OpenPage = Callable[..., Page]
TALLEST = 110


@pytest.mark.parametrize("path", ["/", "/akun/login/"])
def test_the_header_leaves_the_phone_to_the_page(
    open_page: OpenPage, assert_accessible: Callable[[Page], None], path: str
) -> None:
    page = open_page(path, width=PHONE)
    assert page.locator("header").evaluate("header => header.offsetHeight") <= TALLEST
    page.get_by_text("Menu", exact=True).click()
    assert_accessible(page)


def test_the_links_unfold_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/", width=PHONE, javascript=False)
    link = page.locator("header").get_by_role("link", name="Lacak")
    expect(link).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    link.click()
    expect(page.get_by_role("heading", name="Lacak permohonan")).to_be_visible()


def test_a_wide_header_has_its_links_in_a_row(open_page: OpenPage) -> None:
    page = open_page("/", width=DESK)
    expect(page.locator("header").get_by_role("link", name="Lacak")).to_be_visible()
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
