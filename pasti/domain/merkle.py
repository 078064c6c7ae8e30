"""One hash over all facts in their order, after RFC 6962, as a frontier: a million facts never lie in memory (51.10.2)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

LEAF, NODE = b"\x00", b"\x01"  # apart, so that no node can be passed off as a leaf


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(NODE + left + right).digest()


@dataclass(frozen=True, kw_only=True)
class Frontier:
    """All that growing needs to know of a tree of `size` leaves: the hashes of its full subtrees, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("a tree has one full subtree for each bit of its size")

    def grown(self, leaves: Iterable[bytes]) -> "Frontier":
        """The tree with these leaves after its own. Needs memory for as many hashes as the size has bits (51.10.2)."""
        size, peaks = self.size, list(self.peaks)
        for data in leaves:
            node = leaf_hash(data)
            joins = size
            while joins & 1:
                node = node_hash(peaks.pop(), node)
                joins >>= 1
            peaks.append(node)
            size += 1
        return Frontier(size=size, peaks=tuple(peaks))

    @property
    def root(self) -> str:
        """The hash over all leaves, hex; the hash of nothing for an empty tree."""
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root.hex()

    def to_json(self) -> list[str]:
        """The peaks as the table keeps them; the size is kept beside them."""
        return [peak.hex() for peak in self.peaks]

    @classmethod
    def from_json(cls, size: int, peaks: Iterable[str]) -> "Frontier":
        """The value of `to_json`. ValueError when it cannot be one."""
        return cls(size=size, peaks=tuple(bytes.fromhex(peak) for peak in peaks))
