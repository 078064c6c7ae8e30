"""An account is closed at once and opened again, by the administrator, with a reason, as facts (51.10.1)."""

import pytest
from django.test import Client
from django.utils import timezone

from pasti.actions.deactivation import activate, deactivate
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
from pasti.queries import ledger
from pasti.records.accounts import Account
from pasti.records.ledger import LedgerEntry
from pasti.records.sessions import Session
from tests import makers
from tests.makers import MONDAY, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]
DESK, LOGIN = "/meja/", "/akun/login/"
WHY = "Mutasi ke dinas lain"


def _officer() -> Account:
    return makers.account(Role.EXAMINER, at=timezone.now())


def _signed_in(account: Account) -> Client:
    client = Client()
    client.post(LOGIN, {"login": account.email, "password": PASSWORD})
    return client


def test_who_is_signed_in_is_out_at_once_and_does_not_come_in_again() -> None:
    account = _officer()
    clients = [_signed_in(account), _signed_in(account)]
    assert [client.get(DESK).status_code for client in clients] == [200, 200]

    deactivate(account.email, reason=WHY, at=MONDAY)

    assert not Session.objects.filter(account=account).exists()
    assert [client.get(DESK).status_code for client in [*clients, _signed_in(account)]] == [302, 302, 302]
    refused = Client().post(LOGIN, {"login": account.email, "password": PASSWORD}, follow=True)
    assert "Akun ini tidak aktif." in refused.text


def test_other_sessions_stay() -> None:
    account, other = _officer(), makers.account(Role.VALIDATOR, at=timezone.now(), email="lain@uji.example")
    client = _signed_in(other)
    deactivate(account.email, reason=WHY, at=MONDAY)
    assert client.get(DESK).status_code == 200


def test_opened_again_it_has_its_roles_and_no_old_session() -> None:
    account = _officer()
    before = _signed_in(account)
    deactivate(account.email, reason=WHY, at=MONDAY)

    activate(account.email, reason="Kembali bertugas", at=MONDAY)

    assert before.get(DESK).status_code == 302
    assert _signed_in(account).get(DESK).status_code == 200


def test_who_did_it_when_and_why_are_facts() -> None:
    account, admin = _officer(), makers.actor(Role.ADMINISTRATOR, email="admin@uji.example")

    deactivate(account.email.upper(), reason=f" {WHY} ", at=MONDAY, actor=admin)
    activate(account.email, reason="Kembali bertugas", at=MONDAY)

    facts = LedgerEntry.objects.filter(subject_id=account.id, clause="51.10.1").order_by("seq")
    assert [(fact.kind, fact.reason, fact.after) for fact in facts] == [
        ("account.deactivated", WHY, {"is_active": False}),
        ("account.activated", "Kembali bertugas", {"is_active": True}),
    ]
    assert (facts[0].actor_id, facts[0].at) == (admin.id, MONDAY)
    assert ledger.verify().fault is None


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_without_a_reason_nothing_changes(reason: str) -> None:
    account = _officer()
    with pytest.raises(RuleBroken, match="alasannya"):
        deactivate(account.email, reason=reason, at=MONDAY)
    assert Account.objects.get(pk=account.pk).is_active


def test_only_an_administrator_may() -> None:
    account = _officer()
    for act in (deactivate, activate):
        Account.objects.filter(pk=account.pk).update(is_active=act is deactivate)
        with pytest.raises(RuleBroken, match="Hanya administrator"):
            act(account.email, reason=WHY, at=MONDAY, actor=makers.actor(Role.HEAD, email=f"{act.__name__}@uji.example"))


def test_what_is_so_already_is_said() -> None:
    account = _officer()
    with pytest.raises(RuleBroken, match="masih aktif"):
        activate(account.email, reason=WHY, at=MONDAY)
    deactivate(account.email, reason=WHY, at=MONDAY)
    with pytest.raises(RuleBroken, match="sudah nonaktif"):
        deactivate(account.email, reason=WHY, at=MONDAY)
