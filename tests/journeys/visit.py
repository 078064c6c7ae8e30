"""What a technical team does for an inspection, step by step at the desk and in the field (51.2, 51.13.2)."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.domain.calendar import jakarta_day
from tests.journeys.windows import Windows


def arrange(windows: Windows, page: Page) -> None:
    """From the case: a team of one, its letter, and a time later today offered to the maker."""
    page.get_by_role("button", name="Tugaskan tim").click()
    windows.look(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Tugaskan tim").click()
    expect(page.get_by_role("alert").first).to_contain_text("Surat tugas ST-")
    windows.look(page)
    day = jakarta_day(timezone.now())
    for name, part in (("Tanggal", day.day), ("Bulan", day.month), ("Tahun", day.year)):
        page.get_by_label(name, exact=True).fill(str(part))
    page.get_by_label("Jam (WIB)").fill("23.59")
    page.get_by_label("Mengapa di luar hari atau jam kerja").fill("Atas permintaan pemohon, sesudah jam produksi.")
    page.get_by_role("button", name="Tawarkan kepada pemohon").click()
    expect(page.get_by_role("alert").first).to_contain_text("Jadwal disampaikan")


def carry_out(windows: Windows, page: Page) -> None:
    """From the case: safety, the start, each requirement, the minutes; back at the case afterwards."""
    case = page.url
    page.locator("#visit ~ p a").first.click()
    field = page.url
    for box in page.locator("#safety input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Simpan daftar periksa").click()
    page.get_by_role("button", name="Mulai peninjauan").click()
    for clause in [row.get_attribute("data-clause") for row in page.locator("[data-clause]").all()]:
        row = page.locator(f'[data-clause="{clause}"]')
        row.get_by_role("button", name=f"Memenuhi {clause}", exact=True).click()
        expect(row.locator(".note__state")).to_contain_text("Memenuhi")
    windows.look(page)
    page.get_by_label("Nama wakil pemohon").fill("Rina Kartika")
    page.get_by_label("Diketik sendiri oleh wakil pemohon").fill("Rina Kartika")
    page.get_by_label("Saya, petugas, menyatakan").check()
    page.get_by_role("button", name="Tanda tangani berita acara").click()
    expect(page.get_by_text("Berita acara sudah ditandatangani")).to_be_visible()
    page.goto(f"{field}berita-acara/")
    windows.look(page)
    page.goto(case)
