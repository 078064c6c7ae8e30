"""The yearly evaluation's rules: when it is due, what it needs to be closed (51.14.1, 51.14.3)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from pasti import standards
from pasti.domain import evaluation, improvements
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.evaluation import Evaluation, Rhythm, Stage, Verdict, due_on, months_later, parts_of
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor, Role
from tests.makers import MONDAY

RHYTHM = Rhythm(every_months=12, acknowledge_days=14, remind_every_days=3)
KEEPER = Actor(id=uuid4(), name="Dadan", roles=frozenset({Role.SURVEY_OFFICER}))
OTHER = Actor(id=uuid4(), name="Asep", roles=frozenset({Role.COUNTER_OFFICER}))
OPEN = Evaluation(year=2026, stage=Stage.OPEN, clause="51.14.1", told_clause="51.14.3")
STANDARD = standards.load().in_force("51", date(2026, 11, 23))
PARTS = parts_of(STANDARD)
FOUND = {part.id: Verdict.IN_ORDER.value for part in PARTS}
CLOSING = {"parts": PARTS, "staff": 12, "rhythm": RHYTHM, "at": MONDAY}


@pytest.mark.clause("51.14.1")
def test_the_fourteen_components_and_the_four_sops_are_evaluated() -> None:
    assert [p.id for p in PARTS[:2]] == ["komponen-1", "komponen-2"]
    assert [p.id for p in PARTS[14:]] == [f"sop-{procedure.code}" for procedure in STANDARD.procedures]
    assert len(PARTS) == 18


@pytest.mark.clause("51.14.1")
@pytest.mark.parametrize(
    ("last", "opened", "due"),
    [
        (None, date(2026, 1, 31), date(2027, 1, 31)),
        (date(2026, 12, 20), date(2026, 1, 31), date(2027, 12, 20)),
        (date(2028, 2, 29), date(2026, 1, 31), date(2029, 2, 28)),
    ],
)
def test_it_is_due_a_year_after_the_last_or_after_the_opening(last: date | None, opened: date, due: date) -> None:
    assert due_on(last, opened, RHYTHM) == due


def test_months_are_counted_over_the_end_of_the_year() -> None:
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 11, 30), 1) == date(2026, 12, 30)


@pytest.mark.parametrize("year", [2024, 2027])
def test_another_year_is_not_begun(year: int) -> None:
    with pytest.raises(RuleBroken, match="Pilih tahun 2025 atau 2026"):
        evaluation.begin(KEEPER, year, "51.14.1", at=MONDAY)


def test_only_the_survey_officer_evaluates() -> None:
    with pytest.raises(NotAllowed):
        evaluation.begin(OTHER, 2026, "51.14.1", at=MONDAY)
    with pytest.raises(NotAllowed):
        evaluation.find(OPEN, OTHER, PARTS[0], "in_order", "Tidak ada yang kurang.")
    with pytest.raises(NotAllowed):
        evaluation.close(OPEN, OTHER, "Standar dijalankan.", found=FOUND, **CLOSING)  # type: ignore[arg-type]


def test_a_finding_without_verdict_and_words_is_refused_field_by_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        evaluation.find(OPEN, KEEPER, PARTS[0], "", "pendek")
    assert [problem.field for problem in refused.value.problems] == ["verdict", "words"]


@pytest.mark.clause("51.14.1")
def test_it_closes_only_when_every_part_has_a_finding() -> None:
    lacking = {k: v for k, v in FOUND.items() if k != "sop-7"}
    with pytest.raises(RuleBroken, match="1 bagian belum ada temuannya"):
        evaluation.close(OPEN, KEEPER, "Standar dijalankan.", found=lacking, **CLOSING)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput):
        evaluation.close(OPEN, KEEPER, "pendek", found=FOUND, **CLOSING)  # type: ignore[arg-type]


@pytest.mark.clause("51.14.3")
def test_closing_sends_the_results_and_sets_the_first_reminder() -> None:
    outcome = evaluation.close(OPEN, KEEPER, "Standar dijalankan.", found=FOUND, **CLOSING)  # type: ignore[arg-type]
    assert [event.kind for event in outcome.events] == ["evaluation.closed", "evaluation.told"]
    assert [event.clause for event in outcome.events] == ["51.14.1", "51.14.3"]
    assert [errand.name for errand in outcome.errands] == ["tell_staff"]
    assert outcome.changes["remind_on"] == date(2026, 11, 26)


def test_reminders_end_when_nobody_waits() -> None:
    assert evaluation.remind(OPEN, waiting=2, rhythm=RHYTHM, at=MONDAY).changes == {"remind_on": date(2026, 11, 26)}
    ended = evaluation.remind(OPEN, waiting=0, rhythm=RHYTHM, at=MONDAY)
    assert (ended.changes, ended.errands) == ({"remind_on": None}, ())


def test_an_improvement_is_planned_only_for_what_must_be_improved() -> None:
    asked = Asked(what="Melatih petugas loket.", owner=OTHER.id, due_on=MONDAY.date() + timedelta(days=9))
    terms = {"clause": "51.14.3", "at": MONDAY}
    with pytest.raises(RuleBroken, match="sesudah evaluasinya ditutup"):
        improvements.plan(KEEPER, asked, is_closed=False, to_improve=True, **terms)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="dinilai sesuai"):
        improvements.plan(KEEPER, asked, is_closed=True, to_improve=False, **terms)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        improvements.plan(OTHER, asked, is_closed=True, to_improve=True, **terms)  # type: ignore[arg-type]
    empty = Asked(what="", owner=None, due_on=MONDAY.date())
    with pytest.raises(InvalidInput) as refused:
        improvements.plan(KEEPER, empty, is_closed=True, to_improve=True, **terms)  # type: ignore[arg-type]
    assert [problem.field for problem in refused.value.problems] == ["what", "owner", "due_on"]


def test_finishing_needs_the_owner_words_and_a_file() -> None:
    terms = {"clause": "51.14.3", "at": MONDAY, "is_done": False}
    stranger = Actor(id=uuid4(), name="Dewi", roles=frozenset({Role.EXAMINER}))
    assert OTHER.id
    with pytest.raises(NotAllowed):
        improvements.finish(stranger, "Sudah dilatih.", owner=OTHER.id, has_file=True, **terms)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        improvements.finish(OTHER, "", owner=OTHER.id, has_file=False, **terms)  # type: ignore[arg-type]
    assert [problem.field for problem in refused.value.problems] == ["result", "file"]
    outcome = improvements.finish(OTHER, "Sudah dilatih.", owner=OTHER.id, has_file=True, **terms)  # type: ignore[arg-type]
    assert outcome.changes["done_at"] == MONDAY
