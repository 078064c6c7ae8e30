"""Web workers and database are killed in the middle of a burst; whatever was acknowledged is there, and nothing is done twice."""

import hashlib
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from queue import SimpleQueue

import httpx
import pytest

from pasti import standards
from pasti.actions import demonstration
from pasti.adapters.store.client import Store
from tests.running import Running, kill, running, until

SAVERS, SUBMISSIONS, DECISIONS = 3, 14, 8
MOST_SECONDS = 120.0
NUMBER_AT = {"50": 0, "PB": 1}  # 503/0004/SS-26792/… and PB-2026-0013: which group of digits counts
SEEN = re.compile(r'name="seen" value="(\d+)"')


@dataclass(kw_only=True)
class Burst:
    """What is asked of the office, and what it has acknowledged so far."""

    office: Running
    work: dict[str, list[str]]
    closing: ExitStack
    over: threading.Event = field(default_factory=threading.Event)
    typed: dict[str, int] = field(default_factory=dict)  # draft → number of the last name acknowledged
    uploaded: set[str] = field(default_factory=set)  # SHA-256 of each file acknowledged
    submitted: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)  # what went wrong meanwhile: there must be some

    @property
    def acts(self) -> int:
        """Submissions and decisions acknowledged."""
        return len(self.submitted) + len(self.decided)


class Person:
    """Somebody signed in, who tries again whatever the office fails to answer."""

    def __init__(self, burst: Burst, email: str) -> None:
        self.burst = burst
        self.client = burst.closing.enter_context(httpx.Client(base_url=burst.office.url, timeout=15))
        self.client.get("/akun/login/")
        signed_in = self.client.post(
            "/akun/login/", data={"login": email, "password": burst.office.password}, headers=self._proof()
        )
        assert signed_in.status_code == 302, signed_in.text

    def _proof(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.cookies["csrftoken"]}

    def get(self, path: str) -> httpx.Response:
        """The page, once the office gives one."""
        return self._until_answered(lambda: self.client.get(path))

    def post(self, path: str, data: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> httpx.Response:
        """The answer to a form, sent again until there is one."""
        return self._until_answered(lambda: self.client.post(path, data=data, files=files, headers=self._proof()))

    def _until_answered(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        end = time.monotonic() + MOST_SECONDS
        while True:
            try:
                answer = send()
            except httpx.TransportError as lost:
                what = type(lost).__name__
            else:
                if answer.status_code < 500:
                    assert not answer.headers.get("Location", "").startswith("/akun/"), "signed out by a fault"
                    return answer
                what = str(answer.status_code)
            self.burst.failures[what] += 1
            assert time.monotonic() < end, f"the office did not come back: {what}"
            time.sleep(0.05)


def type_names(burst: Burst, person: Person, draft: str) -> None:
    """Save one name after the other in a draft."""
    for number in count(1):
        if burst.over.is_set():
            return
        answer = person.post(f"/ajukan/berkas/{draft}/usaha/", {"owner_name": f"Nama {number}", "keep": "1"})
        assert answer.status_code == 302
        burst.typed[draft] = number


def upload(burst: Burst, person: Person, draft: str) -> None:
    """Upload one file after the other, as many as the requirements take."""
    asked = [r.clause for r in standards.load().editions("51")[-1].requirements if r.evidence == "required"]
    for number in range(len(asked) * 10):
        if burst.over.is_set():
            return
        pdf = demonstration.evidence_pdf(f"Berkas {number}")
        clause = asked[number % len(asked)]
        answer = person.post(f"/ajukan/berkas/{draft}/syarat/{clause}/", {"keep": "1"}, {"files": (f"{number}.pdf", pdf)})
        if answer.status_code == 302:
            burst.uploaded.add(hashlib.sha256(pdf).hexdigest())


def submit(burst: Burst, person: Person, drafts: SimpleQueue[str]) -> None:
    """Submit drafts until none is left."""
    while not drafts.empty():
        draft = drafts.get()
        answer = person.post(f"/ajukan/berkas/{draft}/periksa/", {})
        assert answer.headers["Location"] == f"/permohonan/{draft}/tanda-terima/"
        burst.submitted.append(draft)


def decide(burst: Burst, person: Person) -> None:
    """Approve each case, unless it shows that the other window of the same head was first."""
    for case in burst.work["decide"]:
        path = f"/meja/kasus/{case}/tindakan/approve/"
        while (page := person.get(path)).status_code == 200:
            answer = person.post(path, {"seen": SEEN.findall(page.text)[-1]})
            if answer.status_code == 302:
                burst.decided.append(case)
                break


@pytest.fixture
def burst() -> Iterator[Burst]:
    """An office with work for everybody."""
    with running() as office, ExitStack() as closing:
        place = office.data / "work.json"
        counts = f"to_save={SAVERS}, to_submit={SUBMISSIONS}, to_decide={DECISIONS}"
        code = f"from pathlib import Path; from tests.faults.prepared import prepare; prepare(Path({str(place)!r}), {counts})"
        done = office.pasti("manage", "shell", "-c", code)
        assert done.returncode == 0, done.stderr
        yield Burst(office=office, work=json.loads(place.read_text()), closing=closing)


def _check_saved(burst: Burst) -> None:
    """The last name acknowledged is kept, or one typed after it whose acknowledgement was lost; so is each file, whole."""
    assert len(burst.typed) == SAVERS - 1
    applicant = Person(burst, "pemohon@pasti.example")
    for draft, number in burst.typed.items():
        (kept,) = re.findall(r'value="Nama (\d+)"', applicant.get(f"/ajukan/berkas/{draft}/usaha/").text)
        assert int(kept) in (number, number + 1)
    files = {sha for (sha,) in burst.office.ask("SELECT sha256 FROM evidence WHERE application_id = %s", burst.work["save"][-1])}
    assert burst.uploaded
    assert burst.uploaded <= files
    assert all(Store(burst.office.data / "files").get(sha) for sha in files)


def _check_facts(burst: Burst) -> None:
    """Each draft was submitted once and each case decided once, with one letter queued for each submission."""
    query = "SELECT subject_id::text, count(*) FROM ledger WHERE kind = %s AND subject_id = ANY(%s::uuid[]) GROUP BY 1"
    for kind, name in (("application.submitted", "submit"), ("application.approved", "decide")):
        counted: dict[str, int] = dict(burst.office.ask(query, kind, burst.work[name]))
        assert counted == dict.fromkeys(burst.work[name], 1), kind
    assert max(Counter(burst.decided).values()) == 1  # no two windows were both told that theirs was the decision
    letters = "SELECT args->>'subject_id', count(*) FROM procrastinate_jobs WHERE args->>'kind' = 'submitted' GROUP BY 1"
    queued: dict[str, int] = dict(burst.office.ask(letters))
    assert {draft: queued.get(draft, 0) for draft in burst.work["submit"]} == dict.fromkeys(burst.work["submit"], 1)


def _check_numbers(burst: Burst) -> None:
    """Certificates are numbered from 1 without a gap or a double; applications without a double, and a crash may leave a gap."""
    certificates, applications = (
        sorted(int(re.findall(r"\d{4,}", number)[NUMBER_AT[number[:2]]]) for (number,) in burst.office.ask(query))
        for query in ("SELECT number FROM certificate", "SELECT number FROM application WHERE number IS NOT NULL")
    )
    assert certificates == list(range(1, len(certificates) + 1))
    assert len(set(applications)) == len(applications)
    unused = max(applications) - len(applications)
    assert unused <= burst.failures.total()  # each was taken by a press that the crash cut off


def _start(burst: Burst, pool: ThreadPoolExecutor) -> list[Future[None]]:
    drafts: SimpleQueue[str] = SimpleQueue()
    for draft in burst.work["submit"]:
        drafts.put(draft)
    *typed_in, uploaded_to = burst.work["save"]
    applicants = [Person(burst, "pemohon@pasti.example") for _ in range(SAVERS + 1)]
    heads = [Person(burst, "kepala@pasti.example") for _ in range(2)]
    ending = [pool.submit(submit, burst, applicants.pop(), drafts), *(pool.submit(decide, burst, head) for head in heads)]
    endless = [pool.submit(upload, burst, applicants.pop(), uploaded_to)]
    endless += [pool.submit(type_names, burst, applicants.pop(), draft) for draft in typed_in]
    for each in ending:
        each.add_done_callback(lambda _: burst.over.set() if all(work.done() for work in ending) else None)
    return ending + endless


def _kill_in_the_middle(burst: Burst, work: list[Future[None]], names: list[str], *, after: int) -> None:
    """Once `after` acts are acknowledged, and before the burst is over, kill these parts."""
    assert until(lambda: burst.acts >= after or burst.over.is_set(), seconds=MOST_SECONDS)
    for each in work:
        if each.done():
            each.result()
    assert not burst.over.is_set(), "the burst was over before the kill"
    victims = [number for name in names for number in burst.office.family(name)]
    assert victims
    kill(victims)


@pytest.mark.clause("51.10.2")
def test_whatever_was_acknowledged_survives_and_nothing_is_done_twice(burst: Burst) -> None:
    office = burst.office
    with ThreadPoolExecutor(8) as pool:
        work = _start(burst, pool)
        try:
            _kill_in_the_middle(burst, work, ["granian"], after=3)
            _kill_in_the_middle(burst, work, ["postgres -D"], after=8)
            _kill_in_the_middle(burst, work, ["granian", "postgres -D"], after=13)
            assert burst.over.wait(MOST_SECONDS)
        finally:
            burst.over.set()
        for each in work:
            each.result()

    assert sum(burst.failures.values()) > 0  # the kills were felt
    assert sorted(burst.submitted) == sorted(burst.work["submit"])
    _check_saved(burst)
    _check_facts(burst)
    _check_numbers(burst)
    verified = office.pasti("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
