"""The published figures of complaints: periods, definitions, nothing small, the same as CSV and JSON (51.6)."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pasti.domain.calendar import jakarta_day
from pasti.pages.public.complaint_figures import offered, period_of
from pasti.queries.complaint_figures import published_year
from tests import makers

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-T3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-T4", date(2026, 10, 1), TODAY),
        ("2025-T4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), TODAY),
    ],
)
def test_a_period_is_a_quarter_or_a_year_until_today(name: str, first: date, last: date) -> None:
    period = period_of(name, TODAY)
    assert period
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("name", ["2027", "2027-T1", "2026-T5", "26", "2026-T", "x"])
def test_another_word_or_a_period_to_come_is_none(name: str) -> None:
    assert period_of(name, TODAY) is None


def test_what_is_offered_has_begun() -> None:
    assert [period.id for period in offered(date(2026, 4, 1))][:4] == ["2026", "2026-T2", "2026-T1", "2025"]


@pytest.mark.django_db
@pytest.mark.clause("51.6.2")
def test_counts_are_published_and_small_ones_are_not(client: Client) -> None:
    at = makers.morning(timezone.now())
    for channel, count in (("web_dpmptsp", 6), ("surel", 2), ("telepon", 3)):
        for _ in range(count):
            makers.filed(at=at, channel=channel, service_on=jakarta_day(at))
    name = str(jakarta_day(at).year)
    found = json.loads(client.get(f"/pengaduan/angka.json?masa={name}").content)
    figures = {figure["id"]: figure for figure in found["figures"]}
    assert figures["received"]["value"] == 11
    channels = {cell["id"]: cell["count"] for cell in figures["channel"]["cells"]}
    assert (channels["web_dpmptsp"], channels["surel"], channels["telepon"], channels["kotak"]) == (6, None, None, 0)
    assert all(figure["definition"] and figure["clause"].startswith("51.6") for figure in figures.values())
    rows = list(csv.DictReader(io.StringIO(client.get(f"/pengaduan/angka.csv?masa={name}").content.decode())))
    assert next(row["value"] for row in rows if row["cell"] == "web_dpmptsp") == "6"
    assert next(row["value"] for row in rows if row["cell"] == "surel") == ""
    page = client.get(f"/pengaduan/angka/?masa={name}").content.decode()
    assert page.count("tidak ditampilkan") == 2
    assert '<rect width="100" height="6"/>' in page


@pytest.mark.django_db
def test_a_period_that_is_none_is_not_found(client: Client) -> None:
    for name in ("angka/", "angka.json", "angka.csv"):
        for period in ("besok", "2000", "2021-T4", "2099"):
            assert client.get(f"/pengaduan/{name}?masa={period}").status_code == 404
    assert client.get("/pengaduan/angka/?masa=2022").status_code == 200
    assert client.get("/pengaduan/angka/").status_code == 200


@pytest.mark.django_db
def test_a_year_does_not_give_away_the_one_quarter_that_is_hidden() -> None:
    quarter_ago = makers.MONDAY - timedelta(days=92)
    filed = ((makers.MONDAY, "surel", 6), (makers.MONDAY, "telepon", 7), (quarter_ago, "surel", 3), (quarter_ago, "telepon", 8))
    for at, channel, count in filed:
        for _ in range(count):
            makers.filed(at=at, channel=channel, service_on=jakarta_day(at))
    figures = {figure.id: figure for figure in published_year("51", year=2026, last=jakarta_day(makers.MONDAY))}
    counts = {cell.id: cell.count for cell in figures["channel"].cells}
    assert (counts["surel"], counts["telepon"], figures["received"].value) == (None, None, 24)
