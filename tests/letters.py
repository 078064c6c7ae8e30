"""Letters for tests: believable ones, and those that somebody sends to break the house."""

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

SENDER = "rina@lensajaya.example"
PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def a_letter(
    *,
    sender: str = f"Rina Kartika <{SENDER}>",
    subject: str = "Pengaduan: antrean",
    text: str = "Saya menunggu tiga jam.\n",
    id: str = "satu@lensajaya.example",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A letter as a mail program writes it; `headers` with _ for -."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, "pengaduan@kantor.example", subject
    letter["Date"] = "Tue, 24 Nov 2026 10:00:00 +0700"
    letter["Message-ID"] = f"<{id}>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    for name, data in files:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def bomb() -> bytes:
    """A small zip file of much nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nol", b"\0" * 20_000_000)
    return packed.getvalue()


def many_parts(count: int) -> bytes:
    """A letter of that many parts."""
    return b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nbagian\n" * count + b"--x--\n"


def nested(depth: int) -> bytes:
    """A letter whose parts are in parts are in parts."""
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: a@b.example\n" + opened + b"\ndi dasar\n"


def hostile() -> Iterator[bytes]:
    """One letter of each kind that should stop a careless reader."""
    head = b"From: jahat@lain.example\nMessage-ID: <%s@lain.example>\n"
    yield b""
    yield b"\0" * 1000
    yield bytes(range(256)) * 40
    yield b"\n" * 5000
    yield many_parts(5000)
    yield nested(2000)
    yield head % b"rfc" + b"Content-Type: message/rfc822\n\n" * 3000 + b"isi"
    yield head % b"kepala" + b"X-Panjang: " + b"a" * 400_000 + b"\n\nisi"
    yield head % b"baris" + b"a:\n" * 200_000 + b"\nisi"
    yield b"From: " + b"(" * 5000 + b"\n\nkurung"
    yield head % b"charset" + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 100_000
    yield head % b"tanpa" + b"Content-Type: text/plain; charset=tidak-ada\n\n\xff\xfe isi \0 nol"
    yield head % b"judul" + b"Subject: =?utf-8?b?!!!?= =?x?q?=00=0d=0aBcc:_x@y.example?=\n\nisi"
    yield head % b"batas" + b'Content-Type: multipart/mixed; boundary="tidak ada"\n\ntanpa batas'
    yield head % b"param" + b"Content-Type: text/plain" + b";a=" * 60_000 + b"\n\nisi"
    yield head % b"html" + b"Content-Type: text/html\n\n" + b"<!--" * 200_000
    yield head % b"uu" + b"Content-Transfer-Encoding: base64\n\n&&&===x"
    yield head % b"tanggal" + b"Date: Fri, 99 Foo 99999999999 99:99:99 +9999999\n\nisi"
    yield a_letter(id="bom@lain.example", files=(("bom.zip", bomb()),))
    yield a_letter(id="banyak@lain.example", files=tuple((f"{n}.txt", b"x") for n in range(60)))
