"""A session brings the account and its roles in one query, and lets in nobody whom Django would not (51.10.1)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.domain.roles import Role
from pasti.records.accounts import Account, Appointment
from pasti.records.sessions import Session
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]
DESK = "/meja/"


def _signed_in(account: Account) -> Client:
    client = Client()
    client.post("/akun/login/", {"login": account.email, "password": makers.PASSWORD})
    return client


def _officer() -> Account:
    return makers.account(Role.EXAMINER, Role.VALIDATOR, at=timezone.now())


def _asks_of_accounts(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get("/permohonan/")
    return [query["sql"] for query in captured if "FROM session" in query["sql"] or '"account"' in query["sql"]]


def test_session_account_and_roles_are_one_query() -> None:
    for account in (_officer(), makers.account(at=timezone.now())):
        assert len(_asks_of_accounts(_signed_in(account))) == 1


def test_the_session_knows_whose_it_is_and_both_roles_open_the_desk() -> None:
    account = _officer()

    answer = _signed_in(account).get(DESK)

    assert answer.status_code == 200
    assert answer.wsgi_request.user == account
    assert Session.objects.get().account == account


def _change_password(account: Account) -> None:
    account.set_password("sandi-yang-lain-2026")
    account.save()


def _deactivate(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)


def _expire(account: Account) -> None:
    account.sessions.update(expire_date=timezone.now() - timedelta(seconds=1))


def _end(account: Account) -> None:
    account.sessions.all().delete()


@pytest.mark.parametrize("happens", [_change_password, _deactivate, _expire, _end])
def test_who_may_no_longer_be_signed_in_is_out_at_the_next_page(happens: Callable[[Account], None]) -> None:
    account = _officer()
    client = _signed_in(account)
    assert client.get(DESK).status_code == 200

    happens(account)

    assert client.get(DESK).status_code == 302


def test_what_was_signed_decides_who_it_is_not_the_column_beside_it() -> None:
    account, stranger = _officer(), makers.account(Role.HEAD, at=timezone.now())
    client = _signed_in(account)

    Session.objects.update(account=stranger)

    assert client.get(DESK).wsgi_request.user == account


def test_a_role_taken_away_is_gone_at_the_next_page() -> None:
    account = _officer()
    client = _signed_in(account)

    Appointment.objects.filter(account=account).update(ends_on=date(2020, 1, 1))

    assert client.get(DESK).status_code == 403


def test_after_signing_out_the_session_opens_nothing() -> None:
    client = _signed_in(_officer())
    cookie = client.cookies["sessionid"].value

    client.post("/akun/logout/")
    client.cookies["sessionid"] = cookie

    assert client.get(DESK).status_code == 302
    assert not Session.objects.exists()
