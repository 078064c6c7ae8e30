"""Duties after issue in a real browser: the holder reports on a phone without script, the head reads what is overdue."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import certificate
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.duties import Duty
from tests import makers
from tests.browsing import DESK, PHONE, assert_accessible
from tests.pages.office import Office
from tests.pages.test_duties import make_overdue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("51.1.A.5")]
OpenPage = Callable[..., Page]


@pytest.fixture
def office(signing_passphrase: str) -> Office:
    office = Office()
    office.until(State.SIGNING)
    certificate.sign(office.officers[Role.HEAD], office.id, signing_passphrase, seen=office.seen, at=timezone.now())
    return office


def signed_in(open_page: OpenPage, who: object, address: str, **look: object) -> Page:
    page = open_page(f"/akun/login/?next={address}", **look)
    page.locator("input[name=login]").fill(Account.objects.get(pk=who).email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_load_state()
    return page


def keep_picture(page: Page, name: str) -> None:
    """For whoever wants to look: PASTI_PICTURES names a folder."""
    if folder := os.environ.get("PASTI_PICTURES"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_holder_reports_a_duty(open_page: OpenPage, office: Office, tmp_path: Path, width: int) -> None:
    (tmp_path / "izin.pdf").write_bytes(makers.PDF)
    page = signed_in(open_page, office.applicant.id, f"/permohonan/{office.id}/", width=width)
    assert_accessible(page)
    keep_picture(page, f"track-{width}")
    page.get_by_role("link", name="Laporkan, atau baca").click()
    expect(page.get_by_role("heading", name="Kewajiban sesudah terbit")).to_be_visible()
    assert_accessible(page)
    keep_picture(page, f"duties-{width}")
    page.get_by_role("link", name="Laporkan Perizinan penunjang").click()
    assert_accessible(page)
    keep_picture(page, f"duty-{width}")
    today = timezone.localdate()
    page.get_by_label("Nomor perizinan").fill("PB-UMKU 9")
    for part, typed in (("day", today.day), ("month", today.month), ("year", today.year)):
        page.locator(f"[name=dated_on_{part}]").fill(str(typed))
    page.locator("[name=file]").set_input_files(tmp_path / "izin.pdf")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Sudah dilaporkan")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_head_reads_what_is_overdue_and_asks(open_page: OpenPage, office: Office, width: int) -> None:
    make_overdue(Duty.objects.get(application_id=office.id, duty="supporting_licences"))
    page = signed_in(open_page, office.officers[Role.HEAD].id, "/meja/", width=width)
    assert_accessible(page)
    keep_picture(page, f"desk-{width}")
    page.get_by_role("link", name="1 kewajiban").click()
    assert_accessible(page)
    keep_picture(page, f"overdue-{width}")
    page.get_by_role("link", name="Minta tanggapan").click()
    assert_accessible(page)
    keep_picture(page, f"hear-{width}")
    page.get_by_label("Bekukan sertifikat").check()
    page.get_by_role("button", name="Minta tanggapan pemegang").click()
    expect(page.get_by_text("tanggapan pemegang diminta").first).to_be_visible()
