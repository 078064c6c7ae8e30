"""A Plt. acts for a vacant post; for somebody who is only away there is the Plh. (51.11)."""

from datetime import date

import pytest

from pasti.domain.appointments import Post, require_vacant
from pasti.domain.errors import RuleBroken
from pasti.domain.roles import Capacity, Role

pytestmark = pytest.mark.clause("51.11")
PLT = Post(role=Role.HEAD, starts_on=date(2026, 12, 10), ends_on=date(2026, 12, 20), kind=Capacity.PLT)


def _held(first: int, last: int | None, *, role: Role = Role.HEAD, kind: Capacity = Capacity.DEFINITIVE) -> tuple[str, Post]:
    ends_on = None if last is None else date(2026, 12, last)
    return "Euis", Post(role=role, starts_on=date(2026, 12, first), ends_on=ends_on, kind=kind)


@pytest.mark.parametrize("holder", [_held(1, 9), _held(21, None), _held(1, None, role=Role.VALIDATOR)])
def test_a_plt_takes_a_post_that_nobody_holds_on_those_days(holder: tuple[str, Post]) -> None:
    require_vacant(PLT, [holder])


@pytest.mark.parametrize("holder", [_held(1, 10), _held(20, None), _held(12, 14), _held(1, None)])
def test_a_plt_is_refused_while_one_day_has_a_holder(holder: tuple[str, Post]) -> None:
    with pytest.raises(RuleBroken, match="Euis memegang tetap peran Kepala DPMPTSP"):
        require_vacant(PLT, [holder])


def test_the_refusal_says_until_when_and_what_to_do() -> None:
    with pytest.raises(RuleBroken, match=r"sampai 14 Desember 2026\. Tunjuk Plt\. mulai sesudah hari itu; .* tunjuk Plh\."):
        require_vacant(PLT, [_held(1, 11), _held(12, 14)])
    with pytest.raises(RuleBroken, match=r"tanpa hari akhir\. .* tunjuk Plh\.; .* akhiri dahulu perannya"):
        require_vacant(PLT, [_held(1, 14), _held(2, None)])


def test_others_who_stand_in_hold_nothing_and_others_than_a_plt_are_not_asked() -> None:
    require_vacant(PLT, [_held(1, None, kind=Capacity.PLH)])
    require_vacant(_held(10, 20, kind=Capacity.PLH)[1], [_held(1, None)])
