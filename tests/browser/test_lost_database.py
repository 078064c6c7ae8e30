"""The page while the database does not answer, on a phone and at a desk, and the same form again by one press (51.12)."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, expect

from pasti.records.complaints import Complaint
from tests.browsing import DESK, assert_accessible

PHONE = 360


def _lost(_self: object) -> None:
    raise OperationalError("the connection is lost")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_was_typed_is_sent_again_by_one_press(
    browser: Browser, live: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=width == DESK) as context:
        page = context.new_page()
        page.goto(f"{live}/pengaduan/")
        page.get_by_label("Apa yang terjadi?").fill("Tiga pekan tanpa kabar.")
        page.get_by_label("Layanan atau hal yang diadukan").fill("Sertifikat standar")
        page.get_by_label("Saya tidak tahu harinya").check()
        page.get_by_label("Nama Anda").fill("Dedi")
        page.get_by_label("Surel atau nomor telepon").fill("dedi@warga.example")
        with monkeypatch.context() as lost:
            lost.setattr(BaseDatabaseWrapper, "ensure_connection", _lost)
            page.get_by_role("button", name="Kirim pengaduan").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Basis data sedang tidak menjawab")
            if width == DESK:
                assert_accessible(page)
        page.get_by_role("button", name="Kirim lagi").click()
        expect(page.get_by_role("button", name="Lihat pengaduan")).to_be_visible()
    assert Complaint.objects.count() == 1
