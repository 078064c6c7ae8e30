"""One office per data folder: who serves it holds its lock, and the lock says who that is."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasti.domain.errors import PastiError


class Occupied(PastiError):
    """Another process serves this folder; the message says which and where."""


@contextmanager
def sole_tenant(data: Path, address: str) -> Iterator[None]:
    """Hold the folder for as long as this lasts, or until we are killed. Occupied when somebody else does."""
    with open(data / "serve.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            who = lock.read().strip() or "proses lain"
            raise Occupied(
                f"PASTI untuk folder data {data} sudah berjalan ({who}). Hentikan dahulu, atau pilih folder lain dengan --data."
            ) from None
        lock.truncate(0)
        lock.write(f"{address}, pid {os.getpid()}\n")
        lock.flush()
        yield
