"""Every clause with evidence leads to the very facts it stands on, as of its day; none of it names anybody (51.14.1)."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pgtrigger
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import accounts, figures, roots, scorecard, staff, survey
from pasti.domain.calendar import end_of, jakarta_day
from pasti.domain.compliance import Behind, ClauseStatus, Status
from pasti.domain.roles import Role
from pasti.domain.staff import Credential
from pasti.pages.score import Asked, file, public_card_or_404
from pasti.queries import compliance
from pasti.queries.compliance import Change, Since
from pasti.queries.compliance_facts import facts_behind
from pasti.records.accounts import Appointment
from pasti.records.ledger import LedgerEntry
from tests import makers, surveys
from tests.makers import MONDAY
from tests.proven_office import ProvenOffice, proven_office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.1")]
CODES = tuple(f"u{number}" for number in range(1, 10))
PROVEN_COMPLAINT = "Sebuah pengaduan terbukti; tindak lanjutnya belum selesai."
PUBLIC = ("/kartu-skor/", "/standar/51/?buka=semua", "/angka/", "/pengaduan/angka/", "/sarana/", "/buku/")


@pytest.fixture
def made(signing_passphrase: str) -> ProvenOffice:
    return proven_office(signing_passphrase, at=timezone.now())


def proven(at: datetime) -> Iterator[ClauseStatus]:
    return (row for row in compliance.of_standard("51", at) if row.as_of)


WANTED = ("51.3", *(f"51.9.{n}" for n in range(1, 10)), *(f"51.12.{n}" for n in range(1, 6)), "51.13.1", "51.13.3", "51.14.1")


@pytest.mark.clause("51.10.2")
def test_every_evidence_leads_to_facts_of_its_day_and_none_later(made: ProvenOffice) -> None:
    now = timezone.now()
    for at in (now, end_of(jakarta_day(now) - timedelta(days=2)), now + timedelta(days=40)):
        rows = {row.id: row for row in proven(at)}
        lines = {clause: facts_behind("51", row.behind, at=at).lines for clause, row in rows.items()}
        assert [clause for clause, found in lines.items() if not found] == []
        assert all(line.at <= at and line.kind in rows[clause].behind.kinds for clause, found in lines.items() for line in found)
        if at is now:
            assert [clause for clause in WANTED if clause not in rows] == []
            assert [line.kind for line in lines["51.10.2"]] == ["finding.raised"]  # of the Inspectorate, and no page it read
            assert (rows["51.3"].status, rows["51.3"].evidence) == (Status.NOT_MET, PROVEN_COMPLAINT)
            assert {line.subject_kind for line in lines["51.3"]} == {"complaint"}
    assert "51.14.3" in rows  # nobody has read the evaluation after forty days
    channel = Behind(kinds=("complaint.filed",), after=("channel", "telepon"))
    assert len(facts_behind("51", channel, at=now).lines) == 1
    assert facts_behind("51", replace(channel, since=jakarta_day(now)), at=now).lines == ()
    assert facts_behind("51", Behind(), at=now).lines == ()
    with CaptureQueriesContext(connection) as queries:
        compliance.scorecard("51", at=now)
    assert len(queries) <= 24


@pytest.mark.clause("51.14.2")
def test_a_published_survey_leads_to_its_facts() -> None:
    officer, at = surveys.keeper(), datetime(2026, 10, 20, 3, tzinfo=UTC)
    row = surveys.planned(officer, surveys.closed(officer, makers.actor(), [dict.fromkeys(CODES, 3)]), "u1", "u2", "u3")
    survey.publish(officer, row.id, seen=row.ledger_length, at=at)
    (found,) = (row for row in proven(at) if row.id == "51.14.2")
    kinds = {line.kind for line in facts_behind("51", found.behind, at=at).lines}
    assert (found.status, kinds) == (Status.MET, {"survey.opened", "survey.published"})


def said_in_public(client: Client) -> Iterator[tuple[str, str]]:
    for path in PUBLIC:
        for language in ("id", "en"):
            client.cookies["django_language"] = language
            yield f"{path} {language}", client.get(path).text
    asked = Asked(at=timezone.now())
    yield "json", file("51", asked, "json", card=public_card_or_404).text
    sheet = openpyxl.load_workbook(io.BytesIO(file("51", asked, "xlsx", card=public_card_or_404).content)).worksheets[0]
    yield "xlsx", "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_no_public_output_names_a_person_a_case_or_a_complaint(made: ProvenOffice, client: Client) -> None:
    """The PDF is printed from what the JSON says, and carries it."""
    assert len(made.secrets) > 12
    for name, text in said_in_public(client):
        assert {secret for secret in made.secrets if secret in text} == set(), name


def line_of(clause: str, at: datetime) -> Since:
    return next(line.since for line in compliance.scorecard("51", at=at).lines if line.status.id == clause)


def test_since_is_the_day_on_which_it_began_however_late_the_first_night_was_kept() -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN, at=MONDAY)
    makers.seen_usable(keeper, "51.8.1", at=MONDAY)
    makers.seen_usable(keeper, "51.8.2", at=MONDAY + timedelta(days=3))
    later = MONDAY + timedelta(days=9)
    assert line_of("51.8.2", later) == Since(day=later.date(), is_exact=False)  # nothing is reckoned yet, and that is said
    scorecard.keep_missing(compliance.standing, at=later)

    def day(number: int) -> date:
        return (MONDAY + timedelta(days=number)).date()

    assert line_of("51.8.1", later) == Since(day=day(0), is_exact=True)  # before the first fact nothing was proven
    assert line_of("51.8.2", later) == Since(day=day(3), is_exact=True)
    assert line_of("51.8.3", later) == Since(day=day(0), is_exact=False)  # never proven: no fact tells since when
    makers.seen_usable(keeper, "51.8.3", at=later)
    assert line_of("51.8.3", later) == Since(day=day(9), is_exact=True)
    for number, expected in ((2, Since(day=day(0), is_exact=False)), (5, Since(day=day(3), is_exact=True))):
        assert line_of("51.8.2", end_of(day(number))) == expected
    gap = later + timedelta(days=5)  # the nights between are not reckoned yet
    assert line_of("51.8.1", gap) == Since(day=gap.date(), is_exact=False)
    scorecard.keep_missing(compliance.standing, at=gap)
    assert line_of("51.8.1", gap) == Since(day=day(0), is_exact=True)
    assert compliance.history("51", "51.8.2", on=gap.date()) == (
        Change(day=day(3), status=Status.MET),
        Change(day=day(0), status=Status.NO_EVIDENCE),
    )
    assert line_of("51.8.2", end_of(day(5))) == Since(day=day(3), is_exact=True)  # a past day keeps its answer


@pytest.mark.clause("51.9.1")
@pytest.mark.clause("51.11")
def test_a_past_day_goes_by_the_facts_of_appointments_and_not_by_their_table() -> None:
    superior, examiner = makers.actor(Role.SUPERIOR), makers.actor(Role.EXAMINER)
    degree = Credential(kind="education", code="bachelor", name="Universitas Contoh", ends_on=date(2012, 6, 1))
    staff.enter(superior, examiner.person, degree, file=("ijazah.pdf", makers.PDF), at=MONDAY)
    accounts.end_appointment("superior@uji.example", Role.SUPERIOR, ends_on=date(2026, 11, 30), at=MONDAY)
    moments = [MONDAY + timedelta(days=number) for number in (0, 7, 8)]
    before = [compliance.of_standard("51", at) for at in moments]
    assert [next(row.evidence[:1] for row in rows if row.id == "51.11") for rows in before] == ["2", "2", "1"]
    assert {row.id: row.status for row in before[0]}["51.9.1"] is Status.MET
    Appointment.objects.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    assert [compliance.of_standard("51", at) for at in moments] == before


@pytest.mark.clause("51.10.2")
def test_a_clause_whose_facts_are_taken_away_is_not_met_any_more(made: ProvenOffice) -> None:
    now = timezone.now()
    roots.seal(at=now)
    figures.count_new(at=now)  # what is counted by nights does not stand on the counts alone
    met = [row for row in proven(now) if row.status is Status.MET]
    assert len(met) > 40
    for row in met:
        savepoint = transaction.savepoint()
        with pgtrigger.ignore("records.LedgerEntry:append_only"):
            while lines := facts_behind("51", row.behind, at=now).lines:
                LedgerEntry.objects.filter(id__in=[line.id for line in lines]).delete()
        assert (row.id, now_status(row.id, now)) != (row.id, Status.MET)
        transaction.savepoint_rollback(savepoint)


def now_status(clause: str, at: datetime) -> Status:
    return next(row.status for row in compliance.of_standard("51", at) if row.id == clause)
