"""What every test stands on: for each worker a PostgreSQL of its own, thrown away afterwards, unless DATABASE_URL names one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pgtrigger
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from psycopg.conninfo import conninfo_to_dict

from pasti.cli import environment, postgres

pytest_plugins = ["tests.doors", "tests.browsing"]
# How fast examples are made says something of the machine, nothing of the rules.
hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def _emptying_the_ledger_after_a_test() -> Iterator[None]:
    """The database refuses to empty the ledger; the clean-up after a test with real transactions is the one exception."""
    ordinary = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # nor does the stub name it

    def past_the_triggers(case: TransactionTestCase) -> None:
        with pgtrigger.ignore("records.LedgerEntry:append_only", "records.LedgerEntry:no_truncate"):
            ordinary(case)

    TransactionTestCase._fixture_teardown = past_the_triggers  # type: ignore[attr-defined]  # Django offers no other place
    yield
    TransactionTestCase._fixture_teardown = ordinary  # type: ignore[attr-defined]


def pytest_configure() -> None:
    """Make the data folder that tests/settings.py names."""
    data = Path(settings.PASTI_DATA)
    shutil.rmtree(data, ignore_errors=True)  # of a run that was killed, long ago
    data.mkdir(mode=0o700)
    (data / "static").mkdir()


def pytest_unconfigure() -> None:
    """Remove it."""
    shutil.rmtree(settings.PASTI_DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server in which databases may be made."""
    if "set-by-conftest" not in os.environ["DATABASE_URL"]:
        yield os.environ["DATABASE_URL"]
        return
    with (
        environment.throwaway() as folder,
        postgres.running(postgres.cluster(folder, settings=postgres.FASTER_THAN_SAFE)) as cluster,
    ):
        with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as superuser:
            superuser.execute("ALTER ROLE pasti CREATEDB")
        yield cluster.url()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(server: str, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Point Django at the server, without a pool: a pool would keep connections to a database that is to be dropped."""
    given = conninfo_to_dict(server)
    connections["default"].settings_dict.update(
        USER=given.pop("user", ""), PASSWORD=given.pop("password", ""), HOST=given.pop("host", ""), PORT=given.pop("port", "")
    )
    connections["default"].settings_dict["OPTIONS"] = {name: value for name, value in given.items() if name != "dbname"}


os.environ["PATH"] += f"{os.pathsep}/usr/sbin"  # where Debian keeps nginx and dovecot, and only root's shell looks
PACKAGES = {  # program → of Debian
    "chromium": "chromium",
    "pdfsig": "poppler-utils",
    "certutil": "libnss3-tools",
    "qpdf": "qpdf",
    "dovecot": "dovecot-imapd",
    "ssconvert": "gnumeric",
    "nginx": "nginx-light",
    "systemd-analyze": "systemd",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever is in tests/browser needs the browser.

    Tests that fork come first: threads, as of the printer, do not follow. Tests with the browser come last: its event loop stays.
    """
    items.sort(key=lambda item: ("browser" in getattr(item, "fixturenames", ()), item.get_closest_marker("forks") is None))
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.needs("chromium"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out when a program it needs is not here, and say which; in CI that is a failure."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                reason = f"{program} is not here (Debian: apt-get install {PACKAGES[program]})"
                (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
