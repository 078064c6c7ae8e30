"""What the journeys of the endings share: one case, the office around it, and windows on both sides, each signed in at once."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from pasti.actions import certificate, licensing
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from tests import makers
from tests.browsing import DESK, PHONE, assert_accessible
from tests.journeys.windows import PARTICULAR
from tests.pages.applicants import BACKEND, days_ago

LACKING = "51.1.B.8"
WHY = "Bukti kalibrasinya tidak terbaca seluruhnya."
REASON = "Sudah diperiksa, dan inilah kesimpulannya."
BETTER = FilePayload(name="bukti terang.pdf", mimeType="application/pdf", buffer=makers.PDF)
PASSPHRASE = "Passphrase tanda tangan elektronik"


class Road:
    """A case on its road. The applicant's window is a phone, with or without JavaScript; the desk's is wide."""

    def __init__(self, open_page: Callable[..., Page], looked_at: set[str], *, javascript: bool, began: float = 2) -> None:
        self.open_page, self.looked_at, self.javascript, self.began = open_page, looked_at, javascript, days_ago(began)
        self.applicant: Actor = makers.actor(at=self.began)
        self.office = makers.officers(self.began) | {Role.SUPERIOR: makers.actor(Role.SUPERIOR, at=self.began)}
        self.id = makers.submitted(self.applicant, at=self.began).id
        self.windows: dict[Role, Page] = {}

    @property
    def row(self) -> Application:
        """The case now."""
        return makers.fresh(self.id)

    def until(self, state: State, *, at: datetime | None = None) -> None:
        """Bring the case there by the acts themselves."""
        makers.advance(self.office, self.id, until=state, at=at or timezone.now())

    def find_lacking(self, role: Role) -> None:
        """Every requirement judged by that officer, one of them not met."""
        makers.judge_all(self.office[role], self.id, at=timezone.now())
        licensing.judge(self.office[role], self.id, LACKING, "not_met", WHY, at=timezone.now())

    def issue(self, passphrase: str) -> str:
        """The certificate signed; its public address."""
        self.until(State.SIGNING)
        certificate.sign(self.office[Role.HEAD], self.id, passphrase, seen=self.row.ledger_length, at=timezone.now())
        return self.address_of_certificate()

    def address_of_certificate(self) -> str:
        """The public address of the certificate to speak of."""
        paper = self.row.certificate
        assert paper is not None
        return f"/v/{paper.token}"

    def go(self, page: Page, path: str) -> Page:
        """Go to a path of the same place, and let axe see it where there is a script."""
        page.goto(page.evaluate("location.origin") + path)
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """Let axe see a page of a kind it has not seen in this run; axe is a script, so not without JavaScript."""
        page.wait_for_load_state()
        kind = PARTICULAR.sub("*", page.url.partition("?")[0]) + repr(page.locator("h1, .verdict h2, .act h2").all_inner_texts())
        has_script = self.javascript or page is not self.windows.get(Role.APPLICANT)
        if has_script and kind not in self.looked_at:
            self.looked_at.add(kind)
            assert_accessible(page)

    def window(self, role: Role) -> Page:
        """That person's window, opened and signed in the first time it is asked for."""
        if role not in self.windows:
            mine = role is Role.APPLICANT
            page = self.open_page("/lacak/", width=PHONE if mine else DESK, javascript=self.javascript or not mine)
            client, who = Client(), self.applicant if mine else self.office[role]
            client.force_login(Account.objects.get(pk=who.person), backend=BACKEND)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.evaluate("location.origin")}]
            )
            self.windows[role] = page
        return self.windows[role]

    def own(self) -> Page:
        """The applicant's own page of the case."""
        return self.go(self.window(Role.APPLICANT), f"/permohonan/{self.id}/")

    def case(self, role: Role) -> Page:
        """The case at that officer's desk."""
        return self.go(self.window(role), f"/meja/kasus/{self.id}/")

    def act(self, role: Role, name: str, *, reason: str = "", choose: str = "", passphrase: str = "") -> Page:
        """Open one act in place at the desk, read what follows, and do it."""
        page = self.case(role)
        page.locator("#acts").get_by_role("link", name=name, exact=True).click()
        panel = page.locator("#act")
        expect(panel.locator(".act__what li").first).to_be_visible()
        self.look(page)
        if choose:
            panel.get_by_label(choose).check()
        if reason:
            panel.locator("textarea").fill(reason)
        if passphrase:
            panel.get_by_label(PASSPHRASE).fill(passphrase)
        panel.get_by_role("button", name=name).click()
        expect(page.get_by_role("alert").first).to_contain_text("CV Lensa Jaya")
        return page

    def press(self, page: Page, name: str) -> None:
        """Press a button and let what comes be seen."""
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()
        self.look(page)

    def mend(self, reason: str) -> None:
        """The applicant reads why a requirement was found lacking, shows it better, and sends the application again."""
        page = self.own()
        asked = page.locator("#diminta")
        expect(asked).to_contain_text(reason)
        asked.locator(f"a[href*='{LACKING}']").click()
        expect(page.get_by_text(reason)).to_be_visible()
        page.locator("input[name=files]").set_input_files(BETTER)
        self.press(page, "Simpan dan lanjut")
        self.press(page, "Kirim permohonan")
        expect(page.get_by_role("heading", name="Permohonan Anda sudah kami terima")).to_be_visible()

    def respond(self, text: str) -> None:
        """The holder reads what is intended, and responds."""
        page = self.own()
        page.get_by_role("button", name="Beri tanggapan").click()
        page.get_by_label("Tanggapan Anda").fill(text)
        self.press(page, "Kirim tanggapan")
        expect(page.locator("#tanggapan")).to_contain_text("Tanggapan Anda kami terima")

    def verified(self, address: str, words: str) -> Page:
        """What anyone reads who verifies the certificate."""
        page = self.go(self.window(Role.APPLICANT), address)
        expect(page.locator(".verdict")).to_contain_text(words)
        return page
