"""Two regimes: a case keeps the edition it was submitted under, a draft follows the one in force (51.1, 51.3)."""

from datetime import UTC, datetime

import pytest

from pasti.actions import intake, licensing, reclassification
from pasti.actions.demonstration import answers
from pasti.actions.ground import rows_of, standard_of
from pasti.domain.errors import InvalidInput, NotAllowed, NotServed, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import intake as drafts
from pasti.queries.ledger import timeline
from pasti.queries.licensing import case_view
from pasti.records.intake import Evidence
from pasti.records.ledger import LedgerEntry
from tests import makers

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 6, 12, 2, 0, tzinfo=UTC)  # Friday 09:00 in Jakarta, the last working day of edition 1
AFTER = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)  # Monday 09:00, the first of edition 2
REASON = "Kami merakit teropong dari lensa yang dibeli; lensa tidak dijual lepas."
OLD_CODE = {"kbli": "26792"}


@pytest.mark.clause("51.1")
def test_the_day_of_submission_decides_the_edition_and_the_case_keeps_it() -> None:
    office, first = makers.officers(BEFORE), makers.actor(at=BEFORE, email="a@uji.example")
    second = makers.actor(at=AFTER, email="b@uji.example")
    old, new = makers.submitted(first, at=BEFORE), makers.submitted(second, at=AFTER)
    assert [standard_of(row).kbli for row in (old, new)] == ["26792", "26709"]
    old, new = (makers.advance(office, row.id, until=State.SIGNING, at=AFTER) for row in (old, new))
    assert [str(row.effective) for row in (old, new)] == ["2022-01-03", "2026-06-15"]
    assert [row.certificate.number.split("/")[2] for row in (old, new) if row.certificate] == ["SS-26792", "SS-26709"]
    assert [len(standard_of(row).requirement("51.1.B.1").fields) for row in (old, new)] == [5, 9]


@pytest.mark.clause("51.3")
def test_clock_requirements_and_lapse_are_those_of_the_edition_of_the_case() -> None:
    office = makers.officers(BEFORE)
    row = makers.submitted(makers.actor(at=BEFORE), at=BEFORE)
    makers.advance(office, row.id, until=State.TECHNICAL_REVIEW, at=AFTER)
    view = case_view(office[Role.TECHNICAL_TEAM], row.id, at=AFTER)
    assert view is not None
    assert str(view.standard.effective) == "2022-01-03"
    assert "PP 5/2021" in view.standard.clock.on_lapse_ground.id
    assert {line.requirement.source for line in view.dossier} == {"lampiran"}
    assert {entry.edition for entry in LedgerEntry.objects.filter(subject_id=row.id)} == {"51@2022-01-03"}


@pytest.mark.clause("51.1")
def test_a_returned_dossier_stays_under_its_edition() -> None:
    office, applicant = makers.officers(BEFORE), makers.actor(at=BEFORE)
    row = makers.submitted(applicant, at=BEFORE)
    licensing.judge(office[Role.EXAMINER], row.id, "51.1.B.8", "not_met", makers.UNREADABLE, at=BEFORE)
    for clause in (r.clause for r in rows_of(row) if r.clause not in ("51.1.A.5", "51.1.B.8")):
        licensing.judge(office[Role.EXAMINER], row.id, clause, "met", "", at=BEFORE)
    licensing.send_to_complete(office[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=BEFORE)
    view = drafts.draft(applicant, row.id, at=AFTER)
    assert view is not None
    assert (view.standard.kbli, view.begun_under) == ("26792", None)
    assert standard_of(intake.submit(applicant, row.id, at=AFTER)).kbli == "26792"


@pytest.mark.clause("51.1")
def test_a_draft_begun_before_follows_and_loses_nothing() -> None:
    applicant = makers.actor(at=BEFORE)
    row = makers.draft(applicant, at=BEFORE)
    typed = {r.clause: dict(r.answers) for r in rows_of(row)}
    files = Evidence.objects.filter(application=row).count()
    with pytest.raises(InvalidInput) as refused:
        intake.submit(applicant, row.id, at=AFTER)
    assert "edisi baru standar ini berlaku" in refused.value.problems[0].template
    moved = makers.fresh(row.id)
    assert (str(moved.effective), moved.state, moved.answers) == ("2026-06-15", State.DRAFT, row.answers)
    assert {r.clause: dict(r.answers) for r in rows_of(moved)} == typed
    assert Evidence.objects.filter(application=row, replaced_at=None).count() == files
    (fact,) = [e for e in timeline(row.id, public_only=True) if e.kind == "application.edition_changed"]
    assert fact.after == {"effective": "2026-06-15"}


@pytest.mark.clause("51.1")
def test_a_draft_shows_the_new_questions_before_anything_is_written() -> None:
    applicant = makers.actor(at=BEFORE)
    row = makers.draft(applicant, at=BEFORE)
    view = drafts.draft(applicant, row.id, at=AFTER)
    assert view is not None
    assert view.begun_under is not None
    assert str(view.begun_under.effective) == "2022-01-03"
    lacking = {p.field for p in view.problems}
    assert {"business.kbli_choice", "51.1.B.1:materials_plan", "51.1.B.5:capacity_match"} <= lacking
    assert str(makers.fresh(row.id).effective) == "2022-01-03"


@pytest.mark.clause("51.1")
def test_a_draft_moved_on_is_submitted_once_the_new_questions_are_answered() -> None:
    applicant = makers.actor(at=BEFORE)
    row = makers.draft(applicant, at=BEFORE)
    intake.save_section(
        applicant, row.id, "business", {**makers.BUSINESS, **OLD_CODE, "kbli_choice": "26709", "kbli_reason": REASON}, at=AFTER
    )
    for requirement in standard_of(makers.fresh(row.id)).requirements:
        intake.save_requirement(applicant, row.id, requirement.clause, answers(requirement.fields), at=AFTER)
    done = intake.submit(applicant, row.id, at=AFTER)
    assert (done.state, str(done.effective)) == (State.SUBMITTED, "2026-06-15")
    assert done.answers["business"]["kbli_reason"] == REASON


@pytest.mark.clause("51.1")
@pytest.mark.parametrize(
    ("choice", "missing"), [("", {"business.kbli_choice", "business.kbli_reason"}), ("26709", {"business.kbli_reason"})]
)
def test_the_earlier_code_is_never_mapped_without_a_choice_and_its_reason(choice: str, missing: set[str]) -> None:
    applicant = makers.actor(at=AFTER)
    row = intake.start(applicant, "51", at=AFTER)
    problems = intake.save_section(
        applicant, row.id, "business", {**makers.BUSINESS, **OLD_CODE, "kbli_choice": choice}, at=AFTER
    )
    assert {p.field for p in problems} == missing


@pytest.mark.clause("51.1")
def test_a_maker_of_lenses_is_told_where_to_go() -> None:
    applicant = makers.actor(at=AFTER)
    row = intake.start(applicant, "51", at=AFTER)
    typed = {**makers.BUSINESS, **OLD_CODE, "kbli_choice": "26703", "kbli_reason": "Kami menjual lensa."}
    with pytest.raises(NotServed, match=r"26703.*meja konsultasi"):
        intake.save_section(applicant, row.id, "business", typed, at=AFTER)
    assert makers.fresh(row.id).answers["business"]["kbli_reason"] == "Kami menjual lensa."


@pytest.mark.clause("51.1")
def test_the_officer_chooses_for_a_case_of_the_earlier_edition_and_the_reason_is_kept() -> None:
    office = makers.officers(BEFORE)
    row = makers.submitted(makers.actor(at=BEFORE), at=BEFORE)
    examiner = office[Role.EXAMINER]
    view = case_view(examiner, row.id, at=AFTER)
    assert view is not None
    assert view.kbli is not None
    assert (view.kbli.chosen, view.kbli.may_choose) == (None, True)
    reclassification.choose(examiner, row.id, "26703", reason=REASON, seen=view.seen, at=AFTER)
    after = case_view(examiner, row.id, at=AFTER)
    assert after is not None
    assert after.kbli is not None
    assert after.kbli.chosen is not None
    assert (after.kbli.chosen.code, after.kbli.reason, after.standard.kbli) == ("26703", REASON, "26792")
    (fact,) = [e for e in after.timeline if e.kind == "application.kbli_chosen"]
    assert (fact.reason, fact.after) == (REASON, {"kbli": "26703"})


@pytest.mark.clause("51.1")
def test_a_choice_needs_the_officer_at_work_a_known_code_and_a_reason() -> None:
    office = makers.officers(BEFORE)
    row = makers.submitted(makers.actor(at=BEFORE), at=BEFORE)
    seen, examiner = row.ledger_length, office[Role.EXAMINER]
    with pytest.raises(NotAllowed):
        reclassification.choose(office[Role.HEAD], row.id, "26709", reason=REASON, seen=seen, at=AFTER)
    with pytest.raises(RuleBroken, match="26709, 26703"):
        reclassification.choose(examiner, row.id, "10710", reason=REASON, seen=seen, at=AFTER)
    with pytest.raises(RuleBroken, match="alasannya"):
        reclassification.choose(examiner, row.id, "26709", reason="ya", seen=seen, at=AFTER)
    with pytest.raises(RuleBroken, match="tidak perlu dipilih"):
        reclassification.choose(examiner, row.id, "26709", reason=REASON, seen=seen, at=BEFORE)


@pytest.mark.clause("51.1")
def test_what_the_officer_chose_outlives_a_return_and_a_new_submission() -> None:
    office, applicant = makers.officers(BEFORE), makers.actor(at=BEFORE)
    row, examiner = makers.submitted(applicant, at=BEFORE), office[Role.EXAMINER]
    reclassification.choose(examiner, row.id, "26709", reason=REASON, seen=row.ledger_length, at=AFTER)
    makers.judge_all(examiner, row.id, at=AFTER)
    licensing.judge(examiner, row.id, "51.1.B.8", "not_met", makers.UNREADABLE, at=AFTER)
    licensing.send_to_complete(examiner, row.id, seen=makers.fresh(row.id).ledger_length, at=AFTER)
    again = intake.submit(applicant, row.id, at=AFTER)
    assert (again.answers["business"]["kbli_choice"], again.answers["business"]["kbli_reason"]) == ("26709", REASON)
