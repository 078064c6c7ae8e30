"""The official SOP form of each class: every box of the form, its drawing, and what is not known said so (51.2)."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from pasti import standards
from pasti.domain.sop import Symbol, sop_of
from pasti.pages.public.flowchart import Cell, sheets

pytestmark = pytest.mark.django_db
STANDARD = standards.load().in_force("51", date(2026, 11, 23))


@pytest.mark.clause("51.2")
@pytest.mark.parametrize("code", ["3", "7", "12", "16"])
def test_each_class_prints_on_the_form(code: str) -> None:
    page = Client().get(f"/standar/51/sop/{code}/").content.decode()

    for box in ("Nomor SOP", "Disahkan oleh", "Dasar hukum", "Kualifikasi pelaksana", "Keterkaitan", "Peringatan", "Pencatatan"):
        assert box in page
    for column in ("Uraian kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output", "Keterangan"):
        assert column in page
    assert "asumsi" in page and "belum ditetapkan" in page
    assert " style=" not in page and "<script" not in page


def test_a_class_that_the_standard_does_not_use_is_not_found() -> None:
    assert Client().get("/standar/51/sop/5/").status_code == 404
    assert Client().get("/standar/99/sop/7/").status_code == 404


def test_the_standard_leads_to_each_form() -> None:
    page = Client().get("/standar/51/?buka=semua").content.decode()
    assert set(re.findall(r"/standar/51/sop/(\d+)/", page)) == {"3", "7", "12", "16"}


def _edges(cell: Cell) -> set[tuple[str, str]]:
    """Where the cell's strokes touch its edges: (edge, place along it)."""
    found = set()
    for line in cell.lines:
        for x, y in ((line.x1, line.y1), (line.x2, line.y2)):
            found |= {("top", x)} if y == "0" else set()
            found |= {("bottom", x)} if y == "100%" else set()
            found |= {("left", y)} if x == "0" else set()
            found |= {("right", y)} if x == "100%" else set()
    return found


@pytest.mark.parametrize("procedure", STANDARD.procedures, ids=lambda p: p.code)
def test_no_line_ends_at_the_edge_of_a_cell(procedure: object) -> None:
    for sheet in sheets(sop_of(procedure)):  # type: ignore[arg-type]  # parametrized
        grid = [[_edges(cell) for cell in row.cells] for row in sheet.rows]
        for upper, lower in pairwise(grid):
            for above, below in zip(upper, lower, strict=True):
                assert {x for edge, x in above if edge == "bottom"} == {x for edge, x in below if edge == "top"}
        for row in grid:
            for one, other in pairwise(row):
                assert {y for edge, y in one if edge == "right"} == {y for edge, y in other if edge == "left"}
        assert not any(edge == "top" for cell in grid[0] for edge, _ in cell)
        assert not any(edge == "bottom" for cell in grid[-1] for edge, _ in cell)


def test_sheets_are_joined_by_pentagons_with_the_same_letter() -> None:
    first, second = sheets(sop_of(STANDARD.procedure("7")))
    ends = [next(c for c in row.cells if c.symbol) for row in (first.rows[-1], second.rows[0])]

    assert [(cell.symbol, cell.label) for cell in ends] == [(Symbol.PENTAGON, "A")] * 2
    away = {row.row.number: row.cells[row.column].away for row in second.rows if row.row and row.cells[row.column].away}
    assert away == {6: "5", 7: "1"}
