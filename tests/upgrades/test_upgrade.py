"""Upgrades with cases in flight: what an earlier level of the tables holds is migrated, and finished (51.1 to 51.5)."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from pasti.actions.files import store
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.certificate import Certificate
from pasti.records.intake import Evidence
from pasti.records.licensing import Application
from tests.upgrades import cases, fixture

NAME = f"upgrade_{os.getpid()}"
ENDS = {State.ISSUED, State.WITHDRAWN, State.REJECTED, State.REVOKED}


@pytest.mark.django_db
def test_a_case_is_made_in_every_state(signing_passphrase: str, tmp_path: Path, settings: Settings) -> None:
    settings.PASTI_DATA = str(tmp_path)  # a store of its own
    cases.make_all(signing_passphrase)
    assert set(Application.objects.values_list("state", flat=True)) == set(State)
    if os.environ.get(fixture.WRITE):
        fixture.write(tmp_path / "files")


@pytest.fixture
def restored(
    server: str, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path, settings: Settings
) -> Iterator[None]:
    """A database of its own as the fixture has it, at the level of the fixture's day."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(server, autocommit=True) as outside, django_db_blocker.unblock():
        outside.execute(f'CREATE DATABASE "{NAME}"')
        connection.close()
        connection.settings_dict["NAME"] = NAME
        settings.PASTI_DATA = str(tmp_path)  # a store of its own
        try:
            fixture.restore(tmp_path / "files")
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            outside.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')


def test_every_case_in_flight_is_finished_after_an_upgrade(signing_passphrase: str, restored: None) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    assert set(Application.objects.values_list("state", flat=True)) == set(State)
    assert [e.name for e in Evidence.objects.all() if not store().has(e.sha256)] == []
    assert ledger.verify().fault is None
    kept = dict(Application.objects.exclude(state=State.DRAFT).values_list("number", "effective"))

    cases.finish_all(signing_passphrase)

    assert set(Application.objects.values_list("state", flat=True)) == ENDS
    assert {n: e for n, e in Application.objects.values_list("number", "effective") if n in kept} == kept
    assert [c.number for c in Certificate.objects.all() if not store().has(c.signed_sha256)] == []
    assert ledger.verify().fault is None
