"""A demonstration authority: its root, its time stamps, its signers. All of it says DEMONSTRASI; none of it is BSrE (51.5).

Everything lies in one folder, owner-only. A signer's private key is encrypted with the signer's passphrase, which is kept
nowhere: without it nobody signs, the operator included.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ORGANISATION = "DEMONSTRASI PASTI - bukan BSrE, tidak berkekuatan hukum"
ROOT_DAYS = 20 * 365
STAMPER_DAYS = 10 * 365
SIGNER_DAYS = 2 * 365
CRL_DAYS = 30
CRL_ADDRESS = "http://demonstrasi.invalid/root.crl"  # nowhere: the list travels in each file, but must be declared to be heeded


def open_authority(folder: Path) -> None:
    """Make the root and the time stamper when there are none yet; safe for several at once."""
    with _locked(folder):
        if (folder / "tsa.pem").exists():
            return
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("DEMONSTRASI Otoritas Sertifikat PASTI")
        root = _certificate(name, key, name, key, days=ROOT_DAYS, use=None)
        stamp_key = rsa.generate_private_key(65537, 2048)  # pyHanko's own stamper signs with RSA only
        stamp_name = _name("DEMONSTRASI Penanda Waktu PASTI")
        stamper = _certificate(stamp_name, stamp_key, name, key, days=STAMPER_DAYS, use=ExtendedKeyUsageOID.TIME_STAMPING)
        _write(folder / "root.key", _key_pem(key))
        _write(folder / "root.pem", _pem(root))
        _write(folder / "tsa.key", _key_pem(stamp_key))
        _write(folder / "tsa.pem", _pem(stamper))


def enrol(folder: Path, *, nik: str, name: str, title: str, passphrase: str) -> None:
    """Give a person a demonstration certificate; who has one keeps it, with its first passphrase.

    ValueError without a passphrase.
    """
    if not passphrase:
        raise ValueError("a signer's key needs a passphrase")
    open_authority(folder)
    place = place_of(folder, nik)
    with _locked(folder):
        if (place / "signer.pem").exists():
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        root_key, root = _load_root(folder)
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(_name(name, title), key, root.subject, root_key, days=SIGNER_DAYS, use=None)
        _write(place / "signer.key", _key_pem(key, passphrase))
        _write(place / "status", b"ISSUE")
        _write(place / "signer.pem", _pem(made))


def set_status(folder: Path, *, nik: str, status: str) -> None:
    """Say of an enrolled person what the service shall answer: "SUSPEND", "REVOKE", "ISSUE" …"""
    _write(place_of(folder, nik) / "status", status.encode())


def status_of(folder: Path, nik: str) -> str:
    """The status of a person, known or not."""
    place = place_of(folder, nik)
    if not (place / "signer.pem").exists():
        return "NOT_REGISTERED"
    made = x509.load_pem_x509_certificate((place / "signer.pem").read_bytes())
    return "EXPIRED" if made.not_valid_after_utc < datetime.now(UTC) else (place / "status").read_text()


def place_of(folder: Path, nik: str) -> Path:
    """Where a person's key lies; the NIK itself is on no path."""
    return folder / "signers" / hashlib.sha256(nik.encode()).hexdigest()[:32]


def revocation_list(folder: Path) -> bytes:
    """The root's signed list of revoked signers, as of now (DER)."""
    key, root = _load_root(folder)
    now = datetime.now(UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(now - timedelta(minutes=1)).next_update(now + timedelta(days=CRL_DAYS))
    for status in sorted(folder.glob("signers/*/status")):
        if status.read_text() == "REVOKE":
            revoked = x509.load_pem_x509_certificate((status.parent / "signer.pem").read_bytes())
            entry = x509.RevokedCertificateBuilder().serial_number(revoked.serial_number)
            changed = datetime.fromtimestamp(status.stat().st_mtime, UTC)
            builder = builder.add_revoked_certificate(entry.revocation_date(changed).build())
    builder = builder.add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    builder = builder.add_extension(_authority_id(root.public_key()), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _load_root(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = serialization.load_pem_private_key((folder / "root.key").read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key, x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())


def _name(common: str, title: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if title:
        parts.insert(2, x509.NameAttribute(NameOID.TITLE, title[:64]))
    return x509.Name(parts)


def _certificate(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    days: int,
    use: x509.ObjectIdentifier | None,
) -> x509.Certificate:
    """A certificate of `days`: an authority when it issues itself, a stamper with that `use`, else a person's."""
    now, authority = datetime.now(UTC), subject == issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_key_usage(authority=authority, person=not authority and use is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_authority_id(issuer_key.public_key()), critical=False)
    )
    if not authority:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(CRL_ADDRESS)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if use:
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _authority_id(key: object) -> x509.AuthorityKeyIdentifier:
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _key_usage(*, authority: bool, person: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=person,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _key_pem(key: PrivateKey, passphrase: str = "") -> bytes:
    lock: serialization.KeySerializationEncryption = (
        serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    )
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def _pem(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all, owner-only."""
    temporary = path.with_name(f".{path.name}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One maker at a time, across processes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
