"""Every fact of the ledger is shown in words: a code is none (51.10.2)."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import pasti
from pasti.pages.office.words import EVENTS, what_happened

pytestmark = pytest.mark.clause("51.10.2")
KIND = re.compile(r'\bEvent\(\s*kind="([a-z_]+\.[a-z_]+)"')
BY_RECEIVER = {"notice.sent"}  # said by whom it went to


def test_every_kind_of_fact_has_words() -> None:
    kinds = {kind for file in Path(pasti.__path__[0]).rglob("*.py") for kind in KIND.findall(file.read_text())}
    assert len(kinds) > 60
    assert sorted(kinds - set(EVENTS) - BY_RECEIVER) == []


@pytest.mark.parametrize(("language", "said"), [("id", "Sarana diperiksa: rusak"), ("en", "Facility checked: broken")])
def test_a_value_is_said_in_words_too(language: str, said: str) -> None:
    with translation.override(language):
        assert what_happened("facility.checked", {"condition": "broken"}) == said
