"""A real browser for the pages: Debian's Chromium at any width, with or without JavaScript, and axe's eyes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browsing import DESK, assert_accessible

OpenPage = Callable[..., Page]


@pytest.fixture
def live(live_server: LiveServer) -> str:
    """The address of the running application, without a slash at its end."""
    return str(live_server.url)


def is_fault(message: ConsoleMessage) -> bool:
    """Whether the console tells of a fault; a refusal in place (422) is an answer like any other."""
    return message.type == "error" and "status of 422" not in message.text


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
        page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
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
