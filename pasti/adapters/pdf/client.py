"""Prints a certificate, a letter or a report: PDF/A-3a and PDF/UA-1 in one file, its data attached.

The same data gives the same bytes (51.5)."""

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from pasti.adapters.pdf import qr
from pasti.domain.certificate import CertificateData
from pasti.domain.complaint_answer import AnswerLetter
from pasti.domain.errors import DoorClosed
from pasti.domain.guarantees import PledgeLetter
from pasti.domain.letters import LetterData
from pasti.domain.papers import Paper
from pasti.domain.score_report import ScoreReport
from pasti.domain.survey_report import SurveyReport

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_STRANGE_LETTERS = 40


def render(data: CertificateData, *, qr_text: str) -> bytes:
    """The certificate of `data` as a PDF, unsigned; the QR shows `qr_text`. DoorClosed when it cannot be printed.

    A letter that no font of ours has is printed as its code, "[U+5149]": a name typed long ago must not stop a certificate
    that has been decided. The attached data keeps it as it was typed.
    """
    inputs = {"qr": qr.svg(qr_text), "qr-text": qr_text}
    return _print("certificate.typ", data.to_json(), inputs, number=data.number, on=data.issued_on)


def render_letter(data: LetterData) -> bytes:
    """The letter of `data` as a PDF, unsigned. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("letter.typ", data.to_json(), {}, number=data.number, on=data.issued_on)


def render_answer(data: AnswerLetter) -> bytes:
    """The answer to a complaint as a PDF, unsigned. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("complaint_answer.typ", data.to_json(), {}, number=data.number, on=data.issued_on)


def render_pledge(data: PledgeLetter) -> bytes:
    """The pledge of `data` as a PDF, unsigned. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("pledge.typ", data.to_json(), {}, number=data.number, on=data.issued_on)


def render_paper(data: Paper) -> bytes:
    """A paper of a case as a PDF. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("paper.typ", data.to_json(), {}, number=data.number, on=data.made_on)


def render_survey(data: SurveyReport) -> bytes:
    """The report of a quarter's survey as a PDF. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("survey.typ", data.to_json(), {}, number=f"SKM {data.code}", on=data.published_on or data.closed_on)


def render_scorecard(data: ScoreReport) -> bytes:
    """A service's scorecard as a PDF. DoorClosed when it cannot be printed; strange letters as in `render`."""
    return _print("scorecard.typ", data.to_json(), {}, number=f"kartu skor {data.entry}", on=data.day)


def _print(template: str, attached: str, inputs: dict[str, str], *, number: str, on: date) -> bytes:
    printed = attached
    for _ in range(MOST_STRANGE_LETTERS):
        try:
            return _compile(template, {**inputs, "attached": attached, "printed": printed}, on)
        except RuntimeError as reason:
            strange = NO_GLYPH.search(str(reason))
            if strange is None:
                raise _unprintable(number, str(reason)) from reason
            printed = _spell(printed, strange[1])
    raise _unprintable(number, "terlalu banyak huruf yang tidak dikenal")


def _compile(template: str, inputs: dict[str, str], on: date) -> bytes:
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Ours, then typst's own for the letters that ours lack; never those of the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE / "fonts")])


def _spell(printed: str, shown: str) -> str:
    """`printed` with each letter of `shown`, as the compiler shows it, replaced by its code."""
    for letter in ESCAPED.sub(lambda found: chr(int(found[1], 16)), shown):
        printed = printed.replace(json.dumps(letter, ensure_ascii=False)[1:-1], f"[U+{ord(letter):04X}]")
    return printed


def _unprintable(number: str, reason: str) -> DoorClosed:
    return DoorClosed("pdf", f"{number} tidak dapat dicetak: {reason}", retry=False)
