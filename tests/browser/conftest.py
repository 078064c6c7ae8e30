"""A real browser for the pages: Debian's Chromium at any width, with or without JavaScript, and axe's eyes."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.backends.postgresql.operations import DatabaseOperations
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from pasti.records.ledger import LedgerEntry

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

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; Django would refuse the test's own queries because of it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True, scope="session")
def ledger_may_be_emptied() -> Iterator[None]:
    """A live server commits, so tables are emptied after each test; only there does the ledger let go of its entries."""
    empty = DatabaseOperations.execute_sql_flush

    def flush(operations: DatabaseOperations, statements: list[str]) -> None:
        ledger = operations.quote_name(LedgerEntry._meta.db_table)
        empty(
            operations, [f"ALTER TABLE {ledger} DISABLE TRIGGER USER", *statements, f"ALTER TABLE {ledger} ENABLE TRIGGER USER"]
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


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
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{live}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def assert_accessible(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the screen. axe is a script: not for a page opened without JavaScript."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture(name="assert_accessible")
def assert_accessible_fixture() -> Callable[[Page], None]:
    """The same check for tests that take it as a fixture."""
    return assert_accessible
