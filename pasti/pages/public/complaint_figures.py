"""The published figures of complaints by quarter or year: a page, CSV and JSON, each with its definitions (51.6)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pasti import standards
from pasti.domain.calendar import jakarta_day
from pasti.domain.standard import Standard
from pasti.pages.access import moment
from pasti.pages.public.standard import in_force
from pasti.pages.screen import show
from pasti.pages.words import in_language
from pasti.queries.complaint_figures import Cell, Figure, published, published_year

PERIOD = re.compile(r"(20[0-9]{2})(?:-T([1-4]))?")
YEARS = 3  # offered on the page


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year, or a quarter of it; `last` is today while it runs."""

    id: str  # "2026" or "2026-T4"
    first: date
    last: date

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return "-" not in self.id

    @property
    def title(self) -> str:
        """Triwulan 4 2026, or 2026."""
        year, _mark, quarter = self.id.partition("-T")
        return _("Triwulan {quarter} {year}").format(quarter=quarter, year=year) if quarter else year


def period_of(text: str, today: date) -> Period | None:
    """The period of that name; None for another word and for one that has not begun."""
    found = PERIOD.fullmatch(text)
    if found is None:
        return None
    year, quarter = int(found[1]), int(found[2] or 0)
    first = date(year, 3 * quarter - 2 if quarter else 1, 1)
    after = date(year + (quarter in (0, 4)), 3 * quarter + 1 if quarter in (1, 2, 3) else 1, 1)
    return Period(id=text, first=first, last=min(today, after - timedelta(days=1))) if first <= today else None


def offered(today: date) -> tuple[Period, ...]:
    """The quarters and years one may choose, newest first."""
    names = [
        name
        for year in range(today.year, today.year - YEARS, -1)
        for name in (str(year), *(f"{year}-T{quarter}" for quarter in (4, 3, 2, 1)))
    ]
    return tuple(period for name in names if (period := period_of(name, today)))


def _asked(request: HttpRequest) -> tuple[Period, Standard]:
    today = jakarta_day(moment())
    name = request.GET.get("masa") or f"{today.year}-T{(today.month + 2) // 3}"
    period, standard = period_of(name, today), in_force(today)[0]
    if period is None or period.last < standards.load().editions(standard.entry)[0].effective:
        raise Http404(name)
    return period, standard


def _figures(request: HttpRequest) -> tuple[Period, Standard, tuple[Figure, ...]]:
    period, standard = _asked(request)
    today = jakarta_day(moment())
    if period.is_year:
        return period, standard, published_year(standard.entry, year=period.first.year, last=period.last, on=today)
    return period, standard, published(standard.entry, first=period.first, last=period.last, on=today)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table with its bar: `share` of a hundred, for the drawing."""

    title: str
    count: int | None
    share: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure as the page shows it."""

    figure: Figure
    lines: tuple[Line, ...]
    value: str


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The tables with their bars."""
    period, standard, found = _figures(request)
    return show(
        request,
        "public/complaint_figures.html",
        title=_("Angka pengaduan"),
        period=period,
        periods=offered(jakarta_day(moment())),
        standard=standard,
        below=standard.handling.suppress_below,
        singles=[_shown(figure) for figure in found if not figure.cells],
        tables=[_shown(figure) for figure in found if figure.cells],
    )


def _shown(figure: Figure) -> Shown:
    most = max((cell.count or 0 for cell in figure.cells), default=0)
    lines = tuple(_line(cell, most) for cell in figure.cells)
    return Shown(figure=figure, lines=lines, value=_value(figure))


def _line(cell: Cell, most: int) -> Line:
    return Line(title=in_language(cell.title), count=cell.count, share=round(100 * (cell.count or 0) / most) if most else 0)


def _value(figure: Figure) -> str:
    if figure.value is None:
        return ""
    words = {
        "percent": _("{n} %"),
        "working_days": _("{n} hari kerja"),
        "calendar_days": _("{n} hari kalender"),
    }
    return words.get(figure.unit, "{n}").format(n=number_format(figure.value, 0 if figure.value == int(figure.value) else 1))


@require_safe
def as_json(request: HttpRequest) -> JsonResponse:
    """The same as data; null: not shown, too small or nothing to count."""
    period, standard, found = _figures(request)
    return JsonResponse(
        {
            "period": period.id,
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "entry": standard.entry,
            "suppressed_below": standard.handling.suppress_below,
            "figures": [
                {
                    "id": figure.id,
                    "title": in_language(figure.title),
                    "definition": in_language(figure.definition),
                    "clause": figure.clause,
                    "unit": figure.unit,
                    **(
                        {"cells": [{"id": c.id, "title": in_language(c.title), "count": c.count} for c in figure.cells]}
                        if figure.cells
                        else {"value": figure.value}
                    ),
                }
                for figure in found
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as one table; an empty value: not shown."""
    period, _standard, found = _figures(request)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["period", "figure", "cell", "title", "value", "unit", "clause", "definition"])
    for figure in found:
        rows.writerows(
            [period.id, figure.id, *row, figure.unit, figure.clause, in_language(figure.definition)] for row in _rows(figure)
        )
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pengaduan-{period.id}.csv"'
    return answer


def _rows(figure: Figure) -> Iterator[tuple[str, str, object]]:
    if not figure.cells:
        yield "", in_language(figure.title), "" if figure.value is None else figure.value
    for cell in figure.cells:
        yield cell.id, in_language(cell.title), "" if cell.count is None else cell.count
