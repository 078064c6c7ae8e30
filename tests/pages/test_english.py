"""Every page in English, and Indonesian for everyone who has not chosen otherwise (DESIGN "Words")."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from pasti import standards
from pasti.actions import certificate, licensing
from pasti.domain.errors import NotServed, RuleBroken
from pasti.domain.events import Json
from pasti.domain.roles import Role
from pasti.domain.sentence import Sentence
from pasti.domain.standard import Term, Text
from pasti.domain.workflow import State
from pasti.pages.office.acts import ACTS
from pasti.pages.refusals import sentence
from pasti.pages.words import in_language, long_day, moment, rupiah, said
from pasti.records.certificate import Certificate
from pasti.records.licensing import Application
from tests import makers
from tests.pages.applicants import days_ago, signed_in
from tests.pages.english import in_english, left_over, read
from tests.pages.office import Office

pytestmark = pytest.mark.django_db

OPEN = ["/", "/standar/", "/standar/?cari=kapal+selam", "/standar/51/", "/standar/51/?buka=semua", "/standar/51/untuk-saya/"]
OPEN += ["/standar/51/untuk-saya/?periksa=1", "/ajukan/", "/ajukan/51/", "/lacak/", "/v/", "/pengaduan/"]
OPEN += ["/akun/login/", "/akun/signup/", "/akun/password/reset/", "/v/tidakadasertifikatini", "/tidak/ada/"]
SERVED = "/standar/51/untuk-saya/?basis=berjalan&yearly_sales={sales}&ownership={ownership}&district={district}"
SERVED += "&crosses_border=tidak&kbli={kbli}&periksa=1"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def english(client: Client, address: str, *, typed: tuple[str, ...] = (), status: tuple[int, ...] = (200, 404)) -> str:
    """The page at `address` in English; nothing Indonesian is left on it."""
    answer = in_english(client).get(address, follow=True)
    assert answer.status_code in status
    assert answer["Content-Language"] == read(answer.text)[0] == "en"
    assert left_over(answer.text, typed=typed) == set(), address
    return answer.text


def typed_in(row: Application) -> tuple[str, ...]:
    """Everything the applicant wrote; what was chosen from a list, kept as a lower-case code, must be translated."""

    def strings(value: Json) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from strings(each)

    written = [row.answers, *(each.answers for each in row.rows.all())]
    files = [evidence.name for evidence in row.evidence.all()]
    return tuple(text for text in (*(t for answers in written for t in strings(answers)), *files) if not text.islower())


@pytest.mark.parametrize("address", OPEN)
def test_a_page_anyone_may_open(client: Client, address: str) -> None:
    english(client, address)


@pytest.mark.parametrize(
    "change",
    [{}, {"sales": "900000"}, {"sales": "900000000000"}, {"ownership": "pma"}, {"district": "luar"}, {"kbli": "10710"}],
)
def test_who_serves_a_business_is_said(client: Client, change: dict[str, str]) -> None:
    address = SERVED.format(**{"sales": "4500000000", "ownership": "pmdn", "district": "32.14.13", "kbli": "26709", **change})
    page = english(client, address)
    assert ("Yes, this is for you" in page) == (change == {})
    assert ("We may not serve this" in page) == (change != {})


def test_filling_in_an_application(client: Client) -> None:
    client, applicant = signed_in()
    row = makers.draft(applicant, at=days_ago(1))
    typed, draft = typed_in(row), f"/ajukan/berkas/{row.id}/"
    for address in ("/permohonan/", "/ajukan/51/", draft, f"{draft}syarat/", f"{draft}periksa/"):
        english(client, address, typed=typed)
    for path in ("usaha", "lokasi", "skala"):
        english(client, f"{draft}{path}/", typed=typed)
    for line in standards.load().in_force("51", date(2026, 1, 2)).requirements:
        english(client, f"{draft}syarat/{line.clause}/", typed=typed)


def test_an_empty_application_says_in_english_what_is_missing(client: Client) -> None:
    client, _applicant = signed_in()
    in_english(client).post("/ajukan/51/")
    draft = f"/ajukan/berkas/{Application.objects.get().id}/"
    assert "pages still have to be completed" in english(client, f"{draft}periksa/")
    for path in ("usaha", "lokasi", "skala", "syarat/51.1.B.4", "syarat/51.1.B.8"):
        assert "Fill in" in english(client, f"{draft}{path}/?periksa=1")


def test_wrong_answers_are_refused_in_english(client: Client) -> None:
    client, applicant = signed_in()
    row = makers.draft(applicant, at=days_ago(1))
    draft = f"/ajukan/berkas/{row.id}/"
    wrong = {"nib": "12", "kbli": "x", "npwp": "123456789012345", "nik": "1" * 16, "phone": "12", "email": "a"}
    answer = in_english(client).post(f"{draft}usaha/", wrong)
    assert answer.status_code == 422
    assert "A NIB has 13 digits" in answer.text
    assert left_over(answer.text) == set()
    upload = SimpleUploadedFile("bukti.exe", b"MZ")
    answer = client.post(f"{draft}syarat/51.1.B.8/", {"files": upload})
    assert "is not a PDF, JPEG or PNG" in answer.text
    assert left_over(answer.text, typed=("bukti.exe", *typed_in(row))) == set()


def test_following_an_application_through_its_states() -> None:
    client, applicant = signed_in()
    row = makers.submitted(applicant, at=days_ago(9))
    typed, office = typed_in(row), makers.officers(at=days_ago(9))
    receipt, page = f"/permohonan/{row.id}/tanda-terima/", f"/permohonan/{row.id}/"
    english(client, receipt, typed=typed)
    english(client, page, typed=typed)
    row = makers.advance(office, row.id, until=State.TECHNICAL_REVIEW, at=days_ago(8))
    assert "Promised for" in english(client, page, typed=typed)
    licensing.ask(office[Role(row.waiting_role)], row.id, seen=row.ledger_length, at=days_ago(4), reason="Mohon dijelaskan lagi.")
    assert "An officer has a question for you" in english(client, page, typed=typed)
    english(client, "/permohonan/", typed=typed)
    in_english(client).post(
        f"/permohonan/{row.id}/tarik/", {"reason": "Sudah tidak perlu.", "seen": makers.fresh(row.id).ledger_length}
    )
    assert "Withdrawn by the applicant" in english(client, page, typed=typed)


def test_a_returned_dossier() -> None:
    client, applicant = signed_in()
    row = makers.submitted(applicant, at=days_ago(3))
    examiner = makers.actor(Role.EXAMINER, at=days_ago(9))
    makers.judge_all(examiner, row.id, at=days_ago(1))
    licensing.judge(examiner, row.id, "51.1.B.8", "not_met", "Nomor sertifikat tidak terbaca.", at=days_ago(1))
    seen = makers.fresh(row.id).ledger_length
    licensing.send_to_complete(examiner, row.id, seen=seen, at=days_ago(1), reason="Lengkapi syarat yang ditandai.")
    for address in (f"/permohonan/{row.id}/", f"/ajukan/berkas/{row.id}/", f"/ajukan/berkas/{row.id}/syarat/51.1.B.8/"):
        english(client, address, typed=typed_in(row))


def test_a_certificate_and_the_file_of_it(client: Client, signing_passphrase: str) -> None:
    office = makers.officers(at=days_ago(9))
    row = makers.advance(office, makers.submitted(signed_in()[1], at=days_ago(2)).id, until=State.SIGNING, at=days_ago(1))
    certificate.sign(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=days_ago(0))
    issued, typed = Certificate.objects.get(application_id=row.id), typed_in(row)
    assert "This certificate is valid" in english(client, f"/v/{issued.token}/", typed=typed)
    original = client.get(f"/v/{issued.token}/sertifikat.pdf").content
    for data in (original, original[:-200] + b"x" * 200, b"%PDF-1.7 lain"):
        answer = client.post("/v/", {"file": SimpleUploadedFile("surat.pdf", data)})
        assert left_over(answer.text, typed=typed) == set()


def test_the_desk() -> None:
    office = Office(Role.INSPECTOR, Role.ADMINISTRATOR)
    typed = (*typed_in(makers.fresh(office.id)), "Pemohon (Applicant)")  # the maker's applicant has no other name
    examiner = office.client_of(Role.EXAMINER)
    for address in ("/meja/", "/meja/?lingkup=semua&cari=kapalselam", "/meja/?lingkup=unit", office.address()):
        english(examiner, address, typed=typed)
    english(office.client_of(Role.INSPECTOR), f"/meja/jejak/{office.id}/", typed=typed)
    english(office.client_of(Role.ADMINISTRATOR), "/meja/", status=(403,))
    for state in (State.SUBMITTED, State.TECHNICAL_REVIEW, State.RECOMMENDATION, State.VALIDATION, State.DECISION, State.SIGNING):
        office.until(state)
        role = Role(makers.fresh(office.id).waiting_role)
        for act in ACTS:
            english(office.client_of(role), office.address(f"tindakan/{act}/"), typed=typed, status=(200, 403))


@pytest.mark.parametrize("asks_for", ["", "en", "en-GB,en;q=0.9", "de,en;q=0.5"])
def test_a_browser_that_has_not_chosen_gets_indonesian(client: Client, asks_for: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asks_for})
    assert read(answer.text)[0] == answer["Content-Language"] == "id"
    assert "Apa yang Anda perlukan?" in answer.text
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_the_switch_is_remembered_and_leads_back_to_the_page(client: Client) -> None:
    answer = client.post("/bahasa/setlang/", {"language": "en", "next": "/lacak/"})
    assert answer["Location"] == "/lacak/"
    cookie = answer.cookies["django_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    assert cookie["max-age"] > 300 * 24 * 60 * 60
    answer = client.get("/lacak/")
    assert "Track an application" in answer.text
    assert "Cookie" in answer["Vary"]
    client.post("/bahasa/setlang/", {"language": "id", "next": "/lacak/"})
    assert "Lacak permohonan" in client.get("/lacak/").text


def test_a_language_we_do_not_speak_is_not_spoken(client: Client) -> None:
    client.cookies["django_language"] = "../../etc/passwd"
    assert read(client.get("/").text)[0] == "id"


def test_an_english_page_leaves_the_next_one_its_own_language(client: Client) -> None:
    in_english(client).get("/")
    assert translation.get_language() == "id"


def test_a_text_of_the_regulation_without_english_is_marked_as_indonesian() -> None:
    bare, both = Text(id="Alat <ukur>"), Text(id="Mesin", en="Machine")
    assert said(bare) == "Alat <ukur>"
    with translation.override("en"):
        assert said(bare) == '<span lang="id">Alat &lt;ukur&gt;</span>'
        assert said(both) == in_language(both) == "Machine"
        assert said(Sentence("Isi “{label}”.", label=bare)) == 'Fill in “<span lang="id">Alat &lt;ukur&gt;</span>”.'


def test_the_words_of_the_rules_are_translated_and_those_of_people_are_not() -> None:
    refused = RuleBroken("51.3", "Tahap “{state}” dikerjakan oleh: {role}.", state=Sentence("Validasi"), role="Validasi")
    away = NotServed("51.1", "Lokasi di luar kabupaten ini. {refer_to}", refer_to=Text(id="Ajukan di sana.", en="Apply there."))
    left = Sentence("Sisa {left}.", left=Term(amount=1, unit="working_days"))
    assert (str(refused), str(left)) == ("Tahap “Validasi” dikerjakan oleh: Validasi.", "Sisa 1 hari kerja.")
    with translation.override("en"):
        assert sentence(refused) == "The stage “Validation” is worked on by: Validasi."
        assert sentence(away) == "The site lies outside this regency. Apply there."
        assert in_language(left) == "1 working day left."


def test_days_moments_and_money_follow_the_language() -> None:
    day, at = date(2027, 1, 7), makers.MONDAY
    assert (long_day(day), moment(at), rupiah(1250000)) == ("Kamis, 7 Januari 2027", "23 Nov 2026 pukul 09.00 WIB", "Rp1.250.000")
    with translation.override("en"):
        assert (long_day(day), moment(at)) == ("Thursday, 7 January 2027", "23 Nov 2026 at 09:00 WIB")
        assert rupiah(1250000) == "Rp1,250,000"


def test_a_left_over_word_is_found_unless_it_is_marked() -> None:
    assert left_over("<html lang=en><p>Berkas <span lang=id>belum</span> lengkap<br>now</p></html>") == {"berkas", "lengkap"}
    assert left_over('<html lang=en><input aria-label="Cari"><p lang=id>Syarat <b>yang</b></p> here</html>') == {"cari"}
