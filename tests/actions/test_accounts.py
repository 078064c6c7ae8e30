"""Accounts and appointments: roles from a day until a day, each change a fact (51.11)."""

from datetime import date, timedelta

import pytest

from pasti.actions.accounts import APPOINTABLE, Person, account_of, add_person, appoint, end_appointment, role_named
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Role
from pasti.queries import ledger
from pasti.queries.accounts import accounts
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.11")]
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def roles(email: str, on: date) -> set[Role]:
    """What the account may do on that day."""
    return set(account_of(email).actor(on).roles)


def facts(email: str) -> list[str]:
    """The kinds of the account's facts, in order."""
    return list(LedgerEntry.objects.filter(subject_id=account_of(email).id).order_by("seq").values_list("kind", flat=True))


def test_a_new_account_holds_its_roles_at_once_and_its_chain_says_so() -> None:
    add_person(Person(email="Dewi@Uji.Example", name="Dewi", roles=(Role.EXAMINER, Role.VALIDATOR)), password=PASSWORD, at=MONDAY)

    assert roles("dewi@uji.example", TODAY) == {Role.EXAMINER, Role.VALIDATOR}
    assert facts("dewi@uji.example") == ["account.added", "account.appointed", "account.appointed"]


def test_a_role_is_held_from_its_first_day_to_its_last() -> None:
    email = makers.account().email
    appoint(email, Role.EXAMINER, starts_on=TODAY, ends_on=TODAY + 2 * DAY, at=MONDAY)

    held = [roles(email, TODAY + n * DAY) == {Role.EXAMINER} for n in (-1, 0, 2, 3)]

    assert held == [False, True, True, False]


def test_an_appointment_ends_with_the_day_said_and_can_begin_again() -> None:
    email = makers.account(Role.EXAMINER).email
    end_appointment(email, Role.EXAMINER, ends_on=TODAY, at=MONDAY)
    appoint(email, Role.EXAMINER, starts_on=TODAY + 3 * DAY, at=MONDAY)

    held = [Role.EXAMINER in roles(email, TODAY + n * DAY) for n in (0, 1, 3)]

    assert held == [True, False, True]
    assert facts(email)[-2:] == ["account.appointment_ended", "account.appointed"]
    assert ledger.verify().fault is None


def test_a_mistaken_appointment_is_undone_at_once() -> None:
    email = makers.account(Role.HEAD).email
    end_appointment(email, Role.HEAD, ends_on=TODAY - DAY, at=MONDAY)

    assert roles(email, TODAY) == {Role.APPLICANT}


def test_a_role_is_not_given_twice_for_the_same_day() -> None:
    email = makers.account(Role.EXAMINER).email

    with pytest.raises(RuleBroken, match="sudah memegang peran Pemeriksa berkas sejak 23 November 2026"):
        appoint(email, Role.EXAMINER, starts_on=TODAY + DAY, at=MONDAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "bukan surel"}, "bukan alamat surel"),
        ({"email": "ADA@uji.example"}, "sudah ada"),
        ({"nip": "12"}, "NIP"),
        ({"signing_nik": "12"}, "NIK"),
    ],
)
def test_what_will_not_do_is_refused_with_the_reason(change: dict[str, str], says: str) -> None:
    makers.account(email="ada@uji.example")
    given = {"email": "baru@uji.example", "name": "Baru", "roles": ()} | change

    with pytest.raises(RuleBroken, match=says):
        add_person(Person(**given), password=PASSWORD, at=MONDAY)  # type: ignore[arg-type]  # one field is varied


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(RuleBroken, match="belum cukup kuat"):
        add_person(Person(email="baru@uji.example", name="Baru", roles=()), password="rahasia", at=MONDAY)


def test_a_wrong_role_is_answered_with_the_right_ones() -> None:
    with pytest.raises(RuleBroken) as refusal:
        role_named("pemeriksa")

    assert [role for role in APPOINTABLE if role.value not in str(refusal.value)] == []
    assert role_named("examiner") is Role.EXAMINER


@pytest.mark.parametrize("role", ["applicant", "system"])
def test_nobody_is_appointed_applicant_or_system(role: str) -> None:
    with pytest.raises(RuleBroken):
        role_named(role)


def test_an_unknown_account_is_said() -> None:
    with pytest.raises(RuleBroken, match="Tidak ada akun dengan surel siapa@"):
        appoint("siapa@uji.example", Role.HEAD, starts_on=TODAY, at=MONDAY)


def test_the_list_shows_what_is_held_or_will_be() -> None:
    email = makers.account(Role.EXAMINER).email
    appoint(email, Role.HEAD, starts_on=TODAY + DAY, at=MONDAY)
    end_appointment(email, Role.EXAMINER, ends_on=TODAY, at=MONDAY)

    shown = [[[post.role for post in line.posts] for line in accounts(TODAY + n * DAY)] for n in (0, 1)]

    assert shown == [[[Role.EXAMINER, Role.HEAD]], [[Role.HEAD]]]
