"""The tree over all facts: as RFC 6962 has it, grown piece by piece, and changed by any change (51.10.2)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti.domain.merkle import Frontier

pytestmark = pytest.mark.clause("51.10.2")
LEAVES = st.lists(st.binary(max_size=8), max_size=40)
# The test vectors of RFC 6962's reference implementation: the leaves, and the root over the first n of them.
REFERENCE = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ROOT_OF_SEVEN = "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"


def by_definition(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


def test_the_roots_are_those_of_the_reference() -> None:
    assert Frontier().grown(REFERENCE).root == ROOT_OF_SEVEN


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert Frontier().grown(leaves).root == by_definition(leaves).hex()


@given(LEAVES, LEAVES)
def test_growing_night_by_night_gives_the_same_tree(first: list[bytes], then: list[bytes]) -> None:
    kept = Frontier().grown(first)

    grown = Frontier.from_json(kept.size, kept.to_json()).grown(then)

    assert grown == Frontier().grown([*first, *then])


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_a_changed_dropped_doubled_or_swapped_leaf_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:at], leaves[at] + b"!", *leaves[at + 1 :]]
    dropped, doubled = [*leaves[:at], *leaves[at + 1 :]], [*leaves[: at + 1], *leaves[at:]]
    swapped = [*leaves[:at], *reversed(leaves[at : at + 2]), *leaves[at + 2 :]]

    roots = {Frontier().grown(other).root for other in (changed, dropped, doubled) if other != leaves}

    assert Frontier().grown(leaves).root not in roots
    assert (Frontier().grown(swapped).root == Frontier().grown(leaves).root) == (swapped == leaves)


def test_a_frontier_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="full subtree"):
        Frontier.from_json(3, ["00"])
