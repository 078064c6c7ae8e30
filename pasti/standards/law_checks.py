"""What must hold between the legal bases, and in the holidays of a year (51.7, 51.3)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pasti.domain.calendar import Holiday, HolidayKind
from pasti.standards.faults import Parts
from pasti.standards.law import BasisShape, DaysOffShape, HolidaysShape
from pasti.standards.tree import Tree


def check_bases(tree: Tree, found: Sequence[BasisShape | None]) -> frozenset[str]:
    """The names of the bases on file, with every fault between them noted."""
    names = [str(tree.raw("legal_bases", index, "id")) for index in range(len(found))]
    for index, basis in enumerate(found):
        if basis is None:
            continue
        if basis.id in names[:index]:
            tree.problem(("legal_bases", index, "id"), f"dasar hukum {basis.id} sudah ada; hapus salah satunya.")
        _check_basis(tree, index, basis, names)
    return frozenset(names)


def _check_basis(tree: Tree, index: int, basis: BasisShape, names: Collection[str]) -> None:
    here = ("legal_bases", index)
    for successor in basis.replaced_by:
        if successor not in names:
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


def check_holidays(tree: Tree, found: Parts, name: str) -> None:
    """Note every day off that is no date, lies outside the file's year, or stands twice."""
    year = found.get("year")
    if year is not None and name != str(year):
        tree.problem(("year",), f"year {year} tidak sama dengan nama berkas; seharusnya {name}.")
    seen: dict[tuple[date, bool], str] = {}
    lists: Sequence[DaysOffShape | None] = found.get("lists", ())
    for index, decree in enumerate(lists):
        for text, title in decree.days.items() if decree else ():
            here = ("lists", index, "days", text)
            day = _date(text)
            if day is None:
                tree.problem(here, f"“{text}” bukan tanggal; tulis TTTT-BB-HH, misalnya {year}-01-01.")
            elif year is not None and day.year != year:
                tree.problem(here, f"{text} bukan hari pada tahun {year}; pindahkan ke holidays/{day.year}.yaml.")
            elif (key := (day, decree is not None and decree.kind is HolidayKind.JOINT_LEAVE)) in seen:
                tree.problem(here, f"{text} sudah ada ({seen[key]}); hapus salah satunya.")
            else:
                seen[key] = title


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
