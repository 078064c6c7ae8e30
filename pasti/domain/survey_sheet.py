"""Questionnaires as rows of a table: every wrong row is told by its line, and then none is taken (51.14.2)."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pasti.domain.errors import FieldProblem, InvalidInput, RuleBroken, field_problem
from pasti.domain.survey import ANSWERS, CLAUSE, Answers

REMARK = "saran"  # the column of a questionnaire's own words
SERIAL = "lembar"  # the column of the number written on the paper, by which a questionnaire is known again
LONGEST_REMARK = 1000
LONGEST_SERIAL = 40
MOST_ROWS = 20_000
VALUES = {str(value): value for value in ANSWERS}

Row = tuple[int, Sequence[str]]  # its line in the file, and its cells


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The questionnaires of a file. `blank` are the lines on which nothing was answered: they do not count."""

    answers: tuple[Answers, ...]
    remarks: tuple[str, ...]
    serials: tuple[str, ...]  # "" for each where the file has no such column
    lines: tuple[int, ...]
    blank: tuple[int, ...]


def csv_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV text, separated by commas or, as spreadsheets here write it, by semicolons."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    first = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if ";" in first and "," not in first else ",")
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise RuleBroken(CLAUSE, "Baris {line} bukan CSV yang utuh; simpan ulang berkasnya.", line=reader.line_num) from error


def read_sheet(rows: Iterable[Row], codes: Sequence[str]) -> Sheet:
    """The questionnaires below a header that names each element. InvalidInput with every wrong row; RuleBroken for the header."""
    numbered = ((line, [cell.strip() for cell in cells]) for line, cells in rows)
    filled = ((line, cells) for line, cells in numbered if cells)
    header = next(filled, None)
    places = _places(header[1] if header else (), codes)
    taken: list[tuple[int, Answers, str, str]] = []
    blank, problems = list[int](), list[FieldProblem]()
    for line, cells in filled:
        if len(taken) == MOST_ROWS:
            raise RuleBroken(CLAUSE, "Paling banyak {most} kuesioner satu berkas; bagilah berkasnya.", most=MOST_ROWS)
        found = tuple(_problems(line, cells, places))
        problems += found
        sheet = {} if found else {code: VALUES[cells[places[code]]] for code in codes if cells[places[code]]}
        if sheet:
            words = cells[places[REMARK]] if REMARK in places else ""
            taken.append((line, sheet, words, _serial(cells[places[SERIAL]]) if SERIAL in places else ""))
        elif not found:
            blank.append(line)
    problems += _serial_problems(taken) if SERIAL in places else ()
    if problems:
        raise InvalidInput(tuple(problems))
    return Sheet(
        answers=tuple(sheet for _, sheet, _, _ in taken),
        remarks=tuple(words for _, _, words, _ in taken),
        serials=tuple(serial for _, _, _, serial in taken),
        lines=tuple(line for line, _, _, _ in taken),
        blank=tuple(blank),
    )


def _serial(cell: str) -> str:
    """The number as it is compared: spreadsheets drop leading zeros, people mix capitals."""
    return cell.casefold().lstrip("0") or cell


def _serial_problems(taken: Sequence[tuple[int, Answers, str, str]]) -> Iterator[FieldProblem]:
    seen: dict[str, int] = {}
    for line, _sheet, _words, serial in taken:
        if not serial:
            yield field_problem("file", CLAUSE, "Baris {line}: nomor lembarnya kosong; tulis nomor pada kertasnya.", line=line)
        elif serial in seen:
            twice = "Baris {line}: nomor lembar {serial} sudah ada pada baris {first}."
            yield field_problem("file", CLAUSE, twice, line=line, serial=serial, first=seen[serial])
        seen.setdefault(serial, line)


def _places(header: Sequence[str], codes: Sequence[str]) -> Mapping[str, int]:
    """Where each element stands, whatever the order of the columns; other columns are not read."""
    names = [name.lower() for name in header]
    missing = [code for code in codes if code not in names]
    if missing:
        words = "Baris judul tidak memuat kolom {missing}. Judul kolomnya: {codes}."
        raise RuleBroken(CLAUSE, words, missing=", ".join(missing), codes=",".join(codes))
    twice = [code for code in codes if names.count(code) > 1]
    if twice:
        raise RuleBroken(CLAUSE, "Kolom {twice} ada lebih dari sekali pada baris judul.", twice=", ".join(twice))
    wanted = (*codes, *(name for name in (REMARK, SERIAL) if name in names))
    return {code: names.index(code) for code in wanted}


def _problems(line: int, cells: Sequence[str], places: Mapping[str, int]) -> Iterator[FieldProblem]:
    if len(cells) <= max(places.values()):
        short = "Baris {line}: hanya {count} kolom; tulis semua kolom, yang tidak dijawab dikosongkan."
        yield field_problem("file", CLAUSE, short, line=line, count=len(cells))
        return
    for code, at in places.items():
        if code == REMARK:
            if len(cells[at]) > LONGEST_REMARK:
                wordy = "Baris {line}: saran lebih panjang dari {most} huruf."
                yield field_problem("file", CLAUSE, wordy, line=line, most=LONGEST_REMARK)
        elif code == SERIAL:
            if len(cells[at]) > LONGEST_SERIAL:
                yield field_problem("file", CLAUSE, "Baris {line}: nomor lembar terlalu panjang.", line=line)
        elif cells[at] and cells[at] not in VALUES:
            wrong = "Baris {line}: {code} berisi “{cell}”; tulis 1 sampai 4, atau kosongkan bila tidak dijawab."
            yield field_problem("file", CLAUSE, wrong, line=line, code=code, cell=cells[at][:40])
