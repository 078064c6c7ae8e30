"""`pasti due`: what the worker does every 15 minutes, by hand and at any moment (51.3)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from pasti.cli.main import parser
from pasti.domain.workflow import State
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.3")]


def due(*words: str) -> int:
    """`pasti due …` on the test's database."""
    args = parser("due").parse_args(["due", *words])
    return int(args.run(args))


def test_it_does_what_is_due_at_that_moment_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    row = makers.advance(makers.officers(), makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)
    complaint = makers.filed(at=MONDAY - timedelta(days=4))  # the law's first reply is due on Thursday 3 December

    assert [due("--at", "2026-12-01T09:00", "--yes", "--json"), due("--at", "2026-12-03T00:15", "--yes")] == [0, 0]

    out = capsys.readouterr().out
    first, end = json.JSONDecoder().raw_decode(out)
    then = out[end:]
    assert first == {
        "at": "2026-12-01T09:00:00+07:00",
        "looked_at": 1,
        "warned": [row.number],
        "deemed_approved": [],
        "escalated": [],
        "fulfilments_lapsed": [],
        "fulfilments_ending": [],
        "hearings_ended": [],
        "duties_told": [],
        "overtaken": [],
        "undated": [],
        "complaints": {
            "looked_at": 1,
            "warned": [complaint.number],
            "escalated": [],
            "recalculated": [],
            "reminded": [],
            "overtaken": [],
            "undated": [],
        },
        "evaluations": 0,
    }
    assert f"1 diingatkan: {complaint.number}" in then
    assert f"1 dianggap disetujui: {row.number}" in then


def test_a_moment_to_come_is_asked_about_before_anything_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    row = makers.advance(makers.officers(), makers.submitted(makers.actor()).id, until=State.TECHNICAL_REVIEW)
    later = (timezone.now() + timedelta(days=60)).isoformat()

    assert due("--at", later) == 2

    assert "ulangi dengan --yes" in capsys.readouterr().err
    assert makers.fresh(row.id).lapsed_on is None


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit):
        due("--at", "besok")
