"""Following an application: signed in, and by number and secret without an account (51.3)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pasti.actions import licensing
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.licensing import Application
from tests import makers
from tests.pages import office
from tests.pages.applicants import days_ago, signed_in
from tests.pictures import png

pytestmark = pytest.mark.django_db

QUESTION = "Sertifikat kalibrasi nomor 2 tidak terbaca. Mohon dijelaskan."


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def applicant() -> tuple[Client, Actor]:
    """A signed-in browser and its applicant."""
    return signed_in()


@pytest.fixture
def submitted(applicant: tuple[Client, Actor]) -> Application:
    """An application that waits for the completeness check."""
    return makers.submitted(applicant[1], at=days_ago(3))


@pytest.fixture
def asked(submitted: Application) -> Application:
    """An application whose clock a question stopped a working day ago, on whatever day this is run."""
    office = makers.officers(at=days_ago(9))
    at = makers.morning(makers.morning(days_ago(0)) - timedelta(days=1))
    row = makers.advance(office, submitted.id, until=State.TECHNICAL_REVIEW, at=at)
    licensing.ask(office[Role(row.waiting_role)], row.id, seen=row.ledger_length, at=at, reason=QUESTION)
    return makers.fresh(row.id)


def _returned(id: UUID) -> None:
    office = makers.officers(at=days_ago(9))
    makers.judge_all(office[Role.EXAMINER], id, at=days_ago(1))
    licensing.judge(office[Role.EXAMINER], id, "51.1.B.8", "not_met", "Nomor sertifikat tidak terbaca.", at=days_ago(1))
    seen = makers.fresh(id).ledger_length
    licensing.send_to_complete(office[Role.EXAMINER], id, seen=seen, at=days_ago(1), reason="Lengkapi syarat yang ditandai.")


def _show_secret(client: Client, row: Application) -> None:
    client.post(
        "/lacak/", {"number": (row.number or "").lower(), "secret": f"{str(row.secret).lower()[:4]}-{str(row.secret)[4:]}"}
    )


@pytest.mark.clause("51.3")
def test_the_applicant_sees_who_holds_it_and_the_steps(applicant: tuple[Client, Actor], submitted: Application) -> None:
    page = applicant[0].get(f"/permohonan/{submitted.id}/").content.decode()
    assert "Pemeriksa berkas" in page
    assert 'aria-current="step"' in page
    assert "7 hari kerja" in page


def test_anothers_application_is_not_found(submitted: Application) -> None:
    stranger, _actor = signed_in(name="Orang Lain", email="lain@uji.example")
    for address in ("", "tanda-terima/"):
        assert stranger.get(f"/permohonan/{submitted.id}/{address}").status_code == 404
    for act in ("jawab/", "tarik/"):
        assert (
            stranger.post(
                f"/permohonan/{submitted.id}/{act}", {"reason": "sepuluh huruf lebih", "seen": "1", "answer": "ya"}
            ).status_code
            == 404
        )
    assert makers.fresh(submitted.id).state == State.SUBMITTED


def test_a_visitor_is_asked_to_sign_in(client: Client, submitted: Application) -> None:
    assert client.get(f"/permohonan/{submitted.id}/").status_code == 302
    assert client.get("/permohonan/").status_code == 302


def test_number_and_secret_show_the_application_without_an_account(client: Client, submitted: Application) -> None:
    _show_secret(client, submitted)
    answer = client.get(f"/lacak/{submitted.number}/")
    page = answer.content.decode()
    assert "CV Lensa Jaya" in page
    assert "Tarik permohonan" not in page
    assert str(submitted.secret) not in page


def test_the_secret_never_stands_in_an_address(client: Client, submitted: Application) -> None:
    answer = client.post("/lacak/", {"number": submitted.number, "secret": submitted.secret})
    assert answer["Location"] == f"/lacak/{submitted.number}/"


def test_a_wrong_number_and_a_wrong_secret_get_the_same_answer(client: Client, submitted: Application) -> None:
    pages = []
    for number, secret in ((submitted.number, "AAAABBBBCCCC"), ("PB-2026-9999", submitted.secret)):
        answer = client.post("/lacak/", {"number": number, "secret": secret})
        assert answer.status_code == 422
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        pages.append(page.replace(str(number), "NOMOR").replace(str(secret), "KODE"))
    assert pages[0] == pages[1]


def test_a_number_whose_secret_was_not_shown_asks_for_it_whether_it_exists_or_not(client: Client, submitted: Application) -> None:
    for number in (submitted.number, "PB-2026-9999"):
        answer = client.get(f"/lacak/{number}/")
        assert (answer.status_code, answer["Location"]) == (302, "/lacak/")


def test_too_many_tries_wait_even_with_the_right_secret(client: Client, submitted: Application) -> None:
    for _try in range(10):
        assert client.post("/lacak/", {"number": submitted.number, "secret": "AAAABBBBCCCC"}).status_code == 422
    answer = client.post("/lacak/", {"number": submitted.number, "secret": submitted.secret})
    assert answer.status_code == 429
    assert f'value="{submitted.number}"' in answer.content.decode()


@pytest.mark.clause("51.3")
def test_a_stopped_clock_says_why_and_takes_the_answer(applicant: tuple[Client, Actor], asked: Application) -> None:
    client, _actor = applicant
    page = client.get(f"/permohonan/{asked.id}/").content.decode()
    assert QUESTION in page
    assert "promise__cell--stopped" in page
    answer = client.post(f"/permohonan/{asked.id}/jawab/", {"answer": "Nomornya KL-20417, berlaku sampai 2031."})
    assert answer.status_code == 302
    assert makers.fresh(asked.id).state == State.TECHNICAL_REVIEW


def test_an_empty_answer_is_refused_at_its_field(applicant: tuple[Client, Actor], asked: Application) -> None:
    answer = applicant[0].post(f"/permohonan/{asked.id}/jawab/", {"answer": ""})
    assert answer.status_code == 422
    assert 'href="#id_answer"' in answer.content.decode()


def _file(data: bytes = makers.PDF, name: str = "bukti.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.clause("51.2")
def test_an_answer_carries_files_that_the_officer_opens(applicant: tuple[Client, Actor], asked: Application) -> None:
    photo = png(2, 2)
    team = Account.objects.get(appointments__role=Role.TECHNICAL_TEAM)
    officer = office.signed_in(team.actor(jakarta_day(days_ago(0))))
    sent = {"answer": "Nomornya KL-20417.", "files": [_file(), _file(photo, "alat.png")]}
    assert applicant[0].post(f"/permohonan/{asked.id}/jawab/", sent).status_code == 302

    page = officer.get(f"/meja/kasus/{asked.id}/").text
    files = {file.name: file for file in asked.evidence.filter(clause="51.3")}
    assert set(files) == {"bukti.pdf", "alat.png"} and all(name in page for name in files)
    assert officer.get(f"/meja/berkas/{files['alat.png'].id}/").content == photo
    assert applicant[0].get(f"/berkas/{files['bukti.pdf'].id}/").content == makers.PDF


def test_a_refused_file_sends_nothing_and_keeps_the_words(applicant: tuple[Client, Actor], asked: Application) -> None:
    sent = {"answer": "Nomornya KL-20417.", "files": [_file(), _file(b"MZ", "alat.exe")]}
    answer = applicant[0].post(f"/permohonan/{asked.id}/jawab/", sent)

    assert answer.status_code == 422
    assert "Nomornya KL-20417." in answer.text and "Pilih lagi sebelum mengirim" in answer.text
    assert 'href="#id_files"' in answer.text
    assert makers.fresh(asked.id).state == State.CLARIFICATION
    assert not asked.evidence.filter(clause="51.3").exists()


def test_who_has_the_secret_reads_the_question_and_signs_in_to_answer(client: Client, asked: Application) -> None:
    _show_secret(client, asked)
    page = client.get(f"/lacak/{asked.number}/").content.decode()
    assert QUESTION in page
    assert "masuk dan jawab" in page
    assert "<textarea" not in page


@pytest.mark.clause("51.1")
def test_a_returned_dossier_names_each_requirement_and_is_sent_again(
    applicant: tuple[Client, Actor], submitted: Application
) -> None:
    client, _actor = applicant
    _returned(submitted.id)
    page = client.get(f"/permohonan/{submitted.id}/").content.decode()
    assert "Nomor sertifikat tidak terbaca." in page
    assert f"/ajukan/berkas/{submitted.id}/syarat/51.1.B.8/" in page
    assert "Perlu diperbaiki" in client.get(f"/ajukan/berkas/{submitted.id}/syarat/").content.decode()
    assert client.post(f"/ajukan/berkas/{submitted.id}/periksa/").status_code == 302
    assert makers.fresh(submitted.id).state == State.SUBMITTED


def test_withdrawing_asks_for_a_reason_and_keeps_what_was_typed(applicant: tuple[Client, Actor], submitted: Application) -> None:
    client, _actor = applicant
    address = f"/permohonan/{submitted.id}/tarik/"
    short = client.post(address, {"reason": "batal", "seen": submitted.ledger_length})
    assert short.status_code == 422
    assert "batal</textarea>" in short.content.decode()
    assert client.post(address, {"reason": "Usaha pindah ke kabupaten lain.", "seen": submitted.ledger_length}).status_code == 302
    assert makers.fresh(submitted.id).state == State.WITHDRAWN


def test_withdrawing_what_has_moved_on_shows_the_fresh_page_and_the_reason(
    applicant: tuple[Client, Actor], submitted: Application
) -> None:
    client, _actor = applicant
    answer = client.post(
        f"/permohonan/{submitted.id}/tarik/", {"reason": "Usaha pindah ke kabupaten lain.", "seen": submitted.ledger_length - 1}
    )
    page = answer.content.decode()
    assert "Usaha pindah ke kabupaten lain." in page
    assert f'name="seen" value="{submitted.ledger_length}"' in page
    assert makers.fresh(submitted.id).state == State.SUBMITTED


def test_my_applications_show_drafts_and_submitted_ones(applicant: tuple[Client, Actor], submitted: Application) -> None:
    client, actor = applicant
    makers.draft(actor, at=days_ago(1))
    page = client.get("/permohonan/").content.decode()
    assert str(submitted.number) in page
    assert "Konsep" in page


def test_the_list_costs_the_same_for_one_and_for_many(applicant: tuple[Client, Actor], submitted: Application) -> None:
    client, actor = applicant
    client.get("/permohonan/")
    with CaptureQueriesContext(connection) as one:
        client.get("/permohonan/")
    for _more in range(3):
        makers.submitted(actor, at=days_ago(2))
    with CaptureQueriesContext(connection) as many:
        client.get("/permohonan/")
    assert len(one) == len(many) <= 8


def test_the_tracking_page_costs_few_queries(applicant: tuple[Client, Actor], asked: Application) -> None:
    with CaptureQueriesContext(connection) as queries:
        applicant[0].get(f"/permohonan/{asked.id}/")
    assert len(queries) <= 15


def test_an_uploaded_file_is_given_to_its_owner_alone_and_never_run(
    applicant: tuple[Client, Actor], submitted: Application
) -> None:
    file = submitted.evidence.first()
    assert file is not None
    answer = applicant[0].get(f"/berkas/{file.id}/")
    assert answer.content == makers.PDF or answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in(name="Orang Lain", email="lain@uji.example")[0].get(f"/berkas/{file.id}/").status_code == 403
    assert Client().get(f"/berkas/{file.id}/").status_code == 302


@pytest.mark.clause("51.3")
def test_sending_again_without_a_change_is_warned_of(applicant: tuple[Client, Actor], submitted: Application) -> None:
    client = applicant[0]
    _returned(submitted.id)
    address = reverse("check", args=[submitted.id])
    page = client.get(address).content.decode()
    assert "belum ada yang Anda ubah padanya" in page
    assert page.index('id="untouched"') < page.index("Kirim permohonan")

    submitted.rows.filter(clause="51.1.B.8").update(verdict="")

    assert 'id="untouched"' not in client.get(address).content.decode()
