"""Reads questionnaires from a workbook, and writes the survey's worksheet whose own formulas give its numbers (51.14.2)."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pasti.domain.errors import RuleBroken
from pasti.domain.survey import CLAUSE, EXACT, Answers, Instrument, Tally, compute, sample_size, tally
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
    """A workbook: the questionnaires, everything computed from them by formulas, and apart from both what people wrote."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    computed, answered = book.add_worksheet("Perhitungan"), book.add_worksheet("Jawaban")
    _write_answers(answered, instrument, answers)
    book.add_worksheet("Saran").write_column(0, 0, (REMARK, *sorted(words for words in remarks if words)))
    shown = _shown(instrument, tally(answers, instrument.codes), population)
    _write_computed(_Sheet(computed, book, shown), instrument, len(answers), (title, source), population)
    book.close()
    return out.getvalue()


def _write_answers(sheet: Worksheet, instrument: Instrument, answers: Sequence[Answers]) -> None:
    sheet.write_row(0, 0, instrument.codes)
    for number, given in enumerate(answers, start=1):
        for column, code in enumerate(instrument.codes):
            if code in given:
                sheet.write_number(number, column, given[code])
    sheet.freeze_panes(1, 0)


@dataclass(frozen=True)
class _Sheet:
    """A sheet being written, and the value to show in each cell of a formula by who does not compute: LibreOffice at first."""

    page: Worksheet
    book: Workbook
    shown: Mapping[str, str | int | float]

    def words(self, cell: str, *words: str) -> None:
        """Words in a row from that cell on."""
        self.page.write_row(cell, words)

    def head(self, cell: str, *words: str) -> None:
        """The same in bold."""
        self.page.write_row(cell, words, self.book.add_format({"bold": True}))

    def formula(self, cell: str, formula: str, **look: str) -> None:
        """A formula; `look` is a format's."""
        self.page.write_formula(cell, formula, self.book.add_format(look), self.shown.get(cell, ""))


def _shown(instrument: Instrument, tallied: Tally, population: int) -> dict[str, str | int | float]:
    """What the formulas come to; nothing where an element has no answer."""
    weight = instrument.weights[EXACT].value
    answered = sum(bool(count) for count in tallied.counts.values())
    share = weight * len(instrument.codes) / max(answered, 1)
    shown: dict[str, str | int | float] = {"J4": float(weight)}
    shown |= {f"J{row}": float(other.value) for row, other in enumerate(instrument.weights.values(), start=5)}
    for row, code in enumerate(instrument.codes, start=4):
        shown |= {f"C{row}": tallied.counts[code], f"D{row}": tallied.sums[code], f"F{row}": 0, f"G{row}": 0}
        if tallied.counts[code]:
            average = Fraction(tallied.sums[code], tallied.counts[code])
            shown |= {f"E{row}": float(average), f"F{row}": float(share), f"G{row}": float(average * share)}
    end = len(instrument.codes) + 3
    shown[f"C{end + 7}"] = sample_size(population, instrument.sampling)
    try:
        result = compute(instrument, tallied)
    except RuleBroken:
        return shown
    return shown | {f"C{end + 2}": float(result.index), f"C{end + 3}": result.band.grade}


def _write_computed(sheet: _Sheet, instrument: Instrument, n: int, words: tuple[str, str], population: int) -> None:
    """Elements in rows 4 to 12; below them the index, the grade, the sample; the weights and bands to the right."""
    sheet.page.set_column(0, 0, 9)
    sheet.page.set_column(1, 1, 44)
    sheet.head("A1", words[0])
    sheet.head("A3", "Unsur", "Nama", "Terjawab", "Jumlah", "NRR", "Bobot", "NRR tertimbang")
    last, end = max(n, 1) + 1, len(instrument.elements) + 3
    for number, element in enumerate(instrument.elements):
        row, column = number + 4, chr(ord("A") + number)
        cells = f"Jawaban!{column}{FIRST}:{column}{last}"
        sheet.words(f"A{row}", element.code, element.title.id)
        sheet.formula(f"C{row}", f"=COUNT({cells})")
        sheet.formula(f"D{row}", f"=SUM({cells})")
        sheet.formula(f"E{row}", f'=IF(C{row}=0,"",D{row}/C{row})', num_format="0.0000")
        answered = f'COUNTIF($C$4:$C${end},">0")'  # what nobody answered weighs nothing; the others weigh as much together
        sheet.formula(f"F{row}", f"=IF(C{row}=0,0,$J$4*{len(instrument.elements)}/{answered})", num_format="0.0000")
        sheet.formula(f"G{row}", f"=IF(C{row}=0,0,E{row}*F{row})", num_format="0.0000")
    _write_weights(sheet, instrument)
    _write_bands(sheet, instrument)
    _write_result(sheet, instrument, end, population)
    sheet.words(f"A{end + 9}", f"Pembulatan setengah ke atas; {NUDGE} ditambahkan agar pecahan biner tidak menurunkannya.")
    sheet.words(f"A{end + 10}", words[1])


def _write_weights(sheet: _Sheet, instrument: Instrument) -> None:
    """The weight that counts is J4: a person may set it to any of those listed below it."""
    sheet.head("I3", "Bobot dipakai")
    sheet.formula("J4", f"={_fraction(instrument.weights[EXACT].value)}")
    for row, weight in enumerate(instrument.weights.values(), start=5):
        sheet.words(f"I{row}", weight.title.id)
        sheet.formula(f"J{row}", f"={_fraction(weight.value)}")


def _write_bands(sheet: _Sheet, instrument: Instrument) -> None:
    sheet.head("I9", "Mulai nilai", "Mutu", "Kinerja")
    for row, band in enumerate(reversed(instrument.bands), start=10):  # upwards: LOOKUP wants it so
        sheet.page.write_number(f"I{row}", float(band.lowest))
        sheet.words(f"J{row}", band.grade, band.title.id)


def _write_result(sheet: _Sheet, instrument: Instrument, end: int, population: int) -> None:
    last, worst, sampling = 9 + len(instrument.bands), instrument.bands[-1].grade, instrument.sampling
    spread = f"{float(sampling.chi_square)}*{float(sampling.proportion)}*{float(1 - sampling.proportion)}"
    size = f"{spread}*C{end + 6}/({float(sampling.margin)}^2*(C{end + 6}-1)+{spread})"
    sheet.head(f"B{end + 2}", "Indeks (IKM)")
    index = f"ROUND(SUM(G4:G{end})*{instrument.scale}+{NUDGE},2)"
    sheet.formula(f"C{end + 2}", f'=IF(SUM(C4:C{end})=0,"",{index})')
    sheet.head(f"B{end + 3}", "Mutu")
    sheet.formula(f"C{end + 3}", f'=IF(C{end + 2}="","",IF(C{end + 2}<I10,"{worst}",LOOKUP(C{end + 2},I10:I{last},J10:J{last})))')
    sheet.words(f"B{end + 6}", "Populasi")
    sheet.page.write_number(f"C{end + 6}", population)
    sheet.words(f"B{end + 7}", "Sampel yang diperlukan (Krejcie dan Morgan)")
    sheet.formula(f"C{end + 7}", f"=IF(C{end + 6}=0,0,ROUND({size},0))")


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
