"""A root is made while others write: what is still being written is waited for, and never falls below a root (51.10.2)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from pasti.actions import roots
from pasti.domain.errors import Overtaken
from pasti.records.ledger import LedgerEntry
from pasti.records.roots import LedgerRoot
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.10.2")]


def beside(work: Callable[[], None]) -> threading.Thread:
    """`work` in a thread with a connection of its own, started."""

    def inside() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=inside)
    thread.start()
    return thread


def test_a_fact_that_is_being_written_is_waited_for() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            makers.submitted(makers.actor())
            written.set()
            may_commit.wait(10)

    writer = beside(write_slowly)
    written.wait(10)
    makers.actor(email="cepat@uji.example")  # has higher ids, and is committed first
    threading.Timer(0.5, may_commit.set).start()

    made = roots.seal(at=MONDAY)

    writer.join()
    assert made.size == LedgerEntry.objects.filter(id__lte=made.through).count()
    assert made.size == LedgerEntry.objects.exclude(subject_id=made.id).count()
    assert roots.check().fault is None


def test_two_processes_make_one_chain_of_roots() -> None:
    makers.submitted(makers.actor())
    together, outcomes = threading.Barrier(4), []

    def make() -> None:
        together.wait(10)
        try:
            outcomes.append(roots.seal(at=MONDAY).number)
        except Overtaken:
            outcomes.append(0)

    for thread in [beside(make) for _ in range(4)]:
        thread.join()

    made = sorted(number for number in outcomes if number)
    assert len(outcomes) == 4 and made == list(range(1, len(made) + 1))
    assert LedgerRoot.objects.count() == len(made)
    assert roots.check().fault is None
