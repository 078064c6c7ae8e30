"""The complaints' desk in a real browser: a letter typed in, each category to its end, a late and a secret one."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import complaint_due
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Role
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from tests import makers
from tests.browsing import DESK, PHONE, assert_accessible
from tests.complaints import WORDS
from tests.pages.complaints_office import ComplaintsOffice

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
OFFICER, OFFICIAL = Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL


def signed_in(open_page: OpenPage, office: ComplaintsOffice, role: Role, address: str = "", **look: object) -> Page:
    """The page at `address`, or where that officer's work begins, after signing in by the form."""
    page = open_page(f"/akun/login/?next={address}" if address else "/akun/login/", **look)
    page.locator("input[name=login]").fill(Account.objects.get(pk=office.person(role).id).email)
    page.locator("input[name=password]").fill(makers.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_load_state()
    return page


def look_at(page: Page, name: str) -> None:
    """axe finds nothing; a picture for whoever wants to look: PASTI_PICTURES names a folder."""
    if folder := os.environ.get("PASTI_PICTURES"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)
    assert_accessible(page)


def begin(page: Page, step: str) -> None:
    """Open one step from the complaint's page."""
    page.locator(".case__side").get_by_role("link", name=step, exact=True).click()
    expect(page.locator("#act-title")).to_contain_text(step)
    assert_accessible(page)


def done(page: Page, step: str) -> None:
    """Do it, and be back at the complaint."""
    page.locator("#act").get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ADU-")


def day(page: Page, name: str, on: date) -> None:
    """Type a day as three numbers."""
    for part, typed in zip(("day", "month", "year"), (on.day, on.month, on.year), strict=True):
        page.locator(f'[name="{name}_{part}"]').fill(str(typed))


def say(page: Page, step: str, **said: str) -> None:
    """A step that asks for words."""
    begin(page, step)
    for name, text in said.items():
        page.locator(f'[name="{name}"]').fill(text)
    done(page, step)


def examine(page: Page) -> None:
    """From receipt to the end of the plan, by hand."""
    say(page, "Telaah")
    begin(page, "Kelompokkan")
    page.locator('input[name="service"][value="perizinan_industri"]').check()
    page.locator('input[name="problem"][value="waktu"]').check()
    done(page, "Kelompokkan")
    say(page, "Rumuskan inti masalah", core=WORDS)
    begin(page, "Hubungkan dengan klausul")
    page.get_by_label("Cari klausul").fill("51.3")
    page.get_by_role("button", name="Cari klausul").click()
    page.locator('input[name="clause"][value="51.3"]').check()
    done(page, "Hubungkan dengan klausul")
    say(page, "Periksa bahan yang ada", known="Tidak ada pengaduan terdahulu tentang hal ini.")
    begin(page, "Susun rencana")
    page.locator('[name="kind1"]').select_option("clarification")
    page.locator('[name="what1"]').fill("Tanyai petugas validasi.")
    page.locator('[name="owner1"]').select_option(index=1)
    day(page, "due_on1", timezone.localdate() + timedelta(days=3))
    done(page, "Susun rencana")
    begin(page, "Catat hasil langkah")
    page.locator('input[name="action_id"]').check()
    page.locator('[name="result"]').fill(WORDS)
    done(page, "Catat hasil langkah")
    say(page, "Selesaikan pemeriksaan")


def categorise(page: Page, number: int) -> None:
    """The official sets the category."""
    begin(page, "Tetapkan kategori")
    page.locator(f'input[name="category"][value="{number}"]').check()
    page.locator('[name="reason"]').fill(WORDS)
    done(page, "Tetapkan kategori")


def settle(page: Page) -> None:
    """Proven, with the clause that was broken and the day."""
    begin(page, "Laporkan dan putuskan hasilnya")
    page.locator('input[name="finding"][value="substantiated"]').check()
    page.locator('[name="report"]').fill(WORDS)
    page.locator('[name="clause0"]').select_option("51.3")
    day(page, "day0", timezone.localdate() - timedelta(days=2))
    done(page, "Laporkan dan putuskan hasilnya")


def end(open_page: OpenPage, office: ComplaintsOffice, passphrase: str) -> None:
    """The head answers by signed letter, the official reports and closes."""
    page = signed_in(open_page, office, Role.HEAD, office.address())
    begin(page, "Jawab pelapor")
    page.locator('[name="passphrase"]').fill(passphrase)
    done(page, "Jawab pelapor")
    page = signed_in(open_page, office, OFFICIAL, office.address())
    say(page, "Laporkan kepada atasan langsung", text=WORDS)
    say(page, "Tutup")
    assert office.row.stage == Stage.CLOSED


@pytest.fixture
def office() -> ComplaintsOffice:
    return ComplaintsOffice()


@pytest.mark.clause("51.6.2.c")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_officer_types_in_a_letter_and_prints_its_receipt(
    open_page: OpenPage, office: ComplaintsOffice, tmp_path: Path, width: int
) -> None:
    (tmp_path / "surat.pdf").write_bytes(makers.PDF)
    page = signed_in(open_page, office, OFFICER, width=width)
    expect(page.get_by_role("heading", name="Meja pengaduan")).to_be_visible()
    look_at(page, f"queue-{width}")
    page.get_by_role("button", name="Catat pengaduan").click()
    look_at(page, f"intake-{width}")
    page.get_by_label("Surat", exact=True).check()
    page.get_by_label("Isi pengaduan").fill("Loket kosong selama satu jam pada jam pelayanan.")
    page.get_by_label("Nama pelapor").fill("Ujang Suherman")
    page.locator('[name="files"]').set_input_files(tmp_path / "surat.pdf")
    page.get_by_role("button", name="Catat dan buat tanda terima").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis harinya, atau tandai bahwa harinya belum diketahui")
    look_at(page, f"intake-refused-{width}")
    page.get_by_label("Sudah ditanyakan atau dicari").check()
    page.locator('[name="files"]').set_input_files(tmp_path / "surat.pdf")
    page.get_by_role("button", name="Catat dan buat tanda terima").click()
    row = Complaint.objects.get(channel="surat")
    expect(page.get_by_role("heading", name=f"Tanda terima {row.number}")).to_be_visible()
    look_at(page, f"receipt-{width}")
    assert row.files.count() == 1
    page.get_by_role("link", name="Buka pengaduannya").click()
    expect(page.get_by_role("paragraph").filter(has_text="Loket kosong selama satu jam")).to_be_visible()


@pytest.mark.clause("51.6.7.a")
def test_a_complaint_settled_inside_the_office(open_page: OpenPage, office: ComplaintsOffice, signing_passphrase: str) -> None:
    page = signed_in(open_page, office, OFFICER)
    page.get_by_role("link", name=office.row.number).click()
    look_at(page, "complaint-received")
    examine(page)
    look_at(page, "complaint-examined")
    page = signed_in(open_page, office, OFFICIAL, office.address())
    categorise(page, 1)
    page = signed_in(open_page, office, OFFICER, office.address(), width=PHONE)
    say(page, "Laporkan dan naikkan jenjang", report=WORDS)
    look_at(page, "complaint-tiers-phone")
    page = signed_in(open_page, office, OFFICIAL, office.address())
    settle(page)
    look_at(page, "complaint-settled")
    end(open_page, office, signing_passphrase)
    page = signed_in(open_page, office, OFFICIAL, "/meja/pengaduan/angka/")
    look_at(page, "figures")


@pytest.mark.clause("51.6.7.b")
def test_a_complaint_settled_with_the_technical_team(
    open_page: OpenPage, office: ComplaintsOffice, signing_passphrase: str
) -> None:
    office.walk(Stage.EXAMINED)
    page = signed_in(open_page, office, OFFICIAL, office.address())
    say(page, "Teruskan ke instansi lain", agency="Dinas Perindustrian", email="dinas@uji.example", question=WORDS)
    begin(page, "Jawab rujukan")
    page.locator('input[name="referral_id"]').check()
    page.locator('[name="answered_by"]').fill("Asep, Kepala Seksi")
    page.locator('[name="text"]').fill(WORDS)
    done(page, "Jawab rujukan")
    categorise(page, 2)
    page = signed_in(open_page, office, OFFICER, office.address())
    say(page, "Laporkan dan naikkan jenjang", report=WORDS)
    page = signed_in(open_page, office, Role.TECHNICAL_TEAM, office.address())
    settle(page)
    end(open_page, office, signing_passphrase)


@pytest.mark.clause("51.6.7.c")
def test_the_inspectorate_takes_part_only_with_the_heads_approval(
    open_page: OpenPage, office: ComplaintsOffice, signing_passphrase: str
) -> None:
    office.walk(Stage.EXAMINED)
    page = signed_in(open_page, office, OFFICIAL, office.address())
    begin(page, "Tetapkan kategori")
    page.locator('input[name="category"][value="3"]').check()
    page.locator('[name="reason"]').fill(WORDS)
    page.get_by_role("button", name="Tetapkan kategori").click()
    expect(page.get_by_role("alert")).to_contain_text("Pelibatan APIP perlu persetujuan Kepala DPMPTSP")
    look_at(page, "category-refused")
    page = signed_in(open_page, office, Role.HEAD, office.address())
    say(page, "Setujui pelibatan APIP", reason=WORDS)
    page = signed_in(open_page, office, OFFICIAL, office.address())
    categorise(page, 3)
    page = signed_in(open_page, office, Role.INSPECTOR, office.address())
    settle(page)
    end(open_page, office, signing_passphrase)


@pytest.mark.clause("51.6.4")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_late_complaint_is_on_the_superiors_desk(open_page: OpenPage, office: ComplaintsOffice, width: int) -> None:
    Complaint.objects.filter(pk=office.id).update(
        due_on=date(2026, 1, 5), answer_due_on=date(2026, 1, 5), received_on=date(2025, 12, 1)
    )
    complaint_due.run(at=timezone.now())
    page = signed_in(open_page, office, Role.SUPERIOR, width=width)
    page.get_by_role("link", name="1 pengaduan lewat batas waktu").click()
    expect(page.get_by_role("row", name=office.row.number)).to_contain_text("Lewat")
    look_at(page, f"late-{width}")


@pytest.mark.clause("51.6.5.b")
def test_a_nameless_complaint_is_a_suggestion_and_still_answered(open_page: OpenPage) -> None:
    office = ComplaintsOffice(reporter=Reporter())
    page = signed_in(open_page, office, OFFICER, office.address())
    begin(page, "Telaah")
    page.get_by_label("Pengaduan", exact=True).check()
    page.get_by_role("button", name="Telaah", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Identitas pelapor atau hal yang diadukan tidak ada")
    page.get_by_label("Saran", exact=True).check()
    done(page, "Telaah")
    begin(page, "Kelompokkan")
    page.locator('input[name="service"][value="lainnya"]').check()
    page.locator('input[name="problem"][value="lainnya"]').check()
    done(page, "Kelompokkan")
    say(page, "Catat sebagai masukan", text=WORDS)
    look_at(page, "suggestion")
    expect(page.get_by_text("Pelapor tidak menyebut nama.")).to_be_visible()


@pytest.mark.clause("51.6.5.a")
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_secret_reporter_is_not_seen_by_who_may_not(open_page: OpenPage, width: int) -> None:
    office = ComplaintsOffice(wants_secrecy=True)
    page = signed_in(open_page, office, OFFICER, office.address(), width=width)
    expect(page.get_by_text("hanya petugas yang ditunjuk yang boleh melihatnya")).to_be_visible()
    expect(page.get_by_role("button", name="Lihat identitas pelapor")).to_have_count(0)
    assert "Rina" not in page.content()
    look_at(page, f"secret-{width}")
    official = signed_in(open_page, office, OFFICIAL, office.address(), width=width)
    begin(official, "Tunjuk yang boleh melihat identitas")
    official.locator('[name="account"]').select_option(str(office.person(OFFICER).id))
    official.locator('[name="reason"]').fill("Perlu menghubungi pelapor.")
    done(official, "Tunjuk yang boleh melihat identitas")
    page.reload()
    page.get_by_role("button", name="Lihat identitas pelapor").click()
    expect(page.get_by_text("Rina Kartika")).to_be_visible()
    expect(page.get_by_text("Penglihatan ini dicatat")).to_be_visible()
    look_at(page, f"identity-{width}")


def test_the_desk_works_without_script(open_page: OpenPage, office: ComplaintsOffice) -> None:
    page = signed_in(open_page, office, OFFICER, javascript=False, width=PHONE)
    page.get_by_role("link", name=office.row.number).click()
    page.get_by_role("link", name="Ambil", exact=True).click()
    page.get_by_role("button", name="Ambil", exact=True).click()
    expect(page.get_by_text("di tangan Anda")).to_be_visible()
