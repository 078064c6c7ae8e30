"""Standing in: with dates, said on every fact and on the certificate, and told what the one who is away would be (51.11)."""

from datetime import date, timedelta
from typing import Any

import pytest

from pasti.actions import certificate, licensing, staff
from pasti.actions.standing_in import in_charge
from pasti.domain.errors import NotAllowed, RuleBroken
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


@pytest.fixture
def administrator() -> Actor:
    return makers.actor(Role.ADMINISTRATOR)


def acting(administrator: Actor, account: Account, role: Role, **more: Any) -> Actor:
    """`account`, standing in for a role from TODAY until FRIDAY."""
    given = {"kind": Capacity.PLH, "starts_on": TODAY, "ends_on": FRIDAY, **more}
    staff.appoint(administrator, account.id, role, at=MONDAY, **given)
    return Account.objects.get(pk=account.pk).actor(TODAY)


def test_who_stands_in_acts_and_every_fact_and_the_certificate_say_so(administrator: Actor, signing_passphrase: str) -> None:
    office = makers.officers()
    deputy = makers.account(Role.SURVEY_OFFICER, email="wakil@uji.example", name="Wakil")
    Account.objects.filter(pk=deputy.pk).update(signing_nik=makers.SIGNING_NIK)
    plh = acting(administrator, deputy, Role.HEAD, stands_in_for=office[Role.HEAD].id)
    row = makers.advance({**office, Role.HEAD: plh}, makers.submitted(makers.actor()).id, until=State.SIGNING)

    certificate.sign(plh, row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY)

    fact = LedgerEntry.objects.get(kind="application.signed")
    signatory = Certificate.objects.get().data["signatory"]
    assert fact.actor_roles == "plh.head,survey_officer"
    assert timeline(row.id, public_only=True)[0].who == "Plh. Kepala DPMPTSP, Petugas survei dan evaluasi"
    assert (signatory["name"], signatory["title"].split()[0]) == ("Wakil", "Plh.")


def test_the_day_after_its_end_nobody_stands_in_any_more(administrator: Actor) -> None:
    head = makers.actor(Role.HEAD)
    deputy = makers.account(Role.EXAMINER, email="wakil@uji.example")
    acting(administrator, deputy, Role.HEAD, stands_in_for=head.id)

    account = Account.objects.get(pk=deputy.pk)
    assert [account.actor(FRIDAY + timedelta(days=n)).has(Role.HEAD) for n in (0, 1)] == [True, False]


def test_what_the_one_away_would_be_told_goes_to_who_stands_in(administrator: Actor) -> None:
    office = makers.officers()
    deputy = makers.account(Role.SURVEY_OFFICER, email="wakil@uji.example")
    row = makers.submitted(makers.actor())
    examiner, head = (Account.objects.get(pk=office[role].id) for role in (Role.EXAMINER, Role.HEAD))
    licensing.take(office[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)
    held = makers.fresh(row.id)
    assert in_charge(held, [Role.HEAD], on=TODAY) == [examiner, head]

    for person in (examiner, head):
        staff.be_away(administrator, person.id, at=MONDAY, starts_on=TODAY, ends_on=FRIDAY, reason="Cuti tahunan")
    acting(administrator, deputy, Role.EXAMINER, stands_in_for=examiner.id)
    superior = makers.account(Role.SUPERIOR)

    assert in_charge(held, [Role.HEAD], on=TODAY) == [deputy, superior]  # nobody is there for the head: who stands above
    assert in_charge(held, [Role.HEAD], on=FRIDAY + timedelta(days=3)) == [examiner, head]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": None},
        {"stands_in_for": None},
        {"ends_on": TODAY - timedelta(days=1)},
        {"role": Role.APPLICANT},
    ],
)
def test_standing_in_without_an_end_or_for_nobody_is_refused(administrator: Actor, wrong: dict[str, Any]) -> None:
    head, deputy = makers.actor(Role.HEAD), makers.account(Role.EXAMINER, email="wakil@uji.example")
    given = {"role": Role.HEAD, "stands_in_for": head.id, **wrong}

    with pytest.raises(RuleBroken):
        acting(administrator, deputy, **given)


@pytest.mark.clause("51.10.1")
def test_only_the_administrator_appoints() -> None:
    head, deputy = makers.actor(Role.HEAD), makers.account(Role.EXAMINER, email="wakil@uji.example")

    with pytest.raises(NotAllowed):
        acting(head, deputy, Role.HEAD, stands_in_for=head.id)
