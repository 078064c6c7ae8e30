"""The complaints' desk and one complaint's screen: who sees what, in which order, at what cost (51.6)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pasti.actions import complaint_handling
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage, Step
from pasti.domain.roles import Role
from pasti.queries import complaint_tracking, complaints
from pasti.queries.complaint import complaint_view
from tests import makers
from tests.complaints import WORDS, fresh, walk
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db


@pytest.mark.clause("51.6.4")
def test_the_desk_begins_with_what_is_due_first_and_pages_by_key() -> None:
    officer = makers.actor(Role.COMPLAINTS_OFFICER)
    rows = [makers.filed(at=MONDAY - timedelta(hours=n)) for n in range(complaints.PAGE + 2)]

    first = complaints.desk(officer, at=MONDAY)
    second = complaints.desk(officer, at=MONDAY, after=first.next_key)

    shown = [line.id for line in (*first.rows, *second.rows)]
    assert sorted(shown) == sorted(row.id for row in rows)
    dates = [line.due_on for line in (*first.rows, *second.rows) if line.due_on]
    assert dates == sorted(dates)
    assert (len(first.rows), first.mine, second.next_key) == (complaints.PAGE, complaints.PAGE + 2, "")


@pytest.mark.parametrize("scope", ["mine", "overdue", "all", "closed", "set_aside"])
def test_a_page_of_the_desk_costs_the_same_however_many_there_are(scope: str) -> None:
    officer = makers.actor(Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD)
    for _ in range(3):
        makers.filed(at=MONDAY - timedelta(days=30), service_on=None)
    with CaptureQueriesContext(connection) as captured:
        page = complaints.desk(officer, at=MONDAY, scope=scope)

    assert len(captured) <= 8
    assert len(page.rows) == (3 if scope in ("mine", "overdue", "all") else 0)


def test_the_newest_come_first_and_page_by_key_too() -> None:
    officer = makers.actor(Role.COMPLAINTS_OFFICER)
    rows = [makers.filed(at=MONDAY - timedelta(hours=n)) for n in range(complaints.PAGE + 2)]

    first = complaints.desk(officer, at=MONDAY, scope="all")
    second = complaints.desk(officer, at=MONDAY, scope="all", after=first.next_key)

    assert [line.id for line in (*first.rows, *second.rows)] == [row.id for row in rows]


def test_the_technical_team_sees_only_what_has_come_to_it() -> None:
    office = makers.complaint_officers()
    row = makers.filed()

    assert complaint_view(office[Role.TECHNICAL_TEAM], row.id, at=MONDAY) is None
    walk(office, row.id, until=Stage.IN_TIERS, category=2)
    assert complaint_view(office[Role.TECHNICAL_TEAM], row.id, at=MONDAY) is not None
    assert complaints.desk(makers.actor(Role.EXAMINER), at=MONDAY, scope="all").rows == ()


@pytest.mark.clause("51.6.4")
def test_the_screen_shows_both_terms_and_which_drives_the_alarms() -> None:
    office = makers.complaint_officers()
    row = makers.filed()

    view = complaint_view(office[Role.COMPLAINTS_OFFICER], row.id, at=MONDAY)

    assert view is not None
    assert [(term.id, term.due_on, term.drives) for term in view.terms] == [
        ("first_reply", date(2026, 12, 7), True),
        ("answer", date(2026, 12, 11), False),
        ("decision", date(2027, 1, 22), False),
    ]
    assert (view.days_left, Step.SCREEN in view.steps, view.days_since_service) == (10, True, 10)


def test_a_screen_costs_at_most_fifteen_queries() -> None:
    office = makers.complaint_officers()
    case = makers.submitted(makers.actor())
    row = walk(office, makers.filed(application_number=case.number).id, until=Stage.SETTLED)
    with CaptureQueriesContext(connection) as captured:
        view = complaint_view(office[Role.COMPLAINTS_OFFICIAL], row.id, at=MONDAY)

    assert view is not None
    assert view.application_number == case.number
    assert len(captured) <= 15, [query["sql"][:120] for query in captured]


@pytest.mark.clause("51.6.6.c")
def test_earlier_complaints_of_the_same_matter_lie_beside_it_but_no_secret_reporter_is_found_out() -> None:
    office = makers.complaint_officers()
    double = makers.filed()
    same_person = makers.filed(matter="Lain sama sekali, soal parkir.")
    makers.filed(matter="Rahasia, soal lain lagi.", wants_secrecy=True)
    other = makers.filed(matter="Tidak terkait apa pun.", reporter=Reporter(name="Budi"))
    row = makers.filed()
    complaint_handling.link(office[Role.COMPLAINTS_OFFICER], row.id, other.number, "earlier", seen=1, at=MONDAY)

    view = complaint_view(office[Role.COMPLAINTS_OFFICER], row.id, at=MONDAY)

    assert view is not None
    assert {(line.id, line.why) for line in view.related} == {
        (other.id, "earlier"),
        (double.id, "same_words"),
        (same_person.id, "same_reporter"),
    }


@pytest.mark.clause("51.6.5.a")
def test_a_question_is_on_the_tracking_page_until_it_is_answered() -> None:
    office = makers.complaint_officers()
    row = makers.filed()
    complaint_handling.ask(office[Role.COMPLAINTS_OFFICER], row.id, "Kapan Anda datang?", seen=1, at=MONDAY)

    track = complaint_tracking.track(row.id, at=MONDAY)

    assert track is not None
    assert (track.question, track.may_complete, track.answer) == ("Kapan Anda datang?", True, "")
    assert WORDS not in str(track)
    assert fresh(row.id).question
