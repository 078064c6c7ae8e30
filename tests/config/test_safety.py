"""What the settings promise: who may try how often, what a browser is told, and what is refused at the start."""

import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from pasti.actions.opening import Person, add_person
from pasti.config.accounts import attempted_email, client_address
from pasti.domain.roles import Role

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "kata sandi yang panjang"
EMAIL = "siapa@contoh.id"


@pytest.fixture
def person(db: None) -> None:
    """Somebody who may sign in."""
    add_person(
        Person(email=EMAIL, name="Siapa Saja", roles=(Role.EXAMINER,)),
        password=PASSWORD,
        at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    )
    cache.clear()


def sign_in(password: str, *, email: str = EMAIL, address: str = "10.0.0.1") -> int:
    """The status of one attempt to sign in; 302 when it succeeds."""
    return Client(REMOTE_ADDR=address).post("/akun/login/", {"login": email, "password": password}).status_code


def test_one_signs_in_with_the_email(person: None) -> None:
    assert sign_in(PASSWORD) == 302
    assert sign_in(PASSWORD, email=EMAIL.upper()) == 302
    assert sign_in("salah") == 200


def test_too_many_wrong_passwords_close_the_door_for_that_address_only(person: None) -> None:
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        sign_in("salah", email=EMAIL if attempt % 2 else EMAIL.upper())

    assert sign_in(PASSWORD) == 429
    assert sign_in(PASSWORD, address="10.0.0.2") == 302


def test_every_page_forbids_what_does_not_come_from_us(client: Client, db: None) -> None:
    answer = client.get("/sehat")

    assert answer.json() == {"status": "ok"}
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings: Settings) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.1.1.1"}, REMOTE_ADDR="127.0.0.1")

    assert client_address(request) == "127.0.0.1"
    settings.PASTI_SECURE = True
    assert client_address(request) == "10.1.1.1"


def test_an_attempt_is_counted_in_one_spelling() -> None:
    request = RequestFactory().post("/", {"login": " Siapa@Contoh.ID "})

    assert attempted_email(request) == EMAIL
    assert attempted_email(request, {"email": "SIAPA@contoh.id"}) == EMAIL


def test_secrets_of_second_factors_are_unreadable_at_rest() -> None:
    sealed = get_adapter().encrypt("rahasia")

    assert "rahasia" not in sealed
    assert get_adapter().decrypt(sealed) == "rahasia"


def run_with(environment: dict[str, str], code: str) -> subprocess.CompletedProcess[str]:
    """Python code in a process whose environment says only what is given."""
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "pasti.config.settings"} | environment
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True)


COMPLETE = {
    "PASTI_DATA": "/tmp",
    "PASTI_SECRET_KEY": "x" * 60 + "0123456789",
    "PASTI_FIELD_KEY": "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
    "DATABASE_URL": "postgresql://u:p%20w@h:1/d?sslmode=require",
    "PASTI_BASE_URL": "https://pasti.example",
}


@pytest.mark.parametrize("missing", ["PASTI_DATA", "PASTI_SECRET_KEY", "PASTI_FIELD_KEY", "DATABASE_URL"])
def test_nothing_starts_without_a_secret(missing: str) -> None:
    left = {name: value for name, value in COMPLETE.items() if name != missing}

    said = run_with(left, "from django.conf import settings; settings.DEBUG")

    assert f"{missing} is not set" in said.stderr


def test_the_address_of_a_database_is_read_whole() -> None:
    said = run_with(COMPLETE, "import json; from django.conf import settings; print(json.dumps(settings.DATABASES['default']))")
    found = json.loads(said.stdout)

    assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == ["u", "p w", "h", "1", "d"]
    assert found["OPTIONS"]["sslmode"] == "require"


def test_django_finds_nothing_to_warn_about_in_a_deployment() -> None:
    code = (
        "import django, django.core.management as m; django.setup(); m.call_command('check', deploy=True, fail_level='WARNING')"
    )

    said = run_with(COMPLETE, code)

    assert said.returncode == 0, said.stderr


def test_a_logged_fault_tells_the_place_and_not_the_values(capfd: pytest.CaptureFixture[str]) -> None:
    code = """
import django, logging, sys
django.setup()
try:
    raise ValueError("duplicate key\\nDETAIL: Key (email)=(rina@contoh.id)")
except ValueError:
    logging.getLogger("pasti").exception("it failed")
"""
    said = run_with(COMPLETE, code)
    line = json.loads(said.stderr.splitlines()[-1])

    assert (line["event"], line["fault"], line["level"]) == ("it failed", "ValueError", "error")
    assert "rina" not in said.stderr
    assert line["places"]


def test_what_names_people_is_not_logged() -> None:
    quiet = {name: logging.getLevelName(of["level"]) for name, of in settings.LOGGING["loggers"].items()}

    assert quiet["axes"] >= logging.ERROR
    assert quiet["procrastinate"] >= logging.WARNING
