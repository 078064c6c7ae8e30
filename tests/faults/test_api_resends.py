"""A thousand resends of one filing over HTTP, many at once, are one complaint (51.6.5.a)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from pasti.queries import ledger
from pasti.records.complaints import Complaint, ComplaintIdentity
from tests.api.caller import COMPLAINT, COMPLAINTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.6.5.a")]
FILINGS, THREADS = 1000, 16


def all_sent(server: LiveServer, key: str, sendings: list[str]) -> list[httpx.Response]:
    """What was answered to each sending; one connection a thread, as a system with many workers has."""
    headers = {"Authorization": f"Bearer {key}"}
    limits = httpx.Limits(max_connections=THREADS, max_keepalive_connections=THREADS)
    with (
        httpx.Client(base_url=server.url, headers=headers, limits=limits, timeout=60, trust_env=False) as client,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        return list(pool.map(lambda one: client.post(COMPLAINTS, json=COMPLAINT, headers={"Idempotency-Key": one}), sendings))


def test_a_thousand_resends_of_one_filing_are_one_complaint(live_server: LiveServer, api_key: str) -> None:
    answers = all_sent(live_server, api_key, ["sama"] * FILINGS)

    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: FILINGS - 1}
    assert len({answer.text for answer in answers}) == 1
    assert (Complaint.objects.count(), ComplaintIdentity.objects.count()) == (1, 1)


def test_a_thousand_filings_sent_twice_each_at_once_are_a_thousand(live_server: LiveServer, api_key: str) -> None:
    sendings = [f"k{n}" for n in range(FILINGS) for _ in range(2)]

    answers = all_sent(live_server, api_key, sendings)

    assert Counter(answer.status_code for answer in answers) == {201: FILINGS, 200: FILINGS}
    receipts = [answer.text for answer in answers]
    assert receipts[::2] == receipts[1::2]
    assert len(set(receipts)) == Complaint.objects.count() == FILINGS
    assert ledger.verify().fault is None
