"""What a maker does on the public pages, step by step, with the mistakes people make (51.1 to 51.5)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect

from pasti.actions import demonstration
from pasti.domain.intake import section_fields
from pasti.domain.standard import Requirement, Standard
from pasti.queries.intake import choices
from tests.browsing import PHONE, fill
from tests.journeys.windows import Windows

NAME = "Rina Kartika"
PASSWORD = "lensa jernih dari Purwakarta"
PHOTOGRAPHED = "51.1.B.7"  # shown by a JPEG, as a phone makes it; the others by PDF
PDF = FilePayload(name="bukti.pdf", mimeType="application/pdf", buffer=demonstration.evidence_pdf("bukti"))
NOT_A_PDF = FilePayload(name="bukti.pdf", mimeType="application/pdf", buffer=b"Ini bukan PDF, hanya bernama begitu.")


@dataclass(kw_only=True)
class Maker:
    """Who applies, in which window, and what was given in return."""

    windows: Windows
    page: Page
    standard: Standard
    email: str
    business_name: str
    number: str = ""
    secret: str = ""

    def look(self) -> None:
        """Let the page be judged as it stands."""
        self.windows.look(self.page)

    def press(self, name: str) -> None:
        """Press a button, and let what comes be judged."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def follow(self, name: str) -> None:
        """Follow a link, and let what comes be judged."""
        with self.page.expect_navigation():
            self.page.locator("#content a").filter(has_text=re.compile(rf"^\s*{re.escape(name)}(?!\w)")).first.click()
        self.look()

    def is_at(self, heading: str) -> None:
        """Wait until the page with that first heading is there."""
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        self.look()

    def sections(self) -> Mapping[str, Mapping[str, str]]:
        """What is typed in the three sections: a site outside an estate, so that the class has an inspection."""
        business = {**demonstration.BUSINESS, "email": self.email, "business_name": self.business_name}
        place = {**demonstration.PLACE, "in_estate": "tidak", "estate": "", "ground": "c"}
        return {"business": business, "place": place, "scale": demonstration.SCALE}


def sign_up(maker: Maker) -> None:
    """From the front page to a new account, and back to where the account was needed."""
    page = maker.page
    maker.is_at("Apa yang Anda perlukan?")
    maker.follow(maker.standard.short_title.id)
    maker.follow("Apakah ini untuk saya?")
    _ask_whether_served(maker)
    maker.follow("Ajukan")
    maker.is_at(maker.standard.title.id)
    maker.follow("Belum punya akun? Buat di sini")
    maker.is_at("Daftar")
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=email]").fill(maker.email)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=password2]").fill(PASSWORD)
    maker.press("Daftar")
    maker.is_at(maker.standard.title.id)
    expect(page.locator("header")).to_contain_text(NAME)


def _ask_whether_served(maker: Maker) -> None:
    """First as a foreign investor, who is sent elsewhere; then as what the maker is."""
    page, scale = maker.page, demonstration.SCALE
    maker.is_at("Apakah ini untuk saya?")
    page.locator(f'input[name=basis][value="{scale["basis"]}"]').check()
    page.locator("[name=yearly_sales]").fill(scale["yearly_sales"])
    page.locator("input[name=ownership][value=pma]").check()
    page.locator("select[name=district]").select_option(demonstration.PLACE["district"])
    page.locator("input[name=crosses_border][value=tidak]").check()
    maker.press("Periksa")
    expect(page.get_by_role("heading", name="Bukan kami yang berwenang")).to_be_visible()
    expect(page.locator("[name=yearly_sales]")).to_have_value(scale["yearly_sales"])
    page.locator("input[name=ownership][value=pmdn]").check()
    maker.press("Periksa")
    expect(page.get_by_role("heading", name="Ya, ini untuk Anda")).to_be_visible()


def fill_in_sections(maker: Maker) -> None:
    """The three sections, the NIB mistyped at first: all that was typed is still there, and the mistake is at its field."""
    page = maker.page
    maker.press("Mulai")
    maker.is_at("Permohonan Anda")
    maker.follow("Usaha Anda")
    for section, answers in maker.sections().items():
        fields = section_fields(section, maker.standard, choices())
        if section == "business":
            fill(page, fields, {**answers, "nib": "912000123"})
            maker.press("Simpan dan lanjut")
            expect(page.locator("#isian-nib_error")).to_be_visible()
            for name in ("business_name", "npwp", "owner_name", "address"):
                expect(page.locator(f"[name={name}]")).to_have_value(answers[name])
            expect(page.locator("[name=nib]")).to_have_value("912000123")
        fill(page, fields, answers)
        maker.press("Simpan dan lanjut")


def fill_in_requirements(maker: Maker) -> None:
    """Each requirement on its page, one of them with a file that is not what its name says."""
    maker.is_at("Persyaratan")
    maker.follow(maker.standard.requirements[0].title.id)
    spoilt = next(r for r in maker.standard.requirements if r.evidence == "required" and r.fields)
    for requirement in (r for r in maker.standard.requirements if r.due == "before_issue"):
        maker.is_at(requirement.title.id)
        answers = demonstration.answers(requirement.fields)
        fill(maker.page, requirement.fields, answers)
        if requirement is spoilt:
            _give_a_wrong_file(maker, requirement)
        if requirement.evidence == "required" or requirement.section == "place":
            maker.page.locator("input[name=files]").set_input_files(evidence(maker, requirement))
        maker.press("Simpan dan lanjut")


def _give_a_wrong_file(maker: Maker, requirement: Requirement) -> None:
    page, field = maker.page, requirement.fields[0]
    typed = page.locator(f"[name={field.name}]").input_value()
    page.locator("input[name=files]").set_input_files(NOT_A_PDF)
    maker.press("Simpan dan lanjut")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#isian-files_error")).to_be_visible()
    expect(page.locator(f"[name={field.name}]")).to_have_value(typed)
    assert typed


def evidence(maker: Maker, requirement: Requirement) -> FilePayload:
    """A real file: a photograph where people take one, else a PDF."""
    if requirement.clause != PHOTOGRAPHED:
        return PDF
    photograph = maker.page.screenshot(type="jpeg", quality=40)
    return FilePayload(name="foto ruang.jpg", mimeType="image/jpeg", buffer=photograph)


def submit(maker: Maker) -> None:
    """Check everything once more, send it, and keep the number and the secret of the receipt."""
    maker.is_at("Periksa dan kirim")
    maker.press("Kirim permohonan")
    maker.is_at("Permohonan Anda sudah kami terima")
    given = maker.page.locator(".keys-given dd")
    number, maker.secret = given.nth(0).inner_text(), given.nth(1).inner_text()
    assert re.fullmatch(r"PB-\d{4}-\d{4}", number)
    assert maker.number in ("", number)
    maker.number = number


def track_without_an_account(maker: Maker, *, javascript: bool) -> None:
    """Number and secret alone open the case in another browser; a wrong secret opens nothing."""
    page = maker.windows.open("/lacak/", width=PHONE, javascript=javascript)
    for secret, heading in ((f"{maker.secret[:-1]}?", "Lacak permohonan"), (maker.secret, maker.number)):
        page.get_by_label("Nomor permohonan").fill(maker.number)
        page.get_by_label("Kode rahasia").fill(secret)
        page.get_by_role("button", name="Lihat", exact=True).click()
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        maker.windows.look(page)
    expect(page.locator("main")).to_contain_text("Pemeriksaan kelengkapan")
    assert maker.secret.replace("-", "") not in page.url.replace("-", "")
    page.context.close()


def open_own(maker: Maker, heading: str) -> None:
    """The maker's own page of the case, where something new is to be read."""
    maker.page.goto(f"{maker.windows.office.url}/permohonan/")
    maker.is_at("Permohonan saya")
    maker.follow(maker.number)
    expect(maker.page.get_by_role("heading", name=heading)).to_be_visible()
    maker.look()


def mend(maker: Maker, clause: str, reason: str) -> None:
    """Read why a requirement was found lacking, show it better, and send the application again."""
    requirement = maker.standard.requirement(clause)
    open_own(maker, "Yang perlu Anda perbaiki")
    expect(maker.page.locator("#diminta")).to_contain_text(reason)
    maker.follow(requirement.title.id)
    expect(maker.page.get_by_text(reason)).to_be_visible()
    maker.page.locator("input[name=files]").set_input_files(FilePayload(**{**PDF, "name": "bukti terang.pdf"}))
    maker.press("Simpan dan lanjut")
    submit(maker)


def answer(maker: Maker, question: str, text: str) -> None:
    """Answer what an officer asked; the clock runs on."""
    open_own(maker, "Petugas bertanya kepada Anda")
    expect(maker.page.locator("#diminta")).to_contain_text(question)
    maker.press("Kirim jawaban")  # nothing typed yet: refused, and said where
    expect(maker.page.locator(".govuk-error-summary")).to_be_visible()
    maker.page.get_by_label("Jawaban Anda").fill(text)
    maker.press("Kirim jawaban")
    expect(maker.page.get_by_role("alert").first).to_contain_text("Waktu berjalan lagi")


def agree_to_visit(maker: Maker) -> None:
    """Accept the time that the team offers."""
    open_own(maker, "Peninjauan lapangan")
    maker.follow("Setujui, atau usulkan waktu lain")
    maker.press("Setujui waktu ini")
    expect(maker.page.get_by_role("alert").first).to_contain_text("Jadwal peninjauan disepakati")


def fetch(maker: Maker) -> bytes:
    """Download the certificate from the maker's own page."""
    open_own(maker, "Sertifikat Anda sudah terbit")
    with maker.page.expect_download() as coming:
        maker.page.get_by_text("Unduh sertifikat (PDF)").click()
    assert coming.value.suggested_filename.endswith(".pdf")
    return coming.value.path().read_bytes()


def verify_in_public(maker: Maker, paper: bytes, *, javascript: bool) -> None:
    """Anyone opens the certificate's page, gives the file itself and then an altered copy; each is told what it is."""
    maker.follow("Halaman pemeriksaannya")
    address = maker.page.url
    page = maker.windows.open(address.removeprefix(maker.windows.office.url), width=PHONE, javascript=javascript)
    expect(page.get_by_role("heading", name="Sertifikat ini berlaku")).to_be_visible()
    expect(page.locator("main")).to_contain_text(maker.business_name)
    maker.windows.look(page)
    altered = bytearray(paper)
    altered[len(paper) // 2] ^= 1
    for name, data, verdict in (
        ("asli.pdf", paper, "Sertifikat ini berlaku"),
        ("diubah.pdf", bytes(altered), "Isi berkas ini sudah diubah"),
    ):
        page.goto(address)
        page.locator("input[name=file]").set_input_files(FilePayload(name=name, mimeType="application/pdf", buffer=data))
        page.get_by_role("button", name="Periksa berkas").click()
        expect(page.get_by_role("heading", name=verdict)).to_be_visible()
        maker.windows.look(page)
    page.context.close()
