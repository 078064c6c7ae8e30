"""Many people decide at once: one wins, the others are told, no number is lost or given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from pasti.actions import certificate, due
from pasti.domain.errors import Overtaken, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from pasti.records.oversight import PostAudit
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def at_once(work: list[Callable[[], None]]) -> list[str]:
    """Run all of `work` in threads that start together; answers how each ended, sorted."""
    barrier = Barrier(len(work))

    def run(one: Callable[[], None]) -> str:
        try:
            barrier.wait()
            one()
        except (Overtaken, RuleBroken) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(work)) as pool:
        return sorted(pool.map(run, work))


@pytest.mark.clause("51.5")
def test_of_many_threads_deciding_one_case_exactly_one_wins() -> None:
    officers = makers.officers()
    row = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.DECISION)

    def decide() -> None:
        certificate.approve(officers[Role.HEAD], row.id, seen=row.ledger_length, at=MONDAY)

    results = at_once([decide] * THREADS)

    assert results.count("done") == 1
    assert Certificate.objects.count() == 1
    assert ledger.verify().fault is None


@pytest.mark.clause("51.5")
def test_certificates_decided_at_once_are_numbered_without_gap_or_double() -> None:
    officers = makers.officers()
    applicant = makers.actor()
    ids = [makers.advance(officers, makers.submitted(applicant).id, until=State.DECISION).id for _ in range(THREADS)]
    rows = [makers.fresh(id) for id in ids]

    def decide(number: int) -> Callable[[], None]:
        return lambda: certificate.approve(officers[Role.HEAD], rows[number].id, seen=rows[number].ledger_length, at=MONDAY)

    assert at_once([decide(n) for n in range(THREADS)]) == ["done"] * THREADS

    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [f"{n:04d}" in number for n, number in enumerate(numbers, start=1)] == [True] * THREADS


@pytest.mark.clause("51.3")
def test_a_term_that_lapses_while_many_look_is_deemed_approved_once() -> None:
    officers = makers.officers()
    row = makers.advance(officers, makers.submitted(makers.actor()).id, until=State.DECISION)
    late = MONDAY + timedelta(days=10)

    at_once([lambda: due.run(at=late) and None] * THREADS)

    assert (Certificate.objects.count(), PostAudit.objects.count()) == (1, 1)
    assert LedgerEntry.objects.filter(subject_id=row.id, kind="application.deemed_approved").count() == 1
    assert ledger.verify().fault is None
