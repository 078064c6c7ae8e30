"""The environment of a start: the data folder, the secrets of a first start, and the variables that settings read.

What the operator has set already is never overwritten.
"""

import base64
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pasti.cli import named_database, postgres
from pasti.cli.secret import secret
from pasti.domain.errors import PastiError

DEFAULT_DATA = Path(__file__).resolve().parent.parent.parent / ".data"


class FolderUnusable(PastiError):
    """The data folder cannot be made or written; the message says why."""


def prepare(data: Path | None = None, *, base_url: str = "http://127.0.0.1:8000") -> Path:
    """Make the data folder (given, or PASTI_DATA, or ./.data) and its secrets when missing; set what settings read.

    Answers the folder; FolderUnusable when it cannot be one. The database is not started; see `database`.
    """
    folder = (data or Path(os.environ.get("PASTI_DATA") or DEFAULT_DATA)).resolve()
    try:
        make_folder(folder)
        _set(folder, base_url)
    except OSError as reason:
        why = "itu berkas, bukan folder" if folder.is_file() else f"tidak dapat ditulisi ({reason.strerror})"
        raise FolderUnusable(f"Folder data {folder} tidak dapat dipakai: {why}. Pilih yang lain dengan --data.") from None
    return folder


def _set(folder: Path, base_url: str) -> None:
    kept = folder / "secrets"
    os.environ["PASTI_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasti.config.settings")
    os.environ.setdefault("PASTI_BASE_URL", base_url)
    os.environ.setdefault("PASTI_SECRET_KEY", secret(kept / "secret_key", secrets.token_urlsafe(50)))
    os.environ.setdefault(
        "PASTI_FIELD_KEY", secret(kept / "field_key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    )
    os.environ.setdefault("PASTI_SIGNING_USER", "pasti")
    os.environ.setdefault("PASTI_SIGNING_PASSWORD", secret(kept / "signing_password", secrets.token_urlsafe(32)))
    os.environ.setdefault("PASTI_MESSAGES_SECRET", secret(kept / "messages_secret", secrets.token_urlsafe(32)))


def make_folder(folder: Path) -> None:
    """A new data folder: nobody else may list or read it; the database's account may pass to its own part."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    for part in ("secrets", "files", "logs", "static"):
        (folder / part).mkdir(mode=0o700, exist_ok=True)


@contextmanager
def database(folder: Path, *, settings: dict[str, str] | None = None) -> Iterator[str]:
    """DATABASE_URL, answering: the one that is set, or the folder's own server, joined or started for as long as this lasts."""
    if given := os.environ.get("DATABASE_URL"):
        named_database.require(given)
        yield given
        return
    with postgres.running(postgres.cluster(folder, settings=settings)) as server:
        os.environ["DATABASE_URL"] = server.url()
        try:
            yield server.url()
        finally:
            os.environ.pop("DATABASE_URL", None)


@contextmanager
def throwaway() -> Iterator[Path]:
    """A data folder that is gone afterwards, its database with it."""
    folder = Path(tempfile.mkdtemp(prefix="pasti-"))
    folder.rmdir()
    make_folder(folder)
    try:
        yield folder
    finally:
        postgres.destroy(folder)
        shutil.rmtree(folder, ignore_errors=True)
