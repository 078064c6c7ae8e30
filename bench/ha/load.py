"""Applicants who submit, other systems that complain, each trying again until it is answered; and what they were answered."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from bench.web.applicants import FORM, Applicant, address

PAUSE, AGAIN_AFTER, GIVE_UP_SECONDS = 0.7, 0.2, 120.0
COMPLAINT: dict[str, Any] = {
    "channel": "web_mpp",
    "service_received_on": None,
    "reporter": {"name": "Rina Kartika", "contact": "0812 3456 7890"},
    "object": "Sertifikat terlambat terbit",
    "matter": "Berkas saya lengkap sejak awal bulan, tetapi belum ada keputusan.",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer, or none: `what` is the status, or the name of the error."""

    kind: str
    what: str
    asked_at: float  # monotonic
    seconds: float
    text: str = ""
    retry_after: str = ""

    @property
    def at(self) -> float:
        return self.asked_at + self.seconds

    @property
    def is_good(self) -> bool:
        return self.what in ("200", "201", "302")


@dataclass(kw_only=True)
class Load:
    """What is asked, what was acknowledged, and every answer."""

    port: int
    key: str
    drafts: dict[UUID, Applicant]
    over: threading.Event = field(default_factory=threading.Event)
    answers: list[Answer] = field(default_factory=list)
    submitted: list[UUID] = field(default_factory=list)
    filed: list[str] = field(default_factory=list)  # numbers of complaints
    faults: list[str] = field(default_factory=list)

    def begin(self) -> list[threading.Thread]:
        """Two applicants' windows, two other systems, and one who looks at the front page."""
        waiting = list(self.drafts)
        work = [threading.Thread(target=self._guarded, args=(self._submit, waiting)) for _ in range(2)]
        work += [threading.Thread(target=self._guarded, args=(self._file, None)) for _ in range(2)]
        work.append(threading.Thread(target=self._guarded, args=(self._look, None)))
        for thread in work:
            thread.start()
        return work

    def answered(self, kind: str, since: float) -> bool:
        """Whether something of that kind that was asked since then was answered well."""
        return any(a.kind == kind and a.is_good and a.asked_at > since for a in self.answers)

    def silence(self, kind: str, since: float) -> float:
        """The longest time since then in which nothing of that kind was answered well."""
        good = sorted(a.at for a in self.answers if a.kind == kind and a.is_good and a.at >= since)
        return max(later - earlier for earlier, later in pairwise([since, *good]))

    def summary(self) -> dict[str, dict[str, int]]:
        """Kind → what was answered how often."""
        return {
            kind: dict(Counter(a.what for a in self.answers if a.kind == kind)) for kind in sorted({a.kind for a in self.answers})
        }

    def _guarded(self, work: Any, given: Any) -> None:
        try:
            work(given)
        except Exception as fault:
            self.faults.append(f"{work.__name__}: {fault!r}")
            raise

    def _submit(self, waiting: list[UUID]) -> None:
        while waiting and not self.over.is_set():
            draft = waiting.pop()
            who = self.drafts[draft]
            headers = FORM | {"Cookie": "; ".join(f"{name}={value}" for name, value in who.cookies.items())}
            self._insist("submission", "POST", address(draft), urlencode({"csrfmiddlewaretoken": who.token}), headers)
            self.submitted.append(draft)
            time.sleep(PAUSE)

    def _file(self, _: None) -> None:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        while not self.over.is_set():
            mine = COMPLAINT | {"matter": f"{COMPLAINT['matter']} {uuid4()}"}
            words = json.dumps(mine)
            answer = self._insist("complaint", "POST", "/api/v1/complaints", words, headers | {"Idempotency-Key": str(uuid4())})
            self.filed.append(json.loads(answer.text)["number"])
            time.sleep(PAUSE)

    def _look(self, _: None) -> None:
        while not self.over.is_set():
            self._ask("page", "GET", "/", None, {})
            time.sleep(AGAIN_AFTER)

    def _insist(self, kind: str, method: str, target: str, body: str, headers: dict[str, str]) -> Answer:
        end = time.monotonic() + GIVE_UP_SECONDS
        while not (answer := self._ask(kind, method, target, body, headers)).is_good:
            if time.monotonic() > end or answer.what.startswith("4"):
                raise RuntimeError(f"{kind}: {answer.what} {answer.text[:500]}")
            time.sleep(AGAIN_AFTER)
        return answer

    def _ask(self, kind: str, method: str, target: str, body: str | None, headers: dict[str, str]) -> Answer:
        began, after = time.monotonic(), ""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body, headers)
            got = connection.getresponse()
            what, text, after = str(got.status), got.read().decode(errors="replace"), got.headers.get("Retry-After", "")
        except (OSError, http.client.HTTPException) as lost:
            what, text = type(lost).__name__, ""
        finally:
            connection.close()
        seconds = time.monotonic() - began
        answer = Answer(kind=kind, what=what, asked_at=began, seconds=seconds, text=text, retry_after=after)
        self.answers.append(answer)
        return answer
