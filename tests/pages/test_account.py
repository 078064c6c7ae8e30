"""Signing up and in: who a person is called, in words like the rest of the office (51.10)."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from pasti.records.accounts import Account

pytestmark = pytest.mark.django_db
PASSWORD = "lensa jernih dari Purwakarta"
SIGNING_UP = {"name": "Rina Kartika", "email": "rina@uji.example", "password1": PASSWORD, "password2": PASSWORD}


def test_who_signs_up_is_called_by_name(client: Client) -> None:
    assert client.post("/akun/signup/", SIGNING_UP).status_code == 302
    assert Account.objects.get(email="rina@uji.example").name == "Rina Kartika"
    assert "Rina Kartika</summary>" in client.get("/").text


def test_signing_up_asks_for_a_name_first(client: Client) -> None:
    page = client.post("/akun/signup/", {**SIGNING_UP, "name": " "}).text
    assert "Tulis nama Anda." in page
    assert page.index('name="name"') < page.index('name="email"')
    assert not Account.objects.exists()


@pytest.mark.parametrize("address", ["/akun/login/", "/akun/signup/", "/akun/password/reset/"])
def test_the_account_pages_say_surel_and_kata_sandi(client: Client, address: str) -> None:
    page = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    assert "lamat surel" in page
    for word in ("E-mail", "e-mail", "Kata Sandi", " anda", ">Email"):
        assert word not in page


def test_too_many_at_once_are_asked_to_wait_in_the_office_s_own_words(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    assert client.post("/akun/signup/", {**SIGNING_UP, "name": " "}).status_code == 200
    refused = client.post("/akun/signup/", SIGNING_UP)
    assert refused.status_code == 429
    assert "Tunggu semenit" in refused.text and "govuk-heading-l" in refused.text
    assert not Account.objects.exists()
