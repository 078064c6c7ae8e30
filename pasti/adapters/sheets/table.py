"""A workbook of one plain table (51.14.1)."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

WIDTHS = (12, 60, 16, 60)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str | int | date | None]], *, note: str = "") -> bytes:
    """A sheet with the head frozen and filterable; what begins like a formula stays text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, note)
    sheet.write_row(2, 0, head, bold)
    last = 2
    for last, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(last, column, value, day)
            elif value is not None:
                sheet.write(last, column, value)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(len(WIDTHS), len(head), 18)
    sheet.autofilter(2, 0, last, len(head) - 1)
    sheet.freeze_panes(3, 1)
    book.close()
    return out.getvalue()
