"""Standing in: with dates, said on every fact and on the certificate, and told what the one who is away would be (51.11)."""

from datetime import date, timedelta
from typing import Any

import pytest

from pasti.actions import accounts, certificate, licensing
from pasti.actions.standing_in import in_charge
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Actor, Capacity, Role
from pasti.domain.workflow import State
from pasti.queries.ledger import timeline
from pasti.records.accounts import Account
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.11")]
TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def email_of(actor: Actor) -> str:
    return Account.objects.get(pk=actor.id).email


def acting(account: Account, role: Role, **more: Any) -> Actor:
    """`account`, standing in for a role from TODAY until FRIDAY, on which who is replaced is away."""
    given = {"kind": Capacity.PLH, "starts_on": TODAY, "ends_on": FRIDAY, **more}
    if away := given.get("stands_in_for"):
        accounts.be_away(away, starts_on=TODAY, ends_on=FRIDAY, reason="Cuti tahunan", at=MONDAY)
    accounts.appoint(account.email, role, at=MONDAY, **given)
    return Account.objects.get(pk=account.pk).actor(TODAY)


def test_who_stands_in_acts_and_every_fact_and_the_certificate_say_so(signing_passphrase: str) -> None:
    office = makers.officers()
    deputy = makers.account(Role.SURVEY_OFFICER, email="wakil@uji.example", name="Wakil")
    Account.objects.filter(pk=deputy.pk).update(signing_nik=makers.SIGNING_NIK)
    plh = acting(deputy, Role.HEAD, stands_in_for=email_of(office[Role.HEAD]))
    row = makers.advance({**office, Role.HEAD: plh}, makers.submitted(makers.actor()).id, until=State.SIGNING)

    certificate.sign(plh, row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY)

    fact = LedgerEntry.objects.get(kind="application.signed")
    signatory = Certificate.objects.get().data["signatory"]
    assert fact.actor_roles == "plh.head,survey_officer"
    (told,) = (e for e in timeline(row.id, public_only=True) if e.kind == "application.signed")
    assert told.who == "Plh. Kepala DPMPTSP, Petugas survei dan evaluasi"
    assert (signatory["name"], signatory["title"].split()[0]) == ("Wakil", "Plh.")


def test_the_day_after_its_end_nobody_stands_in_any_more() -> None:
    head = makers.actor(Role.HEAD)
    deputy = makers.account(Role.EXAMINER, email="wakil@uji.example")
    acting(deputy, Role.HEAD, stands_in_for=email_of(head))

    account = Account.objects.get(pk=deputy.pk)
    assert [account.actor(FRIDAY + timedelta(days=n)).has(Role.HEAD) for n in (0, 1)] == [True, False]


def test_what_the_one_away_would_be_told_goes_to_who_stands_in() -> None:
    office = makers.officers()
    deputy = makers.account(Role.SURVEY_OFFICER, email="wakil@uji.example")
    row = makers.submitted(makers.actor())
    examiner, head = (Account.objects.get(pk=office[role].id) for role in (Role.EXAMINER, Role.HEAD))
    licensing.take(office[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)
    held = makers.fresh(row.id)
    assert in_charge(held, [Role.HEAD], on=TODAY) == [examiner, head]

    for person in (examiner, head):
        accounts.be_away(person.email, at=MONDAY, starts_on=TODAY, ends_on=FRIDAY, reason="Cuti tahunan")
    acting(deputy, Role.EXAMINER, stands_in_for=examiner.email)
    superior = makers.account(Role.SUPERIOR)

    assert in_charge(held, [Role.HEAD], on=TODAY) == [deputy, superior]  # nobody is there for the head: who stands above
    assert in_charge(held, [Role.HEAD], on=FRIDAY + timedelta(days=3)) == [examiner, head]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": None},
        {"stands_in_for": ""},
        {"ends_on": TODAY - timedelta(days=1)},
    ],
)
def test_standing_in_without_an_end_or_for_nobody_is_refused(wrong: dict[str, Any]) -> None:
    head, deputy = makers.actor(Role.HEAD), makers.account(Role.EXAMINER, email="wakil@uji.example")
    given = {"role": Role.HEAD, "stands_in_for": email_of(head), **wrong}

    with pytest.raises(RuleBroken):
        acting(deputy, **given)
