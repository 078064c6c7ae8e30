"""The survey's acts: one answer for an invitation and nothing that ties them, quarters followed up, published (51.14.2)."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import openpyxl
import pikepdf
import pytest
from django.db import connection

from pasti import standards
from pasti.actions import notices, survey, survey_paper, survey_report
from pasti.domain.errors import InvalidInput, NotAllowed, Overtaken, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.survey_run import Channel, Plan, Stage
from pasti.domain.workflow import State
from pasti.queries import survey as surveys
from pasti.queries.evidence import facts
from pasti.records.complaints import Complaint
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from pasti.records.survey import SurveyAnswer, SurveyInvitation, SurveyPaper, SurveyRun, subject_of, token_of
from tests import makers
from tests.surveys import ALL_THREES, IN_SUMMER, SUMMER, answered, closed, finished, fresh, keeper, planned

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.2")]
THREES = dict.fromkeys(ALL_THREES, 3)
LATER = IN_SUMMER + timedelta(days=1)
OCTOBER = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
HEADER = ",".join(ALL_THREES)


def test_an_invitation_is_answered_once() -> None:
    row = finished(makers.actor())[0]
    token = token_of("application", row.id)

    survey.answer(token, ALL_THREES, channel=Channel.LINK, at=LATER)
    with pytest.raises(RuleBroken, match="sudah diisi"):
        survey.answer(token, ALL_THREES, channel=Channel.LINK, at=LATER)

    assert SurveyAnswer.objects.count() == 1


def test_nothing_ties_an_answer_to_its_case() -> None:
    row = finished(makers.actor())[0]
    survey.invite_applicant(row, at=IN_SUMMER)
    survey.answer(
        token_of("application", row.id), {**ALL_THREES, "remark": "Ruang tunggu panas."}, channel=Channel.LINK, at=LATER
    )

    kept = SurveyAnswer.objects.get()
    fact = LedgerEntry.objects.get(kind="survey.answered")
    assert {field.name for field in SurveyAnswer._meta.fields} == {"id", "run", "channel", "remark", *ALL_THREES}
    assert (fact.actor_id, fact.about, fact.after, fact.reason) == (None, None, {"channel": "link"}, "")
    assert str(row.id) not in str(kept.__dict__) + str(fact.__dict__)
    assert list(SurveyInvitation.objects.values("kind", "subject_id", "used")) == [
        {"kind": "application", "subject_id": row.id, "used": True}
    ]


def test_a_service_that_is_not_finished_is_not_judged_yet() -> None:
    row = makers.submitted(makers.actor())

    with pytest.raises(RuleBroken, match="belum berlaku"):
        survey.answer(token_of("application", row.id), ALL_THREES, channel=Channel.LINK, at=makers.MONDAY)
    assert survey.invite_applicant(row, at=makers.MONDAY) == ""


@pytest.mark.parametrize("token", ["", "x", "a" * 39, "ä" * 20, token_of("complaint", UUID(int=7))])
def test_a_code_of_nobodys_is_refused(token: str) -> None:
    with pytest.raises(RuleBroken):
        survey.answer(token, ALL_THREES, channel=Channel.LINK, at=LATER)


def test_a_code_that_was_changed_is_nobodys() -> None:
    token = token_of("application", uuid4())

    changed = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]
    assert [subject_of(other) for other in changed] == [None] * len(token)


@pytest.mark.parametrize("raw", [{}, {"u1": "5"}, {"u1": "", "remark": "halo"}, {**ALL_THREES, "remark": "x" * 1001}])
def test_an_answer_that_is_none_is_refused_and_the_invitation_stays(raw: dict[str, str]) -> None:
    row = finished(makers.actor())[0]

    with pytest.raises(InvalidInput):
        survey.answer(token_of("application", row.id), raw, channel=Channel.LINK, at=LATER)
    survey.answer(token_of("application", row.id), {"u4": "4"}, channel=Channel.LINK, at=LATER)

    assert SurveyAnswer.objects.get().u4 == 4
    assert SurveyAnswer.objects.get().u1 is None


def test_the_letter_that_ends_a_service_invites_once(mailbox: Path) -> None:
    row = finished(makers.actor())[0]
    Application.objects.filter(pk=row.id).update(state=State.REJECTED, issued_at=None, held_since=IN_SUMMER)

    for _ in range(2):
        notices.tell_applicant(uuid4(), row.id, "rejected", at=LATER)

    letters = [message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.glob("*.eml")]
    assert len(letters) == 2
    assert all(f"http://testserver/survei/{token_of('application', row.id)}/" in letter.get_content() for letter in letters)
    assert LedgerEntry.objects.filter(kind="survey.invited", about=row.id).count() == 1
    assert SurveyRun.objects.get().finished() == 1


def test_an_answered_complaint_is_asked_about_too() -> None:
    row = makers.filed()
    token = token_of("complaint", row.id)
    with pytest.raises(RuleBroken, match="belum berlaku"):
        survey.answer(token, ALL_THREES, channel=Channel.LINK, at=makers.MONDAY)
    Complaint.objects.filter(pk=row.id).update(answered_at=makers.MONDAY)

    url = survey.invite("complaint", row.id, entry=row.entry, finished=makers.MONDAY, at=makers.MONDAY)
    survey.answer(token, ALL_THREES, channel=Channel.LINK, at=makers.MONDAY)

    assert url == f"http://testserver/survei/{token}/"
    assert (SurveyRun.objects.get().finished(), SurveyAnswer.objects.count()) == (1, 1)
    assert survey.invite("complaint", row.id, entry=row.entry, finished=makers.MONDAY, at=makers.MONDAY) == ""


def test_who_has_answered_is_not_invited_again() -> None:
    row = finished(makers.actor())[0]
    answered([row], [THREES])

    assert survey.invite_applicant(row, at=LATER) == ""


def test_a_quarter_is_closed_after_its_end_with_its_sample() -> None:
    officer = keeper()
    row = closed(officer, makers.actor(), [THREES, {**THREES, "u3": 1}])

    assert (row.stage, row.population, row.needed, row.index, row.grade) == (Stage.CLOSED, 2, 2, Decimal("72.22"), "C")
    view = surveys.run(officer, row.id, at=OCTOBER)
    assert view is not None and view.reached and [line.code for line in view.lines if line.is_lowest] == ["u1", "u2", "u3"]
    with pytest.raises(RuleBroken, match="sudah ditutup"):
        answered(finished(makers.actor(email="b@uji.example")), [THREES])


def test_a_quarter_is_not_closed_early_nor_without_a_questionnaire() -> None:
    officer, rows = keeper(), finished(makers.actor(), count=2)
    run = survey.run_for("51", SUMMER, at=IN_SUMMER)

    with pytest.raises(RuleBroken, match="Belum ada kuesioner"):
        survey.close(officer, run.id, at=OCTOBER)
    answered(rows, [THREES, THREES])
    with pytest.raises(RuleBroken, match="belum berakhir"):
        survey.close(officer, run.id, at=LATER)
    assert fresh(run.id).stage == Stage.OPEN


def test_an_element_that_nobody_answered_is_said_and_keeps_no_quarter_open() -> None:
    officer = keeper()
    row = closed(officer, makers.actor(), [{"u1": 4, "u2": 3, "u3": 2}] * 5)

    view = surveys.run(officer, row.id, at=OCTOBER)
    assert (row.index, row.grade) == (Decimal("75.00"), "C")
    assert view is not None and [line.code for line in view.unanswered] == ["u4", "u5", "u6", "u7", "u8", "u9"]
    assert [line.code for line in view.lines if line.is_lowest] == ["u1", "u2", "u3"]
    assert survey_report.report(officer, row.id)[1].startswith(b"%PDF")


def test_while_a_quarter_runs_only_its_count_is_told() -> None:
    officer, rows = keeper(), finished(makers.actor(), count=6)
    answered(rows, [THREES] * 6)
    run = SurveyRun.objects.get()

    view = surveys.run(officer, run.id, at=LATER)
    assert view is not None and (view.n, view.result, view.lines, view.is_told) == (6, None, (), False)
    assert surveys.remarks(officer, run.id) == ()
    with pytest.raises(RuleBroken, match="sesudah survei triwulan ini ditutup"):
        survey_report.worksheet(officer, run.id)
    survey.close(officer, run.id, at=OCTOBER)
    assert survey_report.worksheet(officer, run.id)[1].startswith(b"PK")


@pytest.mark.parametrize(
    ("by_link", "on_paper", "told"), [(4, 0, False), (5, 0, True), (1, 4, False), (0, 5, True), (5, 4, True)]
)
def test_too_few_people_are_not_told_apart_and_paper_hides_nobody(by_link: int, on_paper: int, told: bool) -> None:
    officer, run = keeper(), survey.run_for("51", SUMMER, at=IN_SUMMER)
    answered(finished(makers.actor(), count=by_link), [{**THREES, "u9": 1}] * by_link)
    if on_paper:
        survey_paper.take_in(officer, run.id, "\n".join((HEADER, *["4,4,4,4,4,4,4,4,4"] * on_paper)).encode(), at=OCTOBER)
    survey.close(officer, run.id, at=OCTOBER)

    view = surveys.run(officer, run.id, at=OCTOBER)
    assert view is not None and (view.is_told, bool(view.line.nrr)) == (told, told)
    if told:
        survey_report.worksheet(officer, run.id)
    else:
        with pytest.raises(RuleBroken, match="Kurang dari 5"):
            survey_report.worksheet(officer, run.id)
    assert survey_report.report(officer, run.id)[1].startswith(b"%PDF")


def test_words_are_dealt_apart_from_the_answers_they_came_with() -> None:
    officer, rows = keeper(), finished(makers.actor(), count=8)
    for number, row in enumerate(rows):
        raw = {**ALL_THREES, "u1": str(number % 4 + 1), "remark": f"{7 - number} kursi"}
        survey.answer(token_of("application", row.id), raw, channel=Channel.KIOSK, at=LATER)
    survey.close(officer, SurveyRun.objects.get().id, at=OCTOBER)

    kept = SurveyAnswer.objects.order_by("id").values_list("remark", "channel")
    assert list(kept) == [(f"{number} kursi", "") for number in range(8)]


def test_closing_deals_the_questionnaires_anew() -> None:
    applicant = makers.actor()
    sheets = [{**THREES, "u1": number % 4 + 1} for number in range(12)]
    answered(finished(applicant, count=12), sheets)
    run = SurveyRun.objects.get()
    before, tallied = set(run.answers.values_list("id", flat=True)), run.tallied()

    survey.close(keeper(), run.id, at=OCTOBER)

    assert fresh(run.id).tallied() == tallied
    assert before.isdisjoint(run.answers.values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), array_agg(id ORDER BY ctid) FROM survey_answer")
        transactions, as_they_lie = cursor.fetchone()
    assert (transactions, as_they_lie) == (1, sorted(as_they_lie))


def test_only_who_keeps_the_survey_closes_it() -> None:
    answered(finished(makers.actor()), [THREES])
    run = SurveyRun.objects.get()

    for role in (Role.HEAD, Role.COUNTER_OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            survey.close(makers.actor(role), run.id, at=OCTOBER)


def test_publishing_waits_for_a_plan_for_each_of_the_three_lowest() -> None:
    officer = keeper()
    row = planned(officer, closed(officer, makers.actor(), [{**THREES, "u9": 1}]), "u9", "u1")

    with pytest.raises(RuleBroken, match="u2"):
        survey.publish(officer, row.id, seen=row.ledger_length, at=OCTOBER)
    row = planned(officer, row, "u2")
    survey.publish(makers.actor(Role.HEAD), row.id, seen=row.ledger_length, at=OCTOBER)

    assert [line.id for line in surveys.published("51")] == [row.id]
    assert surveys.published_run("51", SUMMER, at=OCTOBER) is not None
    kinds = list(LedgerEntry.objects.filter(subject_id=row.id).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["survey.opened", "survey.answered", "survey.closed", *["survey.planned"] * 3, "survey.published"]


def test_a_plan_says_what_who_and_until_when() -> None:
    officer = keeper()
    row = closed(officer, makers.actor(), [THREES])

    asked = Plan(element="u10", action="cepat", owner=None, due_on=OCTOBER.date())
    with pytest.raises(InvalidInput) as refusal:
        survey.plan(officer, row.id, asked, seen=row.ledger_length, at=OCTOBER)
    with pytest.raises(Overtaken):
        survey.plan(officer, row.id, asked, seen=row.ledger_length - 1, at=OCTOBER)

    assert [problem.field for problem in refusal.value.problems] == ["element", "action", "owner", "due_on"]


def test_a_plan_is_finished_with_what_shows_it_by_its_owner() -> None:
    officer = keeper()
    row = planned(officer, closed(officer, makers.actor(), [THREES]), "u1")
    plan = row.plans.get()

    with pytest.raises(NotAllowed):
        survey.finish_plan(makers.actor(Role.HEAD), plan.id, "Papan baru terpasang di loket 2.", at=OCTOBER)
    with pytest.raises(InvalidInput):
        survey.finish_plan(officer, plan.id, "sudah", at=OCTOBER)
    survey.finish_plan(officer, plan.id, "Papan baru terpasang di loket 2.", at=OCTOBER)

    assert row.plans.get().done_on == OCTOBER.date()
    with pytest.raises(RuleBroken, match="sudah dicatat"):
        survey.finish_plan(officer, plan.id, "Papan baru terpasang di loket 2.", at=OCTOBER)


def workbook(*rows: tuple[object, ...]) -> bytes:
    """An xlsx of these rows."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADER},saran\n4,4,4,4,4,4,4,4,4,Ramah\n3,,3,3,3,3,3,3,3,\n".encode(),
        workbook((*ALL_THREES, "saran"), (4,) * 9 + ("Ramah",), (3.0, None, "3", 3, 3, 3, 3, 3, 3)),
    ],
    ids=["csv", "xlsx"],
)
def test_paper_is_taken_in_from_either_kind_of_file(data: bytes) -> None:
    run = survey.run_for("51", SUMMER, at=IN_SUMMER)
    survey_paper.take_in(keeper(), run.id, data, at=OCTOBER)

    kept = SurveyAnswer.objects.order_by("-u1").values_list("channel", "u1", "u2", "remark")
    assert list(kept) == [("paper", 4, 4, "Ramah"), ("paper", 3, None, "")]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f"{HEADER}\n4,4,4,4,4,4,4,4,4\n4,4,4,4,4,4,4,4,9\n".encode(), "Baris 3: u9"),
        (workbook(tuple(ALL_THREES), (4,) * 9, (4.5,) * 9), "Baris 3: u1 berisi “4.5”"),
    ],
    ids=["csv", "xlsx"],
)
def test_of_a_file_with_a_wrong_row_nothing_is_taken_in(data: bytes, told: str) -> None:
    run = survey.run_for("51", SUMMER, at=IN_SUMMER)

    with pytest.raises(InvalidInput) as refusal:
        survey_paper.take_in(keeper(), run.id, data, at=OCTOBER)

    assert str(refusal.value.problems[0]).startswith(told)
    assert not SurveyAnswer.objects.exists()


def test_the_same_paper_is_not_taken_in_twice_whatever_kind_of_file_it_comes_in() -> None:
    officer, run = keeper(), survey.run_for("51", SUMMER, at=IN_SUMMER)
    lines = [(4, 3, 2, 1, 4, 3, 2, 1, number) for number in (1, 2, 3, 4)]
    as_csv = "\n".join((HEADER, *(",".join(map(str, line)) for line in lines))).encode()
    survey_paper.take_in(officer, run.id, as_csv, at=OCTOBER)

    for again in (as_csv, as_csv + b"\n\n", workbook(tuple(ALL_THREES), *reversed(lines))):
        with pytest.raises(RuleBroken, match="dimasukkan 5 Oktober 2026 untuk Triwulan 3 tahun 2026"):
            survey_paper.take_in(officer, run.id, again, at=OCTOBER)
    other = survey.run_for("51", SUMMER.next(), at=OCTOBER)
    with pytest.raises(RuleBroken, match="untuk Triwulan 3 tahun 2026"):
        survey_paper.take_in(officer, other.id, as_csv, at=OCTOBER)

    assert (SurveyAnswer.objects.count(), fresh(run.id).on_paper, fresh(other.id).on_paper) == (4, 4, 0)


def test_closing_forgets_the_marks_of_single_sheets() -> None:
    officer, run = keeper(), survey.run_for("51", SUMMER, at=IN_SUMMER)
    data = f"{HEADER},lembar\n4,4,4,4,4,4,4,4,4,17\n".encode()
    survey_paper.take_in(officer, run.id, data, at=OCTOBER)
    assert SurveyPaper.objects.get().serials == ["17"]
    with pytest.raises(InvalidInput, match="1 isian"):
        survey_paper.take_in(officer, run.id, f"{HEADER},lembar\n1,1,1,1,1,1,1,1,1,017\n".encode(), at=OCTOBER)

    survey.close(officer, run.id, at=OCTOBER)

    kept = SurveyPaper.objects.get()
    assert (kept.rows, kept.serials, kept.count, len(kept.mark)) == ([], [], 1, 64)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04 tidak utuh", b"x" * (2 * 1024 * 1024 + 1)])
def test_a_file_of_another_kind_is_refused_in_a_sentence(data: bytes) -> None:
    run = survey.run_for("51", SUMMER, at=IN_SUMMER)

    with pytest.raises(RuleBroken):
        survey_paper.take_in(keeper(), run.id, data, at=OCTOBER)


def test_the_report_is_printed_and_carries_its_numbers() -> None:
    officer = keeper()
    row = planned(officer, closed(officer, makers.actor(), [{**THREES, "u9": 1}]), "u9")

    name, data = survey_report.report(officer, row.id)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        attached = pdf.attachments["survey.json"].get_file().read_bytes().decode()
    assert name == "skm-51-2026-3.pdf"
    assert '"index": "69,44"' in attached and "Memperbaiki papan informasi" in attached
    assert survey_report.report(officer, row.id)[1] == data
    assert survey_report.published_report("51", SUMMER) is None


@pytest.mark.parametrize(
    ("quarters", "on", "met"),
    [
        ((), datetime(2026, 10, 20, 3, tzinfo=UTC), None),  # still to be published until 30 October: no evidence either way
        ((), datetime(2026, 10, 31, 3, tzinfo=UTC), False),
        ((3,), datetime(2026, 10, 31, 3, tzinfo=UTC), True),
        ((3,), datetime(2027, 1, 30, 3, tzinfo=UTC), True),
        ((3,), datetime(2027, 1, 31, 3, tzinfo=UTC), False),  # the fourth quarter's day has passed
    ],
)
def test_the_clause_is_met_by_quarters_that_were_published_in_time(
    quarters: tuple[int, ...], on: datetime, met: bool | None
) -> None:
    officer = keeper()
    row = planned(officer, closed(officer, makers.actor(), [THREES]), "u1", "u2", "u3")
    for _ in quarters:
        survey.publish(officer, row.id, seen=row.ledger_length, at=datetime(2026, 10, 20, 3, tzinfo=UTC))

    found = [fact for fact in facts(standards.load().in_force("51", on.date()), at=on) if fact.clause == "51.14.2"]

    assert [fact.is_met for fact in found] == ([] if met is None else [met])
