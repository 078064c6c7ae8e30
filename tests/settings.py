"""The settings under test: the environment a test stands on, then the real ones."""

import os
import tempfile
from pathlib import Path

os.environ.update(
    PASTI_DATA=str(Path(tempfile.gettempdir(), f"pasti-test-data-{os.getpid()}")),  # made and removed by tests/conftest.py
    PASTI_BASE_URL="http://testserver",
    PASTI_SECRET_KEY="tests only",
    PASTI_FIELD_KEY="dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
)
os.environ.setdefault("DATABASE_URL", "postgresql://set-by-conftest@/pasti")  # tests/conftest.py starts one

from pasti.config.settings import *  # noqa: F403  # the rest is what runs in an office

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a good one costs 0.1 s for each account made
