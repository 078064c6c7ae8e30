"""An inspection in a real browser on a phone, with the network cut for the whole visit: nothing lost, nothing twice (51.13.2)."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pasti import standards
from pasti.actions import demonstration, inspection
from pasti.domain.fieldwork import Item, ItemKind
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor, Role
from pasti.queries import ledger
from pasti.records.accounts import Account
from pasti.records.inspection import Finding, Inspection, InspectionItem, Photo
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.browsing import PHONE
from tests.pages.applicants import BACKEND
from tests.pictures import png

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
REASON = "Kolimator tidak tersegel dan tidak bernomor seri."
READY = "Halaman ini siap dipakai tanpa jaringan."
SMALL = {"name": "lokasi.png", "mimeType": "image/png", "buffer": png(40, 30)}


class Visit:
    """An officer's phone at an inspection that is arranged for now."""

    def __init__(self, context: BrowserContext, live: str) -> None:
        at = timezone.now()
        self.office = makers.officers(at)
        self.officer: Actor = self.office[Role.TECHNICAL_TEAM]
        self.id = makers.agreed_visit(self.office, makers.actor(at=at), at=at).id
        self.context, self.live = context, live
        self.sign_in()
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.open()

    def sign_in(self) -> None:
        client = Client()
        client.force_login(Account.objects.get(pk=self.officer.id), backend=BACKEND)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.live}])

    def open(self) -> None:
        self.page.goto(f"{self.live}/meja/peninjauan/{self.id}/")
        expect(self.page.locator("#sync-ready")).to_have_text(READY)

    def move(self, *, to: datetime) -> None:
        """The office agrees on another time."""
        at, reason = timezone.now(), "Disepakati lewat telepon."
        inspection.offer(self.officer, self.id, to, seen=self.row.ledger_length, at=at, reason=reason)

    def cut(self) -> None:
        self.context.set_offline(True)

    def back(self) -> None:
        self.context.set_offline(False)

    @property
    def row(self) -> Inspection:
        return Inspection.objects.get(pk=self.id)

    def says(self, text: str) -> None:
        expect(self.page.locator("#sync-state")).to_contain_text(text)

    def begin(self) -> None:
        for box in self.page.locator("#safety input[type=checkbox]").all():
            box.check()
        self.page.get_by_role("button", name="Simpan daftar periksa").click()
        expect(self.page.locator("#safety .note__state")).to_contain_text("Daftar periksa keselamatan ·")
        self.page.get_by_role("button", name="Mulai peninjauan").click()
        expect(self.page.locator("#start .note__state")).to_contain_text("Dimulai ·")

    def find(self, clause: str, verdict: str = "Memenuhi", reason: str = "") -> None:
        row = self.page.locator(f'[data-clause="{clause}"]')
        row.locator("textarea").fill(reason)
        row.get_by_role("button", name=f"{verdict} {clause}", exact=True).click()
        expect(row.locator(".note__state")).to_contain_text("·")

    def photograph(self, clause: str, file: object) -> None:
        row = self.page.locator(f'[data-clause="{clause}"]')
        before = row.locator("[data-shot]").count()
        row.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a file's name, type and bytes
        expect(row.locator("[data-shot]")).to_have_count(before + 1)

    def draw(self) -> None:
        canvas = self.page.locator("#signature")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + 20, box["y"] + 20)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 120, box["y"] + 50, steps=4)
        self.page.mouse.up()

    def sign(self) -> None:
        self.page.get_by_label("Nama wakil pemohon").fill("Rina Kartika")
        self.page.get_by_label("Jabatannya").fill("Pemilik")
        self.draw()
        expect(self.page.locator("#how-drawn")).to_be_checked()
        self.page.get_by_label("Saya, petugas, menyatakan").check()
        self.page.get_by_role("button", name="Tanda tangani berita acara").click()
        expect(self.page.locator("#minutes .note__state")).to_contain_text("Berita acara · tersimpan di perangkat")


@pytest.fixture
def visit(browser: Browser, live: str) -> Iterator[Visit]:
    """The phone, allowed to say where it is; an error of the page's own script fails the test."""
    faults: list[str] = []
    context = browser.new_context(
        viewport={"width": PHONE, "height": 800},
        locale="id-ID",
        permissions=["geolocation"],
        geolocation={"latitude": -6.4502, "longitude": 107.4531, "accuracy": 12},
    )
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield Visit(context, live)
    for page in context.pages:  # what is being sent arrives before the server goes
        page.evaluate("navigator.locks.request('pasti-kirim', () => {})")
    context.close()
    assert faults == []


def clauses() -> list[str]:
    return [r.clause for r in standards.load().editions("51")[0].before_issue()]


@pytest.mark.clause("51.13.2")
def test_a_whole_visit_without_a_network_loses_nothing_and_sends_nothing_twice(visit: Visit) -> None:
    visit.cut()
    visit.begin()
    *others, last = clauses()
    for clause in others:
        visit.find(clause)
    visit.photograph("51.1.B.5", SMALL)
    Application.objects.update(business_name="Nama yang diubah di kantor")  # so that a page of the office would be told apart
    visit.page.reload()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("CV Lensa Jaya")
    expect(visit.page.locator('[data-clause="51.1.B.1"] .note__state')).to_have_text("Memenuhi · tersimpan di perangkat")
    expect(visit.page.locator('[data-clause="51.1.B.5"] [data-shot] canvas')).to_be_visible()
    visit.find(last, "Belum memenuhi", REASON)
    visit.sign()
    visit.page.reload()
    visit.says("Tidak ada jaringan")
    assert InspectionItem.objects.count() == 0

    visit.back()
    visit.page.evaluate("dispatchEvent(new Event('online'))")
    expect(visit.page.get_by_text("Berita acara sudah ditandatangani")).to_be_visible(timeout=20_000)

    kinds = list(InspectionItem.objects.order_by("made_at").values_list("kind", flat=True))
    assert kinds == ["safety", "start", *["finding"] * len(others), "photo", "finding", "minutes"]
    assert LedgerEntry.objects.filter(subject_id=visit.id, after__has_key="item").count() == len(kinds)
    assert (visit.row.stage, Finding.objects.get(clause=last).reason) == (Stage.SEALED, REASON)
    photo = Photo.objects.select_related("item").get()
    assert (photo.latitude, photo.longitude, photo.item.device[:10]) == (-6.4502, 107.4531, "perangkat-")
    assert len(visit.row.minutes["drawing"]) == 64
    assert ledger.verify().fault is None


def typed_on(page: Page) -> list[str]:
    """The forms of which the device holds something typed and not sent."""
    names = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('pasti-ketikan/'))")
    return sorted(name.split("/")[-1] for name in names)


@pytest.mark.clause("51.13.2")
def test_what_is_typed_and_not_pressed_is_there_again_until_it_is_sent(visit: Visit) -> None:
    visit.cut()
    note = visit.page.locator('[data-clause="51.1.B.8"] textarea')
    note.fill(REASON)
    visit.page.get_by_label("Nama wakil pemohon").fill("Rina Kartika")
    visit.page.get_by_label("Jabatannya").fill("Pemilik")
    visit.page.locator("#safety input[type=checkbox]").first.check()
    visit.page.reload()  # at once: not waiting until the typing has paused

    expect(note).to_have_value(REASON)
    expect(visit.page.get_by_label("Nama wakil pemohon")).to_have_value("Rina Kartika")
    expect(visit.page.get_by_label("Jabatannya")).to_have_value("Pemilik")
    expect(visit.page.locator("#safety input[type=checkbox]").first).to_be_checked()
    assert InspectionItem.objects.count() == 0

    visit.begin()
    visit.page.locator('[data-clause="51.1.B.8"]').get_by_role("button", name="Belum memenuhi 51.1.B.8", exact=True).click()
    visit.says("Tidak ada jaringan: 3 catatan")
    assert typed_on(visit.page) == ["finding 51.1.B.8", "minutes ", "safety "]
    visit.back()
    visit.page.get_by_role("button", name="Kirim sekarang").click()
    visit.says("Semua catatan terkirim.")
    assert Finding.objects.get().reason == REASON
    assert typed_on(visit.page) == ["minutes "]


def test_what_was_typed_leaves_the_device_once_the_visit_is_closed(visit: Visit) -> None:
    visit.page.get_by_label("Nama wakil pemohon").fill("Rina Kartika")
    visit.page.reload()
    expect(visit.page.get_by_label("Nama wakil pemohon")).to_have_value("Rina Kartika")
    demonstration.note_visit(visit.officer, visit.row, at=timezone.now())
    visit.page.reload()
    visit.page.evaluate(
        """new Promise((gone) => {
            const isLeft = () => Object.keys(localStorage).some((name) => name.startsWith("pasti-ketikan/"));
            const look = () => isLeft() ? setTimeout(look, 20) : gone();
            look();
        })"""
    )
    assert typed_on(visit.page) == []


def test_an_answer_that_never_arrives_is_asked_for_again_and_nothing_is_doubled(visit: Visit) -> None:
    address = f"**/meja/peninjauan/{visit.id}/kirim/"
    lost: list[str] = []

    def reach_the_office_but_not_the_device(route: object) -> None:
        lost.append(route.fetch().text())  # type: ignore[attr-defined]  # Playwright's route
        route.abort()  # type: ignore[attr-defined]

    visit.page.route(address, reach_the_office_but_not_the_device)
    visit.begin()
    visit.find("51.1.B.1")
    visit.says("Tidak ada jaringan: 3 catatan tersimpan di perangkat")
    with visit.page.expect_event("requestfailed"):
        visit.page.get_by_role("button", name="Kirim sekarang").click()
    assert {item["status"] for answer in lost for item in json.loads(answer)["items"]} == {"kept", "kept_before"}
    visit.page.unroute_all(behavior="wait")
    visit.page.get_by_role("button", name="Kirim sekarang").dblclick()
    visit.says("Semua catatan terkirim.")

    assert sorted(InspectionItem.objects.values_list("kind", flat=True)) == ["finding", "safety", "start"]
    assert LedgerEntry.objects.filter(kind="inspection.found").count() == 1


def test_two_tabs_send_the_same_notes_once(visit: Visit) -> None:
    visit.cut()
    visit.begin()
    visit.find("51.1.B.1")
    other = visit.context.new_page()
    other.goto(visit.page.url)
    expect(other.locator("#sync-state")).to_contain_text("3 catatan tersimpan")

    visit.back()
    for page in (visit.page, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (visit.page, other):
        page.locator("#sync-now").click()
        expect(page.locator("#sync-state")).to_have_text("Semua catatan terkirim.")

    assert InspectionItem.objects.count() == LedgerEntry.objects.filter(after__has_key="item").count() == 3


def test_what_comes_after_the_end_is_refused_and_stays_on_the_device(visit: Visit) -> None:
    visit.begin()
    visit.says("Semua catatan terkirim.")
    visit.cut()
    visit.find("51.1.B.8", "Belum memenuhi", REASON)
    visit.photograph("51.1.B.8", SMALL)
    demonstration.note_visit(visit.officer, visit.row, at=timezone.now())

    visit.back()
    visit.page.get_by_role("button", name="Kirim sekarang").click()
    expect(visit.page.locator("#sync-refused li")).to_have_count(2)
    visit.says("2 catatan ditolak")
    visit.page.reload()

    expect(visit.page.locator("#sync-refused")).to_contain_text("Temuan ditolak 51.1.B.8: Peninjauan ini sudah ditutup")
    assert not Finding.objects.filter(verdict="not_met").exists()


def test_a_visit_of_another_day_is_not_started_on_the_device(visit: Visit) -> None:
    visit.move(to=timezone.now() + timedelta(days=1))
    visit.open()
    visit.cut()
    for box in visit.page.locator("#safety input[type=checkbox]").all():
        box.check()
    visit.page.get_by_role("button", name="Simpan daftar periksa").click()
    visit.page.get_by_role("button", name="Mulai peninjauan").click()

    expect(visit.page.locator("#start .note__state")).to_contain_text("Peninjauan dijadwalkan pada")
    expect(visit.page.get_by_role("button", name="Memenuhi 51.1.B.1", exact=True)).to_be_disabled()


def test_what_the_office_refused_is_said_and_sent_again_once_a_new_time_is_agreed(visit: Visit) -> None:
    visit.cut()
    visit.move(to=timezone.now() + timedelta(days=1))  # while the device cannot know
    visit.begin()
    visit.find("51.1.B.1")
    visit.back()
    visit.page.get_by_role("button", name="Kirim sekarang").click()
    visit.says("2 catatan ditolak dan tetap tersimpan di perangkat")

    visit.move(to=timezone.now() + timedelta(seconds=1))
    visit.page.get_by_role("button", name="Kirim ulang yang ditolak").click()

    visit.says("Semua catatan terkirim.")
    assert Finding.objects.get().clause == "51.1.B.1"


def test_who_has_been_signed_out_signs_in_again_and_sends(visit: Visit) -> None:
    visit.begin()
    visit.says("Semua catatan terkirim.")
    visit.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    visit.find("51.1.B.1")
    visit.says("Masuk lagi dengan akun yang sama")
    assert not Finding.objects.exists()

    visit.sign_in()
    visit.open()
    visit.says("Semua catatan terkirim.")
    assert Finding.objects.get().clause == "51.1.B.1"


def test_a_finding_of_another_device_must_be_read_before_the_minutes_are_signed(visit: Visit) -> None:
    visit.begin()
    for clause in clauses():
        visit.find(clause)
    visit.says("Semua catatan terkirim.")
    visit.cut()
    visit.sign()
    noted = Item(
        id=uuid4(),
        kind=ItemKind.FINDING,
        made_at=timezone.now(),
        device="tablet",
        by=visit.officer.person,
        clause="51.1.B.8",
        verdict="not_met",
        reason=REASON,
    )
    inspection.keep(visit.officer, visit.id, noted, at=timezone.now())

    visit.back()
    visit.page.get_by_role("button", name="Kirim sekarang").click()

    expect(visit.page.locator("#sync-refused")).to_contain_text("Temuan berubah sejak berita acara ini dibaca")
    expect(visit.page.locator('[data-signs="51.1.B.8"] strong')).to_have_text("belum memenuhi")
    assert visit.row.stage == Stage.STARTED


def test_a_large_photo_is_made_smaller_on_the_device(visit: Visit) -> None:
    visit.begin()
    visit.photograph("51.1.B.5", {"name": "besar.png", "mimeType": "image/png", "buffer": png(3200, 1800)})
    visit.says("Semua catatan terkirim.")

    photo = Photo.objects.get()
    assert photo.mime == "image/jpeg"
    size = visit.page.evaluate(
        """async (url) => { const b = await createImageBitmap(await (await fetch(url)).blob()); return [b.width, b.height] }""",
        f"{visit.live}/meja/peninjauan/{visit.id}/foto/{photo.sha256}/",
    )
    assert size == [1600, 900]


def test_the_steps_open_one_after_the_other(visit: Visit) -> None:
    start = visit.page.get_by_role("button", name="Mulai peninjauan")
    found = visit.page.get_by_role("button", name="Memenuhi 51.1.B.1", exact=True)
    expect(start).to_be_disabled()
    expect(found).to_be_disabled()
    visit.begin()
    expect(found).to_be_enabled()
    row = visit.page.locator('[data-clause="51.1.B.1"]')
    row.get_by_role("button", name="Belum memenuhi").click()
    expect(row.locator(".note__state")).to_contain_text("Tulis alasan")
    expect(visit.page.get_by_role("button", name="Tanda tangani berita acara")).to_be_disabled()


def test_the_pages_are_for_everyone_and_fit_a_phone(visit: Visit, assert_accessible: Check) -> None:
    visit.begin()
    visit.photograph("51.1.B.5", SMALL)
    visit.find("51.1.B.8", "Belum memenuhi", REASON)
    visit.says("Semua catatan terkirim.")
    assert_accessible(visit.page)
    demonstration.note_visit(visit.officer, visit.row, at=timezone.now())
    for tail in ("", "jadwal/", "surat-tugas/", "berita-acara/"):
        visit.page.goto(f"{visit.live}/meja/peninjauan/{visit.id}/{tail}")
        assert_accessible(visit.page)
