"""Every ending of an application beside the straight road, in a browser on both sides; the applicant's also without a script."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pasti.actions import due, licensing, validity
from pasti.domain.roles import Role
from pasti.domain.workflow import Act, State
from tests import makers
from tests.browser.road import LACKING, REASON, WHY, Road
from tests.pages.applicants import days_ago

pytestmark = pytest.mark.django_db(transaction=True)
OpenPage = Callable[..., Page]
QUESTION = "Di ruang mana alat kalibrasi disimpan?"
ANSWER = "Mesinnya hanya diservis di bengkel, dan sudah kembali."
GROUND = "Sarana produksi dipindahkan tanpa pemberitahuan."


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The kinds of pages that axe has seen."""
    return set()


@pytest.fixture
def road(open_page: OpenPage, looked_at: set[str], javascript: bool) -> Road:
    return Road(open_page, looked_at, javascript=javascript)


@pytest.mark.clause("51.3")
def test_returned_and_sent_again_twice(road: Road) -> None:
    for _time in range(2):
        road.find_lacking(Role.EXAMINER)
        road.act(Role.EXAMINER, "Kembalikan untuk dilengkapi")
        road.mend(WHY)
    assert road.row.state == State.SUBMITTED
    makers.judge_all(road.office[Role.EXAMINER], road.id, at=timezone.now())
    road.act(Role.EXAMINER, "Nyatakan lengkap dan benar")
    expect(road.own().locator(".promise__head")).to_contain_text("Dijanjikan selesai")


@pytest.mark.clause("51.3")
def test_clarified(road: Road) -> None:
    road.until(State.TECHNICAL_REVIEW, at=days_ago(1))
    road.act(Role.TECHNICAL_TEAM, "Minta klarifikasi", reason=QUESTION)
    page = road.own()
    expect(page.locator("#diminta")).to_contain_text(QUESTION)
    page.get_by_label("Jawaban Anda").fill(ANSWER)
    page.get_by_label("Lampiran").set_input_files({"name": "servis.pdf", "mimeType": "application/pdf", "buffer": makers.PDF})
    road.press(page, "Kirim jawaban")
    expect(page.get_by_role("alert").first).to_contain_text("Waktu berjalan lagi")
    desk = road.case(Role.TECHNICAL_TEAM).locator("main")
    expect(desk).to_contain_text(ANSWER)
    expect(desk.get_by_role("link", name="servis.pdf")).to_be_visible()


@pytest.mark.clause("51.1")
def test_not_met_then_met(road: Road, signing_passphrase: str) -> None:
    road.until(State.TECHNICAL_REVIEW)
    licensing.judge(road.office[Role.TECHNICAL_TEAM], road.id, LACKING, "not_met", WHY, at=timezone.now())
    road.until(State.RECOMMENDATION)
    seen, team = road.row.ledger_length, road.office[Role.TECHNICAL_TEAM]
    licensing.recommend(team, road.id, "not_meets", seen=seen, at=timezone.now(), reason=WHY)
    road.until(State.DECISION)
    road.act(Role.HEAD, "Nyatakan belum memenuhi", reason=REASON)
    expect(road.own().locator("main")).to_contain_text("Ini bukan penolakan")
    road.mend(WHY)
    road.issue(signing_passphrase)
    expect(road.own().get_by_role("heading", name="Sertifikat Anda sudah terbit")).to_be_visible()


@pytest.mark.clause("51.1")
def test_rejected(road: Road, signing_passphrase: str) -> None:
    makers.unmet_again(road.office, road.applicant, road.id, at=days_ago(1))
    page = road.act(Role.HEAD, "Tolak permohonan", reason=REASON, passphrase=signing_passphrase)
    assert signing_passphrase not in page.content()
    page = road.own()
    expect(page.locator(".verdict")).to_contain_text("Permohonan Anda ditolak")
    expect(page.locator(".verdict")).to_contain_text("Bila Anda tidak setuju")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Unduh surat penolakan (PDF)").click()
    assert coming.value.suggested_filename == f"{road.row.number}-TOLAK.pdf"
    assert coming.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.clause("51.2")
def test_withdrawn(road: Road) -> None:
    page = road.own()
    page.get_by_text("Tarik permohonan ini").click()
    page.get_by_label("Alasan menarik permohonan").fill("Kami pindah ke kabupaten lain.")
    road.press(page, "Tarik permohonan")
    expect(page.get_by_role("alert").first).to_contain_text("sudah ditarik")
    expect(road.case(Role.EXAMINER).locator(".heading")).to_contain_text("Ditarik pemohon")


@pytest.mark.clause("51.3")
def test_deemed_approved_signed_and_audited(
    open_page: OpenPage, looked_at: set[str], javascript: bool, signing_passphrase: str
) -> None:
    road = Road(open_page, looked_at, javascript=javascript, began=60)
    road.until(State.VALIDATION, at=road.began)
    due.run(at=timezone.now())
    expect(road.own().locator("main")).to_contain_text("Anda tidak perlu berbuat apa-apa")
    road.act(Role.HEAD, "Tanda tangani sertifikat", passphrase=signing_passphrase)
    page = road.own()
    expect(page.get_by_role("heading", name="Sertifikat Anda sudah terbit")).to_be_visible()
    expect(page.get_by_role("heading", name="Permohonan Anda dianggap disetujui")).to_be_visible()
    desk = road.go(road.window(Role.SUPERIOR), "/pengawasan/audit/")
    desk.get_by_role("link", name=f"Tutup dengan temuan {road.row.number}").click()
    desk.get_by_role("textbox", name="Temuan").fill("Berkas tertahan karena petugasnya cuti tanpa pengganti.")
    road.press(desk, "Tutup audit")
    expect(desk.get_by_role("alert").first).to_contain_text("Audit ditutup")


@pytest.mark.clause("51.5")
def test_suspended_and_reinstated(road: Road, signing_passphrase: str) -> None:
    address = road.issue(signing_passphrase)
    road.act(Role.HEAD, "Minta tanggapan pemegang", reason=GROUND, choose="Membekukan")
    road.respond(ANSWER)
    desk = road.go(road.window(Role.HEAD), "/meja/sesudah-terbit/")
    expect(desk.locator("main")).to_contain_text("Sudah ditanggapi")
    road.act(Role.HEAD, "Bekukan sertifikat", reason=REASON)
    expect(road.own().get_by_role("heading", name="Sertifikat Anda dibekukan")).to_be_visible()
    road.verified(address, "Sedang dibekukan")
    seen = road.row.ledger_length
    validity.hear(road.office[Role.HEAD], road.id, Act.REINSTATE, seen=seen, at=timezone.now(), reason=REASON)
    validity.respond(road.applicant, road.id, ANSWER, at=timezone.now())
    road.act(Role.HEAD, "Berlakukan lagi", reason=REASON)
    road.verified(address, "Pernah dibekukan; berlaku lagi sejak")


@pytest.mark.clause("51.5")
def test_revoked(road: Road, signing_passphrase: str) -> None:
    address = road.issue(signing_passphrase)
    seen = road.row.ledger_length
    validity.hear(road.office[Role.HEAD], road.id, Act.REVOKE, seen=seen, at=timezone.now(), reason=GROUND)
    road.respond(ANSWER)
    desk = road.case(Role.HEAD)
    desk.get_by_role("button", name="Baca tanggapannya").click()
    expect(desk.locator("main")).to_contain_text(ANSWER)
    road.look(desk)
    road.act(Role.HEAD, "Cabut sertifikat", reason=REASON)
    expect(road.own().get_by_role("heading", name="Sertifikat Anda dicabut")).to_be_visible()
    road.verified(address, "Sudah dicabut")


@pytest.mark.clause("51.5")
def test_replaced(road: Road, signing_passphrase: str) -> None:
    address = road.issue(signing_passphrase)
    page = road.own()
    page.get_by_role("link", name="Ajukan perubahan data").click()
    road.look(page)
    page.locator("[name=business_name]").fill("CV Lensa Jaya Abadi")
    page.get_by_label("Mengapa datanya berubah").fill("Nama usaha diubah dengan akta baru.")
    road.press(page, "Ajukan perubahan")
    expect(page.locator("main")).to_contain_text("menunggu keputusan kepala dinas")
    desk = road.case(Role.HEAD)
    desk.get_by_role("button", name="Lihat isi perubahannya").click()
    expect(desk.locator("main")).to_contain_text("CV Lensa Jaya Abadi")
    road.act(Role.HEAD, "Setujui perubahan data", reason=REASON)
    road.act(Role.HEAD, "Tanda tangani sertifikat", passphrase=signing_passphrase)
    old = road.verified(address, "Sudah diganti")
    old.get_by_role("button", name="Lihat sertifikat penggantinya").click()
    expect(old.locator(".verdict")).to_contain_text("Sertifikat ini berlaku")
    expect(old.locator("main")).to_contain_text("CV Lensa Jaya Abadi")
