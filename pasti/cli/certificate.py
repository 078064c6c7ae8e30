"""`pasti certificate`: what a certificate's file or its QR is worth, said without a network or a database (51.5)."""

import argparse
import json
import os
import shlex
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pasti.adapters.pdf import proof
from pasti.adapters.pdf.signatures import SignatureReport, attached_data, attached_qr, check
from pasti.cli.environment import DEFAULT_DATA
from pasti.domain.certificate import DEEMED, CertificateData, CertificateStatus, Verdict, qr_payload
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Json
from pasti.domain.sentence import said_day

SENTENCES: dict[Verdict, str] = {
    Verdict.VALID: "SAH: tanda tangan utuh, dari penerbit yang dipercaya, dan isinya tidak berubah.",
    Verdict.NOT_SIGNED: "TIDAK BERTANDA TANGAN: berkas ini bukan sertifikat elektronik.",
    Verdict.ALTERED: "BERUBAH: berkas ini tidak sama dengan yang ditandatangani.",
    Verdict.NOT_OURS: "BUKAN DARI KANTOR INI: penandatangan atau isinya tidak dapat kami percayai.",
}
TODAY = "Apakah izinnya masih berlaku hari ini, lihat halaman verifikasinya."
LAPSED = "DIANGGAP DISETUJUI: kantor tidak memutus sampai {day}. Sertifikat ini bukan hasil verifikasi."
UNSAID = frozenset({"status", "per", DEEMED})  # which a proof may say otherwise, or made earlier not at all
ONLY_THEN = f"Ini keadaan berkas. {TODAY}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The verdict on one file and what it rests on; `proven` is None when no office key was at hand."""

    verdict: Verdict
    report: SignatureReport
    data: dict[str, Json] | None
    proven: bool | None
    problems: tuple[str, ...]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `certificate verify` and `certificate verify-qr`."""
    parser = commands.add_parser("certificate", help="periksa sertifikat atau kode QR-nya, tanpa jaringan")
    acts = parser.add_subparsers(dest="act", metavar="KERJA", required=True)
    file = acts.add_parser("verify", help="periksa berkas PDF; keluar 0 bila sah, 1 bila tidak")
    file.add_argument("file", type=Path, metavar="BERKAS")
    file.add_argument("--root", type=Path, metavar="PEM", help="akar penerbit yang dipercaya (bawaan: milik kantor ini)")
    text = acts.add_parser("verify-qr", help="periksa teks kode QR; keluar 0 bila asli, 1 bila tidak")
    text.add_argument("text", metavar="TEKS")
    for one in (file, text):
        one.add_argument("--key", type=Path, metavar="PEM", help="kunci publik QR (bawaan: milik kantor ini)")
        one.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    file.set_defaults(run=run, needs="nothing", check=_check_file)
    text.set_defaults(run=run, needs="nothing", check=_check_text)


def run(args: argparse.Namespace) -> int:
    """0 when it is what it claims to be, 1 when not, 2 when a file needed for the check cannot be read."""
    try:
        return int(args.check(args))
    except OSError as reason:
        print(f"Tidak dapat dibaca: {reason.filename} ({reason.strerror}).", file=sys.stderr)
        return 2
    except ValueError as reason:
        print(f"Berkas kunci atau akarnya bukan PEM yang dimaksud: {reason}.", file=sys.stderr)
        return 2


def _check_file(args: argparse.Namespace) -> int:
    root = args.root or _kept(args, "PASTI_TRUST_ROOT", "signing/root.pem")
    if not args.root and not root.exists():
        print(_without_root(root, args.file), file=sys.stderr)
        return 2
    finding = examine(args.file.read_bytes(), root.read_bytes(), key=_key(args), at=datetime.now(UTC))
    print(json.dumps(_as_json(finding), ensure_ascii=False, indent=1) if args.json else "\n".join(_as_text(finding)))
    return 0 if finding.verdict is Verdict.VALID else 1


def _without_root(root: Path, file: Path) -> str:
    beside = file.with_name(f"{file.stem}-akar.pem")
    said = f"Akar penerbit yang dipercaya tidak ada di {root}. Sebutkan dengan --root PEM"
    return f"{said}; bila Anda percaya asalnya: --root {shlex.quote(str(beside))}" if beside.exists() else f"{said}."


def _check_text(args: argparse.Namespace) -> int:
    key = _key(args)
    if key is None:
        print("Kunci publik kantor tidak ada. Sebutkan dengan --key BERKAS.", file=sys.stderr)
        return 2
    try:
        facts = proof.check_proof(args.text, key)
    except RuleBroken as refusal:
        print(
            json.dumps({"valid": False, "problem": str(refusal)}, ensure_ascii=False) if args.json else f"TIDAK ASLI. {refusal}"
        )
        return 1
    if args.json:
        print(json.dumps({"valid": True, **facts}, ensure_ascii=False))
    else:
        known = (f"  {name:<7} {value}" for name, value in facts.items())
        print("ASLI: bukti ini dari kunci kantor.", *known, *_lapsed(facts.get(DEEMED)), sep="\n")
        print(f"Keadaan ini per {facts.get('per', '-')}, tanggal di dalam kodenya. {TODAY}")
    return 0


def examine(pdf: bytes, root: bytes, *, key: str | None, at: datetime) -> Finding:
    """The finding on `pdf`: signed under `root` (PEM), with its data, and its QR proven by the office's `key` (PEM) when given.

    The proof ties the file to this office: under a national root many people may sign, but only the office has its key.
    """
    report = check(pdf, [root], at)
    data = attached_data(pdf)
    proven = None if key is None or data is None else _is_proven(data, attached_qr(pdf), key)
    problems, verdict = list(report.problems), report.verdict
    if verdict is Verdict.VALID and data is None:
        problems.append("Data sertifikat tidak ada di dalam berkas.")
    if verdict is Verdict.VALID and proven is False:
        problems.append("Bukti QR di dalam berkas bukan dari kantor ini, atau tidak cocok dengan datanya.")
    if verdict is Verdict.VALID and problems:
        verdict = Verdict.NOT_OURS
    return Finding(verdict=verdict, report=report, data=data, proven=proven, problems=tuple(problems))


def _is_proven(data: dict[str, Json], text: str, key: str) -> bool:
    """Whether the office's key signed these very facts, whatever status and day it named."""
    try:
        facts = proof.check_proof(text, key)
        certificate = CertificateData.from_dict(data)
    except (RuleBroken, TypeError, ValueError, KeyError):
        return False
    expected = qr_payload(certificate, status=CertificateStatus.ISSUED, as_of=certificate.issued_on)
    same = all(facts.get(name) == value for name, value in expected.items() if name not in UNSAID)
    return same and facts.get(DEEMED, certificate.deemed_on) == certificate.deemed_on


def _key(args: argparse.Namespace) -> str | None:
    """The office's public QR key; None when neither it nor the private one is at hand."""
    path = args.key or _kept(args, "PASTI_QR_KEY", "secrets/qr_key.pem")
    if not args.key and not path.exists():
        return None
    text: bytes = path.read_bytes()
    return proof.public_pem(text) if b"PRIVATE" in text else text.decode()


def _kept(args: argparse.Namespace, variable: str, place: str) -> Path:
    """Where this installation keeps a file: named by a variable, or in its data folder."""
    folder = args.data or Path(os.environ.get("PASTI_DATA") or DEFAULT_DATA)
    return Path(os.environ.get(variable) or folder / place)


def _lapsed(on: Json) -> list[str]:
    """The sentence that says it rests on a term that ran out, and on no verification; none when it does not."""
    return [LAPSED.format(day=said_day(date.fromisoformat(str(on))))] if on else []


def _as_text(finding: Finding) -> list[str]:
    lines = [SENTENCES[finding.verdict], *(f"  - {problem}" for problem in finding.problems)]
    if finding.data is not None:
        known = ("number", "holder", "nib", "kbli", "issued_on", "verify_url")
        lines += [f"  {name:<11} {finding.data.get(name, '')}" for name in known]
        lines += [f"  {line}" for line in _lapsed(finding.data.get("deemed_on"))]
    if finding.report.signed:
        moment = finding.report.signed_at
        source = "penanda waktu tepercaya" if finding.report.time_stamped else "menurut penanda tangan sendiri"
        lines.append(f"  signer      {finding.report.signer} (penerbit: {finding.report.issuer})")
        lines.append(f"  signed_at   {moment.isoformat(timespec='seconds') if moment else '-'} ({source})")
    said = {None: "tidak diperiksa: kunci publik kantor tidak ada", True: "cocok, dari kunci kantor", False: "tidak cocok"}
    return [*lines, f"  qr          {said[finding.proven]}", ONLY_THEN]


def _as_json(finding: Finding) -> dict[str, Json]:
    report = finding.report
    return {
        "verdict": finding.verdict.value,
        "signed": report.signed,
        "intact": report.intact,
        "covers_whole_file": report.covers_whole_file,
        "trusted": report.trusted,
        "signer": report.signer,
        "issuer": report.issuer,
        "signed_at": report.signed_at.isoformat() if report.signed_at else None,
        "time_stamped": report.time_stamped,
        "qr_proven": finding.proven,
        "problems": list(finding.problems),
        "data": finding.data,
    }
