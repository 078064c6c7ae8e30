"""Windows on the running office: what goes wrong in any of them is collected, and axe sees each kind of page once."""

import re

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browsing import assert_accessible
from tests.running import Running

REFUSED_ON_PURPOSE = re.compile(r"the server responded with a status of 422")  # the browser tells it of every refused form
PARTICULAR = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|PB-\d{4}-\d+|(?<=/v/)[\w-]+")


class Windows:
    """Opens pages of the office, each in a browser of its own; collects what goes wrong in any of them."""

    def __init__(self, browser: Browser, office: Running, looked_at: set[tuple[str, str]]) -> None:
        self.browser, self.office, self.looked_at = browser, office, looked_at
        self.faults: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.scripted: set[BrowserContext] = set()

    def open(self, path: str = "/", *, width: int, javascript: bool = True) -> Page:
        """A fresh window, signed in as nobody, on that page."""
        size = {"width": width, "height": 740 if width < 500 else 900}
        context = self.browser.new_context(viewport=size, locale="id-ID", java_script_enabled=javascript)  # type: ignore[arg-type]
        self.contexts.append(context)
        if javascript:
            self.scripted.add(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.goto(f"{self.office.url}{path}")
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED_ON_PURPOSE.search(message.text):
            self.faults.append(f"{message.location.get('url')}: {message.text}")

    def look(self, page: Page) -> None:
        """Let axe see a page of a kind it has not seen yet, in this state; axe is a script, so not without JavaScript."""
        path = PARTICULAR.sub("*", page.url.removeprefix(self.office.url).partition("?")[0])
        kind = (path, page.locator("h1, #act-title, .govuk-error-summary__title").all_inner_texts().__repr__())
        if page.context in self.scripted and kind not in self.looked_at:
            self.looked_at.add(kind)
            assert_accessible(page)

    def close(self) -> None:
        """Close all of them; nothing may have gone wrong in any."""
        for context in self.contexts:
            context.close()
        assert not self.faults, "\n".join(self.faults)
