"""What the signatures in a PDF are worth, said without a network: whole, trusted, by whom, when (51.5).

Stricter than the format: a file of ours carries nothing after its last signature, nothing but the signature inside the
signature's own gap, and a time stamp, when there is one, that holds.
"""

import io
import json
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509  # type: ignore[import-untyped]  # it ships no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pasti.adapters.pdf.container import gap_is_plain
from pasti.domain.certificate import Verdict
from pasti.domain.events import Json
from pasti.domain.sentence import Sentence

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is in the report; the files are strangers'
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
MOST_ATTACHMENTS = 100
MOST_SIGNATURES = 20


@dataclass(frozen=True, kw_only=True)
class SignatureReport:
    """The signatures of one file, all of them together; `signer` and `signed_at` are those of the last."""

    signed: bool
    intact: bool = False  # the signed bytes are as they were signed
    covers_whole_file: bool = False  # and there are no others
    trusted: bool = False  # by one of the given roots, at the time of signing
    signer: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    time_stamped: bool = False  # `signed_at` is an authority's word, not only the signer's
    problems: tuple[str, ...] = ()  # in Indonesian, for people

    @property
    def verdict(self) -> Verdict:
        """VALID, or the first thing that is wrong. What became of the licence since is not in a file."""
        if not self.signed:
            return Verdict.NOT_SIGNED
        if not self.intact or not self.covers_whole_file:
            return Verdict.ALTERED
        return Verdict.VALID if self.trusted else Verdict.NOT_OURS


def check(pdf: bytes, trust_roots: Sequence[bytes], at: datetime) -> SignatureReport:
    """The report on `pdf`, trusting only `trust_roots` (PEM).

    A signature is judged at the moment its trusted time stamp names, or else at `at`: the moment on record, or now.
    """
    with ThreadPoolExecutor(max_workers=1) as own_thread:  # pyHanko runs an event loop, and the caller may be in one already
        return own_thread.submit(_check, pdf, trust_roots, at).result()


def _check(pdf: bytes, trust_roots: Sequence[bytes], at: datetime) -> SignatureReport:
    roots = [certificate for text in trust_roots for certificate in _certificates(text)]
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_regular_signatures[:MOST_SIGNATURES]
        reports = [_report(pdf, reader, signature, roots, at) for signature in signatures]
    except Exception:  # a parser of strangers' files fails in many ways; all mean: not readable as it was signed
        return _unreadable(pdf)
    if not reports:
        return SignatureReport(signed=False, problems=(Sentence("Berkas ini tidak bertanda tangan elektronik."),))
    last = reports[-1]
    return SignatureReport(
        signed=True,
        intact=all(report.intact for report in reports),
        covers_whole_file=last.covers_whole_file,
        trusted=all(report.trusted for report in reports),
        signer=last.signer,
        issuer=last.issuer,
        signed_at=last.signed_at,
        time_stamped=last.time_stamped,
        problems=tuple(dict.fromkeys(problem for report in reports for problem in report.problems)),
    )


def attached_data(pdf: bytes) -> dict[str, Json] | None:
    """The certificate's data as attached; None when there is none. It counts only when `check` finds the file valid."""
    try:
        data = json.loads(_attached(pdf, "certificate.json"))
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def attached_qr(pdf: bytes) -> str:
    """The text of the certificate's QR as attached, for `proof.check_proof`; empty when there is none."""
    return _attached(pdf, "qr.txt").decode(errors="replace")


def _attached(pdf: bytes, name: str) -> bytes:
    try:
        tree = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]
        return next((bytes(spec["/EF"]["/F"].data) for found, spec in _attachments(tree) if found == name), b"")
    except Exception:  # as in `check`: whatever is wrong with a stranger's file, there is no such attachment
        return b""


def _attachments(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The entries of a name tree."""
    entries = node.get("/Names", [])
    for at in range(0, min(len(entries) - 1, 2 * MOST_ATTACHMENTS), 2):
        yield str(entries[at]), entries[at + 1]
    for child in node.get("/Kids", [])[:MOST_ATTACHMENTS] if depth < 3 else ():
        yield from _attachments(child.get_object(), depth + 1)


def _report(pdf: bytes, reader: PdfFileReader, signature: Any, roots: list[x509.Certificate], at: datetime) -> SignatureReport:
    """The report on one signature: judged at `at`, and again at the time stamp's moment when that stamp holds."""
    status = validate_pdf_signature(signature, *_contexts(reader, roots, at))
    stamp = status.timestamp_validity
    held_at = stamp.timestamp if stamp is not None and stamp.valid and stamp.intact and stamp.trusted else None
    if held_at:
        status = validate_pdf_signature(signature, *_contexts(reader, roots, held_at))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    intact = (
        status.intact and status.valid and _gap_is_clean(pdf, signature) and (stamp is None or (stamp.valid and stamp.intact))
    )
    holder = signature.signer_cert
    return SignatureReport(
        signed=True,
        intact=intact,
        covers_whole_file=whole,
        trusted=status.trusted,
        signer=str(holder.subject.native.get("common_name", "")),
        issuer=str(holder.issuer.native.get("common_name", "")),
        signed_at=held_at or status.signer_reported_dt,
        time_stamped=held_at is not None,
        problems=tuple(_problems(status, stamp, intact=intact, whole=whole)),
    )


def _problems(status: Any, stamp: Any, *, intact: bool, whole: bool) -> Iterator[str]:
    if not intact:
        yield Sentence("Isi berkas sudah berubah sejak ditandatangani.")
    if not whole:
        yield Sentence("Ada tambahan pada berkas sesudah tanda tangan.")
    if status.revoked:
        yield Sentence("Sertifikat elektronik penanda tangan sudah dicabut ketika berkas ditandatangani.")
    elif intact and not status.trusted:  # of what was changed nothing is known of the signer
        yield Sentence(
            "Sertifikat elektronik penanda tangan bukan dari penerbit yang kami percayai, atau tidak berlaku ketika itu."
        )
    if stamp is not None and not stamp.trusted:
        yield Sentence("Penanda waktunya bukan dari penerbit yang kami percayai.")


def _contexts(reader: PdfFileReader, roots: list[x509.Certificate], at: datetime) -> tuple[ValidationContext, ValidationContext]:
    """Trust in the roots alone at one moment, for the signer and for the time stamp.

    The revocation lists that the file brings along tell of the signing; of the time stamp's authority today they tell nothing.
    """
    settings: dict[str, Any] = {"trust_roots": roots, "moment": at, "allow_fetching": False, "revocation_mode": "soft-fail"}
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return ValidationContext(**settings), ValidationContext(**settings)
    return store.as_validation_context(settings), ValidationContext(**settings, other_certs=list(store.load_certs()))


def _gap_is_clean(pdf: bytes, signature: Any) -> bool:
    first, length, second, _ = (int(number) for number in signature.byte_range)
    return first == 0 and gap_is_plain(pdf[length:second])


def _unreadable(pdf: bytes) -> SignatureReport:
    if b"/ByteRange" in pdf:
        return SignatureReport(
            signed=True, problems=(Sentence("Berkas ini pernah ditandatangani, tetapi sudah rusak atau diubah."),)
        )
    return SignatureReport(signed=False, problems=(Sentence("Berkas ini tidak terbaca sebagai PDF yang bertanda tangan."),))


def _certificates(text: bytes) -> Iterator[x509.Certificate]:
    """The certificates of a PEM text. ValueError when it is not PEM."""
    for kind, _, data in pem.unarmor(text, multiple=True):
        if kind == "CERTIFICATE":
            yield x509.Certificate.load(data)
