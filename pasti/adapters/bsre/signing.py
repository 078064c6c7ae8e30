"""How the demonstration authority signs and checks a PDF: PAdES B-LT in one revision, with its own time stamp (51.5)."""

import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import cms, core, x509  # type: ignore[import-untyped]  # it ships no types
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError, as_signing_certificate, simple_cms_attribute
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from pasti.adapters.bsre.authority import place_of, revocation_list

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it would log parts of what it signs
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class WrongKey(Exception):
    """The passphrase does not open the signer's key."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the authority finds in one signature of a PDF."""

    field: str
    signer: str
    issuer: str
    signed_at: datetime | None
    reason: str
    location: str
    intact: bool
    trusted: bool


def sign(folder: Path, pdf: bytes, *, nik: str, passphrase: str, reason: str, location: str) -> bytes:
    """`pdf` with one more revision: the signature of an enrolled person. WrongKey; ValueError when they may not, or not this."""
    signer = _signer(folder, nik, passphrase)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        field = f"Tanda_Tangan_{len(writer.prev.embedded_signatures) + 1}"
    except Exception as reason_why:  # a parser of hostile files fails in many ways; all mean: no PDF
        raise ValueError("not a PDF that can be signed") from reason_why
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signer.subject_name,
        reason=reason or None,
        location=location or None,
        embed_validation_info=True,
        validation_context=_context(folder),
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    try:
        out = PdfSigner(meta, signer, timestamper=_stamper(folder), new_field_spec=SigFieldSpec(field)).sign_pdf(writer)
    except SigningError as reason_why:
        raise ValueError("this person may not sign this PDF") from reason_why
    signed = out.getvalue()
    assert isinstance(signed, bytes)
    return signed


def check(folder: Path, pdf: bytes) -> list[Found]:
    """Each signature of `pdf`, as this authority sees it. ValueError when it is no PDF."""
    try:
        return [_found(folder, signature) for signature in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures]
    except Exception as reason_why:  # as above
        raise ValueError("not a PDF") from reason_why


def _found(folder: Path, signature: Any) -> Found:
    status = validate_pdf_signature(signature, _context(folder))
    holder = signature.signer_cert
    return Found(
        field=signature.field_name,
        signer=holder.subject.native.get("common_name", ""),
        issuer=holder.issuer.native.get("common_name", ""),
        signed_at=status.timestamp_validity.timestamp if status.timestamp_validity else status.signer_reported_dt,
        reason=str(signature.sig_object.get("/Reason", "")),
        location=str(signature.sig_object.get("/Location", "")),
        intact=status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        trusted=status.trusted,
    )


def _signer(folder: Path, nik: str, passphrase: str) -> SimpleSigner:
    place = place_of(folder, nik)
    try:
        key = serialization.load_pem_private_key((place / "signer.key").read_bytes(), passphrase.encode())
    except (ValueError, TypeError) as wrong:
        raise WrongKey from wrong
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library's
    chain.register(_certificate(folder / "root.pem"))
    return SimpleSigner(
        signing_cert=_certificate(place / "signer.pem"),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=chain,
        embed_roots=False,  # trust comes from outside, and what nobody checks could be changed unseen
    )


class _Stamper(DummyTimeStamper):
    """Keeps its RSA key ready: loading one checks it, which takes longer than all the rest of a signature."""

    def __init__(self, certificate: x509.Certificate, key: Any) -> None:
        super().__init__(certificate, key)
        ready = serialization.load_der_private_key(key.dump(), None)
        assert isinstance(ready, rsa.RSAPrivateKey), "the time stamps are said to be RSA"
        self._ready = ready

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> tuple[bytes, cms.CMSAttributes]:
        said = (
            ("content_type", "tst_info"),
            ("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
            ("signing_certificate", as_signing_certificate(self.tsa_cert)),
            ("message_digest", hashlib.new(md_algorithm, tst_info_data).digest()),
        )
        attributes = cms.CMSAttributes([simple_cms_attribute(name, value) for name, value in said])  # type: ignore[no-untyped-call]  # the library's
        hash = get_pyca_cryptography_hash(md_algorithm.upper())
        return self._ready.sign(attributes.dump(), PKCS1v15(), hash), attributes


@cache
def _stamper(folder: Path) -> DummyTimeStamper:
    return _Stamper(_certificate(folder / "tsa.pem"), load_private_key_from_pemder(str(folder / "tsa.key"), None))


def _context(folder: Path) -> ValidationContext:
    return ValidationContext(
        trust_roots=[_certificate(folder / "root.pem")],
        crls=[revocation_list(folder)],
        other_certs=[_certificate(folder / "tsa.pem")],
        allow_fetching=False,
        revocation_mode="hard-fail",
    )


def _certificate(path: Path) -> x509.Certificate:
    return load_cert_from_pemder(str(path))  # type: ignore[no-untyped-call]  # the library's
