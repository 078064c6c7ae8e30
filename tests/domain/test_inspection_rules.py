"""Which finding counts, and the minutes' one spelling: rules that need nothing but values (51.2)."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pasti.domain.fieldwork import Item, ItemKind, digest_of, received
from pasti.domain.inspection import Finding, counting

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def finding(item: int, *, minutes: int, clause: str = "51.1.B.1", verdict: str = "met") -> Finding:
    return Finding(item=UUID(int=item), clause=clause, verdict=verdict, reason="", made_at=NINE + timedelta(minutes=minutes))


noted = st.builds(
    lambda item, minutes, clause, verdict: finding(item, minutes=minutes, clause=clause, verdict=verdict),
    st.integers(0, 10**6),
    st.integers(0, 3),
    st.sampled_from(["51.1.B.1", "51.1.B.2"]),
    st.sampled_from(["met", "not_met"]),
)


@given(st.lists(noted, unique_by=lambda f: f.item), st.randoms())
def test_the_order_in_which_findings_arrive_changes_nothing(found: list[Finding], luck: Random) -> None:
    shuffled = list(found)
    luck.shuffle(shuffled)

    assert counting(shuffled) == counting(found)


@given(st.lists(noted, min_size=1, unique_by=lambda f: f.item))
def test_no_finding_that_counts_is_older_than_another_of_its_requirement(found: list[Finding]) -> None:
    chosen = counting(found)

    assert set(chosen) == {f.clause for f in found}
    assert all(f.made_at <= chosen[f.clause].made_at for f in found)


def test_a_tie_is_decided_the_same_way_everywhere() -> None:
    first, second = finding(1, minutes=0), finding(2, minutes=0, verdict="not_met")

    assert counting([second, first]) == counting([first, second]) == {"51.1.B.1": second}


def test_no_item_is_made_after_it_was_received() -> None:
    item = Item(id=UUID(int=1), kind=ItemKind.START, made_at=NINE + timedelta(days=400), device="d", by=UUID(int=2))

    assert received(item, NINE).made_at == NINE
    assert received(item, NINE + timedelta(days=500)).made_at == item.made_at


def test_a_changed_letter_changes_the_digest_and_the_order_of_keys_does_not() -> None:
    one = {"letter": "ST-2026-0001", "findings": [{"clause": "51.1.B.1", "verdict": "met"}]}

    assert digest_of(one) == digest_of(dict(reversed(one.items())))
    assert digest_of(one) != digest_of({**one, "letter": "ST-2026-0002"})
