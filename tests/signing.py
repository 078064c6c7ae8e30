"""What tests of signing stand on: one signer, the service that signs, a signed certificate."""

from dataclasses import dataclass
from pathlib import Path

from pasti.adapters.bsre.client import SigningService

NIK = "3214015403720004"
PASSPHRASE = "Kalimat-Sandi 2027"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The keys folder, the service, and a signed certificate."""

    folder: Path
    service: SigningService
    unsigned: bytes
    signed: bytes

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


def sign(service: SigningService, pdf: bytes, *, nik: str = NIK, passphrase: str = PASSPHRASE) -> bytes:
    return service.sign(pdf, nik=nik, passphrase=passphrase, reason="Menerbitkan sertifikat", location="Purwakarta")
