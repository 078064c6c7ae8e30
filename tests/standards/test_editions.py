"""An edition written as changes on an earlier one, and the two editions of entry 51 side by side (51.1 to 51.14)."""

from datetime import date
from pathlib import Path

import pytest

from pasti.domain.standard import Standard
from tests.standards.library import break_line, copy, faults, shipped

LATER = "51/2026-06-15.yaml"


@pytest.fixture(scope="module")
def editions() -> tuple[Standard, ...]:
    return shipped().editions("51")


def test_the_later_edition_takes_over_on_its_day(editions: tuple[Standard, ...]) -> None:
    library = shipped()
    assert (library.in_force("51", date(2026, 6, 14)).kbli, library.in_force("51", date(2026, 6, 15)).kbli) == ("26792", "26709")
    assert [(e.kbli_version, e.until) for e in editions] == [("2020", date(2026, 6, 14)), ("2025", None)]


def test_both_editions_have_the_same_clauses_and_what_changed_is_marked(editions: tuple[Standard, ...]) -> None:
    first, second = editions
    assert [c.id for c in first.clauses()] == [c.id for c in second.clauses()]
    reworded = [c.id for c in second.clauses() if c.text != first.clause(c.id).text]
    assert reworded == ["51.1.A.4", "51.7.1", "51.7.2", "51.7.4", "51.7.5"]
    assert all(second.clause(id).is_assumed for id in reworded)


def test_a_requirement_keeps_its_questions_and_asks_what_the_later_edition_adds(editions: tuple[Standard, ...]) -> None:
    first, second = (edition.requirement("51.1.B.1").fields for edition in editions)
    added = ["materials_plan", "flow_procurement", "flow_quality", "flow_distribution"]
    assert [f.name for f in second] == [*(f.name for f in first), *added]
    assert {r.clause for r in editions[1].requirements if r.is_assumed} >= {"51.1.B.3", "51.1.B.6", "51.1.B.8"}


def test_the_earlier_edition_knows_what_became_of_its_code(editions: tuple[Standard, ...]) -> None:
    first, second = editions
    assert first.kbli_later == second.kbli_mapping
    assert first.kbli_later is not None
    assert [c.code for c in first.kbli_later.choices] == ["26709", "26703"]
    assert (first.kbli_mapping, second.kbli_later) == (None, None)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (LATER, "based_on: 2022-01-03", "based_on: 2022-01-04", "tidak ada edisi 2022-01-04 yang lebih awal"),
        (LATER, "based_on: 2022-01-03", "based_on: 2026-06-15", "tidak ada edisi 2026-06-15 yang lebih awal"),
        (LATER, "51.7.5: BPS-7-2025", "51.7.5: BPS-8-2025", "dasar hukum BPS-8-2025 tidak ada"),
        (LATER, "    - id: mikro", "    - id: mikroo", "intake.scales.5.id"),
        (LATER, '- code: "26709"', '- code: "26708"', "tepat sekali"),
        ("51/2026-06-15/clauses.yaml", "id: 51.7.6", "id: 51.7.7", "tidak ada; wajib diisi"),
        ("51/2026-06-15/requirements.yaml", "value: ada}", "value: punya}", "only_when menunggu “punya”"),
        ("51/2026-06-15/requirements.yaml", "kind: paragraph", "kind: paragraf", "“paragraf” tidak dikenal"),
    ],
)
def test_a_mistake_in_the_changes_is_told_at_its_own_line(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    root = copy(tmp_path)
    line = break_line(root, name, old, new)
    near = tuple(f"{root / name}:{number}:" for number in (line - 1, line, line + 1))
    found = faults(root)
    assert any(f.startswith(near) and said in f for f in found), found


def test_a_mistake_in_the_earlier_edition_is_told_once(tmp_path: Path) -> None:
    root = copy(tmp_path)
    line = break_line(root, "51/2022-01-03.yaml", "fee_rupiah: 0", "fee_rupiah: nol")
    assert [fault.rpartition(": ")[0].split(": ")[0] for fault in faults(root)] == [f"{root / '51/2022-01-03.yaml'}:{line}"]
