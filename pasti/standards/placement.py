"""Which library a path means when someone asks to check it: a whole folder, some files of one, or a new file beside ours."""

import re
from collections.abc import Iterable
from pathlib import Path

from pasti.domain.errors import StandardInvalid
from pasti.standards import folders
from pasti.standards.reader import Files, files_in
from pasti.standards.tree import Plain, Problem, read_tree, shown

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def libraries_at(paths: Iterable[Path]) -> list[Files]:
    """The files to read to check `paths`: each library they lie in, and ours with the other paths laid over it together.

    StandardInvalid when a path is not there, or cannot be told for a file of the regulation.
    """
    ours = files_in(folders())
    roots: dict[Path, None] = {}
    laid_over: dict[str, Path] = {}
    for path in (path.resolve() for path in paths):
        root = next((folder for folder in (path, *path.parents) if _is_library(folder)), None)
        if not path.exists():
            raise StandardInvalid((f"{shown(path)}:1: tidak ada berkas atau folder ini; periksa namanya.",))
        if root is not None:
            roots[root] = None
        else:
            laid_over |= _names_of(path, ours)
    libraries: list[Files] = [files_in([root]) for root in roots]
    return [*libraries, ours | laid_over] if laid_over else libraries


def _is_library(folder: Path) -> bool:
    return (folder / "office.yaml").is_file() and (folder / "legal_bases.yaml").is_file()


def _names_of(path: Path, ours: Files) -> dict[str, Path]:
    if path.is_file():
        return {_name_of(path, ours): path}
    found = files_in([path])
    if not found:
        raise StandardInvalid((f"{shown(path)}:1: tidak ada berkas .yaml di folder ini.",))
    return {_name_in(path, name): file for name, file in found.items()}


def _name_in(folder: Path, name: str) -> str:
    """The name inside a library; a folder `52` or `procedures` given alone is one of a library's folders itself."""
    itself = folder.name.isdigit() or folder.name in ("procedures", "holidays")
    return f"{folder.name}/{name}" if itself else name


def _name_of(path: Path, ours: Files) -> str:
    """The name a lone file has in a library: by the folder it lies in, else by what it says."""
    if path.parent.name.isdigit() or path.parent.name in ("procedures", "holidays"):
        return f"{path.parent.name}/{path.name}"
    if path.parent.parent.name.isdigit():
        return f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    tree = read_tree(path)
    if tree.problems and not isinstance(tree.data, dict):
        raise StandardInvalid(tuple(str(problem) for problem in tree.problems))
    data = tree.data if isinstance(tree.data, dict) else {}
    name = _name_by_content(path, data, ours)
    if name is None:
        message = "bukan berkas standar yang dikenal; taruh di <entri>/<hari berlaku>.yaml, procedures/, atau holidays/."
        raise StandardInvalid((str(Problem(shown(path), 1, message)),))
    return name


def _name_by_content(path: Path, data: dict[str, Plain], ours: Files) -> str | None:
    if "entry" in data:
        return f"{data['entry']}/{_day_of(path, data, ours)}.yaml"
    if "steps" in data:
        return f"procedures/{data.get('code', path.stem)}.yaml"
    if "lists" in data:
        return f"holidays/{data.get('year', path.stem)}.yaml"
    if "districts" in data:
        return "office.yaml"
    return "legal_bases.yaml" if "legal_bases" in data else None


def _day_of(path: Path, data: dict[str, Plain], ours: Files) -> str:
    """The edition's day: the file's name, else what it says, as long as either is a day; else the entry's latest on file."""
    said = str(data.get("effective", ""))
    on_file = sorted(name.split("/")[1] for name in ours if re.fullmatch(rf"{data['entry']}/[^/]+\.yaml", name))
    candidates = [path.stem, said, *(name.removesuffix(".yaml") for name in reversed(on_file))]
    return next((text for text in candidates if DAY.fullmatch(text)), path.stem)
