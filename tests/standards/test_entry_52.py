"""A second entry dropped into a folder appears and is whole, without a change of code (51.2, 51.3)."""

import os
from datetime import date
from pathlib import Path

import pytest

from pasti import standards
from pasti.standards import PACKAGE_FOLDER
from tests.standards.library import ENTRIES, break_line, copy, faults, with_52


def test_it_stands_beside_entry_51_with_its_own_promise() -> None:
    library = with_52()
    standard = library.in_force("52", date(2026, 11, 24))
    assert library.entries() == ("51", "52")
    assert (standard.kbli, standard.clock.promise.amount) == ("31001", 5)
    assert [p.code for p in standard.procedures] == ["5"]
    assert standard.procedure("5").states() == (
        "draft",
        "submitted",
        "field_inspection",
        "recommendation",
        "decision",
        "signing",
        "issued",
    )
    assert [r.clause for r in standard.requirements] == [f"52.1.{n}" for n in range(1, 6)]


def test_it_is_not_in_force_before_its_day() -> None:
    with pytest.raises(KeyError):
        with_52().in_force("52", date(2026, 1, 1))


def test_the_environment_names_the_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASTI_STANDARDS", f"{PACKAGE_FOLDER}{os.pathsep}{ENTRIES}")
    assert standards.load().entries() == ("51", "52")
    assert standards.load() is standards.load()
    monkeypatch.delenv("PASTI_STANDARDS")
    assert standards.load().entries() == ("51",)


def test_a_promise_shorter_than_its_procedure_is_refused(tmp_path: Path) -> None:
    root = copy(tmp_path)
    for name in ("52/2026-01-02.yaml", "procedures/5.yaml"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text((ENTRIES / name).read_text())
    break_line(root, "52/2026-01-02.yaml", "amount: 5,", "amount: 4,")
    (line,) = faults(root)
    assert "langkah prosedur 5 memerlukan 1830 menit kerja, lebih dari janji entri 52 (4 hari kerja" in line


def test_an_edition_without_a_safety_checklist_is_held_to_its_own_safety_clauses() -> None:
    checklist = with_52().in_force("52", date(2026, 6, 1)).safety_checklist

    assert [(item.id, str(item.text)) for item in checklist.items] == [("52.13.1", "Keselamatan")]
