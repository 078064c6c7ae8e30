"""Sanctions after proven complaints, and what they prove (51.12.5)."""

from datetime import date, timedelta

import pytest

from pasti.actions import complaint_tiers
from pasti.domain.complaint_steps import Stage
from pasti.domain.compliance import Status
from pasti.domain.roles import Role
from pasti.queries import compliance, guarantees
from tests import makers
from tests.complaints import WORDS, fresh, walk
from tests.makers import MONDAY


def status(at_days: int) -> Status:
    at = MONDAY + timedelta(days=at_days)
    return next(row.status for row in compliance.of_standard("51", at) if row.id == "51.12.5")


@pytest.mark.django_db
@pytest.mark.clause("51.12.5")
def test_a_sanction_counts_until_it_is_late_and_once_it_is_done() -> None:
    office = makers.complaint_officers()
    row = walk(office, makers.filed().id, until=Stage.SETTLED)
    head = office[Role.HEAD]
    assert status(0) is Status.NO_EVIDENCE
    due_on = date(2026, 12, 1)
    complaint_tiers.follow_up(
        head, row.id, "sanction", WORDS, owner=head.person, due_on=due_on, seen=row.ledger_length, at=MONDAY
    )
    assert (status(0), status(8), status(9)) == (Status.MET, Status.MET, Status.NOT_MET)
    later = MONDAY + timedelta(days=10)
    found = fresh(row.id)
    complaint_tiers.finish_follow_up(head, row.id, found.follow_ups.get().id, WORDS, seen=found.ledger_length, at=later)
    assert (status(9), status(10)) == (Status.NOT_MET, Status.MET)
    assert [s.state for s in guarantees.sanctions(head, at=later) or ()] == ["done"]
    assert guarantees.sanctions(makers.actor(Role.EXAMINER), at=later) is None
