"""The scorecard printed and as a worksheet (51.14.1)."""

from datetime import date

from django.conf import settings

from pasti import standards
from pasti.actions.printing import letterhead
from pasti.adapters.pdf.client import render_scorecard
from pasti.adapters.sheets.table import table
from pasti.domain.certificate import Letterhead
from pasti.domain.score_report import ScoreLine, ScoreReport

HEAD = ("Klausul", "Isi", "Keadaan", "Bukti", "Dilihat", "Sejak", "Ketepatan", "Cara", "Komponen", "Bertindak")
DEMONSTRATION = "Peragaan: angka-angka ini dari data contoh."


def heading() -> tuple[Letterhead, str]:
    """The office's letterhead, and what a demonstration says of itself ("" in an office)."""
    return letterhead(standards.load().office()), DEMONSTRATION if settings.PASTI_DEMONSTRATION else ""


def as_pdf(report: ScoreReport) -> bytes:
    """The scorecard as a PDF with its data inside."""
    return render_scorecard(report)


def as_sheet(report: ScoreReport) -> bytes:
    """The scorecard as a worksheet: a row for each clause."""
    rows = [_row(line) for part in report.parts for line in part.lines]
    note = f"{report.service}, keadaan {report.day}. {report.demonstration}".strip()
    return table(f"Kartu skor {report.entry}", HEAD, rows, note=note)


def _row(line: ScoreLine) -> tuple[str | int | date | None, ...]:
    return (
        line.clause,
        line.text,
        line.status_title,
        line.evidence,
        line.as_of,
        line.since,
        "tepat" if line.since_is_exact else "paling lambat",
        line.way,
        line.component,
        line.role,
    )
