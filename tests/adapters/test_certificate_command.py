"""`pasti certificate`: the verdict offline, by exit code, sentence and JSON (51.5)."""

import json
from pathlib import Path

import pytest

from pasti.adapters.bsre import signing
from pasti.adapters.pdf import proof
from pasti.adapters.pdf.client import render
from pasti.cli.main import main
from pasti.domain.certificate import CertificateData, CertificateStatus, qr_payload
from tests.certificates import USUAL, a_certificate
from tests.signing import NIK, PASSPHRASE, Bench

pytestmark = pytest.mark.clause("51.5")


@pytest.fixture
def data(tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the office's root and QR key."""
    for name in ("PASTI_DATA", "PASTI_TRUST_ROOT", "PASTI_QR_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data" / "signing").mkdir(parents=True)
    (tmp_path / "data" / "signing" / "root.pem").write_bytes(bench.root)
    proof.make_key(tmp_path / "data" / "secrets" / "qr_key.pem")
    return tmp_path / "data"


def qr_of(data: Path, certificate: CertificateData) -> str:
    facts = qr_payload(certificate, status=CertificateStatus.ISSUED, as_of=certificate.issued_on)
    return proof.qr_text(certificate.verify_url, proof.sign_proof(facts, (data / "secrets" / "qr_key.pem").read_bytes()))


def issue(bench: Bench, file: Path, certificate: CertificateData, qr: str) -> Path:
    printed = render(certificate, qr_text=qr)
    file.write_bytes(signing.sign(bench.folder, printed, nik=NIK, passphrase=PASSPHRASE, reason="", location=""))
    return file


def verify(data: Path, file: Path, *more: str) -> int:
    return main(["--data", str(data), "certificate", "verify", str(file), *more])


@pytest.fixture
def issued(data: Path, bench: Bench, tmp_path: Path) -> Path:
    return issue(bench, tmp_path / "c.pdf", USUAL, qr_of(data, USUAL))


def test_an_issued_certificate_is_valid(data: Path, issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(data, issued) == 0
    said = capsys.readouterr().out
    assert said.startswith("SAH:")
    for fact in (USUAL.number, USUAL.holder, "Drs. Contoh Pejabat, M.Si.", "penanda waktu tepercaya", "cocok, dari kunci kantor"):
        assert fact in said


def test_the_same_as_json(data: Path, issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(data, issued, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["qr_proven"], found["problems"]) == ("valid", True, [])
    assert found["data"] == USUAL.to_dict()


@pytest.mark.parametrize(("change", "says"), [(b"\n", "BERUBAH"), (None, "TIDAK BERTANDA TANGAN")])
def test_another_file_is_not(
    data: Path, issued: Path, bench: Bench, change: bytes | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    issued.write_bytes(bench.unsigned if change is None else issued.read_bytes() + change)
    assert verify(data, issued) == 1
    assert capsys.readouterr().out.startswith(says)


def test_a_signer_under_the_same_root_without_the_offices_key_is_not_us(
    data: Path, bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = issue(bench, tmp_path / "f.pdf", a_certificate(holder="CV Palsu"), qr_of(data, USUAL))
    assert verify(data, forged) == 1
    assert "BUKAN DARI KANTOR INI" in capsys.readouterr().out
    (data / "secrets" / "qr_key.pem").unlink()
    assert verify(data, forged) == 0  # without the key only the signature can be judged, and that is said
    assert "tidak diperiksa" in capsys.readouterr().out


def test_another_root_is_not_trusted(data: Path, issued: Path, tmp_path: Path) -> None:
    from pasti.adapters.bsre import authority

    authority.open_authority(tmp_path / "other")
    assert verify(data, issued, "--root", str(tmp_path / "other" / "root.pem")) == 1


def test_what_is_missing_is_named(data: Path, issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(data, tmp_path / "tidak-ada.pdf") == 2
    assert "tidak-ada.pdf" in capsys.readouterr().err
    assert verify(data, issued, "--root", str(issued)) == 2
    (data / "signing" / "root.pem").unlink()
    assert verify(data, issued) == 2
    assert "root.pem" in capsys.readouterr().err


def test_the_text_of_a_qr_is_checked_with_the_published_key(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(text: str, *more: str) -> int:
        return main(["--data", str(data), "certificate", "verify-qr", text, *more])

    text = qr_of(data, USUAL)
    (tmp_path / "public.pem").write_text(proof.make_key(data / "secrets" / "qr_key.pem"))
    assert check(text) == 0
    assert check(text, "--key", str(tmp_path / "public.pem"), "--json") == 0
    assert USUAL.number in capsys.readouterr().out
    assert check(text[:-1] + ("A" if text[-1] != "A" else "B")) == 1
    assert check(text, "--key", str(data / "signing" / "root.pem")) == 2
    (data / "secrets" / "qr_key.pem").unlink()
    assert check(text) == 2


@pytest.mark.clause("51.3")
def test_what_is_deemed_approved_is_said_of_the_file_and_of_its_qr(
    data: Path, bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lapsed = a_certificate(deemed_on="2026-12-02", deemed_ground="Pasal 225 PP 28/2025")
    says = "DIANGGAP DISETUJUI: kantor tidak memutus sampai 2 Desember 2026. Sertifikat ini bukan hasil verifikasi."

    assert verify(data, issue(bench, tmp_path / "d.pdf", lapsed, qr_of(data, lapsed))) == 0
    assert says in capsys.readouterr().out
    assert main(["--data", str(data), "certificate", "verify-qr", qr_of(data, lapsed)]) == 0
    assert says in capsys.readouterr().out
    assert main(["--data", str(data), "certificate", "verify-qr", qr_of(data, USUAL)]) == 0
    assert "DIANGGAP" not in capsys.readouterr().out


def test_a_proof_from_before_it_said_so_still_counts_and_one_that_says_another_day_does_not(
    data: Path, bench: Bench, tmp_path: Path
) -> None:
    lapsed = a_certificate(deemed_on="2026-12-02", deemed_ground="Pasal 225 PP 28/2025")
    other_day = a_certificate(deemed_on="2026-12-03", deemed_ground="Pasal 225 PP 28/2025")

    assert verify(data, issue(bench, tmp_path / "e.pdf", lapsed, qr_of(data, USUAL))) == 0
    assert verify(data, issue(bench, tmp_path / "f.pdf", lapsed, qr_of(data, other_day))) == 1
    assert verify(data, issue(bench, tmp_path / "g.pdf", USUAL, qr_of(data, lapsed))) == 1


def test_without_a_root_the_way_out_is_said_and_one_beside_the_file_is_named(
    data: Path, issued: Path, bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "signing" / "root.pem").unlink()
    assert verify(data, issued) == 2
    alone = capsys.readouterr().err
    beside = issued.with_name("c-akar.pem")
    beside.write_bytes(bench.root)
    assert verify(data, issued) == 2
    assert "--root PEM." in alone
    assert f"--root {beside}" in capsys.readouterr().err
