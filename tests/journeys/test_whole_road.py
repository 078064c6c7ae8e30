"""The whole road on `bin/serve` in a real browser: a maker on a phone, each officer in turn, the paper (51.1 to 51.5)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from pasti import standards
from tests.browsing import DESK, PHONE
from tests.journeys import maker as makers
from tests.journeys import visit as visits
from tests.journeys.maker import Maker
from tests.journeys.windows import Windows
from tests.running import Running, until

pytestmark = pytest.mark.needs("chromium")
REASON = "Sudah diperiksa dan sesuai dengan syaratnya."
RETURNED, LACKING = "51.1.B.6", "Contoh kartu garansinya buram; unggah lagi yang terbaca."
QUESTION = "Di ruang mana alat kalibrasi disimpan, dan siapa penanggung jawabnya?"
ANSWER = "Di ruang ukur lantai satu; penanggung jawabnya kepala produksi."
# Words of a letter's subject → how many of that kind the whole road brings.
LETTERS = {
    "kami terima": 2,
    "perlu dilengkapi": 1,
    "lengkap: janji selesai": 1,
    "ada pertanyaan": 1,
    "jadwal peninjauan": 1,
    "sudah terbit": 1,
}


def a_maker(windows: Windows, *, javascript: bool) -> Maker:
    """Somebody new at the front page, on a phone."""
    label = "dengan" if javascript else "tanpa"
    return Maker(
        windows=windows,
        page=windows.open(width=PHONE, javascript=javascript),
        standard=standards.load().editions("51")[-1],
        email=f"{label}.skrip@lensa.example",
        business_name=f"CV Lensa {label.title()} Skrip",
    )


@contextmanager
def at_the_desk(windows: Windows, email: str, number: str) -> Iterator[Page]:
    """An officer's window: signed in, the case found in the queue by its number and opened; the desk's page when it is left."""
    page = windows.open("/meja/", width=DESK)
    windows.look(page)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(windows.office.password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Meja kerja")).to_be_visible()
    windows.look(page)
    page.get_by_role("searchbox").fill(number)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CV Lensa")
    windows.look(page)
    yield page
    page.context.close()


def judge(page: Page, *, but: str = "", why: str = "") -> None:
    """Find every requirement that is still to be judged met, `but` one of them not, with the reason."""
    open_ones = page.locator(".dossier__row:has(.judge[open])").all()
    for anchor in [row.get_attribute("id") for row in open_ones]:
        row = page.locator(f"#{anchor}")
        lacking = anchor == "syarat-" + but.replace(".", "-")
        if lacking:
            row.locator("textarea").fill(why)
        row.get_by_role("button", name="Belum memenuhi" if lacking else "Memenuhi", exact=False).first.click()
        expect(row.locator(".status").first).to_have_text("Belum memenuhi" if lacking else "Memenuhi")


def act(windows: Windows, page: Page, name: str, *, reason: str = "", choose: str = "", passphrase: str = "") -> None:
    """Open one act beside the case, read what follows from it, and do it."""
    page.locator("#acts").get_by_role("link", name=name, exact=True).click()
    panel = page.locator("#act")
    expect(panel.locator(".act__what li").first).to_be_visible()
    windows.look(page)
    if choose:
        panel.get_by_label(choose, exact=True).check()
    if reason:
        panel.locator("textarea").fill(reason)
    if passphrase:
        panel.get_by_label("Passphrase tanda tangan elektronik").fill(passphrase)
    panel.get_by_role("button", name=name).click()


def done(page: Page) -> None:
    """The page says what was done, with the business it was done for."""
    expect(page.get_by_role("alert").first).to_contain_text("CV Lensa")


def sign_with_a_slip(windows: Windows, page: Page) -> None:
    """A wrong passphrase signs nothing and is not shown again; the right one signs."""
    name = "Tanda tangani sertifikat"
    act(windows, page, name, passphrase="bukan ini")
    expect(page.get_by_role("alert").filter(has_text="Passphrase salah")).to_be_focused()
    windows.look(page)
    field = page.get_by_label("Passphrase tanda tangan elektronik")
    expect(field).to_have_value("")
    field.fill(windows.office.passphrase)
    page.locator("#act").get_by_role("button", name=name).click()
    expect(page.get_by_role("alert").first).to_contain_text("Sertifikat ditandatangani")
    windows.look(page)


def told(office: Running, maker: Maker) -> None:
    """The maker gets each letter, no more and no fewer, and each says which application it is about."""

    def by_kind() -> Mapping[str, int]:
        subjects = [str(letter["Subject"]) for letter in office.letters(maker.email)]
        return {words: sum(words in subject for subject in subjects) for words in LETTERS}

    assert until(lambda: by_kind() == LETTERS), by_kind()
    assert all(maker.number in letter.get_content() for letter in office.letters(maker.email) if _about_a_case(letter))


def _about_a_case(letter: EmailMessage) -> bool:
    return any(words in str(letter["Subject"]) for words in LETTERS)


def return_it(windows: Windows, number: str) -> None:
    """The examiner finds one requirement lacking and sends the dossier back."""
    with at_the_desk(windows, "pemeriksa@pasti.example", number) as page:
        judge(page, but=RETURNED, why=LACKING)
        act(windows, page, "Kembalikan untuk dilengkapi")
        done(page)


def accept_it(windows: Windows, number: str) -> None:
    """The examiner judges what was mended, and the clock starts."""
    with at_the_desk(windows, "pemeriksa@pasti.example", number) as page:
        judge(page)
        act(windows, page, "Nyatakan lengkap dan benar")
        done(page)


def ask(windows: Windows, number: str) -> None:
    """The technical team asks, and the clock stops."""
    with at_the_desk(windows, "teknis@pasti.example", number) as page:
        act(windows, page, "Minta klarifikasi", reason=QUESTION)
        done(page)


def review_and_inspect(windows: Windows, maker: Maker) -> None:
    """The technical team reads the answer, reviews, inspects at a time the maker accepts, and recommends."""
    with at_the_desk(windows, "teknis@pasti.example", maker.number) as page:
        expect(page.get_by_text(ANSWER)).to_be_visible()
        act(windows, page, "Selesaikan pemeriksaan teknis", reason=REASON)
        done(page)
        visits.arrange(windows, page)
    makers.agree_to_visit(maker)
    with at_the_desk(windows, "teknis@pasti.example", maker.number) as page:
        visits.carry_out(windows, page)
        act(windows, page, "Selesaikan peninjauan lapangan", reason=REASON)
        done(page)
        act(windows, page, "Beri rekomendasi", reason=REASON, choose="Memenuhi standar")
        done(page)


def decide_and_sign(windows: Windows, number: str) -> None:
    """The head of division validates; the head decides and signs."""
    with at_the_desk(windows, "kabid@pasti.example", number) as page:
        act(windows, page, "Validasi", reason=REASON)
        done(page)
    with at_the_desk(windows, "kepala@pasti.example", number) as page:
        act(windows, page, "Setujui penerbitan")
        done(page)
        sign_with_a_slip(windows, page)


@pytest.mark.clause("51.1")
@pytest.mark.clause("51.2")
@pytest.mark.clause("51.3")
@pytest.mark.clause("51.5")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_from_the_front_page_to_a_certificate_that_anyone_can_check(windows: Windows, office: Running, javascript: bool) -> None:
    maker = a_maker(windows, javascript=javascript)
    makers.sign_up(maker)
    makers.fill_in_sections(maker)
    makers.fill_in_requirements(maker)
    makers.submit(maker)
    makers.track_without_an_account(maker, javascript=javascript)
    return_it(windows, maker.number)
    makers.mend(maker, RETURNED, LACKING)
    accept_it(windows, maker.number)
    ask(windows, maker.number)
    makers.answer(maker, QUESTION, ANSWER)
    review_and_inspect(windows, maker)
    decide_and_sign(windows, maker.number)
    paper = makers.fetch(maker)
    makers.verify_in_public(maker, paper, javascript=javascript)
    told(office, maker)
