"""The letters of the account pages come from the office, in its words (51.10)."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from pasti import standards
from tests import makers
from tests.makers import PASSWORD

pytestmark = pytest.mark.django_db
SIGNING_UP = {"email": "rina@uji.example", "name": "Rina Kartika", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def letters(settings: Settings) -> list[str]:
    """One of each kind: to who forgot a password, to who has no account, to who signs up."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    makers.account(email="ada@uji.example")
    for email in ("ada@uji.example", "tidakada@uji.example"):
        Client().post("/akun/password/reset/", {"email": email})
    Client().post("/akun/signup/", SIGNING_UP)
    return [str(letter.body) for letter in mail.outbox]


def test_they_name_the_office_and_its_address_not_the_machine(letters: list[str], settings: Settings) -> None:
    office = standards.load().office().short_name

    heads = {(letter.splitlines()[0], *letter.splitlines()[-2:]) for letter in letters}

    assert heads == {(f"Halo dari {office}!", office, settings.PASTI_BASE_URL)}
    assert [letter for letter in letters if "akun di testserver" in letter] == []


def test_they_are_of_every_kind_and_say_anda(letters: list[str]) -> None:
    assert len(set(letters)) == 3
    words = " ".join(letters).replace("\n", " ").split()
    assert [word for word in words if word.strip(".,") in ("anda", "kamu", "Kamu", "email", "e-mail")] == []
