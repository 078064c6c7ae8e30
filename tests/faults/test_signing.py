"""The process is killed between any two steps of signing; the case is then signed once or not at all (51.5)."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from pasti.actions import certificate, verification
from pasti.domain.certificate import Verdict
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.queries import ledger
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application
from tests import makers
from tests.faults.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.5")]

WATCHED = (
    "pasti/actions/certificate.py",
    "pasti/actions/carry_out.py",
    "pasti/actions/printing.py",
    "pasti/actions/rejection.py",
    "pasti/actions/signing.py",
    "pasti/adapters/store/client.py",
)


def _killing_tracer(countdown: list[int]) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that kills this process when the `countdown`-th line not yet seen is about to run."""
    seen = set[tuple[str, int]]()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        here = (frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and here not in seen:
            seen.add(here)
            countdown[0] -= 1
            if countdown[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def do_and_die(act: Callable[[], None], *, at_line: int) -> int:
    """Act in a child that is killed at a line; answers its wait status: 0 when it finished before that line."""
    connections.close_all()
    threads = len(os.listdir("/proc/self/task"))
    assert threads == 1, f"{threads} threads: a child has none but the forking one, and would wait for the others for ever"
    child = os.fork()
    if child == 0:
        try:
            sys.settrace(_killing_tracer([at_line]))
            act()
        except BaseException:  # nothing of the test runner's may run in the child
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.fixture
def to_sign() -> tuple[Actor, Application]:
    """The head, and a case that waits for the signature."""
    officers = makers.officers()
    return officers[Role.HEAD], makers.advance(officers, makers.submitted(makers.actor()).id, until=State.SIGNING)


@pytest.mark.forks
def test_a_kill_at_every_line_leaves_the_case_signed_once_or_not_at_all(
    to_sign: tuple[Actor, Application], signing_passphrase: str
) -> None:
    head, row = to_sign
    at_line, kills = 1, 0
    while True:
        status = do_and_die(
            lambda: certificate.sign(head, row.id, signing_passphrase, seen=row.ledger_length, at=timezone.now()), at_line=at_line
        )
        fresh, paper = makers.fresh(row.id), Certificate.objects.get(application_id=row.id)
        assert (fresh.state == State.ISSUED) == bool(paper.signed_sha256)
        assert ledger.verify().fault is None
        if fresh.state == State.ISSUED:
            break
        assert os.WIFSIGNALED(status), f"signing failed by itself at line {at_line}"
        kills, at_line = kills + 1, at_line + 1

    assert kills > 30
    signed = verification.signed_bytes(paper.token)
    assert signed is not None
    assert verification.check_upload(signed, at=timezone.now()).verdict is Verdict.VALID


def test_two_signatures_at_once_make_one_certificate(to_sign: tuple[Actor, Application], signing_passphrase: str) -> None:
    head, row = to_sign

    results = at_once([lambda: certificate.sign(head, row.id, signing_passphrase, seen=row.ledger_length, at=timezone.now())] * 4)

    assert results.count("done") == 1
    assert makers.fresh(row.id).state == State.ISSUED
    assert ledger.verify().fault is None
