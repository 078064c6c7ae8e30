"""A signature is believed only when it should be: ours, whole, trusted; and a tool we did not write agrees (51.5)."""

import io
import os
import random
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from pasti.adapters.bsre import authority, signing
from pasti.adapters.pdf.signatures import SignatureReport, attached_data, attached_qr, check
from pasti.domain.certificate import Verdict
from tests.certificates import USUAL
from tests.signing import NIK, PASSPHRASE, Bench

pytestmark = pytest.mark.clause("51.5")


def now() -> datetime:
    """This moment: a long run of tests ends later than it began."""
    return datetime.now(UTC)


def report(bench: Bench, pdf: bytes, *, at: datetime | None = None) -> SignatureReport:
    return check(pdf, [bench.root], at or now())


def with_byte_changed(pdf: bytes, at: int, mask: int) -> bytes:
    return pdf[:at] + bytes((pdf[at] ^ mask,)) + pdf[at + 1 :]


def gap_of(pdf: bytes) -> tuple[int, int]:
    found = re.search(rb"/ByteRange\s*\[\s*\d+ (\d+) (\d+)", pdf)
    assert found
    return int(found[1]), int(found[2])


def test_a_signed_certificate_is_valid_and_says_by_whom_and_when(bench: Bench) -> None:
    found = report(bench, bench.signed)
    assert (found.verdict, found.problems) == (Verdict.VALID, ())
    assert (found.signer, found.issuer) == ("Drs. Contoh Pejabat, M.Si.", "DEMONSTRASI Otoritas Sertifikat PASTI")
    assert found.time_stamped
    assert found.signed_at is not None
    assert abs(found.signed_at - now()) < timedelta(minutes=5)


def test_its_data_and_its_qr_are_read_back(bench: Bench) -> None:
    assert attached_data(bench.signed) == USUAL.to_dict()
    assert attached_qr(bench.signed) == USUAL.verify_url


def test_signing_keeps_the_archival_form(bench: Bench) -> None:
    with pikepdf.open(io.BytesIO(bench.signed)) as pdf:
        metadata = pdf.open_metadata()
        widget: Any = pdf.pages[0].Annots[0]
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert int(widget.F) & 0b111 == 0b100  # printed, neither hidden nor invisible, as PDF/A asks
        assert [float(side) for side in widget.Rect] == [0, 0, 0, 0]


def test_it_stays_valid_after_the_signers_certificate_has_ended(bench: Bench) -> None:
    assert report(bench, bench.signed, at=now() + timedelta(days=3 * 365)).verdict == Verdict.VALID


@pytest.mark.parametrize("pdf", [b"", b"bukan PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_signed_pdf_is_not_signed_and_has_no_data(bench: Bench, pdf: bytes) -> None:
    assert report(bench, pdf).verdict == Verdict.NOT_SIGNED
    assert (attached_data(pdf), attached_qr(pdf)) == (None, "")


def test_an_unsigned_certificate_is_not_signed(bench: Bench) -> None:
    assert report(bench, bench.unsigned).verdict == Verdict.NOT_SIGNED


def test_no_changed_byte_is_valid(bench: Bench) -> None:
    dice = random.Random(51)  # repeatable, not secret
    low, high = gap_of(bench.signed)
    everywhere = [dice.randrange(len(bench.signed)) for _ in range(120)]
    in_the_signature = [dice.randrange(low, high) for _ in range(120)]
    passed = [
        at
        for at in (*everywhere, *in_the_signature, low, high - 1, len(bench.signed) - 1)
        if report(bench, with_byte_changed(bench.signed, at, 1 << dice.randrange(8))).verdict == Verdict.VALID
    ]
    assert passed == []


def test_a_changed_page_says_nothing_against_the_signer(bench: Bench) -> None:
    low, high = gap_of(bench.signed)
    at = next(at for at in range(len(bench.signed) // 2, 0, -1) if not low <= at <= high)
    found = report(bench, with_byte_changed(bench.signed, at, 1))
    assert (found.verdict, [*found.problems]) == (Verdict.ALTERED, ["Isi berkas sudah berubah sejak ditandatangani."])


def test_letters_of_the_other_kind_in_the_signature_are_a_change(bench: Bench) -> None:
    low, high = gap_of(bench.signed)
    at = next(at for at in range(low + 40, high) if bench.signed[at] in b"ABCDEFabcdef")
    assert report(bench, with_byte_changed(bench.signed, at, 0x20)).verdict == Verdict.ALTERED


@pytest.mark.parametrize("tail", [b"\n", b"%", b"\n%%EOF\n", b"x" * 5000])
def test_bytes_put_after_the_signature_are_found(bench: Bench, tail: bytes) -> None:
    assert report(bench, bench.signed + tail).verdict == Verdict.ALTERED


def test_a_revision_added_after_the_signature_is_found(bench: Bench) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(bench.signed))
    writer.root[pdf_name("/Catatan")] = pdf_string("ditambah")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert report(bench, out.getvalue()).verdict == Verdict.ALTERED


def test_a_file_saved_anew_by_an_editor_is_altered(bench: Bench) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bench.signed)) as pdf:
        pdf.save(out)
    assert report(bench, out.getvalue()).verdict == Verdict.ALTERED


def test_a_cut_file_is_altered(bench: Bench) -> None:
    assert report(bench, bench.signed[: gap_of(bench.signed)[1] + 20]).verdict == Verdict.ALTERED


def test_another_authority_of_the_same_name_is_not_ours(bench: Bench, tmp_path: Path) -> None:
    authority.enrol(tmp_path, nik=NIK, name="Drs. Contoh Pejabat, M.Si.", title="Kepala DPMPTSP", passphrase="x")
    forged = signing.sign(tmp_path, bench.unsigned, nik=NIK, passphrase="x", reason="", location="")
    assert check(forged, [(tmp_path / "root.pem").read_bytes()], now()).verdict == Verdict.VALID
    found = report(bench, forged)
    assert found.verdict == Verdict.NOT_OURS
    assert any("bukan dari penerbit" in problem for problem in found.problems)
    assert check(bench.signed, [], now()).verdict == Verdict.NOT_OURS


def test_a_second_signature_of_ours_is_valid_and_of_another_is_not(bench: Bench, tmp_path: Path) -> None:
    twice = signing.sign(bench.folder, bench.signed, nik=NIK, passphrase=PASSPHRASE, reason="", location="")
    assert report(bench, twice).verdict == Verdict.VALID
    authority.enrol(tmp_path, nik=NIK, name="Orang Lain", title="", passphrase="x")
    mixed = signing.sign(tmp_path, bench.signed, nik=NIK, passphrase="x", reason="", location="")
    assert report(bench, mixed).verdict == Verdict.NOT_OURS


def test_a_signer_revoked_before_signing_cannot_sign(bench: Bench, tmp_path: Path) -> None:
    authority.enrol(tmp_path, nik=NIK, name="Dicabut", title="", passphrase="x")
    authority.set_status(tmp_path, nik=NIK, status="REVOKE")
    with pytest.raises(ValueError, match="may not sign"):
        signing.sign(tmp_path, bench.unsigned, nik=NIK, passphrase="x", reason="", location="")


def test_a_revocation_list_that_a_file_brings_along_is_heeded(bench: Bench, tmp_path: Path) -> None:
    authority.enrol(tmp_path, nik=NIK, name="Dicabut", title="", passphrase="x")
    signed = signing.sign(tmp_path, bench.unsigned, nik=NIK, passphrase="x", reason="", location="")
    authority.set_status(tmp_path, nik=NIK, status="REVOKE")
    yesterday = (now() - timedelta(days=1)).timestamp()
    os.utime(authority.place_of(tmp_path, NIK) / "status", (yesterday, yesterday))
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    lists = [CertificateList.load(authority.revocation_list(tmp_path))]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists)
    out = io.BytesIO()
    writer.write(out)
    found = check(out.getvalue(), [(tmp_path / "root.pem").read_bytes()], now())
    assert not found.trusted
    assert any("sudah dicabut" in problem for problem in found.problems)


@pytest.fixture(scope="module")
def nss(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key database that trusts the root, for poppler's pdfsig, which none of us wrote."""
    missing = [tool for tool in ("pdfsig", "certutil") if not shutil.which(tool)]
    if missing:
        reason = f"{' dan '.join(missing)} tidak ada: pasang poppler-utils dan libnss3-tools"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("nss")
    certutil = ["certutil", "-d", f"sql:{folder}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True, capture_output=True)
    trust = ["-A", "-n", "root", "-t", "C,C,C", "-i", str(bench.folder / "root.pem")]
    subprocess.run([*certutil, *trust], check=True, capture_output=True)
    return folder


def pdfsig(nss: Path, pdf: bytes) -> str:
    file = nss / "c.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nssdir", f"sql:{nss}", file], capture_output=True, check=False).stdout.decode()


def test_poppler_says_valid_and_trusted(nss: Path, bench: Bench) -> None:
    said = pdfsig(nss, bench.signed)
    for sentence in ("Signature is Valid.", "Certificate is Trusted.", "Total document signed", "ETSI.CAdES.detached"):
        assert sentence in said


def test_poppler_says_so_when_a_byte_changed(nss: Path, bench: Bench) -> None:
    at = bench.signed.index(b"/Lang")
    assert "Signature is Valid." not in pdfsig(nss, with_byte_changed(bench.signed, at - 1, 1))
