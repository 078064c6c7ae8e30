"""Who is given a step of the plan or a follow-up is told, may open the complaint, and records what came of it (51.6.6.d)."""

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest

from pasti.actions import complaint_handling, complaint_notices, complaint_tiers
from pasti.actions.complaint_ground import complaint_for
from pasti.domain.complaint_steps import Stage, Step
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.queries import complaints
from pasti.queries.complaint import complaint_view
from pasti.records.complaints import Complaint
from tests import makers
from tests.complaints import WORDS, Office, fresh, planned, walk
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
OFFICER, TEAM, HEAD = Role.COMPLAINTS_OFFICER, Role.TECHNICAL_TEAM, Role.HEAD


@pytest.fixture
def office() -> Office:
    return makers.complaint_officers()


def _plan(office: Office, owner: Actor) -> Complaint:
    row = walk(office, makers.filed(wants_secrecy=True).id, until=Stage.CHECKED)
    complaint_handling.plan(office[OFFICER], row.id, (planned(owner),), seen=row.ledger_length, at=MONDAY)
    return fresh(row.id)


@pytest.mark.clause("51.6.6.d")
def test_the_owner_of_a_step_opens_it_and_records_the_result(office: Office) -> None:
    row = _plan(office, office[TEAM])

    desk, view = complaints.desk(office[TEAM], at=MONDAY), complaint_view(office[TEAM], row.id, at=MONDAY)
    assert [line.id for line in desk.rows] == [row.id]
    assert view is not None and Step.RECORD_RESULT in view.steps
    assert not view.may_see_identity

    complaint_handling.record_result(office[TEAM], row.id, row.actions.get().pk, WORDS, seen=row.ledger_length, at=MONDAY)
    assert fresh(row.id).open_actions == 0
    assert complaints.desk(office[TEAM], at=MONDAY).rows == ()


@pytest.mark.clause("51.6.6.d")
def test_a_colleague_of_the_owner_does_not_open_it(office: Office) -> None:
    row = _plan(office, office[TEAM])
    with pytest.raises(NotAllowed):
        complaint_for(makers.actor(TEAM, email="rekan@uji.example"), row.id)


@pytest.mark.clause("51.6.6.d")
def test_who_cannot_open_a_complaint_is_given_nothing(office: Office) -> None:
    counter = makers.actor(Role.COUNTER_OFFICER)
    with pytest.raises(RuleBroken):
        _plan(office, counter)
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    with pytest.raises(RuleBroken):
        _follow_up(office, row, counter)


def _follow_up(office: Office, row: Complaint, owner: Actor) -> None:
    complaint_tiers.follow_up(
        office[HEAD],
        row.id,
        "improvement",
        WORDS,
        owner=owner.person,
        due_on=date(2026, 12, 1),
        seen=row.ledger_length,
        at=MONDAY,
    )


@pytest.mark.clause("51.12.5")
def test_the_owner_of_a_follow_up_finishes_it_and_nobody_else_of_the_team(office: Office) -> None:
    row = walk(office, makers.filed().id, until=Stage.SETTLED, category=2)
    _follow_up(office, row, office[TEAM])
    row, other = fresh(row.id), makers.actor(TEAM, email="rekan@uji.example")
    given = row.follow_ups.get()

    with pytest.raises(NotAllowed):
        complaint_tiers.finish_follow_up(other, row.id, given.id, WORDS, seen=row.ledger_length, at=MONDAY)
    complaint_tiers.finish_follow_up(office[TEAM], row.id, given.id, WORDS, seen=row.ledger_length, at=MONDAY)
    assert row.follow_ups.get().result == WORDS


@pytest.mark.clause("51.6.6.d")
def test_the_owner_is_told_by_mail_once_and_not_what_it_is_about(office: Office, mailbox: Path) -> None:
    row = _plan(office, office[TEAM])
    for _ in range(2):
        complaint_notices.tell_owner(UUID(int=7), row.id, "action", office[TEAM].person, date(2026, 11, 27), at=MONDAY)
    (letter,) = (message_from_bytes(found.read_bytes(), policy=default) for found in mailbox.glob("*.eml"))
    assert row.number in str(letter["Subject"])
    assert str(row.id) in letter.get_content() and WORDS not in letter.get_content()
    assert "27 November 2026" in letter.get_content()
