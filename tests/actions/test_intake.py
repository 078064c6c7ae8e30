"""Drafts and their submission, on a real database."""

import pytest

from pasti.actions import demonstration, intake
from pasti.actions.ground import standard_of
from pasti.domain.errors import InvalidInput, NotAllowed, NotServed, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.intake import Evidence
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY
from tests.marks import each_clause

pytestmark = pytest.mark.django_db


@pytest.mark.clause("51.1")
def test_a_draft_has_a_row_for_each_of_the_thirteen_requirements() -> None:
    row = intake.start(makers.actor(), "51", at=MONDAY)

    assert row.rows.count() == 13
    assert row.state == State.DRAFT


@pytest.mark.clause("51.1")
def test_what_was_typed_is_kept_even_when_it_is_wrong() -> None:
    applicant = makers.actor()
    row = intake.start(applicant, "51", at=MONDAY)

    problems = intake.save_section(applicant, row.id, "business", {**makers.BUSINESS, "nib": "12"}, at=MONDAY)

    assert [p.field for p in problems] == ["business.nib"]
    assert makers.fresh(row.id).answers["business"]["nib"] == "12"


@pytest.mark.clause("51.1.A.1")
@pytest.mark.parametrize(
    ("scale", "refused"),
    [
        ({"basis": "berjalan", "yearly_sales": "2000000000"}, True),  # mikro: up to 2 bn
        ({"basis": "berjalan", "yearly_sales": "2000000001"}, False),  # kecil
        ({"basis": "berjalan", "yearly_sales": "50000000000"}, False),  # menengah
        ({"basis": "berjalan", "yearly_sales": "50000000001"}, True),  # besar
        ({"basis": "baru", "capital": "1000000000"}, True),
        ({"basis": "baru", "capital": "1000000001"}, False),
        ({"basis": "baru", "capital": "10000000000"}, False),
        ({"basis": "baru", "capital": "10000000001"}, True),
        ({"ownership": "pma"}, True),
    ],
)
def test_only_small_and_medium_domestic_businesses_are_served(scale: dict[str, str], refused: bool) -> None:
    applicant = makers.actor()
    row = intake.start(applicant, "51", at=MONDAY)
    typed = {**makers.SCALE, **scale}

    if refused:
        with pytest.raises(NotServed) as refusal:
            intake.save_section(applicant, row.id, "scale", typed, at=MONDAY)
        assert refusal.value.clause == "51.1.A.1"
        assert refusal.value.refer_to
    else:
        assert intake.save_section(applicant, row.id, "scale", typed, at=MONDAY) == ()
    assert makers.fresh(row.id).answers["scale"]["ownership"] == typed["ownership"]


@pytest.mark.clause("51.1.A.4")
@pytest.mark.parametrize("place", [{"district": "luar"}, {"crosses_border": "ya"}])
def test_a_site_beyond_the_regency_is_told_where_to_go(place: dict[str, str]) -> None:
    applicant = makers.actor()
    row = intake.start(applicant, "51", at=MONDAY)

    with pytest.raises(NotServed) as refusal:
        intake.save_section(applicant, row.id, "place", {**makers.PLACE, **place}, at=MONDAY)

    assert refusal.value.clause == "51.1.A.4"


@pytest.mark.clause("51.1.A.4")
def test_the_ground_of_small_industry_is_not_open_to_a_medium_one() -> None:
    applicant = makers.actor()
    row = makers.draft(
        applicant,
        place={"in_estate": "tidak", "estate": "", "ground": "c"},
        scale={"workers": "40", "investment": "9000000000"},
    )

    with pytest.raises(InvalidInput) as refusal:
        intake.submit(applicant, row.id, at=MONDAY)

    assert "place.ground" in [p.field for p in refusal.value.problems]


@pytest.mark.clause("51.1")
def test_an_empty_draft_is_told_everything_it_lacks_at_once() -> None:
    applicant = makers.actor()
    row = intake.start(applicant, "51", at=MONDAY)

    with pytest.raises(InvalidInput) as refusal:
        intake.submit(applicant, row.id, at=MONDAY)

    fields = {p.field for p in refusal.value.problems}
    assert {"business.nib", "place.district", "scale.basis", "51.1.A.2:files", "51.1.B.8:files"} <= fields
    assert all("51.1.A.5" not in field for field in fields)


@each_clause("51.1.A.2", "51.1.A.3", "51.1.B.*")
def test_each_requirement_is_asked_for_in_its_own_name(clause: str) -> None:
    """The draft lacks this one alone: its answers, then its file."""
    applicant = makers.actor()
    row = makers.draft(applicant)
    requirement = standard_of(row).requirement(clause)
    for file in Evidence.objects.filter(application=row, clause=clause, replaced_at=None):
        intake.remove_file(applicant, row.id, file.id, at=MONDAY)
    with pytest.raises(InvalidInput) as without_file:
        intake.submit(applicant, row.id, at=MONDAY)
    intake.save_requirement(applicant, row.id, clause, {}, uploads=(("bukti.pdf", makers.PDF),), at=MONDAY)
    with pytest.raises(InvalidInput) as without_answers:
        intake.submit(applicant, row.id, at=MONDAY)
    intake.save_requirement(applicant, row.id, clause, demonstration.answers(requirement.fields), uploads=(), at=MONDAY)

    assert [(p.field, p.clause) for p in without_file.value.problems] == [(f"{clause}:files", clause)]
    assert {p.clause for p in without_answers.value.problems} == {clause}
    assert intake.submit(applicant, row.id, at=MONDAY).state == State.SUBMITTED


@pytest.mark.clause("51.2")
def test_a_complete_draft_is_submitted_with_a_number_a_secret_and_a_procedure() -> None:
    applicant = makers.actor()

    row = makers.submitted(applicant)

    fresh = makers.fresh(row.id)
    assert (fresh.state, fresh.number) == (State.SUBMITTED, "PB-2026-0001")
    assert len(fresh.secret) == 12
    assert fresh.procedure and fresh.procedure_reason
    assert fresh.waiting_role == Role.EXAMINER
    assert fresh.due_on is None  # the clock has not started


@pytest.mark.clause("51.1")
def test_nobody_but_the_applicant_touches_a_draft() -> None:
    row = intake.start(makers.actor(), "51", at=MONDAY)
    other = makers.actor(email="lain@uji.example")

    with pytest.raises(NotAllowed):
        intake.save_section(other, row.id, "business", makers.BUSINESS, at=MONDAY)


@pytest.mark.clause("51.1")
def test_a_submitted_dossier_cannot_be_changed() -> None:
    applicant = makers.actor()
    row = makers.submitted(applicant)

    with pytest.raises(RuleBroken):
        intake.save_section(applicant, row.id, "business", makers.BUSINESS, at=MONDAY)
    with pytest.raises(RuleBroken):
        intake.submit(applicant, row.id, at=MONDAY)


@pytest.mark.clause("51.1")
def test_a_refused_upload_keeps_the_answers_and_the_good_file() -> None:
    applicant = makers.actor()
    row = intake.start(applicant, "51", at=MONDAY)
    uploads = (("baik.pdf", makers.PDF), ("jahat.exe", b"MZ\x90\x00" + b"\x00" * 200))

    problems = intake.save_requirement(applicant, row.id, "51.1.B.1", {"catatan": "ya"}, uploads=uploads, at=MONDAY)

    assert "51.1.B.1:files" in [p.field for p in problems]
    assert [e.name for e in Evidence.objects.filter(application=row)] == ["baik.pdf"]
    assert row.rows.get(clause="51.1.B.1").answers == {"catatan": "ya"}


@pytest.mark.clause("51.1")
def test_a_removed_file_no_longer_counts_but_stays_provable() -> None:
    applicant = makers.actor()
    row = makers.draft(applicant)
    evidence = Evidence.objects.filter(application=row, clause="51.1.B.1").get()

    intake.remove_file(applicant, row.id, evidence.id, at=MONDAY)

    with pytest.raises(InvalidInput) as refusal:
        intake.submit(applicant, row.id, at=MONDAY)
    assert [p.field for p in refusal.value.problems] == ["51.1.B.1:files"]
    evidence.refresh_from_db()
    assert evidence.replaced_at == MONDAY


@pytest.mark.clause("51.10.2")
def test_the_ledger_never_holds_personal_data() -> None:
    makers.submitted(makers.actor())

    told = " ".join(str((e.before, e.after, e.reason)) for e in LedgerEntry.objects.all())

    for secret in (makers.BUSINESS["nik"], makers.BUSINESS["phone"], makers.BUSINESS["owner_name"], makers.BUSINESS["email"]):
        assert secret not in told


@pytest.mark.clause("51.2")
def test_submitting_costs_at_most_twelve_statements(django_assert_max_num_queries: object) -> None:
    applicant = makers.actor()
    row = makers.draft(applicant)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
        intake.submit(applicant, row.id, at=MONDAY)
