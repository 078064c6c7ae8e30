"""Two editions compared, component by component (51.1 to 51.14)."""

from dataclasses import replace
from datetime import date

from pasti.domain.editions import compare
from pasti.domain.standard import Term
from tests.standards.library import shipped

FIRST, SECOND = shipped().editions("51")


def test_an_edition_compared_with_itself_has_changed_nothing() -> None:
    same = compare(SECOND, SECOND)
    assert (same.name, same.added, same.removed) == ((), (), ())
    assert [part.changes for part in same.components] == [()] * 14


def test_what_edition_two_changed_stands_under_its_component() -> None:
    compared = compare(FIRST, SECOND)
    assert [part.component.number for part in compared.components if part.changes] == [1, 3, 5, 7]
    assert [c.what for c in compared.name] == ["Judul", "KBLI", "Nama KBLI"]
    (ground,) = compared.of_components(3)
    assert (ground.clause, ground.what, ground.is_assumed) == ("51.3", "Dasar bila lewat waktu", True)
    questions = [c for c in compared.of_components(1) if c.what == "Pertanyaan"]
    assert (len(questions), {c.before for c in questions}, all(c.is_assumed for c in questions)) == (10, {None}, True)


def test_a_clause_or_a_term_that_only_one_edition_has_is_named() -> None:
    components = tuple(replace(c, clauses=c.clauses[:-1]) if c.number == 14 else c for c in FIRST.components)
    shorter = replace(
        FIRST, components=components, effective=date(2026, 7, 1), complaint_answer=Term(amount=5, unit="working_days")
    )
    compared = compare(FIRST, shorter)
    assert (compared.added, compared.removed) == ((), ("51.14.3",))
    (gone,) = compared.of_components(14)
    assert (gone.before, gone.after) == (FIRST.clause("51.14.3").text, None)
    assert [c.what for c in compared.of_components(6)] == ["Pengaduan dijawab dalam"]
    assert [c.before for c in compare(shorter, FIRST).of_components(14)] == [None]
