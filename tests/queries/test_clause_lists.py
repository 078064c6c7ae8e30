"""Rules that serve a list of the standard's data, tried on each: channels, competences, legal bases (51.6.2, 51.7, 51.9)."""

from datetime import date, timedelta

import pytest

from pasti import standards
from pasti.actions import certificate, complaint_handling, staff
from pasti.domain.complaint_steps import Stage
from pasti.domain.compliance import ClauseStatus, Status
from pasti.domain.errors import InvalidInput
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import compliance
from pasti.records.certificate import Certificate
from tests import makers
from tests.complaints import walk
from tests.makers import MONDAY
from tests.marks import each_clause, every_clause, meant

pytestmark = pytest.mark.django_db


def standing(words: str) -> dict[str, ClauseStatus]:
    """How these clauses stand, of those with evidence."""
    wanted = set(meant(words))
    return {row.id: row for row in compliance.of_standard("51", MONDAY) if row.id in wanted and row.as_of}


@each_clause("51.6.2.*")
def test_each_channel_is_proven_open_by_what_came_through_it_and_by_nothing_else(clause: str) -> None:
    channels = {channel.clause: channel.id for channel in standards.load().in_force("51", MONDAY.date()).complaint_channels}
    row = makers.filed(channel=channels[clause])

    assert {id: found.status for id, found in standing("51.6.2.*").items()} == {clause: Status.MET}
    assert row.channel == channels[clause]


@pytest.mark.parametrize(
    ("service", "problem", "refused"),
    [
        pytest.param("", "waktu", ("service", "51.6.5.c.1"), marks=pytest.mark.clause("51.6.5.c.1")),
        pytest.param("perizinan_industri", "", ("problem", "51.6.5.c.2"), marks=pytest.mark.clause("51.6.5.c.2")),
    ],
)
def test_a_complaint_is_grouped_by_service_and_by_problem(service: str, problem: str, refused: tuple[str, str]) -> None:
    office = makers.complaint_officers()
    row, officer = walk(office, makers.filed().id, until=Stage.SCREENED), office[Role.COMPLAINTS_OFFICER]
    with pytest.raises(InvalidInput) as refusal:
        complaint_handling.group(officer, row.id, service=service, problem=problem, seen=row.ledger_length, at=MONDAY)
    assert [(p.field, p.clause) for p in refusal.value.problems] == [refused]


@each_clause("51.9.3", "51.9.4", "51.9.5", "51.9.6", "51.9.7", "51.9.8", "51.9.9")
def test_each_competence_found_lacking_is_held_against_its_own_clause(clause: str) -> None:
    superior, examiner = makers.actor(Role.SUPERIOR), makers.actor(Role.EXAMINER)
    competences = staff.staffing_on(MONDAY).competences
    found = {one: one != clause for one in competences}
    staff.assess(superior, examiner.person, found, "Perlu pendampingan; dijadwalkan bulan depan.", at=MONDAY)

    stand = standing("51.9.*")
    assert {id for id, row in stand.items() if row.status is Status.NOT_MET} == {clause}
    assert {id for id, row in stand.items() if row.status is Status.MET} == set(competences) - {clause}


@every_clause("51.7.*")
def test_each_legal_basis_is_proven_by_a_certificate_that_cites_the_law_of_its_day(signing_passphrase: str) -> None:
    office = makers.officers()
    row = makers.advance(office, makers.submitted(makers.actor()).id, until=State.SIGNING)
    certificate.sign(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY)
    standard = standards.load().in_force("51", MONDAY.date())
    bases = {basis.clause: basis for basis in standard.legal_bases if basis.clause}
    stand = standing("51.7.*")

    assert set(stand) == set(bases) == set(meant("51.7.*"))
    for clause, basis in bases.items():
        word = "masih berlaku" if basis in standard.legal_bases_on(MONDAY.date()) else "sudah tidak berlaku"
        assert (stand[clause].status, basis.id in stand[clause].evidence, word in stand[clause].evidence) == (
            Status.MET,
            True,
            True,
        )
    cited = Certificate.objects.get()
    Certificate.objects.update(data={**cited.data, "legal_bases": cited.data["legal_bases"][1:]})
    assert {found.status for found in standing("51.7.*").values()} == {Status.NOT_MET}


def test_the_law_that_was_replaced_is_not_cited_after_its_day() -> None:
    standard = standards.load().in_force("51", date(2022, 1, 3))
    for basis in standard.legal_bases:
        if basis.in_force_until:
            assert basis in standard.legal_bases_on(basis.in_force_until)
            assert basis not in standard.legal_bases_on(basis.in_force_until + timedelta(days=1))
