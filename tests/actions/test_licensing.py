"""From submission to a decision, by the officers of the procedure, on a real database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from pasti.actions import certificate, intake, licensing
from pasti.domain.clock import Clock, ClockState
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
REASON = "Bukti kalibrasi tidak terbaca."
LAPSED = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)  # the end of the promised day in Jakarta


@pytest.mark.clause("51.3")
def test_the_clock_starts_when_the_dossier_is_found_complete_not_at_submission() -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())

    makers.judge_all(officers[Role.EXAMINER], row.id, at=MONDAY)
    licensing.accept(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)

    fresh = makers.fresh(row.id)
    assert Clock.from_json(fresh.clock).state is ClockState.RUNNING
    assert fresh.due_on == date(2026, 12, 2)  # Monday 23 November is day zero; seven working days follow


@pytest.mark.clause("51.3")
def test_a_dossier_with_an_unjudged_requirement_is_not_complete() -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())

    with pytest.raises(RuleBroken, match="Belum semua syarat"):
        licensing.accept(officers[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)


@pytest.mark.clause("51.3")
def test_a_returned_dossier_names_each_requirement_with_its_reason_and_comes_back() -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.submitted(applicant)
    makers.judge_all(officers[Role.EXAMINER], row.id)
    licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.8", "not_met", REASON, at=MONDAY)

    licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)

    fact = LedgerEntry.objects.get(kind="application.returned")
    assert fact.after["not_met"] == {"51.1.B.8": REASON}
    assert makers.fresh(row.id).state == State.RETURNED
    again = intake.submit(applicant, row.id, at=MONDAY)
    assert (again.state, again.number) == (State.SUBMITTED, row.number)
    assert again.rows.get(clause="51.1.B.8").verdict == ""


@pytest.mark.clause("51.1.A.5")
@pytest.mark.parametrize("verdict", ["met", "not_met"])
def test_a_duty_after_issue_cannot_be_demanded_now(verdict: str) -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())
    makers.judge_all(officers[Role.EXAMINER], row.id)

    with pytest.raises(RuleBroken, match="tidak diperiksa sebelum terbit"):
        licensing.judge(officers[Role.EXAMINER], row.id, "51.1.A.5", verdict, REASON, at=MONDAY)
    with pytest.raises(RuleBroken, match="Sebutkan dahulu syarat yang belum dipenuhi"):
        licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)


@pytest.mark.clause("51.3")
def test_a_dossier_is_returned_only_when_every_requirement_is_judged() -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())
    licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.8", "not_met", REASON, at=MONDAY)

    with pytest.raises(RuleBroken, match="Nilai dahulu semua"):
        licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)


@pytest.mark.clause("51.3")
def test_returning_without_naming_a_requirement_is_refused() -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())
    makers.judge_all(officers[Role.EXAMINER], row.id)

    with pytest.raises(RuleBroken, match="Sebutkan dahulu"):
        licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)


@pytest.mark.clause("51.1")
@pytest.mark.parametrize(
    ("section", "changed", "unjudged"),
    [
        ("scale", {"yearly_sales": "20000000000"}, {"51.1.A.1"}),
        ("place", {"village": "Bungursari"}, {"51.1.A.4"}),
        ("business", {"phone": "081299998888"}, set()),
    ],
)
def test_a_verdict_does_not_outlive_what_it_was_given_for(section: str, changed: dict[str, str], unjudged: set[str]) -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.submitted(applicant)
    makers.judge_all(officers[Role.EXAMINER], row.id)
    licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.8", "not_met", REASON, at=MONDAY)
    licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)

    intake.save_section(applicant, row.id, section, {**makers.fresh(row.id).answers[section], **changed}, at=MONDAY)

    met = set(row.rows.filter(verdict="met").values_list("clause", flat=True))
    asked = {r.clause for r in row.rows.all()} - {"51.1.A.5", "51.1.B.8"}
    assert asked - met == unjudged


@pytest.mark.clause("51.1")
def test_another_business_is_judged_anew() -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.submitted(applicant)
    makers.judge_all(officers[Role.EXAMINER], row.id)
    licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.8", "not_met", REASON, at=MONDAY)
    licensing.send_to_complete(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)

    intake.save_section(
        applicant, row.id, "business", {**makers.fresh(row.id).answers["business"], "nib": "9120001234568"}, at=MONDAY
    )

    assert not row.rows.exclude(verdict="").exists()


@pytest.mark.clause("51.3")
def test_a_clarification_stops_the_clock_until_the_answer() -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.advance(officers, makers.submitted(applicant).id, until=State.TECHNICAL_REVIEW)

    licensing.ask(
        officers[Role.TECHNICAL_TEAM],
        row.id,
        seen=row.ledger_length,
        at=MONDAY + timedelta(days=1),
        reason="Di mana alat kalibrasi disimpan?",
    )

    stopped = makers.fresh(row.id)
    assert (stopped.state, stopped.due_on) == (State.CLARIFICATION, None)
    licensing.answer(applicant, row.id, "Di laboratorium lantai dua.", at=MONDAY + timedelta(days=3))
    resumed = makers.fresh(row.id)
    assert resumed.state == State.TECHNICAL_REVIEW
    assert resumed.due_on == date(2026, 12, 7)  # Tue to Thu are not counted: three working days later than 2 December
    assert resumed.clarifications.get().answer == "Di laboratorium lantai dua."


@pytest.mark.clause("51.2")
def test_an_answer_takes_ten_files_each_a_fact_and_the_next_one_ten_more() -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.advance(officers, makers.submitted(applicant).id, until=State.TECHNICAL_REVIEW)
    ten = tuple((f"bukti-{number}.pdf", makers.PDF) for number in range(10))
    for _ in range(2):
        asker, seen = officers[Role.TECHNICAL_TEAM], makers.fresh(row.id).ledger_length
        licensing.ask(asker, row.id, seen=seen, at=MONDAY, reason="Di mana alat kalibrasi disimpan?")
        with pytest.raises(InvalidInput) as refused:
            licensing.answer(applicant, row.id, "Di laboratorium.", uploads=(*ten, ten[0]), at=MONDAY)
        assert "Paling banyak 10 berkas untuk satu jawaban." in map(str, refused.value.problems)
        licensing.answer(applicant, row.id, "Di laboratorium.", uploads=ten, at=MONDAY)

    assert [question.files.count() for question in row.clarifications.all()] == [10, 10]
    assert LedgerEntry.objects.filter(subject_id=row.id, kind="evidence.added", clause="51.3").count() == 20


@pytest.mark.clause("51.10.1")
def test_no_one_examines_and_validates_the_same_case() -> None:
    both = makers.account(Role.EXAMINER, Role.VALIDATOR, email="ganda@uji.example").actor(MONDAY.date())
    officers = {**makers.officers(), Role.EXAMINER: both}
    row = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.VALIDATION)

    with pytest.raises(NotAllowed, match="sudah bertindak"):
        licensing.validate(both, row.id, seen=row.ledger_length, at=MONDAY, reason="Sudah sesuai semua.")


@pytest.mark.clause("51.10.1")
def test_an_officer_cannot_process_their_own_application() -> None:
    account = makers.account(email="merangkap@uji.example")
    applicant = account.actor(MONDAY.date())
    row = makers.submitted(applicant)
    account.appointments.create(role=Role.EXAMINER, starts_on=MONDAY.date())
    officer = type(account).objects.get(pk=account.pk).actor(MONDAY.date())

    with pytest.raises(NotAllowed, match="pemohon berkas ini"):
        licensing.judge(officer, row.id, "51.1.B.1", "met", "", at=MONDAY)


@pytest.mark.clause("51.10.1")
@pytest.mark.parametrize("role", [Role.COUNTER_OFFICER, Role.VALIDATOR, Role.HEAD, Role.INSPECTOR, Role.SUPERIOR])
def test_a_role_that_does_not_hold_the_step_may_not_act(role: Role) -> None:
    row = makers.submitted(makers.actor())

    with pytest.raises(NotAllowed):
        licensing.judge(makers.actor(role), row.id, "51.1.B.1", "met", "", at=MONDAY)


@pytest.mark.clause("51.10.1")
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COMPLAINTS_OFFICER])
def test_a_role_outside_the_desk_cannot_even_see_the_case(role: Role) -> None:
    row = makers.submitted(makers.actor())

    with pytest.raises(NotAllowed, match="tidak ada"):
        licensing.take(makers.actor(role), row.id, seen=row.ledger_length, at=MONDAY)


@pytest.mark.clause("51.2")
def test_who_decided_on_an_old_page_is_told_to_look_again() -> None:
    officers = makers.officers()
    row = makers.submitted(makers.actor())
    licensing.take(officers[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)

    with pytest.raises(Overtaken):
        licensing.take(officers[Role.EXAMINER], row.id, seen=row.ledger_length, at=MONDAY)


@pytest.mark.clause("51.10.1")
def test_a_case_in_a_colleagues_hands_must_be_taken_over_first() -> None:
    officers, colleague = makers.officers(), makers.actor(Role.EXAMINER, email="pemeriksa2@uji.example")
    row = makers.submitted(makers.actor())
    licensing.take(colleague, row.id, seen=row.ledger_length, at=MONDAY)

    with pytest.raises(NotAllowed, match="dipegang petugas lain"):
        licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.1", "met", "", at=MONDAY)

    licensing.take(officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)
    licensing.judge(officers[Role.EXAMINER], row.id, "51.1.B.1", "met", "", at=MONDAY)


@pytest.mark.clause("51.5")
def test_an_approval_numbers_the_certificate_and_the_clock_runs_until_it_is_signed(signing_passphrase: str) -> None:
    officers, now = makers.officers(), timezone.now()
    row = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.SIGNING)
    assert Clock.from_json(row.clock).state is ClockState.RUNNING

    certificate.sign(officers[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=now)

    row = makers.fresh(row.id)
    assert (Clock.from_json(row.clock).state, row.due_on, row.was_late) == (ClockState.ENDED, None, now > LAPSED)
    assert Certificate.objects.get(application=row).number


@pytest.mark.clause("51.5")
def test_a_refused_approval_leaves_no_gap_in_the_numbers() -> None:
    officers = makers.officers()
    first = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.DECISION)

    with pytest.raises(Overtaken):
        certificate.approve(officers[Role.HEAD], first.id, seen=first.ledger_length - 1, at=MONDAY)
    certificate.approve(officers[Role.HEAD], first.id, seen=first.ledger_length, at=MONDAY)
    second = makers.advance(officers, makers.submitted(makers.actor(email="kedua@uji.example")).id, until=State.SIGNING)

    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert ["0001" in numbers[0], "0002" in numbers[1]] == [True, True]
    assert second.state == State.SIGNING


@pytest.mark.clause("51.1")
def test_not_met_opens_a_round_of_fulfilment_and_a_second_verification() -> None:
    officers, applicant = makers.officers(), makers.actor()
    row = makers.advance(officers, makers.submitted(applicant).id, until=State.TECHNICAL_REVIEW)
    licensing.judge(officers[Role.TECHNICAL_TEAM], row.id, "51.1.B.8", "not_met", REASON, at=MONDAY)
    row = makers.advance(officers, row.id, until=State.RECOMMENDATION)
    licensing.recommend(officers[Role.TECHNICAL_TEAM], row.id, "not_meets", seen=row.ledger_length, at=MONDAY, reason=REASON)
    row = makers.advance(officers, row.id, until=State.DECISION)

    with pytest.raises(RuleBroken):
        certificate.approve(officers[Role.HEAD], row.id, seen=row.ledger_length, at=MONDAY)
    licensing.find_not_met(officers[Role.HEAD], row.id, seen=row.ledger_length, at=MONDAY, reason=REASON)

    assert makers.fresh(row.id).state == State.NOT_MET
    again = intake.submit(applicant, row.id, at=MONDAY)
    assert (again.state, again.round, again.clock) == (State.SUBMITTED, 2, [])
    assert makers.advance(officers, row.id, until=State.SIGNING).state == State.SIGNING


@pytest.mark.clause("51.2")
def test_an_applicant_may_withdraw_with_a_reason() -> None:
    applicant = makers.actor()
    row = makers.submitted(applicant)

    licensing.withdraw(applicant, row.id, seen=row.ledger_length, at=MONDAY, reason="Usaha pindah ke kota lain.")

    assert makers.fresh(row.id).state == State.WITHDRAWN


@pytest.mark.clause("51.10.1")
def test_a_validator_may_send_a_case_one_step_back() -> None:
    officers = makers.officers()
    row = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.VALIDATION)

    licensing.send_back(
        officers[Role.VALIDATOR], row.id, seen=row.ledger_length, at=MONDAY, reason="Rekomendasi belum menyebut alat kalibrasi."
    )

    assert makers.fresh(row.id).state == State.RECOMMENDATION
