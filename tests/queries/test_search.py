"""Finding a case by number, NIB, name and place, typing errors forgiven (51.2)."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasti.domain.roles import Role
from pasti.queries import search
from pasti.queries.desk import on_desk
from pasti.queries.search import find, misread
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.2")]
NIB = "9120300410021"


def _two() -> tuple[Application, Application]:
    citarum = {"business_name": "CV Optik Citarum", "nib": NIB}
    there = {"district": "32.14.13", "village": "Cibening"}
    first = makers.submitted(makers.actor(), business=citarum, place=there)
    second = makers.submitted(
        makers.actor(email="dua@uji.example"),
        business={"business_name": "PT Teropong Parahyangan"},
        place={"district": "32.14.12", "village": "Babakan"},
    )
    return first, second


def _found(text: str) -> list[str]:
    rows = on_desk(makers.actor(Role.EXAMINER, email=f"x{text.encode().hex()[:50]}@uji.example"))
    return [row.business_name for row in find(rows, text, at=MONDAY)]


@pytest.mark.parametrize(
    "text",
    [
        "PB-2026-0001",
        "pb-2026-1",
        "1",
        "0001",
        NIB,
        "9120 3004 10021",
        "9120300410012",  # the last two exchanged
        "9120300410025",  # a digit wrong
        "912030041002",  # a digit missing
        "91203004100211",  # a digit too many
        "citarum",
        "Optik CITARUM",
        "citar",  # the beginning of a word
        "Cibening",
        "bungursari",
        "citarum bungursari",
        "citraum",  # exchanged
        "sitarum",  # a letter wrong
        "bungusari",  # a letter missing
        "optik citaram",
        "cv optik",
        "cv-optik",
        "optik_citarum",
        "citarum citarum",
        "cita bungusari",  # the beginning of one, a letter of the other missing
        "ciba optk",
    ],
)
def test_what_is_typed_finds_the_case(text: str) -> None:
    _two()
    assert _found(text) == ["CV Optik Citarum"]


@pytest.mark.parametrize(
    "text", ["", "  ", "cv", "xylofon", "PB-2026-0009", "9999999999999", "citarum parahyangan", "%", "_", "'; --"]
)
def test_what_names_no_case_finds_none(text: str) -> None:
    _two()
    assert _found(text) == []


def test_a_part_of_one_case_is_forgiven_as_an_error_in_another() -> None:
    _two()
    elsewhere = {"district": "32.14.12", "village": "Babakan"}
    makers.submitted(makers.actor(email="tiga@uji.example"), business={"business_name": "CV Cita Abadi"}, place=elsewhere)

    assert _found("cita parahyangn") == []
    assert _found("citara bungursari") == ["CV Optik Citarum"]
    assert _found("cita abadi") == ["CV Cita Abadi"]


def test_a_word_that_holds_a_number_is_found_and_forgiven() -> None:
    makers.submitted(makers.actor(), business={"business_name": "CV Lensa88 Abadi"})

    assert _found("lensa88") == _found("lemsa88") == _found("lensa88 abadi") == ["CV Lensa88 Abadi"]


def test_the_newest_of_many_are_found_whether_among_the_latest_or_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LATEST", 1)  # the limit, not the search: so that few rows are many
    first, second = _two()
    Application.objects.filter(pk=first.pk).update(submitted_at=MONDAY.replace(hour=1))
    Application.objects.filter(pk=second.pk).update(submitted_at=MONDAY.replace(hour=2), business_name="PT Optik Citarum Baru")

    assert _found("optik citarum") == ["PT Optik Citarum Baru", "CV Optik Citarum"]
    assert _found("cibening") == ["CV Optik Citarum"]


def test_a_draft_is_not_found_at_the_desk() -> None:
    makers.draft(makers.actor(), business={"business_name": "CV Rahasia Konsep"})
    assert _found("rahasia") == []


def test_the_newest_comes_first() -> None:
    first, second = _two()
    Application.objects.filter(pk=first.pk).update(submitted_at=MONDAY.replace(hour=5), business_name="CV Optik Citarum Jaya")
    Application.objects.filter(pk=second.pk).update(business_name="PT Teropong Jaya")

    assert _found("jaya") == ["CV Optik Citarum Jaya", "PT Teropong Jaya"]


def test_a_search_costs_at_most_six_statements() -> None:
    _two()
    rows = on_desk(makers.actor(Role.EXAMINER))
    for text in ("PB-2026-0001", "1", "9120300410012", "citarum", "optk citraum", "tidak ada sama sekali"):
        with CaptureQueriesContext(connection) as queries:
            find(rows, text, at=MONDAY)
        assert len(queries) <= 6, text


def test_every_slip_of_a_nib_is_thought_of() -> None:
    assert "9120300410012" in misread(NIB)
    assert NIB in misread("912030041002") and NIB in misread("91203004100211")
    assert len(misread(NIB)) == 13 * 9 + sum(a != b for a, b in pairwise(NIB))


SHORT_WORDS = ("uji", "alfa", "lensa", "cermin", "purnama", "teropong")


@pytest.fixture
def short_named() -> None:
    """A case of each short word, among others of words like them."""
    for n, word in enumerate((*SHORT_WORDS, "bumi", "beta", "kencana")):
        makers.submitted(makers.actor(email=f"{n}@uji.example"), business={"business_name": f"CV {word.title()} Zamrud"})


def _slipped(word: str) -> dict[str, str]:
    """The word with one slip of each kind in its middle."""
    i = len(word) // 2
    return {
        "exchanged": word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :],
        "exchanged at the end": word[:-2] + word[-1] + word[-2],
        "dropped": word[:i] + word[i + 1 :],
        "doubled": word[: i + 1] + word[i:],
        "doubled at the end": word + word[-1],
        "wrong": word[:i] + "q" + word[i + 1 :],
        "wrong at the beginning": "q" + word[1:],
    }


@pytest.mark.usefixtures("short_named")
@pytest.mark.parametrize("word", SHORT_WORDS)
def test_one_slip_in_a_short_word_is_forgiven_alone_and_beside_others(word: str) -> None:
    for kind, slip in _slipped(word).items():
        if len(slip) >= search.SHORTEST:
            assert _found(slip) == [f"CV {word.title()} Zamrud"], kind
        for beside in (f"cv {slip} zamrud", f"{slip} zamurd"):
            assert f"CV {word.title()} Zamrud" in _found(beside), (kind, beside)


@pytest.mark.parametrize(
    "text", ["cv uij alfa", "cvv uji alfa", "c v uji alfa", "cv. uji alfaa", "CV-UJI lafa", "pt uji alfa", "uj alfa"]
)
def test_a_legal_form_does_not_spoil_a_search(text: str) -> None:
    _two()
    makers.submitted(makers.actor(email="tiga@uji.example"), business={"business_name": "CV Uji Alfa"})
    assert _found(text) == ["CV Uji Alfa"]


def test_a_letter_doubled_is_forgiven() -> None:
    _two()
    makers.submitted(makers.actor(email="tiga@uji.example"), business={"business_name": "PT Lensa Jaya"})
    assert _found("Lensaa Jaya") == _found("lensa jaay") == ["PT Lensa Jaya"]
