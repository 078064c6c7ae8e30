"""Random people take turns through the real acts; what must hold of any year holds of this one (51.1 to 51.5)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def simulate(*words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG")}
    command = [sys.executable, "-P", "-m", "pasti.cli", "simulate", *words, "--json"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**kept, "PYTHONPATH": str(ROOT)}, timeout=600)


@pytest.mark.clause("51.3")
def test_no_case_loses_its_clock_and_each_lapse_is_deemed_approved_once() -> None:
    done = simulate("--cases", "40", "--days", "120", "--seed", "7")

    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert (found["cases"], sum(found["endings"].values())) == (40, 40)
    assert found["lapsed"] == found["deemed_approved"] > 0
    assert (found["undecided_past_term"], found["clock_replays_equal"]) == (0, True)
    assert found["certificates"] == found["certificates_verified"] > 20
    assert found["ledger"] == "utuh"
