"""The ledger: refused changes, and tampering found (51.10.2)."""

from collections.abc import Callable

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction

from pasti.actions import licensing, looks
from pasti.domain.roles import Role
from pasti.queries import ledger
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.2")]


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE ledger SET reason = 'lain'", "DELETE FROM ledger", "TRUNCATE ledger"])
def test_the_database_refuses_to_change_the_ledger(statement: str) -> None:
    makers.submitted(makers.actor())

    with pytest.raises((InternalError, Exception), match=r"ledger|append-only"):
        _sql(statement)

    assert ledger.verify().fault is None


def test_an_untouched_ledger_holds() -> None:
    makers.submitted(makers.actor())

    report = ledger.verify()

    assert (report.fault, report.entries) == (None, LedgerEntry.objects.count())


def _last() -> LedgerEntry:
    return LedgerEntry.objects.filter(subject_kind="application").order_by("-seq")[0]


def _change_reason() -> None:
    LedgerEntry.objects.filter(pk=_last().pk).update(reason="diganti")


def _change_after() -> None:
    LedgerEntry.objects.filter(pk=_last().pk).update(after={"state": "issued"})


def _drop_last() -> None:
    _last().delete()


def _drop_middle() -> None:
    LedgerEntry.objects.filter(subject_kind="application", seq=3).delete()


def _swap() -> None:
    entries = LedgerEntry.objects.filter(subject_kind="application")
    for old, new in ((2, 900), (3, 2), (900, 3)):
        entries.filter(seq=old).update(seq=new)


def _insert() -> None:
    last = _last()
    last.pk, last.seq, last.prev_hash = None, last.seq + 1, last.hash
    last.save(force_insert=True)


@pytest.mark.parametrize("tamper", [_change_reason, _change_after, _drop_last, _drop_middle, _swap, _insert])
def test_tampering_past_the_triggers_is_found_and_named(tamper: Callable[[], None]) -> None:
    row = makers.submitted(makers.actor())

    with pgtrigger.ignore("records.LedgerEntry:append_only"):
        tamper()

    assert str(row.id) in (ledger.verify().fault or "")


def test_an_officers_look_at_personal_data_is_a_fact_and_does_not_move_the_case() -> None:
    row = makers.submitted(makers.actor())
    officer = makers.actor(Role.EXAMINER)

    shown = looks.reveal(officer, row.id, "business", at=MONDAY)

    look = LedgerEntry.objects.get(kind="data.looked_at")
    assert shown["nik"] == makers.BUSINESS["nik"]
    assert (look.actor_id, look.about) == (officer.id, row.id)
    licensing.take(officer, row.id, seen=row.ledger_length, at=MONDAY)
    assert ledger.verify().fault is None


def test_the_applicants_own_look_is_not_a_fact() -> None:
    applicant = makers.actor()
    row = makers.submitted(applicant)

    looks.reveal(applicant, row.id, "business", at=MONDAY)

    assert not LedgerEntry.objects.filter(kind="data.looked_at").exists()
