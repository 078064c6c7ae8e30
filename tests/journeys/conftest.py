"""What the journeys in a browser stand on: the office running for all of them, and windows on it that are watched."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.windows import Windows
from tests.running import Running, running


@pytest.fixture(scope="session")
def office() -> Iterator[Running]:
    """One office for all journeys of the run."""
    with running() as office:
        yield office


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[str, str]]:
    """The kinds of pages that axe has seen."""
    return set()


@pytest.fixture
def windows(browser: Browser, office: Running, looked_at: set[tuple[str, str]]) -> Iterator[Windows]:
    """Windows on that office, closed and judged after the test."""
    expect.set_options(timeout=15_000)  # a machine that tests much at once is slow to sign
    windows = Windows(browser, office, looked_at)
    yield windows
    windows.close()
