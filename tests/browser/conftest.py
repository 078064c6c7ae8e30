"""A real browser for the pages: Debian's Chromium at any width, with or without JavaScript, and axe's eyes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browsing import DESK, assert_accessible

OpenPage = Callable[..., Page]
REFUSED = "the server responded with a status of 422"  # a form sent back with what to put right is no fault


@pytest.fixture
def live(live_server: LiveServer) -> str:
    """The address of the running application, without a slash at its end."""
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, live: str) -> Iterator[OpenPage]:
    """open_page("/path", width=DESK, javascript=True, dark=False) → the page; a fault in its console fails the test."""
    contexts = []
    faults: list[str] = []

    def open_(path: str = "/", *, width: int = DESK, javascript: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="id-ID",
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" and REFUSED not in said.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{live}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(name="assert_accessible")
def assert_accessible_fixture() -> Callable[[Page], None]:
    """The same check for tests that take it as a fixture."""
    return assert_accessible
