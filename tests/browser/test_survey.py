"""The survey in a real browser: answered on a phone with and without a script, handed over at the counter, read by anybody."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import survey
from pasti.domain.roles import Role
from pasti.records.survey import SurveyAnswer, token_of
from tests import makers
from tests.browsing import DESK, PHONE
from tests.surveys import ALL_THREES, closed, finished, keeper, planned

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.14.2")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
SECONDS = 60
THREES = dict.fromkeys(ALL_THREES, 3)


def _sign_in(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_survey_is_answered_on_a_phone_in_a_minute(open_page: OpenPage, assert_accessible: Check, javascript: bool) -> None:
    row = finished(makers.actor(), at=timezone.now())[0]
    began = time.monotonic()
    page = open_page(f"/survei/{token_of('application', row.id)}/", width=PHONE, javascript=javascript)
    if javascript:
        assert_accessible(page)
    for number in range(1, 10):
        page.locator(f'input[name="u{number}"][value="4"]').check()
    page.get_by_label("Saran Anda").fill("Tambah kursi di ruang tunggu.")
    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert SurveyAnswer.objects.filter(u9=4, remark="Tambah kursi di ruang tunggu.").count() == 1
    assert time.monotonic() - began < SECONDS


def test_the_keyboard_alone_answers_it(open_page: OpenPage) -> None:
    row = finished(makers.actor(), at=timezone.now())[0]
    page = open_page(f"/survei/{token_of('application', row.id)}/", width=DESK)
    page.locator('input[name="u1"][value="1"]').focus()
    for _ in range(9):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
    assert SurveyAnswer.objects.filter(**dict.fromkeys(ALL_THREES, 2)).count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_counter_hands_its_screen_over_and_nothing_of_the_officer_stays(
    open_page: OpenPage, assert_accessible: Check, javascript: bool
) -> None:
    row = finished(makers.actor(), at=timezone.now())[0]
    makers.account(Role.COUNTER_OFFICER, email="loket@uji.example", at=timezone.now())
    page = open_page("/meja/survei/kios/", width=768, javascript=javascript)
    _sign_in(page, "loket@uji.example")
    home = page.url.split("/meja/")[0]
    if javascript:
        assert_accessible(page)
    page.get_by_label("Nomor permohonan").fill(row.number or "")
    page.get_by_role("button", name="Keluar dan buka layar loket").click()
    page.locator('input[name="u1"][value="4"]').check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("button", name="Selesai, untuk orang berikutnya")).to_be_visible()

    assert SurveyAnswer.objects.get().channel == "kiosk"
    left = {cookie["name"]: cookie["path"] for cookie in page.context.cookies()}
    assert left == {"pasti_kiosk": "/kios/", "csrftoken": "/"}
    for _ in range(4):  # back: to the answered questionnaire, the officer's page, the sign-in
        page.go_back()
        shown = page.content()
        assert "Layar ini menjadi" not in shown and 'class="account"' not in shown
        assert not page.locator("input:checked").count()
    page.goto(f"{home}/meja/")
    expect(page.locator("input[name=password]")).to_be_visible()
    page.goto(f"{home}/kios/")
    if javascript:
        assert_accessible(page)
    page.get_by_role("button", name="Akhiri layar loket").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert "pasti_kiosk" not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everybody_can_read_what_it_came_to(open_page: OpenPage, assert_accessible: Check, width: int) -> None:
    officer = keeper(at=timezone.now())
    closed(officer, makers.actor(email="a@uji.example"), [THREES], finished_at=datetime(2026, 5, 4, 3, tzinfo=UTC))
    row = planned(
        officer, closed(officer, makers.actor(email="b@uji.example"), [{**THREES, "u9": 2}, THREES] * 3), "u9", "u1", "u2"
    )
    assert row.index is not None
    page = open_page(f"/meja/survei/{row.id}/", width=width)
    _sign_in(page, "survey_officer@uji.example")
    assert_accessible(page)
    page.get_by_role("button", name="Umumkan").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah diumumkan")
    assert_accessible(page)
    page.goto(page.url.replace(f"/meja/survei/{row.id}/", "/survei/hasil/"))

    expect(page.get_by_role("heading", name="Hasil survei kepuasan")).to_be_visible()
    assert_accessible(page)
    page.goto(page.url.replace("/survei/hasil/", "/angka/"))
    expect(page.get_by_role("region", name="Survei kepuasan, triwulan demi triwulan")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_list_of_quarters_and_an_open_one(open_page: OpenPage, assert_accessible: Check, width: int) -> None:
    keeper(at=timezone.now())
    row = finished(makers.actor(), at=timezone.now() - timedelta(minutes=1))[0]
    survey.invite_applicant(row, at=timezone.now())
    page = open_page("/meja/survei/", width=width)
    _sign_in(page, "survey_officer@uji.example")
    assert_accessible(page)
    page.get_by_role("link", name="Triwulan").click()
    expect(page.get_by_text("0 kuesioner dari 1 layanan selesai")).to_be_visible()
    assert_accessible(page)
    kertas = (",".join(ALL_THREES) + "\n" + ",".join("444444444") + "\n").encode()
    page.get_by_label("Berkas kuesioner kertas").set_input_files({"name": "k.csv", "mimeType": "text/csv", "buffer": kertas})
    page.get_by_role("button", name="Masukkan").click()
    expect(page.get_by_text("1 kuesioner kertas dimasukkan")).to_be_visible()
    assert_accessible(page)
