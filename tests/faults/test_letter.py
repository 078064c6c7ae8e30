"""Killed between any two steps of a rejection, the case is rejected once, by a kept letter, or not at all (51.1)."""

import os

import pytest

from pasti.actions import rejection
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.letters import Letter
from tests import makers
from tests.faults.test_races import at_once
from tests.faults.test_signing import do_and_die
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.1")]
REASON = "Alat ukur tidak tertelusur, jadi mutu lensa tidak terjamin."


@pytest.mark.forks
def test_a_kill_at_every_line_leaves_the_case_rejected_once_or_not_at_all(signing_passphrase: str) -> None:
    office, applicant = makers.officers(), makers.actor()
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)
    at_line = 1
    while True:
        status = do_and_die(
            lambda: rejection.reject(
                office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY, reason=REASON
            ),
            at_line=at_line,
        )
        is_rejected = makers.fresh(row.id).state == State.REJECTED
        assert Letter.objects.count() == is_rejected
        assert ledger.verify().fault is None
        if is_rejected:
            break
        assert os.WIFSIGNALED(status), f"rejecting failed by itself at line {at_line}"
        at_line += 1

    assert at_line > 30
    assert rejection.letter(applicant, row.id)[1].startswith(b"%PDF")


def test_of_many_rejections_at_once_one_wins(signing_passphrase: str) -> None:
    office, applicant = makers.officers(), makers.actor()
    row = makers.unmet_again(office, applicant, makers.submitted(applicant).id)

    def reject() -> None:
        rejection.reject(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=MONDAY, reason=REASON)

    assert at_once([reject] * 4).count("done") == 1
    assert Letter.objects.count() == 1
