"""The account pages wear our look, in Indonesian, accessible on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE = 360


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/akun/login/", "Masuk"), ("/akun/signup/", "Daftar"), ("/akun/password/reset/", "Setel ulang kata sandi")],
)
def test_an_account_page_is_ours(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], path: str, heading: str
) -> None:
    page = open_page(path, width=PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("main .govuk-button").first).to_be_visible()
    assert_accessible(page)
