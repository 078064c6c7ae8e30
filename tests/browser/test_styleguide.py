"""Every part in a real browser: phone and desk, light and dark, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE, DESK = 360, 1280
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]

# The width of the focus ring; a radio or checkbox is hidden, and its label carries the ring as a shadow.
RING = """() => {
  const here = document.activeElement;
  return here.matches(".govuk-radios__input, .govuk-checkboxes__input") ? 3 : parseFloat(getComputedStyle(here).outlineWidth);
}"""


@pytest.mark.parametrize("path", ["/gaya/", "/gaya/meja/"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_part_is_accessible(open_page: OpenPage, assert_accessible: Check, path: str, width: int, dark: bool) -> None:
    assert_accessible(open_page(path, width=width, dark=dark))


@pytest.mark.parametrize("path", ["/gaya/", "/gaya/meja/"])
def test_every_part_is_there_without_javascript(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=PHONE, javascript=False)
    page.get_by_text("Mengapa tanggal ini?").first.click()
    expect(page.get_by_role("row", name="Kamis, 24 Desember 2026").first).to_contain_text("cuti bersama")


def test_the_promise_is_told_in_words_and_in_a_table(open_page: OpenPage) -> None:
    page = open_page("/gaya/")
    bar = page.locator(".promise").first
    expect(bar).to_contain_text("Kamis, 7 Januari 2027")
    expect(bar.locator(".promise__cell")).to_have_count(16)
    expect(bar.locator(".promise__cell--stopped")).to_contain_text("henti")
    expect(bar.locator("tbody tr")).to_have_count(16)


def test_a_line_of_the_error_summary_leads_to_its_field(open_page: OpenPage) -> None:
    page = open_page("/gaya/")
    page.get_by_role("alert").get_by_role("link", name="Di mana tempat usahanya?").click()
    expect(page.locator("#bad_bad-place_0")).to_be_focused()


def test_a_wrong_field_is_described_by_its_error(open_page: OpenPage) -> None:
    field = open_page("/gaya/").locator("#bad_bad-business")
    expect(field).to_have_attribute("aria-describedby", "bad_bad-business_helptext bad_bad-business_error")
    expect(field).to_have_accessible_description("Seperti tertulis di NIB. Kesalahan: Bidang ini tidak boleh kosong.")


def test_a_day_that_cannot_be_stays_as_typed(open_page: OpenPage) -> None:
    page = open_page("/gaya/")
    expect(page.locator("#bad_bad-expires_on_day")).to_have_value("31")
    expect(page.locator("#bad_bad-expires_on_error")).to_contain_text("Tulis tanggal yang ada")


def test_the_desk_is_walked_by_key(open_page: OpenPage) -> None:
    page = open_page("/gaya/meja/")
    first, second = (page.locator("table.rows tbody a").nth(i) for i in (0, 1))
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.get_by_role("searchbox")).to_have_value("jk?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("details.keys")).to_have_attribute("open", "")


def test_enter_opens_the_row(open_page: OpenPage) -> None:
    page = open_page("/gaya/meja/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#kasus$"))


def test_the_skip_link_is_the_first_stop(open_page: OpenPage) -> None:
    page = open_page("/gaya/meja/")  # without the error summary, which takes the focus when it is ready
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))


def test_the_focus_is_always_visible(open_page: OpenPage) -> None:
    page = open_page("/gaya/meja/")
    for _stop in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(RING) == 3
