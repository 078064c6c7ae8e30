"""What an applicant reads and does beside the straight road: terms, letters, hearings, changes (51.1, 51.3, 51.5)."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pasti.actions import certificate, due, licensing, rejection, validity
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import Act, State
from pasti.pages.words import long_day
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application
from pasti.records.validity import ChangeRequest, Hearing
from tests import makers
from tests.pages.applicants import days_ago, signed_in

pytestmark = pytest.mark.django_db
WHY = "Sarana produksi dipindahkan tanpa pemberitahuan."
ANSWER = "Mesinnya hanya diservis di bengkel, dan sudah kembali."
QUESTION = "Sertifikat kalibrasi nomor 2 tidak terbaca. Mohon dijelaskan."


class Side:
    """The applicant's browser beside an office that acts by the acts themselves."""

    def __init__(self, *, days: float = 9) -> None:
        cache.clear()
        self.client, self.applicant = signed_in()
        self.office: dict[Role, Actor] = makers.officers(days_ago(days))
        self.id = makers.submitted(self.applicant, at=days_ago(days)).id

    @property
    def row(self) -> Application:
        return makers.fresh(self.id)

    @property
    def address(self) -> str:
        return f"/permohonan/{self.id}/"

    def own(self) -> str:
        return self.client.get(self.address).text

    def by_secret(self) -> str:
        """The page for who has only the number and the secret."""
        visitor, row = Client(), self.row
        visitor.post("/lacak/", {"number": row.number, "secret": row.secret})
        return visitor.get(f"/lacak/{row.number}/").text

    def issue(self, passphrase: str) -> Certificate:
        row = makers.advance(self.office, self.id, until=State.SIGNING, at=days_ago(1))
        certificate.sign(self.office[Role.HEAD], row.id, passphrase, seen=row.ledger_length, at=timezone.now())
        return Certificate.objects.get(application_id=self.id)

    def hear(self, act: Act) -> None:
        head = self.office[Role.HEAD]
        validity.hear(head, self.id, act, seen=self.row.ledger_length, at=timezone.now(), reason=WHY)


@pytest.mark.clause("51.1")
def test_what_was_not_met_is_told_with_its_last_day() -> None:
    side = Side()
    row = makers.found_not_met(side.office, side.id, at=days_ago(1))
    assert row.fulfil_by is not None
    for page in (side.own(), side.by_secret()):
        assert f"paling lambat {long_day(row.fulfil_by)}" in page
        assert "Ini bukan penolakan" in page


@pytest.mark.clause("51.1")
def test_a_fulfilment_term_that_lapsed_is_said() -> None:
    side = Side(days=60)
    makers.found_not_met(side.office, side.id, at=days_ago(55))
    due.run(at=timezone.now())
    assert "permohonan tidak diajukan lagi" in side.own()


@pytest.mark.clause("51.1")
def test_a_rejection_says_why_and_how_to_object_and_gives_its_letter(signing_passphrase: str) -> None:
    side = Side()
    assert side.client.get(f"{side.address}surat-penolakan/").status_code == 404
    row = makers.unmet_again(side.office, side.applicant, side.id, at=days_ago(1))
    head = side.office[Role.HEAD]
    rejection.reject(head, row.id, signing_passphrase, seen=row.ledger_length, at=timezone.now(), reason=WHY)

    page = side.own()
    assert "Permohonan Anda ditolak" in page
    assert WHY in page
    assert makers.UNREADABLE in page
    assert "Bila Anda tidak setuju" in page
    assert side.client.get(f"{side.address}surat-penolakan/").content.startswith(b"%PDF")
    tracked = side.by_secret()
    assert f"{row.number}/TOLAK" in tracked
    assert "Unduh surat penolakan" not in tracked
    assert signed_in(email="lain@uji.example")[0].get(f"{side.address}surat-penolakan/").status_code == 404


@pytest.mark.clause("51.3")
def test_what_is_deemed_approved_is_told_with_its_ground() -> None:
    side = Side(days=60)
    makers.advance(side.office, side.id, until=State.VALIDATION, at=days_ago(60))
    due.run(at=timezone.now())
    row = side.row
    assert row.lapsed_on is not None
    for page in (side.own(), side.by_secret()):
        assert "Permohonan Anda dianggap disetujui" in page
        assert long_day(row.lapsed_on) in page
        assert "UU 30/2014" in page
        assert "sudah diputus" not in page


@pytest.mark.clause("51.3")
def test_a_stopped_day_says_why_and_which_role_stopped_it() -> None:
    side = Side()
    row = makers.advance(side.office, side.id, until=State.TECHNICAL_REVIEW, at=days_ago(8))
    team = side.office[Role.TECHNICAL_TEAM]
    licensing.ask(team, row.id, seen=row.ledger_length, at=days_ago(7), reason=QUESTION)
    for page in (side.own(), side.by_secret()):
        assert f"{QUESTION} (dihentikan oleh Tim teknis)" in page.replace('<span lang="id">', "").replace("</span>", "")
    assert team.name not in side.by_secret()


@pytest.mark.clause("51.5")
def test_the_holder_reads_what_is_intended_and_responds_once(signing_passphrase: str) -> None:
    side = Side()
    side.issue(signing_passphrase)
    assert "Tidak ada permintaan tanggapan" in side.client.get(f"{side.address}tanggapan/").text
    side.hear(Act.SUSPEND)
    hearing = Hearing.objects.get()

    for page in (side.own(), side.by_secret()):
        assert "bermaksud membekukan" in page
        assert long_day(hearing.respond_by) in page
    short = side.client.post(f"{side.address}tanggapan/", {"response": "tidak"})
    assert short.status_code == 422
    assert "tidak</textarea>" in short.text.replace("\n", "")
    assert side.client.post(f"{side.address}tanggapan/", {"response": ANSWER}).status_code == 302
    page = side.own()
    assert "Tanggapan Anda kami terima" in page
    assert ANSWER not in side.by_secret()
    assert side.client.post(f"{side.address}tanggapan/", {"response": ANSWER}).status_code == 422


@pytest.mark.clause("51.5")
@pytest.mark.parametrize(("act", "words"), [(Act.SUSPEND, "Sertifikat Anda dibekukan"), (Act.REVOKE, "Sertifikat Anda dicabut")])
def test_the_holder_is_told_what_became_of_the_certificate(signing_passphrase: str, act: Act, words: str) -> None:
    side = Side()
    side.issue(signing_passphrase)
    side.hear(act)
    validity.respond(side.applicant, side.id, ANSWER, at=timezone.now())
    does = {Act.SUSPEND: validity.suspend, Act.REVOKE: validity.revoke}[act]
    does(side.office[Role.HEAD], side.id, seen=side.row.ledger_length, at=timezone.now(), reason=WHY)
    page = side.own()
    assert words in page
    assert "Sertifikat Anda sudah terbit" not in page


@pytest.mark.clause("51.5")
def test_the_holder_asks_for_a_change_and_nothing_typed_is_lost(signing_passphrase: str) -> None:
    side = Side()
    side.issue(signing_passphrase)
    address = f"{side.address}perubahan/"
    assert "CV Lensa Jaya" in side.client.get(address).text
    typed = {**makers.BUSINESS, "business_name": "CV Lensa Jaya Abadi", "nib": "12"}
    wrong = side.client.post(address, {**typed, "reason": WHY})
    assert (wrong.status_code, "CV Lensa Jaya Abadi" in wrong.text, WHY in wrong.text) == (422, True, True)
    same = side.client.post(address, {**makers.BUSINESS, "reason": WHY})
    assert "Tidak ada isian yang berubah" in same.text
    done = side.client.post(address, {**typed, "nib": makers.BUSINESS["nib"], "reason": WHY})
    assert done.status_code == 302
    assert ChangeRequest.objects.get().answers["business_name"] == "CV Lensa Jaya Abadi"
    assert "menunggu keputusan kepala dinas" in side.own()
    assert str(jakarta_day(timezone.now()).year) in side.own()
