"""Secrets that a first start makes: one file each, readable by its owner alone."""

import os
from pathlib import Path


def secret(file: Path, fresh: str) -> str:
    """The secret kept in `file`; `fresh` is kept there when there is none yet. Two that come at once read the same."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}")
    if not file.exists():
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(fresh)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(new, file)  # fails when somebody else was first
        except FileExistsError:
            pass
        new.unlink()
    return file.read_text().strip()
