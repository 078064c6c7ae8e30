"""What people read has the decimal sign of their language; what programs read keeps its point (51.14.2)."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from pasti.actions import survey
from pasti.domain.errors import RuleBroken
from pasti.domain.sentence import Sentence
from pasti.pages.words import in_language
from tests import makers
from tests.surveys import AFTER_SUMMER, ALL_THREES, closed, keeper, planned

pytestmark = pytest.mark.clause("51.14.2")
WHERE = ("/survei/hasil/", "/survei/hasil/51/2026-3/", "/angka/?layanan=51", "/kartu-skor/", "/standar/51/")
POINT, COMMA = re.compile(r"\b(?:69|3|1)\.\d\d\b"), re.compile(r"\b(?:69|3|1),\d\d\b")


def _read(client: Client, address: str) -> str:
    """The words of a page, without its marks."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"<[^>]*>", " ", answer.text)


@pytest.mark.django_db
def test_every_page_writes_an_average_as_its_language_does(client: Client) -> None:
    officer = keeper()
    row = planned(officer, closed(officer, makers.actor(), [{**dict.fromkeys(ALL_THREES, 3), "u9": 1}] * 5), "u9", "u1", "u2")
    survey.publish(officer, row.id, seen=row.ledger_length, at=AFTER_SUMMER)

    indonesian = {address: _read(client, address) for address in WHERE}
    client.post("/bahasa/setlang/", {"language": "en"})
    english = {address: _read(client, address) for address in WHERE}

    assert {address: POINT.findall(text) for address, text in indonesian.items() if POINT.search(text)} == {}
    assert {address: COMMA.findall(text) for address, text in english.items() if COMMA.search(text)} == {}
    assert all("69,44" in indonesian[address] and "69.44" in english[address] for address in WHERE[:3])


def test_a_sentence_that_no_page_translates_writes_a_comma_too() -> None:
    said = Sentence("Indeks {index}, {share} %.", index=Decimal("82.35"), share=97.5)

    assert (said, in_language(said)) == ("Indeks 82,35, 97,5 %.", "Indeks 82,35, 97,5 %.")
    assert str(RuleBroken("51.14.2", "Bobot {weight}.", weight=0.5)) == "Bobot 0,5."
    with translation.override("en"):
        assert in_language(said) == "Indeks 82.35, 97.5 %."
