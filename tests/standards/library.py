"""Libraries for tests: the one that ships, copies to break, and one with an entry of our own invention."""

import shutil
from pathlib import Path

from pasti.domain.errors import StandardInvalid
from pasti.standards import PACKAGE_FOLDER
from pasti.standards.library import Library
from pasti.standards.reader import files_in, read

ENTRIES = Path(__file__).parent / "entries"  # entry 52 and its procedure class 5, to lay over the package's folder
EDITION = "51/2022-01-03.yaml"


def shipped() -> Library:
    """The library that ships."""
    return read(files_in([PACKAGE_FOLDER]))


def with_52() -> Library:
    """The same with entry 52 dropped into a folder beside it."""
    return read(files_in([PACKAGE_FOLDER, ENTRIES]))


def copy(folder: Path) -> Path:
    """A copy of the shipped files, free to be broken."""
    target = folder / "standards"
    shutil.copytree(PACKAGE_FOLDER, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return target


def break_line(root: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` by `new` in a file; answers its line."""
    path = root / name
    text = path.read_text()
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def faults(*folders: Path) -> tuple[str, ...]:
    """Every fault of the library in these folders; none when it is sound."""
    try:
        read(files_in(folders))
    except StandardInvalid as invalid:
        return invalid.problems
    return ()
