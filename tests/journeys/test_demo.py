"""`bin/pasti demo` from a shell that knows nothing of us: the whole job, and a paper that others call valid too (51.5)."""

import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from pasti import standards

ROOT = Path(__file__).parent.parent.parent
STEP = re.compile(r"(?P<day>\d{2}-\d{2}-\d{4}) \d{2}\.\d{2}  (?P<clause>51\.\S+) +(?P<what>\S.*)")
pytestmark = pytest.mark.clause("51.5")


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What the demonstration said, and the certificate and root it wrote."""

    said: str
    steps: tuple[re.Match[str], ...]
    pdf: Path
    root: Path


def pasti(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """`bin/pasti` with nothing in its environment but what a shell must have; the answer whatever the exit code."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    return subprocess.run([ROOT / "bin" / "pasti", *words], env=environment, cwd=home, capture_output=True, text=True)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run for every test here."""
    home = tmp_path_factory.mktemp("demo")
    done = pasti("demo", "--out", home / "sertifikat.pdf", home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    story = done.stdout.partition("\n\n")[0].splitlines()
    steps = tuple(step for line in story if (step := STEP.fullmatch(line)))
    assert len(steps) == len(story), story
    return Demo(said=done.stdout, steps=steps, pdf=home / "sertifikat.pdf", root=home / "sertifikat-akar.pem")


@pytest.fixture(scope="module")
def trusting(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key database of Mozilla's kind in which the demonstration's root is trusted."""
    keys = tmp_path_factory.mktemp("nss")
    for words in (["-N", "--empty-password"], ["-A", "-n", "akar", "-t", "C,C,C", "-i", str(demo.root)]):
        subprocess.run(["certutil", "-d", f"sql:{keys}", *words], check=True, capture_output=True)
    return keys


def test_each_step_has_its_date_and_its_clause(demo: Demo) -> None:
    clauses = {c.id for edition in standards.load().editions("51") for c in edition.clauses()}
    components = {clause.split(".")[1] for clause in clauses}
    days = ["-".join(reversed(step["day"].split("-"))) for step in demo.steps]
    assert len(demo.steps) >= 8
    assert days == sorted(days)
    assert [s["clause"] for s in demo.steps if s["clause"] not in clauses and s["clause"].split(".")[1] not in components] == []
    assert [step["clause"] for step in demo.steps][:3] == ["51.1", "51.2", "51.3"]
    assert demo.steps[-1]["clause"] == "51.5"


def test_it_tells_the_promise_the_number_and_the_verdict(demo: Demo) -> None:
    assert "janji selesai" in demo.said
    assert re.search(r"Sertifikat \S+ ditandatangani", demo.said)
    assert str(demo.pdf) in demo.said
    assert "asli kantor kami, tidak berubah, dan masih berlaku" in demo.said
    assert "utuh" in demo.said


@pytest.mark.needs("pdfsig", "certutil")
def test_poppler_calls_the_signature_valid_and_its_signer_trusted(demo: Demo, trusting: Path) -> None:
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{trusting}", demo.pdf], capture_output=True, text=True).stdout
    assert said.count("Signature is Valid.") == 1
    assert said.count("Certificate is Trusted.") == 1
    assert "Total document signed" in said


@pytest.mark.needs("pdfsig", "certutil")
def test_poppler_does_not_trust_it_without_the_root(demo: Demo, tmp_path: Path) -> None:
    subprocess.run(["certutil", "-d", f"sql:{tmp_path}", "-N", "--empty-password"], check=True, capture_output=True)
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{tmp_path}", demo.pdf], capture_output=True, text=True).stdout
    assert "Certificate is Trusted." not in said


def test_the_command_it_ends_with_says_the_same_without_a_network(demo: Demo) -> None:
    command = shlex.split(demo.said.splitlines()[-1])
    assert command[0] == "bin/pasti"
    done = pasti(*command[1:], home=demo.pdf.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("SAH")


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_noticed(demo: Demo, tmp_path: Path, place: float) -> None:
    data = bytearray(demo.pdf.read_bytes())
    data[int(len(data) * place)] ^= 1
    altered = tmp_path / "diubah.pdf"
    altered.write_bytes(data)
    done = pasti("certificate", "verify", altered, "--root", demo.root, home=tmp_path)
    assert done.returncode == 1
    assert not done.stdout.startswith("SAH")


def test_it_leaves_nothing_behind_but_what_it_tells_of(demo: Demo) -> None:
    assert sorted(p.name for p in demo.pdf.parent.iterdir()) == ["sertifikat-akar.pem", "sertifikat.pdf"]
