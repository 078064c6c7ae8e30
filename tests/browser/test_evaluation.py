"""The yearly evaluation, the improvements and the calendar in a real browser, on a phone and at a desk (51.14.1, 51.14.3)."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import evaluation, improvements
from pasti.domain.improvements import Asked
from pasti.domain.roles import Role
from pasti.records.evaluation import Evaluation, Improvement
from tests import evaluations as made
from tests import makers
from tests.browser.test_office import sign_in
from tests.browsing import DESK, PHONE
from tests.pages.office import Office
from tests.pictures import png

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.14.3")]
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
SHOTS = os.environ.get("PASTI_SHOTS", "")


@pytest.fixture
def office() -> Office:
    """An office with somebody who evaluates."""
    return Office(Role.SURVEY_OFFICER)


def look(page: Page, check: Check, name: str) -> None:
    check(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_a_finding_to_a_finished_improvement(
    open_page: OpenPage, assert_accessible: Check, office: Office, width: int, tmp_path: Path
) -> None:
    keeper = office.officers[Role.SURVEY_OFFICER]
    row = made.begun(keeper, at=timezone.now())
    page = sign_in(open_page, office, Role.COUNTER_OFFICER, width=width)
    base = page.url.split("/meja")[0]
    page.goto(f"{base}/meja/evaluasi/")
    look(page, assert_accessible, f"list-{width}")
    close(row)
    page.goto(f"{base}/meja/")
    page.get_by_role("link", name="Hasil evaluasi tahunan menunggu Anda baca").click()
    page.get_by_role("button", name="Saya sudah membaca").click()
    expect(page.get_by_role("alert")).to_contain_text("Terima kasih")
    look(page, assert_accessible, f"results-{width}")
    plan_one(office)
    page.goto(f"{base}/meja/perbaikan/")
    look(page, assert_accessible, f"register-{width}")
    page.locator("th a").first.click()
    look(page, assert_accessible, f"improvement-{width}")
    shown = tmp_path / "papan.png"
    shown.write_bytes(png(8, 8))
    page.get_by_label("Yang sudah berubah").fill("Papan penjelasan sudah terpasang.")
    page.get_by_label("Berkas bukti").set_input_files(shown)
    page.get_by_role("button", name="Catat selesai").click()
    expect(page.get_by_role("alert")).to_contain_text("dicatat selesai")
    assert Improvement.objects.get().done_at is not None
    page.goto(f"{base}/meja/kalender/")
    look(page, assert_accessible, f"calendar-{width}")
    page.goto(f"{base}/evaluasi/51/{row.year}/")
    look(page, assert_accessible, f"public-{width}")


def close(row: Evaluation) -> None:
    keeper = row.begun_by.actor(timezone.localdate())
    evaluation.close(keeper, row.id, made.SUMMARY, seen=made.fresh(row).ledger_length, at=timezone.now())


def plan_one(office: Office) -> None:
    owner = office.officers[Role.COUNTER_OFFICER].id
    asked = Asked(what="Memasang papan penjelasan.", owner=owner, due_on=timezone.localdate() + timedelta(days=9))
    keeper = office.officers[Role.SURVEY_OFFICER]
    improvements.plan(keeper, Evaluation.objects.get().id, made.TO_IMPROVE, asked, at=timezone.now())


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_who_keeps_the_evaluation_notes_and_closes(
    open_page: OpenPage, assert_accessible: Check, office: Office, width: int
) -> None:
    row = made.begun(office.officers[Role.SURVEY_OFFICER], at=timezone.now())
    page = open_page(f"/akun/login/?next=/meja/evaluasi/{row.id}/komponen-3/", width=width)
    page.locator("input[name=login]").fill(row.begun_by.email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Jangka Waktu Penyelesaian")).to_be_visible()
    look(page, assert_accessible, f"part-{width}")
    page.locator("[name=words]").fill("Satu permohonan terlambat karena gangguan.")
    page.get_by_role("button", name="Catat temuan").click()
    page.locator("[name=summary]").fill(made.SUMMARY)
    look(page, assert_accessible, f"open-{width}")
    page.get_by_role("button", name="Tutup dan kirim hasilnya").click()
    expect(page.get_by_role("alert")).to_contain_text("dikirim kepada semua petugas")
    page.get_by_role("link", name="Rencanakan perbaikan").click()
    look(page, assert_accessible, f"plan-{width}")
