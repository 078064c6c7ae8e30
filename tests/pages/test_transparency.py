"""The published figures and the register of licences: what the ledger holds, by month, for people and programs (51.3, 51.5)."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import licensing, nightly, survey
from pasti.domain.calendar import jakarta_day
from pasti.domain.certificate import CertificateStatus
from pasti.domain.workflow import State
from pasti.records.certificate import Certificate
from tests import makers
from tests.surveys import AFTER_SUMMER, ALL_THREES, closed, keeper, planned

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.3"), pytest.mark.clause("51.5")]


def decided() -> None:
    """A case decided just now, and one that its applicant has withdrawn: that is no decision of the office's."""
    now = timezone.now()
    office, applicant = makers.officers(at=now), makers.actor(at=now)
    makers.found_not_met(office, makers.submitted(applicant, at=now).id, at=now)
    gone = makers.advance(office, makers.submitted(applicant, at=now).id, until=State.TECHNICAL_REVIEW, at=now)
    licensing.withdraw(applicant, gone.id, seen=gone.ledger_length, at=now, reason="Pindah lokasi.")


def signed(count: int) -> None:
    """As many signed certificates, a minute apart."""
    row = makers.submitted(makers.actor(at=timezone.now()), at=timezone.now())
    data = {"holder": "CV Uji", "title": "Sertifikat Standar", "kbli": "26709", "npwp": "01.234"}
    Certificate.objects.bulk_create(
        Certificate(
            application=row,
            number=f"S/{number:03}",
            token=uuid4().hex,
            status=CertificateStatus.REPLACED,
            data=data,
            prepared_at=timezone.now(),
            signed_at=timezone.now() - timedelta(minutes=number),
            signed_sha256="0" * 64,
        )
        for number in range(count)
    )


def test_what_is_not_measured_is_said(client: Client) -> None:
    assert "Belum ada yang diukur" in client.get("/angka/").text
    assert client.get("/angka/?layanan=99").status_code == 404


def test_this_month_counts_what_happened_counted_at_night_or_not(client: Client) -> None:
    decided()
    told = client.get("/angka/angka.json").json()
    nightly.run(at=timezone.now())

    assert client.get("/angka/angka.json").json() == told
    last = told["months"][-1]
    assert (last["submitted"], last["decided"], last["on_time_percent"], last["median_days"]) == (2, 1, 100, 0)
    assert len(told["months"]) == 12
    assert set(told["definitions"]) == set(last) - {"month"}
    rows = list(csv.DictReader(io.StringIO(client.get("/angka/angka.csv").text)))
    assert (rows[-1]["decided"], rows[-1]["complaints"]) == ("1", "0")
    page = client.get("/angka/").text
    assert rows[-1]["median_days"] == "0.0"
    assert {row["median_days"] for row in rows[:-1]} == {""}
    # each figure as a picture with its own table behind; what was zero all year is a flat line and is said
    assert page.count('role="img"') == page.count("Tabel: ") == len(told["definitions"]) == 10
    assert page.count("Nol pada setiap bulan.") == 6  # issued, rejected, pauses, deemed, complaints, late
    assert 'aria-label="Dianggap disetujui: ' in page and 'aria-label="Waktu dihentikan: ' in page


def test_what_may_not_be_shown_is_no_zero(client: Client) -> None:
    decided()
    at = makers.morning(timezone.now())
    makers.filed(at=at)
    months = {month["month"]: month["complaints"] for month in client.get("/angka/angka.json").json()["months"]}
    assert months[f"{jakarta_day(at):%Y-%m}"] is None
    page = client.get("/angka/").text
    assert 'aria-label="Pengaduan dan saran: ' in page
    assert page.count("Nol pada setiap bulan yang ditampilkan.") == 2  # of the median's one month, and of the complaints


def test_a_figure_that_nothing_measures_says_so_in_the_place_of_its_chart(client: Client) -> None:
    makers.submitted(makers.actor(at=timezone.now()), at=timezone.now())
    page = client.get("/angka/").text
    assert page.count("tidak ada yang dapat ditampilkan") == 2  # on time and the median: nothing was decided
    assert page.count('role="img"') == 8


def test_the_register_is_turned_by_key_and_names_no_more_than_is_public(client: Client) -> None:
    signed(51)
    first = client.get("/angka/izin/izin.json").json()
    second = client.get(first["next"]).json()
    assert (len(first["licences"]), len(second["licences"]), second["next"]) == (50, 1, None)
    public = {"number", "holder", "product", "kbli", "issued_on", "status", "token", "verify"}
    assert set(first["licences"][0]) == public
    page = client.get("/angka/izin/").text
    assert page.count("S/0") == 50
    assert "01.234" not in page
    assert client.get("/angka/izin/", {"sebelum": "apa saja"}).status_code == 200
    assert len(list(csv.DictReader(io.StringIO(client.get("/angka/izin/izin.csv").text)))) == 50


@pytest.mark.parametrize(("address", "most"), [("/angka/", 5), ("/angka/izin/", 3)])
def test_a_page_costs_the_same_for_more(client: Client, address: str, most: int) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost()
    few = cost()
    signed(30)
    assert few == cost() <= most


def test_each_component_carries_its_figure_beside_its_promise(client: Client) -> None:
    assert client.get("/standar/51/").text.count("Belum ada satu pun bukti") == 14
    decided()
    page = client.get("/standar/51/").text
    assert "nilai tengah 0 hari kerja, 100 % tepat waktu triwulan ini, dari 1 keputusan" in page
    assert page.count("Belum ada satu pun bukti") < 14


@pytest.mark.clause("51.14.2")
def test_the_survey_stands_there_quarter_by_quarter_once_published(client: Client) -> None:
    officer = keeper()
    row = closed(officer, makers.actor(), [{**dict.fromkeys(ALL_THREES, 3), "u9": 1}] * 5)
    assert client.get("/angka/angka.json").json()["survey"]["quarters"] == []
    row = planned(officer, row, "u9", "u1", "u2")
    survey.publish(officer, row.id, seen=row.ledger_length, at=AFTER_SUMMER)

    page, told = client.get("/angka/?layanan=51").text, client.get("/angka/angka.json").json()["survey"]

    assert "Survei kepuasan, triwulan demi triwulan" in page and "69,44" in page and "Triwulan 3 tahun 2026" in page
    assert "<circle" in page and "Krejcie dan Morgan" in page
    assert [(q["quarter"], q["index"], q["grade"], q["n"], q["u9"]) for q in told["quarters"]] == [("2026-3", 69.44, "C", 5, 1.0)]
    assert "PermenPANRB 14/2017" in told["definitions"]["index"]
    assert client.get("/survei/hasil.csv?layanan=51").text.startswith("entry,quarter,index,grade,n,needed,population,reached,u1")
    assert client.get("/survei/hasil.json?layanan=52").json()["quarters"] == []
