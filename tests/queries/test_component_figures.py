"""Each of the fourteen components carries a figure of its own beside its promise (51.1 to 51.14)."""

from datetime import timedelta

import pytest

from pasti import standards
from pasti.domain.roles import Role
from pasti.queries import compliance
from pasti.queries import standard as standards_asked
from pasti.queries.component_figures import live
from tests import makers
from tests.makers import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.1")]


def said(number: int) -> str:
    at = MONDAY + timedelta(days=1)
    standard = standards.load().in_force("51", MONDAY.date())
    statuses = [row for row in compliance.of_standard("51", at) if row.component == number]
    return live(standard, number, statuses, standards_asked.figures("51", at=at))


def test_without_evidence_that_is_said_of_every_component() -> None:
    assert {said(number) for number in range(1, 15)} == {
        "Belum ada satu pun bukti; yang belum terbukti tidak kami anggap terpenuhi."
    }


def test_of_fifty_facilities_the_figure_is_how_many_and_not_one_of_them() -> None:
    keeper = makers.actor(Role.FACILITY_CUSTODIAN)
    makers.seen_usable(keeper, "51.8.1")
    makers.seen_usable(keeper, "51.8.2", condition="broken")
    makers.seen_usable(keeper, "51.8.24", part="general")
    assert said(8) == (
        "Dijanjikan 50 sarana: 1 terlihat dapat dipakai, 2 rusak atau kurang, 0 perlu diperiksa lagi, 47 belum dicatat."
    )


def test_the_promise_stands_beside_the_median() -> None:
    makers.found_not_met(makers.officers(), makers.submitted(makers.actor()).id)
    assert said(3) == "Dijanjikan 7 hari kerja: nilai tengah 0 hari kerja, 100 % tepat waktu triwulan ini, dari 1 keputusan."
