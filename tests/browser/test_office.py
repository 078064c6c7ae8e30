"""The desk in a real browser: each officer in turn carries one case to its certificate, by mouse, by key, without script."""

import struct
import zlib
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import intake
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
REASON = "Sudah diperiksa di lapangan dan di berkas, semua sesuai."
PHONE, DESK = 360, 1280


def sign_in(open_page: OpenPage, office: Office, role: Role, **look: object) -> Page:
    """The desk, after that officer has signed in by its form."""
    page = open_page("/akun/login/?next=/meja/", **look)
    page.locator("input[name=login]").fill(Account.objects.get(pk=office.officers[role].id).email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Meja kerja")).to_be_visible()
    page.wait_for_load_state()
    return page


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.fixture
def office() -> Office:
    return Office(Role.INSPECTOR)


def act(page: Page, name: str, check: Check, *, reason: str = "", choose: str = "") -> None:
    """Open one act in place, read what follows, and do it."""
    page.locator("#acts").get_by_role("link", name=name, exact=True).click()
    panel = page.locator("#act")
    expect(panel.locator(".act__what li").first).to_be_visible()
    check(page)
    if choose:
        panel.get_by_label(choose, exact=True).check()
    if reason:
        panel.locator("textarea").fill(reason)
    panel.get_by_role("button", name=name).click()
    expect(page.get_by_role("alert")).to_contain_text("CV Lensa Jaya")


def judge_every_requirement(page: Page) -> None:
    """Find each requirement met, one click each, on one page."""
    for row in page.locator(".dossier__row:has(.judge)").all():
        row.get_by_role("button", name="Memenuhi", exact=False).first.click()
        expect(row.locator(".status")).to_have_text("Memenuhi")


def open_first(page: Page) -> None:
    """Open the first case of the queue by key."""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="CV Lensa Jaya")).to_be_visible()


@pytest.mark.clause("51.2")
def test_each_officer_in_turn_carries_the_case_to_its_certificate(
    open_page: OpenPage, assert_accessible: Check, office: Office, signing_passphrase: str
) -> None:
    page = sign_in(open_page, office, Role.EXAMINER)
    assert_accessible(page)
    open_first(page)
    assert_accessible(page)
    page.locator("#acts").get_by_role("button", name="Ambil berkas ini").click()
    judge_every_requirement(page)
    act(page, "Nyatakan lengkap dan benar", assert_accessible)

    page = sign_in(open_page, office, Role.TECHNICAL_TEAM)
    open_first(page)
    act(page, "Selesaikan pemeriksaan teknis", assert_accessible, reason=REASON)
    act(page, "Beri rekomendasi", assert_accessible, reason=REASON, choose="Memenuhi standar")

    page = sign_in(open_page, office, Role.VALIDATOR, width=PHONE)
    page.get_by_role("link", name="PB-").click()
    assert_accessible(page)
    act(page, "Validasi", assert_accessible, reason=REASON)

    page = sign_in(open_page, office, Role.HEAD)
    open_first(page)
    act(page, "Setujui penerbitan", assert_accessible)
    page.locator("#acts").get_by_role("link", name="Tanda tangani sertifikat").click()
    page.get_by_label("Passphrase tanda tangan elektronik").fill(signing_passphrase)
    page.get_by_role("button", name="Tanda tangani sertifikat").click()
    expect(page.get_by_role("alert")).to_contain_text("Sertifikat ditandatangani")
    assert office.state == State.ISSUED
    page.get_by_role("link", name="503/").click()
    assert "/v/" in page.url


def test_a_case_is_worked_on_without_script(open_page: OpenPage, office: Office) -> None:
    makers.judge_all(office.officers[Role.EXAMINER], office.id, at=office.at)
    page = sign_in(open_page, office, Role.EXAMINER, javascript=False, width=PHONE)
    page.get_by_role("link", name="PB-").click()
    row = page.locator(".dossier__row:has(.judge)").first
    row.locator(".judge > summary").click()
    row.locator("textarea").fill("Keterangan skala usahanya tidak lengkap.")
    row.get_by_role("button", name="Belum memenuhi").click()
    expect(page.locator(".dossier__row:has(.judge)").first.locator(".status")).to_have_text("Belum memenuhi")
    page.locator("#acts-below").get_by_role("link", name="Kembalikan untuk dilengkapi").click()
    expect(page.locator("#act")).to_contain_text("Keterangan skala usahanya tidak lengkap.")
    page.get_by_role("button", name="Kembalikan untuk dilengkapi").click()
    expect(page.get_by_role("alert")).to_contain_text("Dikembalikan untuk dilengkapi")
    assert office.state == State.RETURNED


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_act_has_a_page_of_its_own(open_page: OpenPage, assert_accessible: Check, office: Office, width: int) -> None:
    page = sign_in(open_page, office, Role.EXAMINER, width=width, dark=width == PHONE)
    page.goto(page.url.split("/meja/")[0] + office.address("tindakan/accept/"))
    expect(page.locator("#act-title")).to_be_focused()
    assert_accessible(page)


def test_a_panel_open_while_requirements_are_judged_still_decides_on_what_is_seen(open_page: OpenPage, office: Office) -> None:
    page = sign_in(open_page, office, Role.EXAMINER)
    open_first(page)
    page.locator("#acts-below").get_by_role("link", name="Nyatakan lengkap dan benar").click()
    expect(page.locator("#act")).to_be_visible()
    judge_every_requirement(page)
    page.locator("#act").get_by_role("button", name="Nyatakan lengkap dan benar").click()
    expect(page.get_by_role("alert")).to_contain_text("lengkap dan benar")
    assert office.state == State.TECHNICAL_REVIEW


def test_the_queue_is_searched_and_left_by_key(open_page: OpenPage, office: Office) -> None:
    page = sign_in(open_page, office, Role.EXAMINER)
    page.keyboard.press("/")
    page.keyboard.type("lensa")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Hapus pencarian")).to_be_visible()
    page.wait_for_load_state()
    open_first(page)


def test_an_empty_queue_says_what_would_be_there(open_page: OpenPage, assert_accessible: Check, office: Office) -> None:
    page = sign_in(open_page, office, Role.HEAD)
    expect(page.get_by_text("Tidak ada yang menunggu Anda")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Lihat semua berkas").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(1)


@pytest.mark.clause("51.10.2")
def test_the_inspector_sees_the_trail_and_the_recorded_look(
    open_page: OpenPage, assert_accessible: Check, office: Office
) -> None:
    page = sign_in(open_page, office, Role.INSPECTOR)
    open_first(page)
    page.get_by_role("button", name="Lihat data pribadi").first.click()
    expect(page.get_by_text("Penglihatan ini dicatat")).to_be_visible()
    assert_accessible(page)
    page.goto(page.url.split("/meja/")[0] + f"/meja/jejak/{office.id}/")
    expect(page.get_by_role("heading", name="Rantai utuh")).to_be_visible()
    expect(page.locator("#about + .scroll")).to_contain_text("Data dilihat petugas")
    assert_accessible(page)


def test_a_picture_is_seen_beside_its_requirement_once_it_is_opened(open_page: OpenPage, office: Office) -> None:
    at = timezone.now()
    applicant = makers.actor(email="gambar@uji.example", at=at)
    row = makers.draft(applicant, at=at)
    mine = row.rows.exclude(answers={}).first()
    intake.save_requirement(applicant, row.id, mine.clause, mine.answers, uploads=(("bengkel.png", png(40, 30)),), at=at)
    intake.submit(applicant, row.id, at=at)
    page = sign_in(open_page, office, Role.EXAMINER)
    page.goto(page.url.split("/meja/")[0] + f"/meja/kasus/{row.id}/")
    picture = page.get_by_alt_text("bengkel.png")
    assert picture.evaluate("image => image.naturalWidth") == 0
    page.get_by_text("Lihat di sini").click()
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 40)
