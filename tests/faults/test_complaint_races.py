"""A thousand resends of one filing, and many officers at one complaint (51.6.5.a)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from pasti.actions import complaint_handling, complaints
from pasti.domain.complaint_intake import Receipt
from pasti.domain.complaints import Kind
from pasti.domain.roles import Role
from pasti.queries import ledger
from pasti.records.complaints import Complaint, ComplaintIdentity
from tests import makers
from tests.faults.test_races import at_once
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
RESENDS, THREADS = 1000, 16


@pytest.mark.clause("51.6.5.a")
def test_a_thousand_resends_at_once_are_one_complaint() -> None:
    def resend(_: int) -> Receipt:
        try:
            return complaints.file(makers.filing(), at=MONDAY, key="sama")
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        receipts = list(pool.map(resend, range(RESENDS)))

    assert len({(receipt.number, receipt.secret) for receipt in receipts}) == 1
    assert [receipt.is_new for receipt in receipts].count(True) == 1
    assert (Complaint.objects.count(), ComplaintIdentity.objects.count()) == (1, 1)
    assert ledger.verify().fault is None


@pytest.mark.clause("51.6.5.c.1")
def test_of_many_officers_screening_at_once_one_wins() -> None:
    officer, row = makers.actor(Role.COMPLAINTS_OFFICER), makers.filed()

    results = at_once([partial(complaint_handling.screen, officer, row.id, Kind.COMPLAINT, seen=1, at=MONDAY)] * 8)

    assert results.count("done") == 1
    assert ledger.verify().fault is None


@pytest.mark.clause("51.6.5.a")
def test_filings_at_once_have_numbers_of_their_own() -> None:
    at_once([lambda: makers.filed() and None] * 8)

    numbers = list(Complaint.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [f"ADU-2026-{n:05d}" for n in range(1, 9)]
