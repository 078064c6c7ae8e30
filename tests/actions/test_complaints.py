"""Filing, completing, and what the reporter says of the answer (51.6.1 to 51.6.5, 51.6.8)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasti.actions import complaints
from pasti.actions.complaints import REPORTER
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.domain.complaints import Kind
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.roles import Role
from pasti.queries import complaint_tracking, ledger
from pasti.records.complaints import Complaint, ComplaintIdentity
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY, PDF

pytestmark = pytest.mark.django_db
NOBODY = Reporter()
CALENDAR_30 = date(2026, 10, 24)  # thirty calendar days before MONDAY


@pytest.mark.clause("51.6.5.a")
def test_a_filing_is_kept_with_number_secret_and_the_date_of_its_answer() -> None:
    receipt = complaints.file(makers.filing(), at=MONDAY, uploads=(("bukti.pdf", PDF),))

    row = Complaint.objects.get(pk=receipt.id)
    assert (receipt.number, receipt.kind, receipt.reason_clause) == ("ADU-2026-00001", Kind.COMPLAINT, None)
    assert (row.stage, row.files.count(), receipt.answer_due_on) == (Stage.RECEIVED, 1, date(2026, 12, 11))
    assert complaint_tracking.find(receipt.number, receipt.secret.lower()) == row.id
    assert complaint_tracking.find(receipt.number, "SALAH") is None
    assert receipt.secret not in (row.secret_digest, row.number)
    assert ledger.verify().fault is None


@pytest.mark.clause("51.6.5.a")
def test_a_reporter_stands_nowhere_in_plain_letters() -> None:
    receipt = complaints.file(makers.filing(), at=MONDAY)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM complaint_identity WHERE complaint_id = %s", [receipt.id])
        kept = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT row_to_json(c)::text FROM complaint c UNION SELECT row_to_json(l)::text FROM ledger l")
        rest = "".join(text for (text,) in cursor.fetchall())
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = "".join(text for (text,) in cursor.fetchall())
    assert b"Rina" not in kept
    assert "Rina" not in rest + jobs
    assert "rina@" not in rest + jobs
    assert receipt.secret not in rest + jobs


@pytest.mark.clause("51.6.5.b")
@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"reporter": NOBODY}, ("identity",)),
        ({"object": "", "matter": ""}, ("object",)),
    ],
)
def test_without_identity_or_object_it_is_a_suggestion_and_is_answered(
    changes: dict[str, object], missing: tuple[str, ...]
) -> None:
    receipt = complaints.file(makers.filing(**changes), at=MONDAY, uploads=(("bukti.pdf", PDF),))

    assert (receipt.kind, receipt.reason_clause, receipt.missing) == (Kind.SUGGESTION, "51.6.5.b", missing)
    assert receipt.answer_due_on == date(2026, 12, 11)


@pytest.mark.clause("51.6.2", "51.6.3")
@pytest.mark.parametrize(("days", "kind", "clause"), [(30, Kind.COMPLAINT, None), (31, Kind.SUGGESTION, "51.6.3")])
def test_thirty_calendar_days_are_in_time_and_one_more_is_not(days: int, kind: Kind, clause: str | None) -> None:
    receipt = complaints.file(makers.filing(service_on=MONDAY.date() - timedelta(days=days)), at=MONDAY)

    assert (receipt.kind, receipt.reason_clause, receipt.days_since_service) == (kind, clause, days)


@pytest.mark.clause("51.6.3")
def test_a_letter_that_came_in_time_is_in_time_when_it_is_typed_in_later() -> None:
    officer = makers.actor(Role.COMPLAINTS_OFFICER)
    filing = makers.filing(channel="surat", service_on=CALENDAR_30, received_at=MONDAY)

    receipt = complaints.file(filing, actor=officer, at=MONDAY + timedelta(days=3))

    assert receipt.kind is Kind.COMPLAINT
    assert receipt.answer_due_on == date(2026, 12, 11)


@pytest.mark.clause("51.6.2")
def test_an_unknown_day_is_asked_not_assumed() -> None:
    receipt = complaints.file(makers.filing(service_on=None), at=MONDAY)

    assert (receipt.kind, receipt.days_since_service, receipt.missing) == (Kind.COMPLAINT, None, ("service_on",))


@pytest.mark.clause("51.6.5.b")
def test_what_was_missing_may_be_supplied_and_is_judged_as_of_the_day_it_came() -> None:
    row = makers.filed(reporter=NOBODY, service_on=None)

    complaints.complete(
        REPORTER,
        row.id,
        reporter=Reporter(name="Rina"),
        service_on=CALENDAR_30,
        at=MONDAY + timedelta(days=2),
    )

    row = Complaint.objects.get(pk=row.id)
    assert (row.kind, row.reason_clause, row.has_identity) == (Kind.COMPLAINT, "", True)
    assert ComplaintIdentity.objects.get(pk=row.id).data["name"] == "Rina"


@pytest.mark.clause("51.6.5.a")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "burung_merpati"}, "channel"),
        ({"service_on": date(2026, 12, 1)}, "service_received_on"),
        ({"object": "", "matter": " "}, "matter"),
        ({"reporter": Reporter(name="Rina", contact="entah")}, "contact"),
        ({"object": "x" * 301}, "object"),
        ({"received_at": MONDAY + timedelta(hours=1)}, "received_at"),
    ],
)
def test_what_is_malformed_is_named(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        complaints.file(makers.filing(**changes), at=MONDAY)

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert not Complaint.objects.exists()


@pytest.mark.clause("51.6.5.a")
def test_a_resend_with_its_key_gives_the_same_receipt() -> None:
    first = complaints.file(makers.filing(), at=MONDAY, key="a1", client="loket")
    again = complaints.file(makers.filing(), at=MONDAY + timedelta(minutes=5), key="a1", client="loket")
    other = complaints.file(makers.filing(), at=MONDAY, key="a1", client="lapor")

    assert (again.number, again.secret, again.is_new) == (first.number, first.secret, False)
    assert other.number != first.number


@pytest.mark.clause("51.6.5.a")
def test_a_key_that_was_used_for_other_words_is_refused() -> None:
    complaints.file(makers.filing(), at=MONDAY, key="a1")

    with pytest.raises(RuleBroken, match="Kunci"):
        complaints.file(makers.filing(object="Lain"), at=MONDAY, key="a1")


@pytest.mark.clause("51.6.2")
def test_an_officer_of_another_desk_takes_none_in() -> None:
    with pytest.raises(NotAllowed):
        complaints.file(makers.filing(), actor=makers.actor(Role.VALIDATOR), at=MONDAY)


def test_a_filing_costs_at_most_twelve_statements() -> None:
    makers.filed()  # the clock of the year stands
    with CaptureQueriesContext(connection) as captured:
        complaints.file(makers.filing(), at=MONDAY, key="k", uploads=(("bukti.pdf", PDF),))

    assert len(captured) <= 12, [query["sql"][:100] for query in captured]


def test_nothing_of_a_complaint_s_words_is_in_the_ledger() -> None:
    row = makers.filed(wants_secrecy=True)

    said = "".join(str(e.after) + e.reason for e in LedgerEntry.objects.filter(subject_id=row.id))
    assert "Berkas saya" not in said
