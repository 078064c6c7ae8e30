"""What must hold between the legal bases, and in the holidays of a year (51.7, 51.3)."""

from collections.abc import Iterator
from datetime import date

from pasti.domain.calendar import Holiday, HolidayKind
from pasti.standards.law import BasesShape, BasisShape, HolidaysShape
from pasti.standards.tree import Tree


def check_bases(tree: Tree, found: BasesShape) -> dict[str, BasisShape]:
    """The bases by id, with every fault between them noted."""
    bases: dict[str, BasisShape] = {}
    for index, basis in enumerate(found.legal_bases):
        if basis.id in bases:
            tree.problem(("legal_bases", index, "id"), f"dasar hukum {basis.id} sudah ada; hapus salah satunya.")
        bases.setdefault(basis.id, basis)
    for index, basis in enumerate(found.legal_bases):
        _check_basis(tree, index, basis, bases)
    return bases


def _check_basis(tree: Tree, index: int, basis: BasisShape, bases: dict[str, BasisShape]) -> None:
    here = ("legal_bases", index)
    for successor in basis.replaced_by:
        if successor not in bases:
            tree.problem(
                (*here, "replaced_by"), f"pengganti {successor} tidak ada di berkas ini; tambahkan atau perbaiki namanya."
            )
    ended = basis.status in ("replaced", "repealed")
    if ended and basis.in_force_until is None:
        tree.problem((*here, "status"), f"{basis.id} sudah tidak berlaku, jadi in_force_until wajib diisi.")
    if not ended and basis.in_force_until is not None:
        tree.problem((*here, "in_force_until"), f"{basis.id} masih berlaku; hapus in_force_until atau ubah status.")
    if (basis.status == "in_force") == bool(basis.status_by):
        tree.problem((*here, "status"), f"{basis.id}: status_by diisi hanya bila status bukan in_force, dan wajib bila begitu.")
    if basis.in_force_until is not None and basis.in_force_until < basis.in_force_from:
        tree.problem((*here, "in_force_until"), f"{basis.id} berakhir sebelum mulai berlaku; periksa kedua tanggalnya.")


def check_holidays(tree: Tree, found: HolidaysShape, name: str) -> bool:
    """Whether every day off is a date of the file's year and stands once; faults are noted."""
    before = len(tree.problems)
    if name != str(found.year):
        tree.problem(("year",), f"year {found.year} tidak sama dengan nama berkas; seharusnya {name}.")
    seen: dict[tuple[date, bool], str] = {}
    for index, decree in enumerate(found.lists):
        for text in decree.days:
            here = ("lists", index, "days", text)
            day = _date(text)
            if day is None:
                tree.problem(here, f"“{text}” bukan tanggal; tulis TTTT-BB-HH, misalnya {found.year}-01-01.")
            elif day.year != found.year:
                tree.problem(here, f"{text} bukan hari pada tahun {found.year}; pindahkan ke holidays/{day.year}.yaml.")
            elif (key := (day, decree.kind is HolidayKind.JOINT_LEAVE)) in seen:
                tree.problem(here, f"{text} sudah ada ({seen[key]}); hapus salah satunya.")
            else:
                seen[key] = decree.days[text]
    return len(tree.problems) == before


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def holidays_of(year: HolidaysShape) -> Iterator[Holiday]:
    """The year's days off as the domain's values."""
    for decree in year.lists:
        for text, name in decree.days.items():
            yield Holiday(
                day=date.fromisoformat(text),
                name=name,
                kind=decree.kind,
                decree=decree.decree,
                announced_on=decree.announced_on,
            )
