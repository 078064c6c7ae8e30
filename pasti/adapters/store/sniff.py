"""What an upload really is, judged by its bytes: a whole PDF, JPEG or PNG without active content, or a refusal (51.1)."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pasti.domain.errors import RuleBroken

MOST_PIXELS = 100_000_000
MOST_UNPACKED = 32 * 1024 * 1024  # of a PDF's packed objects, so that a bomb stops here
ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|XFA|SubmitForm|ImportData)\b")
NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?>>\s*stream\r?\n", re.DOTALL)
JPEG_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, kw_only=True)
class FileType:
    """The type found in the bytes; `extension` without its dot."""

    mime: str
    extension: str


class _Broken(Exception):
    """The structure is not that of a whole file."""


def check_upload(data: bytes, *, name: str, max_bytes: int, clause: str) -> FileType:
    """The type of `data`. RuleBroken under `clause`, saying what to do, when it is no acceptable file of `max_bytes` at most."""
    if not data:
        raise RuleBroken(clause, "Berkas “{name}” kosong. Pilih lagi berkas yang benar, lalu unggah.", name=name)
    if len(data) > max_bytes:
        raise RuleBroken(
            clause,
            "Berkas “{name}” lebih besar dari {limit} MB. Kecilkan hasil pindaiannya, atau bagi menjadi beberapa.",
            name=name,
            limit=_megabytes(max_bytes),
        )
    known = next(((type, check) for start, type, check in TYPES if data.startswith(start)), None)
    if known is None:
        raise RuleBroken(
            clause,
            "Isi berkas “{name}” bukan PDF, JPEG, atau PNG. Simpan dokumen sebagai PDF, foto sebagai JPEG, lalu unggah lagi.",
            name=name,
        )
    try:
        known[1](data, name, clause)
    except _Broken:
        raise RuleBroken(
            clause,
            "Berkas “{name}” rusak atau terpotong sehingga tidak dapat dibaca. Simpan ulang, periksa hasilnya, lalu unggah lagi.",
            name=name,
        ) from None
    return known[0]


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0")


def _check_pdf(data: bytes, name: str, clause: str) -> None:
    tail = data[-2048:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise _Broken
    if ENCRYPTED.search(data):
        raise RuleBroken(
            clause,
            "PDF “{name}” terkunci kata sandi. Buka, cetak ulang ke PDF tanpa kata sandi, lalu unggah lagi.",
            name=name,
        )
    if any(ACTIVE.search(_plain_names(text)) for text in (data, *_unpacked_objects(data))):
        raise RuleBroken(
            clause,
            "PDF “{name}” berisi program atau formulir aktif, yang demi keamanan tidak kami terima. "
            "Cetak ulang ke PDF biasa, lalu unggah lagi.",
            name=name,
        )


def _plain_names(text: bytes) -> bytes:
    """Undo #xx in names, by which /Java#53cript could hide."""
    return NAME_ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), text)


def _unpacked_objects(data: bytes) -> Iterator[bytes]:
    """The object streams, unpacked; those that cannot be are left to the reader, which cannot read them either."""
    room = MOST_UNPACKED
    for found in PACKED_OBJECTS.finditer(data):
        if room <= 0:
            raise _Broken
        try:
            text = zlib.decompressobj().decompress(data[found.end() :], room)
        except zlib.error:
            continue
        room -= len(text)
        yield text


def _check_jpeg(data: bytes, name: str, clause: str) -> None:
    size: tuple[int, int] | None = None
    at = 2
    while True:
        marker, length = _jpeg_segment(data, at)
        if marker in JPEG_FRAMES:
            if length < 7:
                raise _Broken
            size = struct.unpack(">HH", data[at + 5 : at + 9])
        if marker == 0xDA:  # the picture itself follows; a camera may add notes after its end
            break
        at += 2 + length
    if size is None or data.rfind(b"\xff\xd9") < at:
        raise _Broken
    _check_pixels(size[1], size[0], name, clause)


def _jpeg_segment(data: bytes, at: int) -> tuple[int, int]:
    """The marker at that place, and the length of its segment without the marker itself."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF:
        raise _Broken
    if head[1] in JPEG_STANDALONE:
        return head[1], 0
    length = int.from_bytes(head[2:4], "big")
    if length < 2 or at + 2 + length > len(data):
        raise _Broken
    return head[1], length


def _check_png(data: bytes, name: str, clause: str) -> None:
    kinds: list[bytes] = []
    at = len(PNG_SIGNATURE)
    while not kinds or kinds[-1] != b"IEND":
        head = data[at : at + 8]
        if len(head) < 8:
            raise _Broken
        length, kind = struct.unpack(">I4s", head)
        body, check = data[at + 4 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(body) != int.from_bytes(check, "big"):
            raise _Broken
        kinds.append(kind)
        at += 12 + length
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds or len(data) < 33:
        raise _Broken
    width, height = struct.unpack(">II", data[16:24])
    _check_pixels(width, height, name, clause)


def _check_pixels(width: int, height: int, name: str, clause: str) -> None:
    if not width or not height:
        raise _Broken
    if width * height > MOST_PIXELS:
        raise RuleBroken(
            clause,
            "Gambar “{name}” terlalu besar: {width} × {height} titik. Kecilkan, lalu unggah lagi.",
            name=name,
            width=width,
            height=height,
        )


Check = Callable[[bytes, str, str], None]
TYPES: tuple[tuple[bytes, FileType, Check], ...] = (
    (b"%PDF-", FileType(mime="application/pdf", extension="pdf"), _check_pdf),
    (b"\xff\xd8\xff", FileType(mime="image/jpeg", extension="jpg"), _check_jpeg),
    (PNG_SIGNATURE, FileType(mime="image/png", extension="png"), _check_png),
)
