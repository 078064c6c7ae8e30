#!/usr/bin/env python3
"""Checks an exported ledger without PASTI: `python3 verify_ledger.py FILE`. One file, Python 3.9 or newer, no more (51.10.2).

It recomputes the hash of every fact and its place in its chain, every published root over all facts (RFC 6962), the chain of
the roots, what the export says of itself (its first line, all facts, how long each chain is), and the office's signature on each
of these (ES256, in plain Python below). Exit 0: nothing is wrong with what could be checked, and what could not be is said.
Exit 1: the first fault is named. Exit 2: the file, or what was given beside it, cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
from bisect import insort
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORM, ROOT_FORM, EXPORT_FORM = "pasti-ledger-2", "pasti-ledger-root-1", "pasti-ledger-export-1"
MOST_BYTES = 16 * 2**20  # of one line
CHAINED = {"subject_kind", "subject_id", "seq", "at", "actor_id", "actor_roles"}
HASHED = CHAINED | {"kind", "clause", "edition", "reason", "before", "after", "public", "about"}
ENTRY = {"type", "id", "prev_hash", "hash", *HASHED}
STATEMENT = {"form", "number", "at", "through", "size", "root", "previous"}
EXPORT = {  # what a signed export says of itself, and what is wrong when it is not so
    "entries": "jumlah catatannya lain, jadi ada yang dibuang atau disisipkan",
    "tree": "ada catatan yang diganti",
    "ledger_lines": "baris pertama (kantor, waktu ekspor, arti kolom, kunci) diubah",
    "root_lines": "ada akar atau cap waktunya yang dibuang atau diganti",
    "end_lines": "ada rantai yang dibuang, disisipkan, atau diganti ujungnya",
}
SETTLED = {"form", "at", "through", "size", "root"}

# The curve P-256 (FIPS 186-4): y² = x³ - 3x + B modulo P, base point G of order N.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


class Fault(Exception):
    """The first thing that is wrong, as a sentence."""


def add(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    """The sum of two points; None is the point at infinity."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def is_signed(text: bytes, signature: bytes, key: tuple[int, int]) -> bool:
    """Whether `key` made this ECDSA signature (r and s, 32 bytes each) on the SHA-256 of `text`."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    w = pow(s, -1, N)
    u, v = int.from_bytes(hashlib.sha256(text).digest(), "big") * w % N, r * w % N
    both, point = add(G, key), None
    for bit in range(255, -1, -1):
        point = add(point, point)
        which = (u >> bit & 1) + 2 * (v >> bit & 1)
        point = add(point, (None, G, key, both)[which])
    return point is not None and point[0] % N == r


def decoded(text: str) -> bytes:
    """Unpadded base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_of(jwk: Any) -> tuple[str, tuple[int, int]]:
    """A published key (RFC 7517): its name and its point. Fault when it is no P-256 key."""
    try:
        x, y = (int.from_bytes(decoded(jwk[name]), "big") for name in "xy")
        if jwk["kty"] != "EC" or jwk["crv"] != "P-256" or not (x < P and y < P) or (y * y - x * x * x + 3 * x - B) % P:
            raise ValueError
        plain = {"crv": "P-256", "kty": "EC", "x": jwk["x"], "y": jwk["y"]}
    except (KeyError, TypeError, ValueError):
        raise Fault("kunci publik di dalam berkas bukan kunci P-256 yang sah") from None
    thumbprint = hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).digest()
    return base64.urlsafe_b64encode(thumbprint).decode()[:11], (x, y)


def keys_in(given: str) -> dict[str, tuple[int, int]]:
    """The keys of `--key` as they are published: {"keys": […]}, a list or one key (RFC 7517), in a file or as they are."""
    said = json.loads(given if given.lstrip()[:1] in ("{", "[") else Path(given).read_text("utf-8"))
    listed = said.get("keys", [said]) if isinstance(said, dict) else said
    found = dict(key_of(jwk) for jwk in listed if isinstance(jwk, dict) and jwk.get("crv") == "P-256")
    if not found:
        raise ValueError("--key tidak memuat kunci P-256 seperti di /.well-known/pasti-keys.json")
    return found


def statement_of(proof: Any, keys: dict[str, tuple[int, int]], what: str = "akar") -> dict[str, Any]:
    """What a signed statement on a root, or on the export, says. Fault when no key of `keys` signed it or it is none."""
    form, names = (ROOT_FORM, STATEMENT) if what == "akar" else (EXPORT_FORM, {*EXPORT, *SETTLED})
    try:
        text, _, signature = proof.rpartition(".")
        head, said = (json.loads(decoded(part)) for part in text.split("."))
        key = keys.get(head["kid"]) if head["alg"] == "ES256" else None
        sound = key is not None and is_signed(text.encode(), decoded(signature), key)
        good = set(said) == names and said["form"] == form
        number = said.get("number", "")
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise Fault(f"ada pernyataan {what} yang tidak dapat dibaca") from None
    if not sound or not good:
        raise Fault(f"{what} {number}: tidak ditandatangani dengan kunci kantor yang dipakai untuk memeriksa")
    return dict(said)


class Tree:
    """The Merkle tree of RFC 6962 over all facts so far: one hash for each bit of its size."""

    def __init__(self) -> None:
        self.size, self.peaks = 0, []  # type: ignore[var-annotated]  # hashes

    def append(self, leaf: str) -> None:
        node, joins = hashlib.sha256(b"\x00" + leaf.encode()).digest(), self.size
        while joins & 1:
            node = hashlib.sha256(b"\x01" + self.peaks.pop() + node).digest()
            joins >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> str:
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\x01" + peak + node).digest()
        return str(node.hex())


class Check:
    """One pass over an export. `notes` is what could not be checked."""

    def __init__(self, keys: dict[str, tuple[int, int]] | None) -> None:
        self.given, self.keys, self.done = keys is not None, keys or {}, False
        self.roots: list[dict[str, Any]] = []
        self.proofs: list[str] = []
        self.stamps: dict[int, bytes] = {}
        self.marks: list[tuple[int, int, str, str]] = []  # each root: up to which fact, over how many, its hash, its name
        self.met, self.broken_root = 0, ""  # marks already compared with the tree, and the first that did not fit
        self.tree, self.last_id, self.unused = Tree(), 0, 0
        self.chains: dict[str, tuple[int, str]] = {}
        self.ends, self.lines = 0, {kind: hashlib.sha256() for kind in ("ledger", "root", "end")}  # these as they stand
        self.header: dict[str, Any] = {}
        self.notes: list[str] = []

    def take(self, line: dict[str, Any], raw: bytes) -> None:
        """One line, by its type; the order is header, roots, entries, ends, done."""
        kinds = {"ledger": self._head, "root": self._root, "entry": self._entry, "end": self._end, "done": self._done}
        kind = line.get("type")
        if kind not in kinds:
            raise Fault(f"ada baris berjenis {kind!r} yang tidak dikenal")
        if self.done or bool(self.header) == (kind == "ledger"):
            raise Fault(f"baris berjenis {kind!r} tidak pada tempatnya")
        if kind in self.lines:
            self.lines[kind].update(raw + b"\n")
        kinds[kind](line)

    def mark(self, said: dict[str, Any], name: str) -> None:
        """Compare the tree with this statement once every fact up to it was read."""
        insort(self.marks, (said["through"], said["size"], said["root"], f"{name} ({said['at']})"))

    def _head(self, line: dict[str, Any]) -> None:
        if line.get("form") != FORM:
            raise Fault(f"bentuk berkas {line.get('form')!r} tidak dikenal; dibutuhkan {FORM}")
        self.header = line
        told = dict(key_of(jwk) for jwk in line.get("keys", []))
        if self.given and not set(self.keys) & set(told):
            raise Fault(f"berkas menyebut kunci {', '.join(told) or '-'}, bukan kunci yang Anda berikan")
        self.keys = self.keys or told

    def _root(self, line: dict[str, Any]) -> None:
        if self.tree.size or self.ends:
            raise Fault("ada akar sesudah catatan; urutan berkas diubah")
        said, before = statement_of(line.get("proof"), self.keys), self.roots[-1] if self.roots else None
        number, previous = len(self.roots) + 1, hashlib.sha256(self.proofs[-1].encode()).hexdigest() if before else ""
        if said["number"] != number:
            raise Fault(f"akar {number} hilang: sesudahnya ada akar {said['number']}")
        if said["previous"] != previous:
            raise Fault(f"akar {number} tidak menyambung ke akar sebelumnya")
        if before and any(said[name] < before[name] for name in ("at", "through", "size")):
            raise Fault(f"akar {number} mundur dibandingkan akar sebelumnya")
        self.roots.append(said)
        self.mark(said, f"akar {number}")
        self.proofs.append(line["proof"])
        if line.get("stamp"):
            self.stamps[number] = base64.b64decode(line["stamp"])

    def _entry(self, line: dict[str, Any]) -> None:
        if self.ends:
            raise Fault("ada catatan sesudah daftar ujung rantai; urutan berkas diubah")
        if set(line) != ENTRY:
            raise Fault(f"catatan {line.get('id')}: kolom {', '.join(sorted(set(line) ^ ENTRY))} kurang atau berlebih")
        where = f"catatan {line['id']} ({line['subject_kind']} {line['subject_id']}, nomor {line['seq']})"
        if not isinstance(line["id"], int) or line["id"] <= self.last_id:
            raise Fault(f"{where}: urutannya ditukar atau digandakan; sebelumnya catatan {self.last_id}")
        if not self.roots or self.last_id >= self.roots[-1]["through"]:
            self.unused += line["id"] - self.last_id - 1
        self._compare_roots(before=line["id"])
        seq, head = self.chains.get(line["subject_id"], (0, ""))
        if line["seq"] != seq + 1:
            raise Fault(f"{where}: nomor sebelumnya {seq}, jadi ada catatan yang hilang, disisipkan, atau ditukar")
        if line["prev_hash"] != head:
            raise Fault(f"{where}: tidak menyambung ke catatan sebelumnya")
        content = json.dumps({name: line[name] for name in HASHED}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        if hashlib.sha256(f"{head}\n{content}".encode("utf-8", "surrogatepass")).hexdigest() != line["hash"]:
            raise Fault(f"{where}: isinya tidak cocok dengan sidik jarinya, jadi isinya diubah")
        if line["kind"] == "ledger_root.sealed":
            self._has_root(line["after"], where)
        self.chains[line["subject_id"]] = (line["seq"], line["hash"])
        self.tree.append(line["hash"])
        self.last_id = line["id"]

    def _has_root(self, after: dict[str, Any], where: str) -> None:
        """A fact says that a root was made: then the root is here, and the same."""
        number = after["number"]
        if not 0 < number <= len(self.proofs):
            raise Fault(f"{where}: menyebut akar {number}, yang tidak ada di berkas ini")
        if hashlib.sha256(self.proofs[number - 1].encode()).hexdigest() != after["proof"]:
            raise Fault(f"{where}: menyebut akar {number} yang lain dari yang ada di berkas ini")

    def _compare_roots(self, *, before: int | None) -> None:
        """Compare the roots that reach only up to what was read; all of them when `before` is None."""
        while self.met < len(self.marks) and (before is None or self.marks[self.met][0] < before):
            through, size, root, name = self.marks[self.met]
            if (size, root) != (self.tree.size, self.tree.root()) and not self.broken_root:
                more = size - self.tree.size
                what = f"{more} catatan hilang" if more > 0 else f"{-more} catatan disisipkan" if more else "isinya lain"
                self.broken_root = f"{name} menaungi {size} catatan sampai catatan {through}, tetapi berkas ini lain: {what}"
            self.met += 1

    def _end(self, line: dict[str, Any]) -> None:
        self.ends += 1
        subject, told = line.get("subject_id"), (line.get("length"), line.get("head"))
        found = self.chains.pop(str(subject), None)
        if found is None:
            raise Fault(self._also(f"subjek {subject}: rantainya hilang seluruhnya, seharusnya {told[0]} catatan"))
        if found != told:
            words = f"subjek {subject}: catatan terakhir nomor {found[0]}, seharusnya {told[0]} catatan"
            raise Fault(self._also(f"{words}; ujung rantainya dipotong, disisipi, atau diganti"))

    def _done(self, line: dict[str, Any]) -> None:
        self.done = True
        self._compare_roots(before=None)
        if self.chains:
            subject, (length, _) = next(iter(self.chains.items()))
            raise Fault(self._also(f"subjek {subject}: ada {length} catatan tanpa subjek, jadi disisipkan"))
        if self.broken_root:
            raise Fault(self.broken_root)
        said = statement_of(line.get("proof"), self.keys, "ekspor")
        found = {f"{kind}_lines": hashed.hexdigest() for kind, hashed in self.lines.items()}
        found |= {"entries": self.tree.size, "tree": self.tree.root()}
        for name, words in EXPORT.items():
            if said[name] != found[name]:
                raise Fault(f"berkas tidak seperti yang ditandatangani saat diekspor ({said['at']}): {words}")

    def _also(self, words: str) -> str:
        self._compare_roots(before=None)
        return f"{words} (juga: {self.broken_root})" if self.broken_root else words


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two alike, readers would choose differently."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def lines_of(path: Path) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """Each line's number, bytes and object. Fault for what is none."""
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(MOST_BYTES), b""), start=1):
            try:
                line = json.loads(raw.decode("utf-8"), object_pairs_hook=without_doubles)
            except (ValueError, RecursionError):
                raise Fault(f"baris {number} bukan JSON yang utuh, terlalu panjang, atau terlalu dalam") from None
            if not isinstance(line, dict):
                raise Fault(f"baris {number} bukan objek JSON")
            yield number, raw.rstrip(b"\r\n"), line


def kept_in(path: Path) -> tuple[dict[str, tuple[int, int]], list[str], str]:
    """What was kept earlier, akar.json of the book or an export: its keys, its roots, and what the export says of itself."""
    with path.open("rb") as file:
        first = file.readline(MOST_BYTES)
    if b'"type":"ledger"' not in first:
        kept = json.loads(path.read_text("utf-8"))
        return dict(key_of(jwk) for jwk in kept["keys"]), [row["proof"] for row in kept["roots"]], ""
    proofs, last = [], {}
    for _, _, last in lines_of(path):
        if last["type"] == "root":
            proofs.append(last["proof"])
    return dict(key_of(jwk) for jwk in json.loads(first)["keys"]), proofs, last["proof"]


def check_known(check: Check, keys: dict[str, tuple[int, int]], proofs: list[str]) -> int:
    """Compare with roots that were kept earlier: none of them may be missing or changed."""
    for proof in proofs:
        number = statement_of(proof, keys)["number"]
        if number > len(check.proofs):
            raise Fault(f"akar {number} sudah pernah diumumkan, tetapi tidak ada di berkas ini")
        if check.proofs[number - 1] != proof:
            raise Fault(f"akar {number} di berkas ini lain dari yang pernah diumumkan")
    return len(proofs)


def check_stamps(check: Check, authority: Path | None) -> None:
    """Each stamp names its root's digest; its own signature is openssl's to check, with the authority's root certificate."""
    openssl = shutil.which("openssl") if authority else None
    for number, token in check.stamps.items():
        digest = hashlib.sha256(check.proofs[number - 1].encode())
        if digest.digest() not in token:
            raise Fault(f"akar {number}: cap waktunya untuk hal lain")
        if openssl:
            words = [openssl, "ts", "-verify", "-digest", digest.hexdigest(), "-in", "/dev/stdin", "-token_in"]
            if subprocess.run([*words, "-CAfile", str(authority)], input=token, capture_output=True, check=False).returncode:
                raise Fault(f"akar {number}: cap waktunya tidak sah menurut {authority}")
    if check.stamps and not openssl:
        check.notes.append("Tanda tangan otoritas cap waktu (butuh --tsa-root PEM dan program openssl); digesnya cocok.")
    if bare := len(check.roots) - len(check.stamps):
        check.notes.append(f"Kapan {bare} akar dibuat: tanpa cap waktu, itu kata kantor sendiri.")


def note_limits(check: Check, known: int) -> None:
    """What no check of this file alone can tell."""
    if later := check.tree.size - (check.roots[-1]["size"] if check.roots else 0):
        words = "catatan terakhir belum dinaungi akar: utuh dan seperti saat diekspor, tetapi yang menguasai basis data dapat"
        check.notes.append(f"{later} {words} mengubahnya sebelum itu. Simpan ekspor ini, lalu berikan kelak dengan --known.")
    if check.unused:
        words = "nomor sesudah akar terakhir tidak dipakai: wajar bila ada pekerjaan yang dibatalkan, tetapi juga bila rantai"
        check.notes.append(f"{check.unused} {words} dibuang dari basis data sebelum diekspor.")
    if not check.given:
        words = f"Apakah kunci {', '.join(check.keys)} memang milik kantor: kunci ini dibaca dari berkas yang sama, jadi baris"
        check.notes.append(f"{words} pertama, akar, dan rantai baru cocok satu sama lain. Berikan kunci kantor dengan --key.")
    if not known:
        words = "Apakah akar terbaru dibuang atau semua akar dibuat ulang oleh pemegang kunci:"
        check.notes.append(f"{words} berikan akar.json atau ekspor yang Anda simpan dahulu dengan --known.")


def checked(args: argparse.Namespace) -> Check:
    """The finished check. Fault at the first thing that is wrong."""
    check = Check(keys_in(args.key) if args.key else None)
    keys, proofs, export = kept_in(args.known) if args.known else ({}, [], "")
    keys = check.keys or keys
    if export:
        check.mark(statement_of(export, keys, "ekspor"), "ekspor yang Anda simpan")
    for number, raw, line in lines_of(args.file):
        try:
            check.take(line, raw)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise Fault(f"baris {number} tidak lengkap, atau isinya bukan yang seharusnya") from None
    if not check.done:
        raise Fault("berkas terpotong: baris penutupnya tidak ada")
    check_stamps(check, args.tsa_root)
    note_limits(check, check_known(check, keys, proofs) or bool(export))
    return check


def main() -> int:
    parser = argparse.ArgumentParser(description="Periksa ekspor jejak audit PASTI.")
    parser.add_argument("file", type=Path, metavar="FILE")
    words = "kunci kantor seperti diumumkan di /.well-known/pasti-keys.json atau /buku/akar.json: berkasnya, atau isinya"
    parser.add_argument("--key", metavar="KUNCI", help=words)
    parser.add_argument("--known", type=Path, metavar="BERKAS", help="akar.json atau ekspor yang Anda simpan dahulu")
    parser.add_argument("--tsa-root", type=Path, metavar="PEM", help="sertifikat akar otoritas cap waktu")
    args = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # what a file says may be no text
    try:
        check = checked(args)
    except Fault as fault:
        print(f"RUSAK: {fault}.")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        print(f"Tidak dapat diperiksa: {reason}", file=sys.stderr)
        return 2
    print(f"UTUH: {check.tree.size} catatan dalam {check.ends} rantai, {len(check.roots)} akar bertanda tangan, semuanya cocok.")
    print(f"Diekspor {check.header.get('exported_at')} oleh {check.header.get('office')}.")
    for note in check.notes:
        print(f"Tidak dapat diperiksa di sini: {note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
