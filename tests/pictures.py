"""Small pictures for tests: real files that every reader accepts."""

import struct
import zlib


def png(width: int, height: int, *, noise: bytes = b"") -> bytes:
    """A grey PNG of that size; `noise` fills its rows to make it large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = (noise * width)[: width * 3] or b"\x99" * width * 3
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + row for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
