"""The survey quarter by quarter for people and programs: what is published of each, and what every figure means (51.14.2)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from pasti.domain.survey import CODES
from pasti.pages.words import in_language
from pasti.queries.survey import RunLine

# Each figure: its name in the data, its title, its definition.
FIGURES = (
    (
        "index",
        _("Indeks kepuasan"),
        _(
            "Survei menurut PermenPANRB 14/2017: rata-rata tiap unsur (1 sampai 4), semua unsur sama beratnya, jumlahnya "
            "dikali 25. Hanya triwulan yang sudah ditutup dan diumumkan."
        ),
    ),
    ("grade", _("Mutu"), _("A sampai D, dicari dari indeks yang sudah dibulatkan dua desimal.")),
    ("n", _("Kuesioner"), _("Kuesioner yang terisi, satu untuk satu layanan selesai, tanpa nama.")),
    ("needed", _("Sampel yang perlu"), _("Menurut Krejcie dan Morgan dari banyaknya layanan yang selesai triwulan itu.")),
    ("population", _("Layanan selesai"), _("Sertifikat terbit, penolakan, dan pengaduan yang dijawab dalam triwulan itu.")),
)
ELEMENTS = _("Rata-rata jawaban unsur itu, 1 sampai 4; kosong bila tidak dijawab siapa pun, atau terlalu sedikit yang menjawab.")


def plain(line: RunLine) -> dict[str, Any]:
    """One published quarter for programs."""
    figures = {
        "entry": line.entry,
        "quarter": str(line.quarter),
        "index": float(line.index or 0),
        "grade": line.grade,
        "n": line.n,
        "needed": line.needed,
        "population": line.population,
        "reached": line.reached,
    }
    return figures | {code: float(line.nrr[code]) if code in line.nrr else None for code in CODES}


def definitions() -> Mapping[str, str]:
    """What each figure means, for programs."""
    said = {name: f"{title}: {definition}" for name, title, definition in FIGURES}
    return said | {f"{CODES[0]}-{CODES[-1]}": str(ELEMENTS)}


def head() -> tuple[str, ...]:
    """The columns of the table for people, after the quarter's."""
    return tuple(str(title) for _name, title, _definition in FIGURES)


def rows(lines: Sequence[RunLine]) -> list[tuple[str, ...]]:
    """The table for people, the latest quarter first."""
    return [(in_language(line.quarter.title), *(_said(getattr(line, name)) for name, _t, _d in FIGURES)) for line in lines]


def _said(value: Decimal | int | str | None) -> str:
    return "–" if value is None else value if isinstance(value, str) else number_format(value)
