"""Reads questionnaires from a workbook, and writes the survey's worksheet whose own formulas give its numbers (51.14.2)."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pasti.domain.errors import RuleBroken
from pasti.domain.survey import CLAUSE, Answers, Instrument
from pasti.domain.survey_sheet import MOST_ROWS, REMARK, Row

MOST_COLUMNS = 50
MOST_UNPACKED = 50 * 1024 * 1024
NUDGE = "0.000000001"
FIRST = 2  # the row of the first questionnaire


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive, which an xlsx is and a CSV never."""
    return data.startswith(b"PK\x03\x04")


def rows_of(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet as text, a whole number without its ".0". RuleBroken when it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise RuleBroken(CLAUSE, "Berkas ini terlalu besar sesudah dibuka; bagilah berkasnya.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MOST_ROWS + FIRST, max_col=MOST_COLUMNS, values_only=True)
        rows = [(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise RuleBroken(CLAUSE, "Berkas ini bukan lembar kerja xlsx yang utuh. Simpan ulang sebagai xlsx atau CSV.") from error
    yield from ((number, row) for number, row in rows if any(row))  # the reader fills up to the bounds with empty ones


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def worksheet(
    instrument: Instrument, answers: Sequence[Answers], remarks: Sequence[str], *, title: str, population: int, source: str
) -> bytes:
    """A workbook of two sheets: the questionnaires, and everything computed from them by formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    computed, answered = book.add_worksheet("Perhitungan"), book.add_worksheet("Jawaban")
    _write_answers(answered, instrument, answers, remarks)
    _write_computed(book, computed, instrument, len(answers), (title, source), population)
    book.close()
    return out.getvalue()


def _write_answers(sheet: Worksheet, instrument: Instrument, answers: Sequence[Answers], remarks: Sequence[str]) -> None:
    sheet.write_row(0, 0, (*instrument.codes, REMARK))
    for number, (given, remark) in enumerate(zip(answers, remarks, strict=True), start=1):
        for column, code in enumerate(instrument.codes):
            if code in given:
                sheet.write_number(number, column, given[code])
        if remark:
            sheet.write_string(number, len(instrument.codes), remark)
    sheet.freeze_panes(1, 0)


def _write_computed(
    book: Workbook, sheet: Worksheet, instrument: Instrument, n: int, words: tuple[str, str], population: int
) -> None:
    """Elements in rows 4 to 12; below them the index, the grade, the sample; the weights and bands to the right."""
    bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "0.0000"})
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 44)
    sheet.write("A1", words[0], bold)
    sheet.write_row("A3", ("Unsur", "Nama", "Terjawab", "Jumlah", "NRR", "Bobot", "NRR tertimbang"), bold)
    last = max(n, 1) + 1
    for number, element in enumerate(instrument.elements):
        row, column = number + 4, chr(ord("A") + number)
        cells = f"Jawaban!{column}{FIRST}:{column}{last}"
        sheet.write_row(f"A{row}", (element.code, element.title.id))
        sheet.write_formula(f"C{row}", f"=COUNT({cells})")
        sheet.write_formula(f"D{row}", f"=SUM({cells})")
        sheet.write_formula(f"E{row}", f"=D{row}/C{row}", plain)
        sheet.write_formula(f"F{row}", "=$J$4", plain)
        sheet.write_formula(f"G{row}", f"=E{row}*F{row}", plain)
    end = len(instrument.elements) + 3
    _write_weights(sheet, instrument, bold)
    _write_bands(sheet, instrument, bold)
    _write_result(sheet, instrument, end, population, bold)
    sheet.write(f"A{end + 9}", f"Pembulatan setengah ke atas; {NUDGE} ditambahkan agar pecahan biner tidak menurunkannya.")
    sheet.write(f"A{end + 10}", words[1])


def _write_weights(sheet: Worksheet, instrument: Instrument, bold: object) -> None:
    """The weight that counts is J4: a person may set it to any of those listed below it."""
    sheet.write_row("I3", ("Bobot dipakai",), bold)
    sheet.write_formula("J4", f"={_fraction(instrument.weights['exact'].value)}")
    for number, weight in enumerate(instrument.weights.values()):
        sheet.write(f"I{number + 5}", weight.title.id)
        sheet.write_formula(f"J{number + 5}", f"={_fraction(weight.value)}")


def _write_bands(sheet: Worksheet, instrument: Instrument, bold: object) -> None:
    sheet.write_row("I9", ("Mulai nilai", "Mutu", "Kinerja"), bold)
    for number, band in enumerate(reversed(instrument.bands), start=10):  # upwards: LOOKUP wants it so
        sheet.write_number(f"I{number}", float(band.lowest))
        sheet.write_row(f"J{number}", (band.grade, band.title.id))


def _write_result(sheet: Worksheet, instrument: Instrument, end: int, population: int, bold: object) -> None:
    last, worst, sampling = 9 + len(instrument.bands), instrument.bands[-1].grade, instrument.sampling
    spread = f"{float(sampling.chi_square)}*{float(sampling.proportion)}*{float(1 - sampling.proportion)}"
    size = f"{spread}*C{end + 6}/({float(sampling.margin)}^2*(C{end + 6}-1)+{spread})"
    sheet.write(f"B{end + 2}", "Indeks (IKM)", bold)
    sheet.write_formula(f"C{end + 2}", f"=ROUND(SUM(G4:G{end})*{instrument.scale}+{NUDGE},2)")
    sheet.write(f"B{end + 3}", "Mutu", bold)
    sheet.write_formula(f"C{end + 3}", f'=IF(C{end + 2}<I10,"{worst}",LOOKUP(C{end + 2},I10:I{last},J10:J{last}))')
    sheet.write(f"B{end + 6}", "Populasi")
    sheet.write_number(f"C{end + 6}", population)
    sheet.write(f"B{end + 7}", "Sampel yang diperlukan (Krejcie dan Morgan)")
    sheet.write_formula(f"C{end + 7}", f"=IF(C{end + 6}=0,0,ROUND({size},0))")


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
