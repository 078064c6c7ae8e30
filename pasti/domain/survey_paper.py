"""Paper questionnaires are counted once: a file, or a sheet's number, that was taken in before is known again (51.14.2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pasti.domain.errors import InvalidInput, RuleBroken, field_problem
from pasti.domain.sentence import said_day
from pasti.domain.survey import CLAUSE, CODES, Quarter
from pasti.domain.survey_sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class PaperFile:
    """A file of questionnaires by its marks alone. A closed quarter keeps `mark` only."""

    quarter: Quarter
    taken_on: date
    mark: str  # of all its rows, whatever their order
    rows: tuple[str, ...]  # of each row
    serials: tuple[str, ...]  # the numbers on its sheets; none where the file has no such column


def spelled(sheet: Sheet) -> tuple[str, ...]:
    """Each questionnaire in one spelling, the same from CSV and xlsx, in any order of columns, saved again or not."""
    rows = zip(sheet.answers, sheet.remarks, sheet.serials, strict=True)
    return tuple(
        "|".join((*(str(answers.get(code, "")) for code in CODES), " ".join(words.casefold().split()), serial))
        for answers, words, serial in rows
    )


def require_new(file: PaperFile, sheet: Sheet, known: Sequence[PaperFile], *, fewest: int) -> None:
    """RuleBroken, or InvalidInput with each sheet, when these questionnaires were taken in before (51.14.2).

    With numbers on the sheets the numbers of this quarter decide. Without, it is all rows of an earlier file, and at least
    `fewest` of them when there are others beside: two people may well answer alike.
    """
    for earlier in known:
        if earlier.mark == file.mark:
            same = (
                "Isi berkas ini sama dengan berkas yang dimasukkan {day} untuk {quarter}, jadi tidak dimasukkan lagi. "
                "Bila ini kuesioner lain, tambahkan kolom “lembar” berisi nomor pada tiap kertas."
            )
            raise RuleBroken(CLAUSE, same, day=said_day(earlier.taken_on), quarter=earlier.quarter.title)
    ours = [earlier for earlier in known if earlier.quarter == file.quarter]
    if file.serials:
        _require_new_serials(sheet, {serial: earlier.taken_on for earlier in ours for serial in earlier.serials})
        return
    for earlier in ours:
        if len(earlier.rows) >= fewest and not Counter(earlier.rows) - Counter(file.rows):
            words = (
                "Berkas ini memuat lagi semua kuesioner ({count}) yang dimasukkan {day}. Hapus baris-baris itu lalu unggah "
                "sisanya. Bila ini kuesioner lain, tambahkan kolom “lembar” berisi nomor pada tiap kertas."
            )
            raise RuleBroken(CLAUSE, words, count=len(earlier.rows), day=said_day(earlier.taken_on))


def _require_new_serials(sheet: Sheet, known: Mapping[str, date]) -> None:
    words = "Baris {line}: lembar {serial} sudah dimasukkan {day}. Hapus baris ini bila lembarnya sama."
    problems = [
        field_problem("file", CLAUSE, words, line=line, serial=serial, day=said_day(known[serial]))
        for line, serial in zip(sheet.lines, sheet.serials, strict=True)
        if serial in known
    ]
    if problems:
        raise InvalidInput(tuple(problems))
