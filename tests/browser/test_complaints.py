"""A citizen complains on a phone, with and without JavaScript, and follows it; the second site frames the form (51.6)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, FrameLocator, Page, expect

from pasti.actions import complaint_answer, complaint_handling, complaint_tiers
from pasti.actions.complaint_ground import secret_of
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Role
from pasti.records.complaints import Complaint, ComplaintReferral
from tests import makers
from tests.browsing import DESK, PHONE
from tests.complaints import fresh, walk
from tests.pages.applicants import days_ago

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
PDF = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": makers.PDF}
SECOND_SITE = "https://www.mpp.purwakartakab.go.id/"


def _unchecked(_page: Page) -> None:
    """axe is a script, and so not there without JavaScript."""


@pytest.fixture(autouse=True)
def _no_tries_yet(transactional_db: None) -> None:
    cache.clear()


def _fill(where: Page | FrameLocator) -> None:
    day = jakarta_day(timezone.now()) - timedelta(days=10)
    where.get_by_label("Apa yang terjadi?").fill("Berkas saya lengkap, tetapi belum ada keputusan.")
    where.get_by_label("Layanan atau hal yang diadukan").fill("Sertifikat terlambat terbit")
    for part in ("day", "month", "year"):
        where.locator(f"[name=service_received_on_{part}]").fill(str(getattr(day, part)))
    where.get_by_label("Nama Anda").fill("Rina Kartika")


@pytest.mark.clause("51.6.2.j", "51.6.4")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_citizen_complains_on_a_phone_and_follows_it(open_page: OpenPage, assert_accessible: Check, javascript: bool) -> None:
    check = assert_accessible if javascript else _unchecked
    page = open_page("/", width=PHONE, javascript=javascript)
    page.locator(".doors").get_by_role("link", name="Pengaduan").click()
    check(page)
    _fill(page)
    page.get_by_label("Surel atau nomor telepon").fill("bukan alamat")
    page.locator("[name=files]").set_input_files(PDF)
    page.get_by_role("button", name="Kirim pengaduan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis alamat surel atau nomor telepon")
    expect(page.get_by_label("Apa yang terjadi?")).to_have_value("Berkas saya lengkap, tetapi belum ada keputusan.")
    check(page)
    page.get_by_label("Surel atau nomor telepon").fill("0812 3456 7890")
    page.locator("[name=files]").set_input_files(PDF)
    page.get_by_role("button", name="Kirim pengaduan").click()
    expect(page.get_by_role("heading", name="Pengaduan Anda sudah kami terima")).to_be_visible()
    check(page)
    row = Complaint.objects.get()
    secret = page.locator(".keys-given dd").nth(1).inner_text()
    assert secret not in page.url
    assert row.files.count() == 1
    other = open_page("/pengaduan/lacak/", width=PHONE, javascript=javascript)
    check(other)
    other.get_by_label("Nomor pengaduan").fill(row.number)
    other.get_by_label("Kata sandi pengaduan").fill(secret)
    other.get_by_role("button", name="Lihat").click()
    expect(other.get_by_role("heading", name=row.number)).to_be_visible()
    check(other)


def test_a_question_is_answered_and_the_answer_judged_on_a_phone(
    open_page: OpenPage, assert_accessible: Check, signing_passphrase: str
) -> None:
    office = makers.complaint_officers(at=days_ago(9))
    row = makers.filed(at=days_ago(1), service_on=None, reporter=Reporter(name="Rina Kartika"))
    question = "Kapan Anda datang ke loket?"
    complaint_handling.ask(office[Role.COMPLAINTS_OFFICER], row.id, question, seen=row.ledger_length, at=days_ago(0.9))
    page = open_page("/pengaduan/lacak/", width=PHONE)
    page.get_by_label("Nomor pengaduan").fill(row.number)
    page.get_by_label("Kata sandi pengaduan").fill(secret_of(row.id))
    page.get_by_role("button", name="Lihat").click()
    expect(page.get_by_text(question)).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Jawaban Anda").fill("Senin pagi, pukul sembilan.")
    page.locator("[name=service_received_on_day]").fill("2")
    page.locator("[name=service_received_on_month]").fill("11")
    page.locator("[name=service_received_on_year]").fill("2026")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Terima kasih, sudah kami terima.")).to_be_visible()
    walk(office, row.id, until=Stage.SETTLED, at=timezone.now())
    text = "Keputusan terlambat karena berkas tertahan. Sertifikatnya sudah terbit."
    seen = fresh(row.id).ledger_length
    complaint_answer.answer(office[Role.HEAD], row.id, text, signing_passphrase, seen=seen, at=timezone.now())
    page.reload()
    expect(page.get_by_text(text)).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Belum membantu").check()
    page.get_by_role("button", name="Kirim penilaian").click()
    expect(page.get_by_text("kami buka lagi pada jenjang di atasnya")).to_be_visible()
    assert_accessible(page)
    assert fresh(row.id).reopened == 1


@pytest.mark.clause("51.6.5.b")
def test_an_anonymous_one_is_a_suggestion_until_it_is_completed(open_page: OpenPage, assert_accessible: Check) -> None:
    page = open_page("/pengaduan/", width=PHONE)
    page.get_by_label("Apa yang terjadi?").fill("Petugas loket meminta uang.")
    page.get_by_label("Saya tidak tahu harinya").check()
    page.get_by_label("Rahasiakan identitas saya").check()
    page.get_by_role("button", name="Kirim pengaduan").click()
    expect(page.get_by_role("heading", name="Saran Anda sudah kami terima")).to_be_visible()
    expect(page.get_by_text("Disimpan sebagai saran")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Lihat pengaduan").click()
    page.get_by_label("Nama Anda").fill("Rina Kartika")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Disimpan sebagai saran")).to_have_count(0)
    assert_accessible(page)
    row = Complaint.objects.get()
    assert (row.kind, row.is_secret) == ("complaint", True)


@pytest.fixture
def framed(browser: Browser, live: str) -> Iterator[Callable[[str], Page]]:
    """framed("https://site/") → a page of that site that frames the form; no network is asked for it."""
    context = browser.new_context(viewport={"width": PHONE, "height": 900}, locale="id-ID")
    context.grant_permissions(["local-network-access"])  # the site stands for one on the internet, the form is on loopback
    frame = f'<!doctype html><iframe src="{live}/pengaduan/sematan/" title="Pengaduan" width="340" height="1800"></iframe>'

    def open_(site: str) -> Page:
        page = context.new_page()
        page.route(f"{site}**", lambda route: route.fulfill(body=frame, content_type="text/html"))
        page.goto(site)
        return page

    yield open_
    context.close()


@pytest.mark.clause("51.6.2.k")
def test_the_second_site_frames_the_form_which_needs_no_cookie(framed: Callable[[str], Page]) -> None:
    page = framed(SECOND_SITE)
    inside = page.frame_locator("iframe")
    _fill(inside)
    inside.get_by_role("button", name="Kirim pengaduan").click()
    expect(inside.get_by_role("heading", name="Pengaduan Anda sudah kami terima")).to_be_visible()
    assert Complaint.objects.get().channel == "web_mpp"
    assert page.context.cookies() == []


def test_another_site_cannot_frame_the_form(framed: Callable[[str], Page]) -> None:
    page = framed("https://lain.example/")
    page.frames[1].wait_for_url("chrome-error:**", wait_until="commit")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "path", ["/pengaduan/lacak/", "/pengaduan/sematan/", "/pengaduan/formulir/", "/pengaduan/angka/?masa=2026"]
)
def test_a_page_of_complaints_is_accessible(open_page: OpenPage, assert_accessible: Check, path: str, width: int) -> None:
    for n in range(7):
        makers.filed(at=days_ago(n / 10), service_on=jakarta_day(days_ago(3)))
    assert_accessible(open_page(path, width=width))


@pytest.mark.clause("51.6.6.e")
def test_another_agency_answers_on_its_page(open_page: OpenPage, assert_accessible: Check) -> None:
    office = makers.complaint_officers(at=days_ago(9))
    row = makers.filed(at=days_ago(1), service_on=jakarta_day(days_ago(5)))
    seen = walk(office, row.id, until=Stage.PLANNED, at=days_ago(0.5)).ledger_length
    asked = {"agency": "Dinas Lingkungan Hidup", "email": "dlh@kantor.example", "question": "Apakah izin lingkungannya ada?"}
    id = complaint_tiers.refer(office[Role.COMPLAINTS_OFFICER], row.id, **asked, seen=seen, at=days_ago(0.4))
    page = open_page(f"/rujukan/{id}/", width=PHONE)
    assert_accessible(page)
    page.get_by_label("Kata sandi rujukan").fill(secret_of(id, "referral"))
    page.get_by_role("button", name="Buka").click()
    assert_accessible(page)
    page.get_by_label("Jawaban instansi Anda").fill("Izin lingkungan nomor 12 masih berlaku.")
    page.get_by_label("Nama dan jabatan yang menjawab").fill("Budi, Kepala Bidang")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban yang kami terima")).to_be_visible()
    assert_accessible(page)
    assert ComplaintReferral.objects.get().answered_at
