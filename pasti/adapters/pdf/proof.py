"""The QR's proof: facts signed by the office's own key, checked by anybody without a network (51.5, 51.8.47).

The text is `<address>#<JWS>`: a browser opens the address and never sends what follows the `#`; a checker that knows the
office's published key needs only what follows it. The JWS is compact, ES256 (RFC 7515, RFC 7518).
"""

import base64
import binascii
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from pasti.domain.errors import RuleBroken
from pasti.domain.events import Json

SIZE = 32  # bytes of one number of P-256
SIGN = ec.ECDSA(hashes.SHA256())


def make_key(path: Path) -> str:
    """The office's QR key kept at `path`, made there when there is none, owner-only; answers its public half as PEM."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _keep(path, fresh)
    return public_pem(path.read_bytes())


def public_pem(private_key_pem: bytes) -> str:
    """The public half of a private key, as PEM."""
    public = _private(private_key_pem).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def jwk(public_key_pem: str | bytes) -> dict[str, str]:
    """The public key as the office publishes it (RFC 7517); `kid` is also in the head of each proof."""
    numbers = _public(public_key_pem).public_numbers()
    x, y = (_encode(number.to_bytes(SIZE, "big")) for number in (numbers.x, numbers.y))
    thumbprint = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
    kid = _encode(hashlib.sha256(thumbprint.encode()).digest())[:11]
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig", "alg": "ES256", "kid": kid}


def sign_proof(payload: Mapping[str, Json], private_key_pem: bytes) -> str:
    """The compact JWS of `payload`."""
    key = _private(private_key_pem)
    head = {"alg": "ES256", "kid": jwk(public_pem(private_key_pem))["kid"]}
    text = ".".join(_encode(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in (head, payload))
    r, s = utils.decode_dss_signature(key.sign(text.encode(), SIGN))
    return f"{text}.{_encode(r.to_bytes(SIZE, 'big') + s.to_bytes(SIZE, 'big'))}"


def qr_text(verify_url: str, proof: str) -> str:
    """What the QR holds."""
    return f"{verify_url}#{proof}"


def check_proof(text: str, public_key_pem: str | bytes) -> dict[str, Json]:
    """The facts of a QR's text, or of its JWS alone. RuleBroken, saying what to do, when the office's key did not sign them.

    ValueError when the key is no P-256 key.
    """
    key = _public(public_key_pem)
    try:
        return _checked(text.strip().rpartition("#")[2], key)
    except (InvalidSignature, ValueError, binascii.Error):
        raise RuleBroken(
            "51.5", "Kode QR ini bukan buatan kantor kami, atau sudah diubah. Cocokkan nomornya di halaman verifikasi kantor."
        ) from None


def _checked(jws: str, key: ec.EllipticCurvePublicKey) -> dict[str, Json]:
    text, _, signature = jws.rpartition(".")
    head, payload = (json.loads(_decode(part)) for part in text.split("."))
    raw = _decode(signature)
    if not isinstance(head, dict) or not isinstance(payload, dict) or head.get("alg") != "ES256" or len(raw) != 2 * SIZE:
        raise ValueError("not a proof of ours")
    r, s = (int.from_bytes(part, "big") for part in (raw[:SIZE], raw[SIZE:]))
    key.verify(utils.encode_dss_signature(r, s), text.encode(), SIGN)
    return payload


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """The bytes of unpadded base64url; ValueError when the text is not exactly what `_encode` writes."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encode(data) != text:
        raise ValueError("not canonical base64url")
    return data


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError("a P-256 key is expected")
    return key


def _public(pem: str | bytes) -> ec.EllipticCurvePublicKey:
    key = serialization.load_pem_public_key(pem.encode() if isinstance(pem, str) else pem)
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("a P-256 key is expected")
    return key


def _keep(path: Path, data: bytes) -> None:
    """Write `data` at `path` unless somebody else was first; whole or not at all."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
