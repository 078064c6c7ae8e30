"""The look holds its promises: contrast, size, no borrowed font, nothing inline (DESIGN "Screens")."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from pasti.queries.intake import AnswerLine

PASTI = Path(__file__).parents[2] / "pasti"
CSS = (PASTI / "static" / "pasti.css").read_text()
FONT = PASTI / "static" / "fonts" / "public-sans-latin.woff2"
TEMPLATES = sorted((PASTI / "templates").rglob("*.html"))
FIRST_PAGE_BYTES = 60 * 1024
HTML_ALLOWANCE_BYTES = 16 * 1024

TEXT = [
    ("ink", "paper"), ("ink", "soft"), ("ink", "brand-soft"), ("ink", "skipped"), ("ink", "focus-soft"),
    ("quiet", "paper"), ("quiet", "soft"), ("brand", "paper"), ("brand", "soft"), ("brand", "brand-soft"),
    ("brand-strong", "paper"), ("brand-strong", "brand-soft"), ("on-brand", "brand"), ("on-brand", "brand-strong"),
    ("on-band", "band"), ("accent", "paper"), ("on-accent", "accent"), ("paper", "late"), ("paper", "good"),
    ("good", "good-soft"), ("warn", "warn-soft"), ("late", "late-soft"), ("late", "paper"), ("stopped", "stopped-soft"),
]  # fmt: skip
SHAPES = [
    ("edge", "paper"), ("edge", "soft"), ("brand", "paper"), ("accent", "paper"), ("stopped", "paper"),
    ("stopped", "stopped-soft"), ("good", "paper"), ("warn", "paper"), ("late", "paper"),
    ("focus", "paper"), ("focus", "soft"), ("focus-band", "band"),
]  # fmt: skip


def tokens(look: str) -> dict[str, str]:
    """The colours of one look as the built stylesheet has them."""
    block = re.search(rf"\.look-{look}\{{([^}}]*)\}}", CSS)
    assert block, f"the stylesheet has no .look-{look}"
    return dict(re.findall(r"--([a-z-]+): ?(#[0-9a-f]{3,6})\b", block[1]))


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two hex colours."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a hex colour, 0 to 1."""
    digits = colour.lstrip("#")
    full = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = (int(full[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable_on_its_ground(look: str, text: str, ground: str) -> None:
    colours = tokens(look)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_a_shape_stands_out_from_its_ground(look: str, shape: str, ground: str) -> None:
    colours = tokens(look)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_both_looks_name_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


def test_a_dark_system_gets_the_dark_look() -> None:
    block = re.search(r"@media ?\(prefers-color-scheme: ?dark\) ?\{:root\{([^}]*)\}", CSS)
    assert block
    assert dict(re.findall(r"--([a-z-]+): ?(#[0-9a-f]{3,6})\b", block[1])) == tokens("dark")


def test_the_font_is_ours_to_use() -> None:
    assert "gds transport" not in CSS.lower()
    assert set(re.findall(r'url\("?([^")]+)', CSS)) == {"fonts/public-sans-latin.woff2"}
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL.txt").read_text().upper()


def test_style_and_font_leave_room_for_the_page() -> None:
    weight = len(gzip.compress(CSS.encode(), 6)) + FONT.stat().st_size
    assert weight <= FIRST_PAGE_BYTES - HTML_ALLOWANCE_BYTES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PASTI / "templates")))
def test_a_template_has_nothing_inline(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|\shx-on", text, re.IGNORECASE)
    for attributes in re.findall(r"<script\b([^>]*)>", text):
        assert "src=" in attributes or "application/json" in attributes


def test_every_part_says_what_it_takes() -> None:
    silent = [p.name for p in (PASTI / "templates" / "parts").glob("*.html") if not p.read_text().startswith("{% comment %}")]
    assert silent == []


@pytest.mark.parametrize("template", ["office/answers.html", "public/answers.html"])
def test_a_list_without_rows_is_said_to_be_empty_and_not_drawn(template: str) -> None:
    empty = AnswerLine(name="licences", label="Perizinan yang dimiliki", text="", header=("Jenis", "Nomor"))
    drawn, filled = (render_to_string(template, {"lines": [x]}) for x in (empty, replace(empty, rows=(("PB UMKU", "7"),))))
    assert "Perizinan yang dimiliki" in drawn and "<table" not in drawn
    assert "<table" in filled
