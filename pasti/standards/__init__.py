"""The regulation as data: `load()` reads and checks the folders once per process (51.1 to 51.14)."""

import os
from functools import lru_cache
from pathlib import Path

from pasti.standards.library import Library
from pasti.standards.office import Office
from pasti.standards.reader import files_in, read

PACKAGE_FOLDER = Path(__file__).parent

__all__ = ["PACKAGE_FOLDER", "Library", "Office", "folders", "load"]


def folders() -> tuple[Path, ...]:
    """Where the regulation is read: the folders of PASTI_STANDARDS (a later one replaces files of an earlier), or our own."""
    chosen = os.environ.get("PASTI_STANDARDS", "")
    return tuple(Path(folder) for folder in chosen.split(os.pathsep) if folder) or (PACKAGE_FOLDER,)


def load() -> Library:
    """The library of `folders()`; StandardInvalid with every fault when a file is wrong."""
    return _load(folders())


@lru_cache(maxsize=4)
def _load(chosen: tuple[Path, ...]) -> Library:
    return read(files_in(chosen))
