"""Files kept by their content: the name of a file is the SHA-256 of its bytes (51.1, 51.5)."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from pasti.domain.errors import DoorClosed

NAME = re.compile(r"[0-9a-f]{64}")
BLOCK = 1 << 20


class Store:
    """A folder of files named by content, each readable by its owner alone. Safe for many writers at once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data`; answers its SHA-256 in hex. On the disk for good when this returns; keeping it again changes nothing."""
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if path.is_file() and path.read_bytes() == data:
            return name
        return self.put_blocks((data,))

    def put_blocks(self, blocks: Iterable[bytes]) -> str:
        """Keep what comes a block at a time, as `put` does, however large it is."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self.root, prefix=".new-")  # made with mode 0600
        digest = hashlib.sha256()
        try:
            with os.fdopen(descriptor, "wb") as out:
                for block in blocks:
                    digest.update(block)
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            path = self._path(digest.hexdigest())
            path.parent.mkdir(mode=0o700, exist_ok=True)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for folder in (path.parent, self.root):
            _sync(folder)
        return digest.hexdigest()

    def get(self, sha256: str) -> bytes:
        """The bytes of that name. DoorClosed when they are missing, or are no longer what was kept."""
        with self.open(sha256) as file:
            return file.read()

    def open(self, sha256: str) -> BinaryIO:
        """The file of that name, read through once and found whole, at its first byte. DoorClosed as in `get`."""
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError:
            raise DoorClosed("store", f"berkas {sha256[:12]}… tidak ada di penyimpanan", retry=False) from None
        digest = hashlib.sha256()
        while block := file.read(BLOCK):
            digest.update(block)
        if digest.hexdigest() != sha256:
            file.close()
            raise DoorClosed("store", f"isi berkas {sha256[:12]}… sudah berubah; pulihkan dari cadangan", retry=False)
        file.seek(0)
        return file

    def has(self, sha256: str) -> bool:
        """Whether a file of that name is kept; it is not read."""
        return self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        if not NAME.fullmatch(sha256):
            raise ValueError("a name in the store is a SHA-256 in small hexadecimal letters")
        return self.root / sha256[:2] / sha256[2:]


def _sync(folder: Path) -> None:
    """Make the folder's own entries survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
