"""The page on which the validator changes the class (51.2)."""

import pytest

from pasti.domain.roles import Role
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
REASON = "Lokasi ternyata di luar kawasan industri."


@pytest.mark.clause("51.2")
def test_the_validator_changes_the_class_from_the_case() -> None:
    office = Office()
    browser = office.client_of(Role.VALIDATOR)
    assert office.address("kelas/") in browser.get(office.address()).content.decode()

    page = browser.get(office.address("kelas/")).content.decode()
    assert "Berkas tetap pada" in page and 'value="16"' in page and 'value="7"' not in page

    answer = browser.post(office.address("kelas/"), {"seen": office.seen, "procedure": "16", "reason": REASON})
    assert answer.status_code == 302
    assert makers.fresh(office.id).procedure == "16"
    assert "Kelas prosedur diubah menjadi kelas 16" in browser.get(office.address()).content.decode()


@pytest.mark.clause("51.2")
def test_a_refusal_keeps_what_was_typed() -> None:
    office = Office()
    browser = office.client_of(Role.VALIDATOR)

    short = browser.post(office.address("kelas/"), {"seen": office.seen, "procedure": "16", "reason": "pendek"})
    stale = browser.post(office.address("kelas/"), {"seen": office.seen - 1, "procedure": "16", "reason": REASON})

    assert (short.status_code, stale.status_code) == (422, 409)
    assert "pendek" in short.content.decode() and REASON in stale.content.decode()


@pytest.mark.clause("51.10.1")
def test_nobody_else_is_offered_it() -> None:
    office = Office()
    browser = office.client_of(Role.EXAMINER)

    assert office.address("kelas/") not in browser.get(office.address()).content.decode()
    assert browser.get(office.address("kelas/")).status_code == 403
