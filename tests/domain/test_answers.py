"""Checking what an applicant typed (51.1)."""

import pytest

from pasti.domain.answers import CHECKS
from pasti.domain.errors import RuleBroken


@pytest.mark.parametrize(("check", "example"), [("latitude", "-6.5567"), ("longitude", "107.4433")])
def test_a_refused_degree_is_answered_with_an_example_of_its_own(check: str, example: str) -> None:
    with pytest.raises(RuleBroken, match=f"misalnya {example}"):
        CHECKS[check]("181", "51.1.A.4")

    assert CHECKS[check](example, "51.1.A.4") == f"{example}00"
