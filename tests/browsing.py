"""A real browser: Debian's Chromium, started once for all tests that look at pages, axe's eyes, and hands that fill in a form."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from pasti.domain.answers import is_asked
from pasti.domain.events import Json
from pasti.domain.standard import Field, FieldKind

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 360, 1280


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; Django would refuse the test's own queries because of it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def await_page(page: Page) -> None:
    """Wait until the page asked for stands: a click returns when its navigation is decided, before the document is there."""
    page.wait_for_load_state("load")
    page.wait_for_function("document.documentElement !== null && document.readyState === 'complete'")


def assert_accessible(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the screen. axe is a script: not for a page opened without JavaScript."""
    await_page(page)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _fill_one(page: Page, field: Field, name: str, value: str) -> None:
    if field.kind is FieldKind.DATE:
        for part, typed in zip(("year", "month", "day"), value.split("-"), strict=True):
            page.locator(f'[name="{name}_{part}"]').fill(typed)
    elif field.kind is FieldKind.YES:
        page.locator(f'[name="{name}"]').check()
    elif field.kind is FieldKind.CHOICE and page.locator(f'select[name="{name}"]').count():
        page.locator(f'select[name="{name}"]').select_option(value)
    elif field.kind is FieldKind.CHOICE:
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    else:
        page.locator(f'[name="{name}"]').fill(value)


def fill(page: Page, fields: Sequence[Field], answers: Mapping[str, Json]) -> None:
    """Type the answers as a person would, in the form's order; what is not asked is not touched."""
    for field in fields:
        value = answers.get(field.name)
        if not value or not is_asked(field, answers):
            continue
        if not isinstance(value, list):
            _fill_one(page, field, field.name, str(value))
            continue
        for number, row in enumerate(value):
            assert isinstance(row, dict)
            for column in field.columns:
                _fill_one(page, column, f"{field.name}.{number}.{column.name}", str(row[column.name]))
