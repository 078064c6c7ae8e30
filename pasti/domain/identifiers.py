"""The identifiers of Indonesian public life, checked by their real rules (51.1, 51.5)."""

import re
from datetime import date

from pasti.domain.errors import InvalidInput, RuleBroken, field_problem

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # of secrets and stickers: those that are not mistaken for one another
CENTURIES = (1900, 2000)
WHOLE = re.compile(r"(?<!\d)\d{16}(?!\d)")
IN_GROUPS = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){15}(?![ .-]?\d)")  # as people write it: 3214 0165 0285 0003
PROVINCE = re.compile("1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6]")  # Kemendagri's codes, the new Papuan ones too


def digits_of(value: str) -> str:
    """The digits alone: people write identifiers with dots, dashes and spaces."""
    return re.sub(r"[\s./–-]", "", value)


def check_nib(value: str, clause: str) -> str:
    """The 13 digits of a business number; OSS gives it at random, so there is no check digit to test."""
    nib = digits_of(value)
    if not re.fullmatch(r"[0-9]{13}", nib):
        raise RuleBroken(clause, "NIB terdiri atas 13 angka, seperti tertulis pada NIB dari OSS.")
    return nib


def check_nik(value: str, clause: str) -> str:
    """The 16 digits of a person's number: region, birth date (40 added to a woman's day), serial."""
    nik = digits_of(value)
    if not re.fullmatch(r"[0-9]{16}", nik):
        raise RuleBroken(clause, "NIK terdiri atas 16 angka, seperti tertulis pada KTP.")
    if not (_is_birth_date(nik[6:12]) and nik[12:] != "0000" and PROVINCE.match(nik) and nik[2:4] != "00"):
        raise RuleBroken(
            clause, "NIK ini tidak sah: kode wilayah, tanggal lahir, atau nomor urutnya tidak mungkin. Periksa kembali angkanya."
        )
    return nik


def holds_nik(words: str) -> bool:
    """Whether a text holds 16 digits in one, or 16 in groups that can be a NIK."""
    return bool(WHOLE.search(words)) or any(_may_be_nik(found[0]) for found in IN_GROUPS.finditer(words))


def _may_be_nik(text: str) -> bool:
    try:
        check_nik(text, "")
    except RuleBroken:
        return False
    return True


def require_no_nik(clause: str, **typed: str) -> None:
    """InvalidInput for each field with a NIK in words that many read and nobody can take back: the ledger keeps them."""
    words = "Ada 16 angka yang mirip NIK di sini. Hapus dahulu: tulisan ini dibaca banyak orang dan tidak dapat dihapus lagi."
    if problems := tuple(field_problem(name, clause, words) for name, text in typed.items() if holds_nik(text)):
        raise InvalidInput(problems)


def _is_birth_date(text: str) -> bool:
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
    day = day - 40 if day > 40 else day
    for century in CENTURIES:
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _luhn(text: str) -> bool:
    total = 0
    for place, letter in enumerate(reversed(text)):
        digit = int(letter) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def check_npwp(value: str, clause: str) -> str:
    """A tax number: 15 digits with a check digit, or 16: a NIK, or 0 before the 15."""
    npwp = digits_of(value)
    if not re.fullmatch(r"[0-9]{15,16}", npwp):
        raise RuleBroken(clause, "NPWP terdiri atas 15 atau 16 angka, seperti tertulis pada kartu NPWP.")
    if len(npwp) == 16 and not npwp.startswith("0"):
        try:
            return check_nik(npwp, clause)
        except RuleBroken:
            raise RuleBroken(
                clause, "NPWP 16 angka adalah NIK Anda, atau 0 diikuti NPWP lama. Periksa kembali angkanya."
            ) from None
    if not _luhn(npwp[-15:][:9]):
        raise RuleBroken(clause, "Angka pemeriksa NPWP tidak cocok. Periksa kembali angkanya.")
    return npwp


def check_phone(value: str, clause: str) -> str:
    """A phone number as +62 and digits (E.164)."""
    phone = re.sub(r"[\s.()–-]", "", value)
    national = re.sub(r"^(\+?620?|0)", "", phone)
    mobile, fixed = re.fullmatch(r"8[0-9]{8,11}", national), re.fullmatch(r"[2-79][0-9]{7,10}", national)
    if phone == national or not (mobile or fixed):
        raise RuleBroken(clause, "Tulis nomor telepon lengkap, misalnya 0812 3456 7890 atau (0264) 822 4794.")
    return f"+62{national}"


def one_spelling_of_phone(value: str) -> str:
    """A number as + and digits, an Indonesian one also when written with 0 or 62; "" for a name or a short number."""
    digits = re.sub(r"[\s./()–-]", "", value)
    whole = re.sub(r"^(?:\+?620?|0)(?=[2-9])", "+62", digits)
    return whole if re.fullmatch(r"\+[1-9][0-9]{7,14}", whole) else ""


def check_kbli(value: str, clause: str) -> str:
    """The five digits of a business classification."""
    kbli = digits_of(value)
    if not re.fullmatch(r"[0-9]{5}", kbli):
        raise RuleBroken(clause, "Kode KBLI terdiri atas 5 angka, misalnya 26709.")
    return kbli


def check_postal_code(value: str, clause: str) -> str:
    """The five digits of a post code."""
    code = digits_of(value)
    if not re.fullmatch(r"[1-9][0-9]{4}", code):
        raise RuleBroken(clause, "Kode pos terdiri atas 5 angka, misalnya 41115.")
    return code


def mask_nik(nik: str) -> str:
    """A NIK with only its region and last two digits readable."""
    return f"{nik[:4]}••••••••••{nik[-2:]}" if len(nik) == 16 else "••••"


def mask_phone(phone: str) -> str:
    """A phone number with only its last three digits readable."""
    return f"{phone[:3]}•••••{phone[-3:]}" if len(phone) > 6 else "••••"
