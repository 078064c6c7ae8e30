"""Every kind of fact that the sources know has words, and none is shown by its own name (51.10.2)."""

import re
from pathlib import Path

import pytest

from pasti.domain.clock import ClockKind
from pasti.domain.messages import Fate
from pasti.pages.office.words import EVENTS, what_happened
from pasti.pages.oversight.seen_words import OTHER_PAGE, page_read

ROOT = Path(__file__).parents[2] / "pasti"
KIND = re.compile(r"\"([a-z_]+\.[a-z_]+)\"")
SUBJECTS = {name.partition(".")[0] for name in EVENTS}


def said_in_sources() -> set[str]:
    """What stands as a kind in the rules and the acts: "subject.happened" of a subject that some fact is about."""
    files = [file for folder in ("domain", "actions") for file in (ROOT / folder).glob("*.py")]
    found = {name for file in files for name in re.findall(r"kind=\"([a-z_]+\.[a-z_]+)\"", file.read_text())}
    found |= {
        name for file in files for name in KIND.findall(file.read_text()) if name.partition(".")[0] in SUBJECTS - {"inspection"}
    }
    return found | {f"message.{fate}" for fate in Fate} | {f"clock.{kind}" for kind in ClockKind}


@pytest.mark.clause("51.10.2")
def test_every_fact_has_words() -> None:
    assert sorted(said_in_sources() - set(EVENTS)) == []


def test_what_was_seen_is_said_in_words() -> None:
    assert what_happened("data.looked_at", {"what": "section:business"}) == "Data dilihat petugas: isian permohonan"
    assert what_happened("data.read", {"what": "inspectorate"}) == "Halaman dibaca Inspektorat: semua catatan"
    assert page_read("desk") == "Meja kerja"
    assert page_read("a_page_that_is_new:1") == str(OTHER_PAGE)
    assert what_happened("facility.checked", {"condition": "broken"}) == "Sarana diperiksa: rusak"
