"""The identifiers are checked by their real rules, and python-stdnum agrees where it knows them (51.1)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.id import nik as their_nik
from stdnum.id import npwp as their_npwp

from pasti.domain.errors import RuleBroken
from pasti.domain.identifiers import (
    check_kbli,
    check_nib,
    check_nik,
    check_npwp,
    check_phone,
    check_postal_code,
    holds_nik,
    mask_nik,
    mask_phone,
    one_spelling_of_phone,
)

pytestmark = pytest.mark.clause("51.1")
CLAUSE = "51.1.B.1"
Check = Callable[[str, str], str]


def accepts(check: Check, value: str) -> bool:
    """Whether our check lets the value in."""
    try:
        check(value, CLAUSE)
    except RuleBroken:
        return False
    return True


def they_accept(module: object, value: str) -> bool:
    """Whether python-stdnum lets the value in."""
    try:
        module.validate(value)  # type: ignore[attr-defined]  # both modules have it
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("check", "value", "kept"),
    [
        (check_nib, "9120 0012 34567", "9120001234567"),
        (check_nik, "3214016502850003", "3214016502850003"),
        (check_nik, "32.1401.650285.0003", "3214016502850003"),
        (check_npwp, "01.312.166.0-091.000", "013121660091000"),
        (check_npwp, "0013121660091000", "0013121660091000"),
        (check_npwp, "3214016502850003", "3214016502850003"),
        (check_phone, "0812-3456-7890", "+6281234567890"),
        (check_phone, "+62 812 3456 7890", "+6281234567890"),
        (check_phone, "62 0812 3456 7890", "+6281234567890"),
        (check_phone, "(0264) 822 4794", "+622648224794"),
        (check_kbli, "26792", "26792"),
        (check_postal_code, "41115", "41115"),
    ],
)
def test_what_people_write_is_kept_in_its_one_spelling(check: Check, value: str, kept: str) -> None:
    assert check(value, CLAUSE) == kept


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_nib, "912000123456"),
        (check_nib, "91200012345678"),
        (check_nib, "912000123456A"),
        (check_nib, "٩١٢٠٠٠١٢٣٤٥٦٧"),
        (check_nik, "321401650285000"),
        (check_nik, "9914016502850003"),
        (check_nik, "3214017202850003"),
        (check_nik, "3214013013850003"),
        (check_nik, "3214016502850000"),
        (check_npwp, "013121661091000"),
        (check_npwp, "9914016502850003"),
        (check_npwp, "12345"),
        (check_phone, "8123456789"),
        (check_phone, "0812"),
        (check_phone, "0812345678901234"),
        (check_kbli, "2679"),
        (check_postal_code, "04111"),
        (check_postal_code, "4111"),
    ],
)
def test_what_cannot_be_is_refused_on_the_clause_that_asks_for_it(check: Check, value: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check(value, CLAUSE)
    assert refusal.value.clause == CLAUSE
    assert len(str(refusal.value)) > 20


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_a_tax_number_has_exactly_one_check_digit_and_it_is_theirs(payer: str, office: str) -> None:
    good = [d for d in "0123456789" if accepts(check_npwp, payer + d + office)]
    assert good == [luhn.calc_check_digit(payer)]


@given(st.from_regex(r"[0-9]{14,17}", fullmatch=True).filter(lambda n: len(n) != 16 or n.startswith("0")))
def test_any_tax_number_that_is_no_nik_is_judged_as_stdnum_judges_it(number: str) -> None:
    assert accepts(check_npwp, number) == they_accept(their_npwp, number)


@given(day=st.integers(0, 99), month=st.integers(0, 14), year=st.integers(0, 99), serial=st.integers(1, 9999))
def test_a_birth_date_in_a_nik_is_judged_as_stdnum_judges_it(day: int, month: int, year: int, serial: int) -> None:
    nik = f"321401{day:02}{month:02}{year:02}{serial:04}"
    # They take the day modulo 40, so they also let in a day of 81 and more, which no registry office gives out.
    assert accepts(check_nik, nik) == (they_accept(their_nik, nik) and day <= 71)


@given(st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_every_place_that_stdnum_knows_is_a_place_to_us(place: str) -> None:
    whole_province = place.endswith("00")  # in their list, but no one is registered in none of its regencies
    if they_accept(their_nik, f"{place}016502850003") and not whole_province:
        assert accepts(check_nik, f"{place}016502850003")


def test_the_new_papuan_provinces_are_places_too() -> None:
    assert all(accepts(check_nik, f"{province}01016502850003") for province in ("92", "93", "95", "96"))


def test_a_masked_identifier_shows_too_little_to_be_used() -> None:
    assert mask_nik("3214016502850003") == "3214••••••••••03"
    assert mask_phone("+6281234567890") == "+62•••••890"
    assert mask_nik("x") == mask_phone("x") == "••••"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 (0) 812 3456 7890", "+6281234567890"),
        ("(0264) 822 4794", "+622648224794"),
        ("+1 202 555 0100", "+12025550100"),
        ("123", ""),
        ("OPERATOR", ""),
        ("rina@warga.example", ""),
    ],
)
def test_a_number_has_one_way_to_be_written(written: str, number: str) -> None:
    assert one_spelling_of_phone(written) == number


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NIK saya 3214016502850003, roda lepas", True),
        ("NIK3214016502850003 12", True),
        ("3214 0165 0285 0003", True),
        ("3214.0165.0285.0003.", True),
        ("1234567890123456", True),  # 16 digits in one are refused whatever they are
        ("antara 2026-11-23 2026-11-24", False),
        ("NIP 19850216 201001 2 003 dan 198502162010012003", False),
        ("telepon 0812 3456 7890, 0264 822 4794", False),
        ("PB-2026-0042, NIB 1234567890123", False),
    ],
)
def test_a_nik_is_found_in_words(words: str, found: bool) -> None:
    assert holds_nik(words) is found
