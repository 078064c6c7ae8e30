"""The settings under test: the environment a test stands on, then the real ones."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="pasti-test-data-"))
(_data / "static").mkdir()
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ.update(
    PASTI_DATA=str(_data),
    PASTI_BASE_URL="http://testserver",
    PASTI_SECRET_KEY="tests only",
    PASTI_FIELD_KEY="dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
)
os.environ.setdefault("DATABASE_URL", "postgresql://set-by-conftest@/pasti")  # tests/conftest.py starts one

from pasti.config.settings import *  # noqa: E402, F403  # the rest is what runs in an office

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a good one costs 0.1 s for each account made
