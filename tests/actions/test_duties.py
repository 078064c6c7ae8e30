"""Duties after issue: opened with the certificate, reminded of once each, overdue without deciding anything, reported (51.1)."""

from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti.actions import certificate, due, duties, notices, validity
from pasti.domain.calendar import JAKARTA
from pasti.domain.duties import Report
from pasti.domain.errors import InvalidInput, NotAllowed, RuleBroken
from pasti.domain.events import Json
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import Act, State
from pasti.queries import ledger
from pasti.queries.attention import attention
from pasti.queries.duties import of_case, overdue
from pasti.records.duties import Duty
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.1.A.5")]
LICENCES = date(2027, 2, 21)  # ninety days after MONDAY
SIINAS = date(2027, 1, 31)


def on(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JAKARTA)


@pytest.fixture
def office() -> dict[Role, Actor]:
    return makers.officers()


@pytest.fixture
def holder() -> Actor:
    return makers.actor()


@pytest.fixture
def issued(office: dict[Role, Actor], holder: Actor, signing_passphrase: str) -> Application:
    row = makers.advance(office, makers.submitted(holder).id, until=State.SIGNING)
    certificate.sign(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY)
    return makers.fresh(row.id)


def a_report(**changed: object) -> Report:
    return Report(**{"number": "PB-UMKU 77", "dated_on": date(2026, 12, 1), "has_file": True} | changed)  # type: ignore[arg-type]


def told(kind: str) -> list[dict[str, Json]]:
    return [
        job.args for job in ProcrastinateJob.objects.filter(task_name="tell_applicant").order_by("id") if job.args["kind"] == kind
    ]


def the(name: str) -> Duty:
    return Duty.objects.filter(duty=name).order_by("from_on").first()  # type: ignore[return-value]


def test_the_duties_stand_there_with_the_certificate(issued: Application) -> None:
    owed = {row.duty: row.due_on for row in issued.duties.all()}

    assert owed == {"supporting_licences": LICENCES, "siinas_report": SIINAS}
    assert issued.duties_next_on == date(2027, 1, 1)
    assert LedgerEntry.objects.filter(subject_id=issued.id, kind="duty.opened").count() == 2


def test_the_holder_is_reminded_before_and_on_the_day_once_each(issued: Application) -> None:
    hours = [on(date(2026, 12, 30), 0) + timedelta(hours=6 * n) for n in range(4 * 34)]

    spoke = [at.astimezone(JAKARTA) for at in hours if due.run(at=at).duties_told]

    about = [(args["left"], args["duty"]) for args in told("duty_due")]
    assert about == [(30, "siinas_report"), (30, "supporting_licences"), (7, "siinas_report"), (0, "siinas_report")]
    assert [at.strftime("%d.%m. %H") for at in spoke] == ["01.01. 00", "22.01. 00", "24.01. 00", "31.01. 12", "01.02. 00"]
    assert [(args["duty"], args["left"]) for args in told("duty_overdue")] == [("siinas_report", -1)]
    assert ledger.verify().fault is None


def test_running_twice_at_one_moment_tells_once(issued: Application) -> None:
    assert [due.run(at=on(date(2027, 1, 2))).duties_told for _ in range(2)] == [[issued.number], []]


def test_the_next_report_is_owed_from_the_day_after_a_period(issued: Application) -> None:
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        due.run(at=on(day))

    assert list(issued.duties.filter(duty="siinas_report").order_by("due_on").values_list("from_on", flat=True)) == [
        date(2026, 12, 31),
        date(2027, 6, 30),
    ]


def test_what_was_issued_before_duties_were_recorded_owes_from_now_on(issued: Application) -> None:
    issued.duties.all().delete()
    Application.objects.filter(pk=issued.pk).update(duties_next_on=date(2024, 5, 1))

    due.run(at=on(date(2027, 3, 1)))

    assert {row.duty: row.due_on for row in issued.duties.all()} == {
        "supporting_licences": date(2027, 5, 30),
        "siinas_report": date(2027, 7, 31),
    }


def test_an_overdue_duty_is_a_ground_to_hear_the_holder_and_changes_nothing(
    office: dict[Role, Actor], issued: Application
) -> None:
    late = on(LICENCES + timedelta(days=1))
    due.run(at=late)
    head = office[Role.HEAD]

    found = {line.rule.id: line for line in overdue(head, at=late).lines}

    assert set(found) == {"siinas_report", "supporting_licences"}
    assert "Perizinan penunjang" in found["supporting_licences"].ground
    assert "terlambat 1 hari kalender" in found["supporting_licences"].ground
    assert makers.fresh(issued.id).state == State.ISSUED
    assert attention(head, at=late).overdue_duties == 2
    line = found["supporting_licences"]
    validity.hear(head, line.case, Act.SUSPEND, seen=line.seen, at=late, reason=str(line.ground))
    assert makers.fresh(issued.id).state == State.ISSUED


def test_a_report_is_kept_with_its_file_and_ends_the_reminders(holder: Actor, issued: Application) -> None:
    duties.report(holder, issued.id, the("supporting_licences").pk, a_report(), ("izin.pdf", makers.PDF), at=on(date(2027, 1, 5)))
    for day in range(120):
        due.run(at=on(date(2027, 1, 6) + timedelta(days=day)))

    row = the("supporting_licences")
    assert (row.number, row.mime, bool(row.sha256)) == ("PB-UMKU 77", "application/pdf", True)
    assert not row.is_overdue
    assert {args["duty"] for args in told("duty_due") + told("duty_overdue")} == {"siinas_report"}


def test_a_late_report_is_taken_and_leaves_the_desk(office: dict[Role, Actor], holder: Actor, issued: Application) -> None:
    late = on(SIINAS + timedelta(days=3))
    due.run(at=late)
    duties.report(holder, issued.id, the("siinas_report").pk, a_report(dated_on=date(2027, 2, 3)), None, at=late)

    assert overdue(office[Role.HEAD], at=late).lines == ()
    assert LedgerEntry.objects.get(kind="duty.reported").after["is_late"] is True


def test_a_business_that_needs_no_licence_says_why(holder: Actor, issued: Application) -> None:
    id = the("supporting_licences").pk
    with pytest.raises(InvalidInput, match="1 isian"):
        duties.report(holder, issued.id, id, Report(none_reason="tidak"), None, at=MONDAY)
    duties.report(holder, issued.id, id, Report(none_reason="Kami tidak membuat alat pertahanan."), None, at=MONDAY)

    (line,) = [line for line in of_case(issued.id, at=MONDAY) if line.id == id]
    assert (line.none_reason, line.may_be_reported) == ("Kami tidak membuat alat pertahanan.", False)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (Report(), ["number", "dated_on", "file"]),
        (a_report(dated_on=date(2030, 1, 1)), ["dated_on"]),
        (a_report(none_reason="Tidak dibutuhkan usaha kami."), ["none_reason"]),
    ],
)
def test_what_a_report_lacks_is_said_at_its_field(holder: Actor, issued: Application, given: Report, fields: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        duties.report(holder, issued.id, the("supporting_licences").pk, given, None, at=MONDAY)

    assert [problem.field for problem in refused.value.problems] == fields


def test_a_period_is_reported_after_it_ended_and_a_duty_once(holder: Actor, issued: Application) -> None:
    with pytest.raises(RuleBroken, match="31 Desember 2026"):
        duties.report(holder, issued.id, the("siinas_report").pk, a_report(), None, at=MONDAY)
    at = on(date(2027, 1, 4))
    duties.report(holder, issued.id, the("siinas_report").pk, a_report(), None, at=at)
    with pytest.raises(RuleBroken, match="sudah Anda laporkan"):
        duties.report(holder, issued.id, the("siinas_report").pk, a_report(), None, at=at)


@pytest.mark.clause("51.10.1")
def test_only_the_holder_reports(office: dict[Role, Actor], issued: Application) -> None:
    stranger = makers.actor(email="lain@uji.example")
    for who in (stranger, office[Role.HEAD]):
        with pytest.raises(NotAllowed):
            duties.report(who, issued.id, the("siinas_report").pk, a_report(), None, at=on(date(2027, 1, 4)))


@pytest.mark.clause("51.5")
def test_the_head_hears_once_that_a_hearing_ended_without_response(office: dict[Role, Actor], issued: Application) -> None:
    head = office[Role.HEAD]
    validity.hear(head, issued.id, Act.SUSPEND, seen=issued.ledger_length, at=MONDAY, reason="Pabrik dipindahkan tanpa kabar.")
    assert due.run(at=on(date(2026, 12, 7), 23)).hearings_ended == []

    runs = [due.run(at=on(date(2026, 12, 8), hour)).hearings_ended for hour in (0, 1)]

    assert runs == [[issued.number], []]
    assert len([j for j in ProcrastinateJob.objects.filter(task_name="tell_office") if j.args["kind"] == "hearing_over"]) == 1
    assert [h.number for h in attention(head, at=on(date(2026, 12, 8))).hearings] == [issued.number]
    assert attention(office[Role.VALIDATOR], at=on(date(2026, 12, 8))).hearings == ()
    assert makers.fresh(issued.id).state == State.ISSUED


def test_the_applicant_is_reminded_that_the_time_to_fulfil_ends(office: dict[Role, Actor], holder: Actor) -> None:
    row = makers.found_not_met(office, makers.submitted(holder).id)  # thirty days end on 23 December
    days = [on(date(2026, 12, 10) + timedelta(days=n)) for n in range(14)]

    assert [at.day for at in days if due.run(at=at).fulfilments_ending] == [16, 22]
    assert [args["left"] for args in told("fulfilment_ending")] == [7, 1]
    assert makers.fresh(row.id).state == State.NOT_MET


def test_the_letters_name_the_duty_and_its_date(office: dict[Role, Actor], issued: Application, mailbox: Path) -> None:
    more: dict[str, Json] = {"duty": "siinas_report", "due_on": "2027-01-31", "left": 7}
    for kind in ("duty_due", "duty_overdue"):
        notices.tell_applicant(uuid4(), issued.id, kind, at=MONDAY, more=more)
    notices.tell_office(uuid4(), issued.id, "duty_overdue", [Role.VALIDATOR], at=MONDAY, more=more)

    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in mailbox.rglob("*.eml")]

    assert sorted(str(letter["Subject"]) for letter in letters) == [
        "7 hari lagi: Laporan data industri (SIINas)",
        f"Kewajiban lewat tenggat: {issued.number}",
        "Lewat tenggat: Laporan data industri (SIINas)",
    ]
    bodies = [letter.get_content() for letter in letters]  # type: ignore[attr-defined]  # the default policy's message has it
    assert all("SIINas" in body and "31 Januari 2027" in body for body in bodies)


def test_the_letters_of_terms_that_end_are_written(office: dict[Role, Actor], holder: Actor, mailbox: Path) -> None:
    row = makers.found_not_met(office, makers.submitted(holder).id)
    notices.tell_applicant(uuid4(), row.id, "fulfilment_ending", at=MONDAY, more={"left": 1})
    notices.tell_office(uuid4(), row.id, "hearing_over", [Role.HEAD], at=MONDAY, more={})

    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in mailbox.rglob("*.eml")]

    assert sorted(str(letter["Subject"]) for letter in letters) == [
        f"1 hari lagi untuk memenuhi syarat: {row.number}",
        f"Waktu tanggapan lewat: {row.number}",
    ]


@pytest.mark.clause("51.10.2")
def test_what_follows_from_a_signature_is_the_systems_fact_not_the_heads(office: dict[Role, Actor], issued: Application) -> None:
    facts = LedgerEntry.objects.filter(subject_id=issued.id)
    following = facts.filter(kind__in=["duty.opened", "clock.ended"])

    assert {fact.kind for fact in following} == {"duty.opened", "clock.ended"}
    assert {(fact.actor_id, fact.actor_roles) for fact in following} == {(None, "system")}
    assert facts.get(kind="application.signed").actor_id == office[Role.HEAD].id
    assert ledger.verify().fault is None
