"""The file store keeps bytes whole, and lets in only what it should (51.1)."""

import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pasti.adapters.store.client import Store
from pasti.adapters.store.sniff import check_upload
from pasti.domain.errors import DoorClosed, RuleBroken


def a_pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n" + body + b"\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def a_png(*, width: int = 1, height: int = 1) -> bytes:
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def a_jpeg(*, trailer: bytes = b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 4, 6, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\1\1\0\0\x3f\0" + b"picture"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0" + frame + scan + b"\xff\xd9" + trailer


def sniff(data: bytes, *, name: str = "surat.pdf") -> str:
    return check_upload(data, name=name, max_bytes=5_000_000, clause="51.1.B.1").mime


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def test_what_is_put_is_got_and_twice_is_once(store: Store) -> None:
    name = store.put(b"isi")
    assert store.put(b"isi") == name
    assert (store.get(name), store.has(name), store.has("0" * 64)) == (b"isi", True, False)
    assert [path.stat().st_mode & 0o777 for path in store.root.rglob("*") if path.is_file()] == [0o600]
    assert {path.stat().st_mode & 0o777 for path in [store.root, *store.root.iterdir()]} == {0o700}


def test_what_comes_in_blocks_is_kept_whole_or_not_at_all(store: Store) -> None:
    name = store.put_blocks(iter([b"i", b"", b"si"]))
    assert (name, store.get(name)) == (store.put(b"isi"), b"isi")

    def cut_off() -> Iterator[bytes]:
        yield b"sepa"
        raise OSError("terputus")

    with pytest.raises(OSError, match="terputus"):
        store.put_blocks(cut_off())
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


def test_a_changed_byte_is_an_error_and_putting_again_heals_it(store: Store) -> None:
    name = store.put(b"isi")
    next(path for path in store.root.rglob("*") if path.is_file()).write_bytes(b"Isi")
    with pytest.raises(DoorClosed, match="sudah berubah"):
        store.get(name)
    store.put(b"isi")
    assert store.get(name) == b"isi"


def test_a_missing_file_is_said_and_a_path_is_never_a_name(store: Store) -> None:
    with pytest.raises(DoorClosed, match="tidak ada"):
        store.get("0" * 64)
    for name in ("../secrets/field_key", "0" * 63, "A" * 64, ""):
        with pytest.raises(ValueError, match="SHA-256"):
            store.has(name)


def test_many_writers_of_one_file_leave_one_whole_file(store: Store) -> None:
    data = b"x" * 300_000
    writers = [threading.Thread(target=store.put, args=(data,)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [path.stat().st_size for path in store.root.rglob("*") if path.is_file()] == [300_000]


@pytest.mark.clause("51.1")
@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (a_pdf(), "application/pdf"),
        (a_png(), "image/png"),
        (a_jpeg(), "image/jpeg"),
        (a_jpeg(trailer=b"notes of a camera"), "image/jpeg"),
    ],
)
def test_the_three_types_are_known_by_content_whatever_the_name(data: bytes, mime: str) -> None:
    assert sniff(data, name="tipuan.exe") == mime


@pytest.mark.clause("51.1")
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"x" * 5_000_001, "lebih besar dari 4,8 MB"),
        (b"<html><script>alert(1)</script>", "bukan PDF, JPEG, atau PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan PDF"),
        (b"PK\3\4" + b"\0" * 100, "bukan PDF"),
        (b"GIF89a" + b"\0" * 100, "bukan PDF"),
        (b"MZ" + b"\0" * 100, "bukan PDF"),
        (a_pdf()[:-30], "rusak atau terpotong"),
        (a_png()[:-6], "rusak atau terpotong"),
        (a_png().replace(b"IDAT", b"IDAX"), "rusak atau terpotong"),
        (a_png(width=0), "rusak atau terpotong"),
        (a_png(width=20_000, height=20_000), "terlalu besar: 20000 × 20000"),
        (a_jpeg()[:-2], "rusak atau terpotong"),
        (a_jpeg()[:30], "rusak atau terpotong"),
        (b"\xff\xd8\xff\xe0" + b"garbage" * 40, "rusak atau terpotong"),
        (a_pdf(b"<</Encrypt 5 0 R>>"), "terkunci kata sandi"),
        (a_pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), "program atau formulir aktif"),
        (a_pdf(b"<</S /Java#53cript>>"), "program atau formulir aktif"),
        (a_pdf(b"<</S /Launch>>"), "program atau formulir aktif"),
    ],
)
def test_what_is_not_acceptable_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refused:
        sniff(data)
    assert refused.value.clause == "51.1.B.1"


def test_a_script_packed_in_an_object_stream_is_found() -> None:
    packed = zlib.compress(b"7 0 <</S /JavaScript /JS (x)>>")
    body = b"9 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj"
    with pytest.raises(RuleBroken, match="program"):
        sniff(a_pdf(body))


def test_a_packed_bomb_stops_at_its_bound() -> None:
    packed = zlib.compress(b"\0" * 40_000_000)
    bomb = (b"9 0 obj\n<</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n") * 3
    with pytest.raises(RuleBroken, match="rusak"):
        sniff(a_pdf(bomb))
