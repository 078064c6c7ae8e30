"""The printed certificate: archival, accessible, carrying its data, the same for the same data (51.5)."""

import io
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pasti import standards
from pasti.adapters.pdf import proof, qr
from pasti.adapters.pdf.client import render
from pasti.domain.certificate import CertificateStatus, qr_payload
from pasti.domain.errors import DoorClosed, RuleBroken
from tests.certificates import USUAL, a_certificate

pytestmark = pytest.mark.clause("51.5")


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render(USUAL, qr_text=USUAL.verify_url)


@pytest.fixture
def pdf(printed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(printed)) as opened:
        yield opened


def text_of(data: bytes, tmp_path: Path) -> str:
    (tmp_path / "c.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "c.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_it_says_it_is_pdf_a_3a_and_pdf_ua_1(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.open_metadata()
    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")


def test_it_has_what_those_ask_for(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    assert len(root.OutputIntents) == 1
    assert bool(root.MarkInfo.Marked)
    assert "/StructTreeRoot" in root
    assert str(root.Lang) == "id-ID"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/Encrypt" not in pdf.trailer


def test_every_font_is_embedded(pdf: pikepdf.Pdf) -> None:
    fonts: list[Any] = [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) == 3
    assert all("/FontFile2" in font for font in fonts)


def test_the_qr_has_words_for_those_who_cannot_see_it(pdf: pikepdf.Pdf) -> None:
    alternatives = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert any(USUAL.verify_url in words for words in alternatives)


def test_its_data_is_attached_as_an_associated_file(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    assert [str(spec.AFRelationship) for spec in root.AF] == ["/Data", "/Supplement"]
    assert pdf.attachments["qr.txt"].get_file().read_bytes() == USUAL.verify_url.encode()
    attached = pdf.attachments["certificate.json"].get_file()
    assert attached.mime_type == "application/json"
    assert json.loads(attached.read_bytes()) == USUAL.to_dict()


def test_the_same_data_gives_the_same_bytes(printed: bytes) -> None:
    assert render(replace(USUAL), qr_text=USUAL.verify_url) == printed
    assert render(a_certificate(holder="CV Lain"), qr_text=USUAL.verify_url) != printed


def test_usual_data_fits_one_page_and_says_everything(printed: bytes, pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    words = text_of(printed, tmp_path)
    assert len(pdf.pages) == 1
    for said in (USUAL.number, USUAL.holder, USUAL.nib, USUAL.kbli_title, "TELAH DIVERIFIKASI", USUAL.signatory.name, "gratis"):
        assert said in words
    assert "NPWP" not in words
    assert "PERAGAAN" not in words


@pytest.mark.clause("51.3")
def test_what_is_deemed_approved_is_never_said_to_be_verified(tmp_path: Path) -> None:
    ground = standards.load().in_force("51", date(2026, 11, 23)).clock.on_lapse_ground.id
    made = render(a_certificate(deemed_on="2026-12-02", deemed_ground=ground), qr_text=USUAL.verify_url)

    words = text_of(made, tmp_path)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
    for said in (
        "dianggap disetujui menurut hukum",
        "tidak diputus sampai batas waktunya, 2 Desember 2026",
        "DIANGGAP DISETUJUI",
    ):
        assert said in words
    assert "Pasal 225" in words
    assert "TELAH DIVERIFIKASI" not in words
    assert "terverifikasi" not in words
    assert "Berdasarkan hasil pemeriksaan" not in words


def test_long_data_flows_on_and_keeps_the_signature_whole(tmp_path: Path) -> None:
    data = a_certificate(holder="Perkumpulan Koperasi " * 12, duties=("Menyampaikan laporan berkala kepada dinas. " * 4,) * 24)
    made = render(data, qr_text=data.verify_url)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2
    words = text_of(made, tmp_path)
    assert words.index("Ditandatangani secara elektronik") < words.index(data.signatory.name)
    assert "Halaman 2 dari 2" in words


def test_a_stand_in_for_the_authority_is_said_on_the_page(tmp_path: Path) -> None:
    made = render(a_certificate(demonstration="Peragaan: bukan perizinan yang sah."), qr_text="x")
    assert "Peragaan: bukan perizinan yang sah." in text_of(made, tmp_path)


@pytest.mark.parametrize("holder", ["*tebal* _miring_ #panic() $x$ @a <b>", "PT “Ω” <script>", "\\ [ ] { } ` ~ /* // */"])
def test_what_people_type_is_never_taken_for_markup(holder: str, tmp_path: Path) -> None:
    assert holder[:9] in text_of(render(a_certificate(holder=holder), qr_text="x"), tmp_path)


@pytest.mark.parametrize(
    ("holder", "shown"),
    [("PT Ω Оптика", "PT Ω Оптика"), ("CV 光 Lensa 🔭", "CV [U+5149] Lensa [U+1F52D]"), ("CV A\x07B", "CV A[U+0007]B")],
)
def test_a_letter_no_font_has_is_printed_as_its_code_and_kept_in_the_data(holder: str, shown: str, tmp_path: Path) -> None:
    made = render(a_certificate(holder=holder), qr_text="x")
    assert shown in text_of(made, tmp_path)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert json.loads(pdf.attachments["certificate.json"].get_file().read_bytes())["holder"] == holder


def test_more_strange_letters_than_can_be_are_an_error_and_not_a_loop() -> None:
    with pytest.raises(DoorClosed, match="terlalu banyak"):
        render(a_certificate(holder="".join(map(chr, range(0x4E00, 0x4E40)))), qr_text="x")


@pytest.mark.clause("51.8.47")
class TestProof:
    @pytest.fixture
    def key(self, tmp_path: Path) -> Path:
        proof.make_key(tmp_path / "qr" / "key.pem")
        return tmp_path / "qr" / "key.pem"

    def test_the_key_is_made_once_and_is_nobody_elses(self, key: Path) -> None:
        before = key.read_bytes()
        assert proof.make_key(key) == proof.public_pem(before)
        assert (key.read_bytes(), key.stat().st_mode & 0o777) == (before, 0o600)

    def test_the_qr_text_proves_its_facts_and_fits_a_code(self, key: Path) -> None:
        facts = qr_payload(USUAL, status=CertificateStatus.ISSUED, as_of=USUAL.issued_on)
        text = proof.qr_text(USUAL.verify_url, proof.sign_proof(facts, key.read_bytes()))
        assert text.startswith(USUAL.verify_url + "#")
        assert proof.check_proof(text, proof.make_key(key)) == facts
        assert "<svg" in qr.svg(text)

    def test_any_changed_letter_of_the_proof_is_refused(self, key: Path) -> None:
        jws = proof.sign_proof({"no": "SS-1"}, key.read_bytes())
        for at in range(len(jws)):
            changed = jws[:at] + ("B" if jws[at] != "B" else "C") + jws[at + 1 :]
            with pytest.raises(RuleBroken, match="bukan buatan kantor kami"):
                proof.check_proof(changed, proof.make_key(key))

    @pytest.mark.parametrize(
        "text", ["", "#", "https://x/v/y", "a.b", "a.b.c.d", "e30.e30.", "\u2603.e30.e30", "W10.W10." + "A" * 86]
    )
    def test_what_is_no_proof_is_refused(self, key: Path, text: str) -> None:
        with pytest.raises(RuleBroken):
            proof.check_proof(text, proof.make_key(key))

    def test_an_unsigned_proof_is_refused(self, key: Path) -> None:
        with pytest.raises(RuleBroken):
            proof.check_proof("eyJhbGciOiJub25lIn0.e30.", proof.make_key(key))

    def test_another_offices_key_is_refused(self, key: Path, tmp_path: Path) -> None:
        with pytest.raises(RuleBroken):
            proof.check_proof(proof.sign_proof({}, key.read_bytes()), proof.make_key(tmp_path / "other.pem"))

    def test_the_published_key_names_itself_as_the_proof_does(self, key: Path) -> None:
        published = proof.jwk(proof.make_key(key))
        head = json.loads(proof._decode(proof.sign_proof({}, key.read_bytes()).split(".")[0]))
        assert head == {"alg": "ES256", "kid": published["kid"]}
        assert "d" not in published
