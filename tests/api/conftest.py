"""A system that may file: its key, and a client that sends as programs do."""

import pytest
from django.test import Client

from pasti.actions import api_keys
from tests.api.caller import Caller
from tests.makers import MONDAY


@pytest.fixture
def caller() -> Caller:
    """A system with a key of its own."""
    return Caller(client=Client(enforce_csrf_checks=True), key=api_keys.create("lapor", at=MONDAY))
