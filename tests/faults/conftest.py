"""What tests of faults share."""

import pytest

from pasti.actions import api_keys
from tests.makers import MONDAY


@pytest.fixture
def api_key() -> str:
    """The key of another system."""
    return api_keys.create("lapor", at=MONDAY)
