"""What is drawn for whom: by lot that nobody can steer, and by risk (51.10.1)."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Actor, Role
from pasti.domain.sampling import Candidate, Drawn, Kind, Result, Share, Way, draw, lot, review

pytestmark = pytest.mark.clause("51.10.1")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SHARE = Share(percent=5, at_least=1, working_days=10)
CASE, SOMEBODY, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ROOT = "ab" * 32


def fact(number: int = 0, **more: object) -> Candidate:
    """A decision of the head, without risk."""
    plain = Candidate(
        hash=f"{number:064x}",
        kind="application.approved",
        at=AT,
        actor_id=SOMEBODY,
        actor_roles="head",
        case_id=CASE,
        in_office_hours=True,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of a test


def drawn(*candidates: Candidate, root: str = ROOT) -> tuple[Drawn, ...]:
    return draw(candidates, root=root, share=SHARE)


@given(st.integers(1, 120), st.randoms())
def test_the_lot_takes_its_share_whatever_the_order_in_which_it_is_asked(count: int, rng: st.randoms) -> None:  # type: ignore[valid-type]
    facts = [fact(number) for number in range(count)]
    taken = drawn(*facts)
    rng.shuffle(facts)  # type: ignore[attr-defined]

    assert drawn(*facts) == taken
    assert len(taken) == max(1, -(-count * 5 // 100))
    smallest = sorted(lot(ROOT, one.hash) for one in facts)[: len(taken)]
    assert [lot(ROOT, one.candidate.hash) for one in taken] == smallest


def test_another_night_draws_others() -> None:
    facts = [fact(number) for number in range(400)]

    assert {one.candidate.hash for one in drawn(*facts)} != {one.candidate.hash for one in drawn(*facts, root="cd" * 32)}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"kind": "application.deemed_approved", "actor_roles": "system"}, Kind.DEEMED),
        ({"kind": "guard.escalated", "actor_roles": "system"}, Kind.LATE),
        ({"kind": "application.asked", "actor_roles": "examiner", "earlier_pauses": 1}, Kind.PAUSE),
        ({"actor_roles": "plh.head"}, Kind.DECIDED),
        ({"kind": "data.looked_at", "actor_roles": "examiner", "in_office_hours": False}, Kind.LOOK),
    ],
)
def test_what_is_risky_is_always_looked_at(changed: dict[str, object], kind: Kind) -> None:
    risky = [fact(number, **changed) for number in range(30)]

    taken = drawn(*risky)

    assert [(one.kind, one.way) for one in taken] == [(kind, Way.RISK)] * 30
    assert all(one.why for one in taken)


@pytest.mark.parametrize(
    ("roles", "tier"),
    [
        ("examiner", Role.VALIDATOR),
        ("counter_officer,examiner", Role.VALIDATOR),
        ("validator", Role.HEAD),
        ("examiner,validator", Role.HEAD),
        ("head", Role.SUPERIOR),
        ("plt.head", Role.SUPERIOR),
        ("system", Role.SUPERIOR),
        ("superior", Role.INSPECTOR),
        ("inspector", Role.SUPERIOR),
    ],
)
def test_the_direct_superior_looks(roles: str, tier: Role) -> None:
    assert fact(actor_roles=roles).tier is tier


def test_a_warning_days_ahead_is_no_late_step() -> None:
    warned = [
        fact(1, kind="guard.warned", after={"remaining": 3}, actor_roles="system"),
        fact(2, kind="guard.warned", after={"remaining": 0}),
    ]

    assert [one.candidate.after["remaining"] for one in drawn(*warned)] == [0]


def actor(*roles: Role, id: UUID = OTHER) -> Actor:
    return Actor(id=id, name="Atasan", roles=frozenset(roles))


def look(who: Actor, *, words: str = "Dibaca semua, sesuai.", reviewed: bool = False) -> object:
    return review(
        words,
        Result.IN_ORDER,
        actor=who,
        tier=Role.SUPERIOR,
        did_it=SOMEBODY,
        reviewed=reviewed,
        at=AT,
        clause="51.10.1",
    )


def test_only_the_tier_looks_and_never_at_itself() -> None:
    assert look(actor(Role.SUPERIOR))
    for who in (actor(Role.HEAD), actor(Role.ADMINISTRATOR), actor(Role.SUPERIOR, id=SOMEBODY)):
        with pytest.raises(NotAllowed):
            look(who)


def test_a_look_is_recorded_once_and_in_words() -> None:
    with pytest.raises(RuleBroken, match="sudah diperiksa"):
        look(actor(Role.SUPERIOR), reviewed=True)
    with pytest.raises(RuleBroken, match="paling sedikit"):
        look(actor(Role.SUPERIOR), words="ok")
