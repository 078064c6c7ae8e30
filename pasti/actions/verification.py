"""Telling whether a file is a certificate of ours, unchanged, and valid now (51.5)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from pasti.actions import roots
from pasti.actions.files import store
from pasti.adapters.pdf import proof
from pasti.adapters.pdf.signatures import SignatureReport, attached_data, attached_qr, check
from pasti.domain.certificate import VERDICT_OF_STATUS, CertificateStatus, Verdict
from pasti.domain.errors import DoorClosed, RuleBroken
from pasti.domain.events import Json
from pasti.domain.sentence import Sentence
from pasti.records.certificate import Certificate

SENTENCES: dict[Verdict, Sentence] = {
    Verdict.VALID: Sentence("Berkas ini sertifikat asli kantor kami, tidak berubah, dan masih berlaku."),
    Verdict.REPLACED: Sentence("Berkas ini asli, tetapi sudah diganti dengan sertifikat yang lebih baru."),
    Verdict.SUSPENDED: Sentence("Berkas ini asli, tetapi sedang dibekukan."),
    Verdict.REVOKED: Sentence("Berkas ini asli, tetapi sudah dicabut."),
    Verdict.NOT_SIGNED: Sentence("Berkas ini tidak bertanda tangan elektronik."),
    Verdict.ALTERED: Sentence("Berkas ini berubah sesudah ditandatangani. Jangan dipercaya; mintalah berkas aslinya."),
    Verdict.NOT_OURS: Sentence("Berkas ini bukan sertifikat yang diterbitkan kantor kami."),
}


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """What was found of one file: the verdict and its sentence, then what it rests on."""

    verdict: Verdict
    sentence: str
    sha256: str
    number: str
    token: str  # "" when the office never signed these bytes
    signer: str
    signed_at: datetime | None
    problems: tuple[str, ...]
    deemed_on: str = ""  # the last day (ISO) of the term that ran out undecided, when it rests on that

    @property
    def is_valid(self) -> bool:
        """Whether the file is ours, unchanged and valid now."""
        return self.verdict is Verdict.VALID


def root_pem() -> bytes:
    """The certificate at the root of the signatures, as the office publishes it. DoorClosed while the office has none."""
    try:
        return Path(settings.PASTI_TRUST_ROOT).read_bytes()
    except FileNotFoundError:
        raise DoorClosed("bsre", f"sertifikat akar tidak ada di {settings.PASTI_TRUST_ROOT}", retry=False) from None


def public_keys() -> dict[str, list[dict[str, str]]]:
    """The office's public keys (RFC 7517): for checking a QR without a network, and the ledger's roots and exports."""
    return {"keys": [proof.jwk(proof.make_key(Path(settings.PASTI_QR_KEY))), *roots.public_keys()]}


def signed_bytes(token: str) -> bytes | None:
    """The signed certificate at a public address, byte for byte as signed; None when there is none."""
    sha256 = Certificate.objects.filter(token=token).exclude(signed_sha256="").values_list("signed_sha256", flat=True).first()
    return store().get(sha256) if sha256 else None


def check_upload(data: bytes, *, at: datetime) -> CheckView:
    """Check a file byte for byte against what was signed, and signature by signature (51.5). Nothing of it is kept."""
    sha256 = hashlib.sha256(data).hexdigest()
    ours = Certificate.objects.filter(signed_sha256=sha256).first()
    report = check(data, trust_roots=[root_pem()], at=ours.signed_at or at if ours else at)
    claimed = ours.number if ours else _claimed_number(data)
    verdict = VERDICT_OF_STATUS[CertificateStatus(ours.status)] if ours else _verdict(report, claimed, data)
    return CheckView(
        verdict=verdict,
        sentence=SENTENCES[verdict],
        sha256=sha256,
        number=claimed,
        token=ours.token if ours else "",
        signer=report.signer,
        signed_at=report.signed_at,
        problems=report.problems,
        deemed_on=str(ours.data.get("deemed_on", "")) if ours else "",
    )


def _claimed_number(data: bytes) -> str:
    attached: dict[str, Json] | None = attached_data(data)
    return str((attached or {}).get("number", ""))


def _verdict(report: SignatureReport, claimed: str, data: bytes) -> Verdict:
    """Bytes the office never recorded: an altered copy of ours, an unsigned print of ours, or nothing of ours."""
    known = bool(claimed) and Certificate.objects.filter(number=claimed).exclude(signed_sha256="").exists()
    altered_or_unsigned = report.verdict in (Verdict.ALTERED, Verdict.NOT_SIGNED)
    return report.verdict if altered_or_unsigned and (known or _proved_ours(data)) else Verdict.NOT_OURS


def _proved_ours(data: bytes) -> bool:
    """Whether the QR's proof inside the file was made with the office's own key: any signer may share our root."""
    try:
        proof.check_proof(attached_qr(data), proof.make_key(Path(settings.PASTI_QR_KEY)))
    except RuleBroken:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Papers:
    """How many certificates were signed, and how many of them are kept whole, soundly signed, and say what their row says."""

    signed: int
    sound: int


def verify_all() -> Papers:
    """Check every signed certificate in the store, byte by byte and signature by signature (51.5)."""
    roots, signed, sound = [root_pem()], 0, 0
    for row in Certificate.objects.exclude(signed_sha256="").order_by("id").iterator(chunk_size=200):
        pdf = store().get(row.signed_sha256)
        report = check(pdf, trust_roots=roots, at=timezone.now())
        signed += 1
        sound += report.verdict is Verdict.VALID and _claimed_number(pdf) == row.number
    return Papers(signed=signed, sound=sound)
