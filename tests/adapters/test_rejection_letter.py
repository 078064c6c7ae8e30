"""The letter of rejection on paper (51.1, 51.6)."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from pasti.adapters.pdf.client import render_letter
from pasti.domain.letters import LetterData, Remedy, Unmet
from tests.certificates import USUAL

LONG = "Alat pemadam sudah kedaluwarsa sejak Maret, dan kolimator tidak tersegel serta tidak bernomor seri. "


def letter(lines: int, *, channels: int) -> LetterData:
    """A rejection whose reason takes so many lines, more or less."""
    return LetterData(
        number="PB-2026-0412/TOLAK",
        letterhead=USUAL.letterhead,
        holder=USUAL.holder,
        nib=USUAL.nib,
        address=USUAL.address,
        case_number="PB-2026-0412",
        submitted_on=date(2026, 11, 2),
        standard_title=USUAL.standard_title,
        clause="51.1",
        why_now="Verifikasi kedua menemukan syarat yang belum dipenuhi.",
        reason=LONG * lines,
        unmet=(Unmet(clause="51.1.B.8", title="Alat pemadam api", reason=LONG),),
        remedies=tuple(Remedy(title=f"Cara {n}", text=LONG * 2, assumed=False) for n in range(3)),
        channels=tuple((f"Saluran {n}", "(0264) 8224794") for n in range(channels)),
        again="Anda dapat mengajukan permohonan baru kapan saja.",
        issued_on=date(2026, 11, 23),
        issued_in="Purwakarta",
        signatory=USUAL.signatory,
    )


def signed_page(data: LetterData, tmp_path: Path) -> str:
    """The words of the page that bears the signature."""
    (tmp_path / "surat.pdf").write_bytes(render_letter(data))
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "surat.pdf", "-"], capture_output=True, check=True)
    return next(page for page in done.stdout.decode().split("\f") if "Ditandatangani secara elektronik" in page)


@pytest.mark.clause("51.1")
@pytest.mark.parametrize(("channels", "before"), [(0, "Cara 2"), (5, "Saluran 4")])
def test_the_signature_never_stands_alone_on_a_page(channels: int, before: str, tmp_path: Path) -> None:
    alone = [n for n in range(0, 36, 2) if before not in signed_page(letter(n, channels=channels), tmp_path)]

    assert alone == []
