"""The English catalogue is whole: every sentence of the sources is in it, translated, with the same values (DESIGN "Words")."""

import re
from pathlib import Path

import polib
import pytest

from tests import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|%%?")


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return catalogue.read()


def test_the_catalogue_has_what_the_sources_say_and_no_more(english: polib.POFile) -> None:
    said = {(context, sentence): message.plural for (context, sentence), message in catalogue.messages().items()}
    kept = {(entry.msgctxt or "", entry.msgid): entry.msgid_plural for entry in english}
    assert said == kept, "run bin/messages"


def test_every_sentence_is_translated(english: polib.POFile) -> None:
    assert [entry.msgid for entry in english.untranslated_entries()] == []
    assert [entry.msgid for entry in english.fuzzy_entries()] == []


def test_a_translation_has_the_values_of_its_sentence(english: polib.POFile) -> None:
    for entry in english:
        for translation in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert sorted(PLACEHOLDER.findall(translation)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid


def test_a_translation_links_and_stresses_what_its_sentence_does(english: polib.POFile) -> None:
    tags = re.compile(r"<[^>]*>")
    for entry in english:
        assert tags.findall(entry.msgstr) == tags.findall(entry.msgid), entry.msgid


def test_the_compiled_catalogue_is_that_of_the_text(english: polib.POFile) -> None:
    assert catalogue.PO.with_suffix(".mo").read_bytes() == english.to_binary(), "run bin/messages"


def test_what_packages_say_is_in_our_words_and_has_their_values() -> None:
    ours = polib.pofile(str(catalogue.OWN_WORDS), wrapwidth=120)
    assert catalogue.OWN_WORDS.with_suffix(".mo").read_bytes() == ours.to_binary(), "run bin/messages"
    for entry in ours:
        assert sorted(PLACEHOLDER.findall(entry.msgstr)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid
        assert not re.search(r"[Ee]-?mail|Kata Sandi|\banda\b", PLACEHOLDER.sub("", entry.msgstr))


def _told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> set[str]:
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "said.py").write_text(source)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    return {sentence for _context, sentence in catalogue.messages()}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('RuleBroken(clause, "Satu {a}.", a=1)', {"Satu {a}."}),
        ('def f():\n    words = "Dua."\n    raise NotAllowed("51.1", words)', {"Dua."}),
        ('field_problem("nib", clause, "Tiga.")', {"Tiga."}),
        ('Sentence("Empat." if late else "Lima.")', {"Empat.", "Lima."}),
        ('_field("nib", "Enam", help="Tujuh.")', {"Enam", "Tujuh."}),
        ('_choices(("ya", "Delapan"))', {"Delapan"}),
        ('ngettext("Satu hari", "Banyak hari", n)', {"Satu hari"}),
        ("field_problem(name, clause, broken.template, **broken.values)", set()),
    ],
)
def test_a_sentence_is_found_where_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, said: set[str]
) -> None:
    assert _told(tmp_path, monkeypatch, source) == said


def test_a_sentence_put_together_on_the_spot_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(catalogue.Unreadable, match=r"said\.py:1"):
        _told(tmp_path, monkeypatch, 'Sentence(f"Sisa {days} hari.")')
