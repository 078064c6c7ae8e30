"""What time alone brings about: warnings, lapses, the ladder, each exactly once (51.3)."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pasti import standards
from pasti.actions import calendar as calendars
from pasti.actions import certificate, due, licensing, notices, oversight
from pasti.domain.calendar import JAKARTA
from pasti.domain.clock import Clock, ClockState
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.events import Json
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.queries.desk import desk
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from pasti.records.oversight import PostAudit
from tests import makers
from tests.makers import MONDAY
from tests.standards.library import ENTRIES, copy

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.3")]
DUE = date(2026, 12, 2)  # of what is complete on MONDAY: seven working days later


def on(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Purwakarta."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)


def december(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return on(date(2026, 12, day), hour, minute)


@pytest.fixture
def officers() -> dict[Role, Actor]:
    return makers.officers()


@pytest.fixture
def running(officers: dict[Role, Actor]) -> Application:
    """A case in technical review, its clock started on MONDAY."""
    return makers.advance(officers, makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)


def told(kind: str) -> list[dict[str, Json]]:
    return [
        job.args for job in ProcrastinateJob.objects.filter(task_name="tell_office").order_by("id") if job.args["kind"] == kind
    ]


def test_the_office_is_warned_at_three_days_at_one_and_on_the_last_morning_once_each(running: Application) -> None:
    assert running.due_on == DUE
    moments = [on(date(2026, 11, 23)) + timedelta(hours=hour) for hour in range(24 * 9)]

    warned = [at for at in moments if due.run(at=at).warned]

    assert [at.astimezone(JAKARTA).strftime("%d.%m. %H") for at in warned] == ["27.11. 00", "01.12. 00", "02.12. 08"]
    assert [args["remaining"] for args in told("warned")] == [3, 1, 0]
    assert told("warned")[0]["roles"] == [Role.TECHNICAL_TEAM, Role.PROCESSING_OFFICER, Role.SUPERIOR]


def test_a_warning_missed_while_the_machine_was_off_is_not_made_up_beside_the_next(running: Application) -> None:
    reports = [due.run(at=december(1)), due.run(at=december(1, 9, 15))]

    assert [len(report.warned) for report in reports] == [1, 0]
    assert LedgerEntry.objects.get(kind="guard.warned").after == {"remaining": 1, "due_on": "2026-12-02"}


def test_nothing_lapses_on_the_last_day_itself(running: Application) -> None:
    assert due.run(at=december(2, 23, 59)).deemed_approved == []


def test_at_midnight_the_case_is_deemed_approved_with_its_legal_ground_once(running: Application) -> None:
    reports = [due.run(at=december(3, 0)), due.run(at=december(3, 0, 15))]

    row, fact = makers.fresh(running.id), LedgerEntry.objects.get(kind="application.deemed_approved")
    assert [report.deemed_approved for report in reports] == [[row.number], []]
    assert (row.state, row.waiting_role, row.due_on, row.lapsed_on) == (State.DEEMED_APPROVED, Role.HEAD, DUE, DUE)
    assert Clock.from_json(row.clock).state is ClockState.ENDED
    assert fact.reason == standards.load().in_force("51", DUE).clock.on_lapse_ground.id
    assert (fact.actor_id, fact.actor_roles, fact.public) == (None, Role.SYSTEM, True)
    assert Certificate.objects.get(application=row).number == fact.after["certificate"]
    assert PostAudit.objects.get().application_id == row.id
    assert told("deemed_approved")[0]["roles"] == [Role.TECHNICAL_TEAM, Role.INSPECTOR, Role.SUPERIOR]
    assert ledger.verify().fault is None


@pytest.mark.parametrize("until", [State.FIELD_INSPECTION, State.RECOMMENDATION, State.VALIDATION, State.DECISION, State.SIGNING])
def test_it_lapses_wherever_it_lay(officers: dict[Role, Actor], until: State) -> None:
    outside = {"in_estate": "tidak", "estate": "", "ground": "c"}
    row = makers.advance(officers, makers.submitted(makers.actor(), place=outside).id, until=until)

    due.run(at=december(3))

    assert makers.fresh(row.id).state == State.DEEMED_APPROVED
    assert Certificate.objects.filter(application=row).count() == 1


def test_from_midnight_on_no_officer_decides_what_the_law_has_decided(officers: dict[Role, Actor], running: Application) -> None:
    with pytest.raises(RuleBroken, match="dianggap disetujui"):
        licensing.review(
            officers[Role.TECHNICAL_TEAM], running.id, seen=running.ledger_length, at=december(3), reason="Sudah diperiksa."
        )


def test_a_question_asked_too_late_does_not_save_the_term(officers: dict[Role, Actor], running: Application) -> None:
    licensing.ask(
        officers[Role.TECHNICAL_TEAM], running.id, seen=running.ledger_length, at=december(2, 17), reason="Di mana alat disimpan?"
    )

    assert due.run(at=december(3)).deemed_approved == [running.number]


def test_a_question_asked_in_time_stops_it(officers: dict[Role, Actor], running: Application) -> None:
    licensing.ask(
        officers[Role.TECHNICAL_TEAM], running.id, seen=running.ledger_length, at=december(2, 10), reason="Di mana alat disimpan?"
    )

    assert due.run(at=december(30)).deemed_approved == []


def test_what_is_deemed_approved_is_first_on_the_heads_desk_and_its_certificate_says_why(
    officers: dict[Role, Actor], running: Application, signing_passphrase: str
) -> None:
    head, other = officers[Role.HEAD], makers.actor(email="lain@uji.example")
    makers.advance(officers, makers.submitted(other, at=december(1)).id, until=State.SIGNING, at=december(1))
    due.run(at=december(3))

    first = desk(head, at=december(3)).rows[0]
    certificate.sign(head, first.id, signing_passphrase, seen=makers.fresh(first.id).ledger_length, at=december(3, 10))

    row = makers.fresh(running.id)
    assert (first.id, row.state, row.due_on) == (running.id, State.ISSUED, None)
    data = Certificate.objects.get(application=row).data
    assert data["deemed_on"] == "2026-12-02"
    assert "Pasal 53" in data["deemed_ground"]


def test_the_applicant_and_the_office_read_of_the_lapse(running: Application, mailbox: Path) -> None:
    makers.account(Role.INSPECTOR)
    makers.account(Role.SUPERIOR)
    due.run(at=december(3))
    errand = uuid4()

    notices.tell_applicant(uuid4(), running.id, "deemed_approved", at=december(3))
    for _ in range(2):
        notices.tell_office(errand, running.id, "deemed_approved", [Role.INSPECTOR, Role.SUPERIOR], at=december(3), more={})

    letters = sorted(path.read_text() for path in mailbox.rglob("*.eml"))
    assert len(letters) == 3
    assert all(running.number in letter for letter in letters)


@pytest.mark.clause("51.10.2")
def test_a_post_audit_is_closed_once_with_a_finding_by_who_oversees(officers: dict[Role, Actor], running: Application) -> None:
    due.run(at=december(3))
    task, inspector = PostAudit.objects.get(), makers.actor(Role.INSPECTOR)

    with pytest.raises(NotAllowed):
        oversight.close_post_audit(officers[Role.HEAD], task.id, "Semua syarat ternyata dipenuhi.", at=december(4))
    with pytest.raises(RuleBroken, match="temuannya"):
        oversight.close_post_audit(inspector, task.id, "baik", at=december(4))
    oversight.close_post_audit(inspector, task.id, "Semua syarat ternyata dipenuhi.", at=december(4))
    with pytest.raises(RuleBroken, match="sudah ditutup"):
        oversight.close_post_audit(inspector, task.id, "Temuan yang lain sekali.", at=december(5))

    fact = LedgerEntry.objects.get(kind="post_audit.closed")
    assert (fact.reason, fact.about) == ("Semua syarat ternyata dipenuhi.", running.id)


def test_a_recalculated_date_is_the_one_that_lapses(running: Application) -> None:
    assert calendars.recalculate(at=december(1)) == 0
    assert due.run(at=december(3)).deemed_approved == [running.number]


@pytest.fixture
def second_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library with entry 52, which escalates."""
    root = copy(tmp_path)
    shutil.copytree(ENTRIES, root, dirs_exist_ok=True)
    monkeypatch.setenv("PASTI_STANDARDS", str(root))


def test_an_entry_that_escalates_climbs_one_rung_a_working_day(officers: dict[Role, Actor], second_entry: None) -> None:
    outside = {"in_estate": "tidak", "estate": "", "ground": "a"}
    row = makers.submitted(makers.actor(), entry="52", place=outside)
    examiner = officers[Role(row.waiting_role)]
    makers.judge_all(examiner, row.id)
    licensing.accept(examiner, row.id, seen=makers.fresh(row.id).ledger_length, at=MONDAY)
    row = makers.fresh(row.id)
    superior = makers.actor(Role.SUPERIOR)
    assert row.due_on == date(2026, 11, 30)

    moments = [datetime(2026, 11, 30, tzinfo=UTC) + timedelta(hours=6 * n) for n in range(4 * 8)]
    climbed = [at for at in moments if due.run(at=at).escalated]

    facts = LedgerEntry.objects.filter(kind="guard.escalated").order_by("seq")
    assert [at.astimezone(JAKARTA).date().day for at in climbed] == [1, 2, 3, 4][: len(facts)]
    assert [fact.after["to"] for fact in facts] == list(
        dict.fromkeys([row.waiting_role, Role.VALIDATOR, Role.HEAD, Role.SUPERIOR])
    )
    assert makers.fresh(row.id).state == row.state
    assert [line.id for line in desk(superior, at=december(8)).rows] == [row.id]
