"""The survey's worksheet computes itself: a spreadsheet program recomputes it and finds what the rules find (51.14.2)."""

import csv
import io
import random
import subprocess
from pathlib import Path

import openpyxl
import pytest

from pasti import standards
from pasti.adapters.sheets.client import rows_of, worksheet
from pasti.domain.survey import Answers, compute, sample_size, tally

SURVEY = standards.load().survey()
CODES = SURVEY.codes
INDEX, GRADE, POPULATION, SAMPLE = "C14", "C15", "C18", "C19"


def recomputed(data: bytes, folder: Path) -> dict[str, str]:
    """Every cell of the first sheet, as Gnumeric computes it anew."""
    book, answer = folder / "skm.xlsx", folder / "skm.csv"
    book.write_bytes(data)
    subprocess.run(
        ["ssconvert", "--recalc", "-S", str(book), str(folder / "%n.csv")], check=True, capture_output=True, timeout=60
    )
    answer = folder / "0.csv"
    rows = list(csv.reader(io.StringIO(answer.read_text())))
    return {f"{chr(65 + c)}{r}": cell for r, row in enumerate(rows, start=1) for c, cell in enumerate(row)}


def column(total: int, count: int) -> list[int]:
    """`count` answers that add up to `total`."""
    low, more = divmod(total, count)
    return [low + 1] * more + [low] * (count - more)


def sheets(columns: list[list[int]]) -> list[Answers]:
    """Questionnaires of which each column answers one element."""
    longest = max(map(len, columns))
    return [{code: column[n] for code, column in zip(CODES, columns, strict=True) if n < len(column)} for n in range(longest)]


def drawn(seed: int) -> list[Answers]:
    """Questionnaires with gaps, by lot."""
    lot = random.Random(seed)
    answers = [{code: lot.randint(1, 4) for code in CODES if lot.random() < 0.8} for _ in range(60)]
    return [sheet for sheet in answers if sheet]


TIES = {
    "76.605": sheets([column(2158, 625), column(25, 8), *[[3]] * 7]),
    "just below": sheets([column(2157, 625), column(25, 8), *[[3]] * 7]),
    "88.305": sheets([column(1978, 625), column(29, 8), *[[4]] * 4, *[[3]] * 3]),
}


@pytest.mark.needs("ssconvert")
@pytest.mark.clause("51.14.2")
@pytest.mark.parametrize("answers", [*TIES.values(), drawn(1), drawn(2)], ids=[*TIES, "drawn", "drawn again"])
def test_a_spreadsheet_program_computes_the_same(answers: list[Answers], tmp_path: Path) -> None:
    data = worksheet(SURVEY, answers, [""] * len(answers), title="SKM", population=700, source="uji")
    cells, found = recomputed(data, tmp_path), compute(SURVEY, tally(answers, CODES))
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Perhitungan"]

    assert (float(cells[INDEX]), cells[GRADE]) == (float(found.index), found.band.grade)
    averages = [float(cells[f"E{row}"]) for row in range(4, 13)]
    assert averages == pytest.approx([float(found.nrr[code]) for code in CODES], abs=1e-4)
    assert (shown[INDEX].value, shown[GRADE].value) == (float(found.index), found.band.grade)
    assert [shown[f"G{row}"].value for row in range(4, 13)] == pytest.approx([float(found.weighed(code)) for code in CODES])
    assert int(cells[SAMPLE]) == shown[SAMPLE].value == sample_size(700, SURVEY.sampling) == 248


@pytest.mark.needs("ssconvert")
def test_the_numbers_follow_the_answers_and_the_weight_that_a_person_changes(tmp_path: Path) -> None:
    data = worksheet(SURVEY, [dict.fromkeys(CODES, 3)], [""], title="SKM", population=10, source="uji")
    book, changed = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    book["Jawaban"]["A2"] = 1
    book["Perhitungan"]["J4"] = 0.11
    book["Perhitungan"][POPULATION] = 1000
    book.save(changed)

    cells = recomputed(changed.getvalue(), tmp_path)

    found = compute(SURVEY, tally([{**dict.fromkeys(CODES, 3), "u1": 1}], CODES), weight="printed")
    assert (float(cells[INDEX]), cells[GRADE], cells[SAMPLE]) == (float(found.index), found.band.grade, "278")


@pytest.mark.needs("ssconvert")
def test_an_element_that_nobody_answered_is_left_out_there_too(tmp_path: Path) -> None:
    answers: list[Answers] = [{**dict.fromkeys(CODES[:4], 4), **dict.fromkeys(CODES[5:], 3)}]
    data = worksheet(SURVEY, answers, [""], title="SKM", population=1, source="uji")

    cells, shown = recomputed(data, tmp_path), openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Perhitungan"]

    assert (cells["E8"], float(cells["F8"]), float(cells["F4"])) == ("", 0, 0.125)
    assert (float(cells[INDEX]), cells[GRADE]) == (shown[INDEX].value, shown[GRADE].value) == (87.5, "B")


def test_what_a_person_wrote_is_never_a_formula_and_stands_apart_from_the_answers() -> None:
    words = '=HYPERLINK("http://jahat.example")'
    data = worksheet(SURVEY, [dict.fromkeys(CODES, 3)] * 3, ["Ramah", words, ""], title="SKM", population=1, source="uji")

    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [(cell.value, cell.data_type) for cell in book["Saran"]["A"]] == [("saran", "s"), (words, "s"), ("Ramah", "s")]
    assert book["Jawaban"].max_column == len(CODES)


def test_the_rows_of_a_workbook_are_text_with_their_numbers() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("u1", "u2"), (4, None), (3.0, 2.5)):
        book.active.append(row)
    book.save(out)

    read = [(number, row[:2]) for number, row in rows_of(out.getvalue())]
    assert read == [(1, ["u1", "u2"]), (2, ["4", ""]), (3, ["3", "2.5"])]
