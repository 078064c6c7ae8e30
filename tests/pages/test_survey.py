"""The survey's pages: answered once without a name, kept by who keeps it, published for anybody (51.14.2)."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import survey
from pasti.actions.complaint_ground import secret_of
from pasti.domain.roles import Actor, Role
from pasti.domain.survey import Quarter
from pasti.records.accounts import Account
from pasti.records.complaints import Complaint
from pasti.records.licensing import Application
from pasti.records.survey import SurveyAnswer, SurveyPlan, SurveyRun, token_of
from tests import makers
from tests.surveys import ALL_THREES, IN_SUMMER, answered, closed, finished, fresh, keeper, planned

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.14.2")]
THREES = dict.fromkeys(ALL_THREES, 3)


def client_of(actor: Actor) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.id), backend="pasti.config.accounts.AuthenticationBackend")
    return client


def address(kios: str = "") -> str:
    """The survey of a service that has just been finished."""
    row = finished(makers.actor(email="pemohon@uji.example"), at=timezone.now())[0]
    return f"/survei/{token_of('application', row.id)}/{kios}"


def test_nine_questions_are_answered_without_signing_in() -> None:
    url, client = address(), Client()

    page = client.get(url).content.decode()
    answer = client.post(url, {**ALL_THREES, "remark": "Ruang tunggu panas."}, follow=True)

    assert page.count("<fieldset") == 9
    assert "Terima kasih" in answer.content.decode()
    assert SurveyAnswer.objects.get().remark == "Ruang tunggu panas."
    assert "sudah diisi" in client.get(url).content.decode()
    assert "sudah diisi" in client.post(url, ALL_THREES).content.decode()
    assert SurveyAnswer.objects.count() == 1


def test_an_empty_answer_keeps_what_was_typed() -> None:
    url = address()

    answer = Client().post(url, {"remark": "Ruang tunggu panas."})

    assert answer.status_code == 422
    assert "Jawab paling sedikit satu pertanyaan" in answer.content.decode()
    assert "Ruang tunggu panas." in answer.content.decode()


def test_answering_costs_few_statements() -> None:
    url = address()
    survey.run_for("51", Quarter.of(timezone.localdate()), at=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        Client().post(url, ALL_THREES)

    assert SurveyAnswer.objects.exists()
    assert len(queries) <= 12


@pytest.mark.parametrize("token", ["a" * 39, "A" * 39])
def test_an_address_of_nobodys_is_not_found(token: str) -> None:
    assert Client().get(f"/survei/{token}/").status_code == 404


def test_before_the_service_is_finished_the_page_says_so() -> None:
    row = makers.submitted(makers.actor())

    assert "Belum waktunya" in Client().get(f"/survei/{token_of('application', row.id)}/").content.decode()


def at_the_counter() -> tuple[Client, Application]:
    """An officer of the counter, signed in, and an application finished just now."""
    row = finished(makers.actor(email="pemohon@uji.example"), at=timezone.now())[0]
    return client_of(makers.actor(Role.COUNTER_OFFICER)), row


def test_the_counter_hands_its_screen_over_and_the_officer_is_gone_from_it() -> None:
    client, row = at_the_counter()
    assert client.post("/meja/survei/kios/", {"number": "PB-1"}).status_code == 422
    assert client.get("/meja/survei/").status_code == 200

    opened = client.post("/meja/survei/kios/", {"number": row.number})
    page = client.get(opened["Location"]).content.decode()
    done = client.post(opened["Location"], ALL_THREES, follow=True)

    assert opened["Clear-Site-Data"] == '"cache"'
    assert client.get("/meja/survei/").status_code == 302
    assert SESSION_KEY not in client.session
    kept = client.cookies["pasti_kiosk"]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == ("/kios/", True, "Strict")
    assert "/meja/" not in page and "Akhiri layar loket" in page
    assert "untuk orang berikutnya" in done.content.decode()
    assert SurveyAnswer.objects.get().channel == "kiosk"


def test_the_next_person_at_the_counter_needs_the_receipt() -> None:
    client, row = at_the_counter()
    client.post("/meja/survei/kios/")

    wrong = client.post("/kios/", {"number": row.number, "secret": "AAAA-AAAA-AAAA"})
    right = client.post("/kios/", {"number": row.number, "secret": row.secret})

    assert wrong.status_code == 422 and "tidak cocok" in wrong.content.decode()
    assert right["Location"].startswith("/kios/a")
    for _ in range(10):
        client.post("/kios/", {"number": row.number, "secret": "AAAA-AAAA-AAAA"})
    assert "Terlalu banyak percobaan" in client.post("/kios/", {"number": row.number, "secret": row.secret}).content.decode()


def test_a_reporter_is_asked_at_the_counter_on_the_receipt_and_where_the_complaint_is_followed() -> None:
    client, _row = at_the_counter()
    complaint = makers.filed()
    token = token_of("complaint", complaint.id)
    phone, secret = Client(), secret_of(complaint.id)
    phone.post("/pengaduan/lacak/", {"number": complaint.number, "secret": secret})
    receipt = phone.get(f"/pengaduan/tanda-terima/{complaint.number}/").content.decode()
    before = phone.get(f"/pengaduan/lacak/{complaint.number}/").content.decode()
    Complaint.objects.filter(pk=complaint.id).update(answered_at=timezone.now())
    head = Account.objects.get(pk=makers.actor(Role.HEAD).id)
    complaint.answers.create(number="S/1", text="Sudah.", data={}, signed_by=head, signed_at=timezone.now())
    after = phone.get(f"/pengaduan/lacak/{complaint.number}/").content.decode()
    client.post("/meja/survei/kios/")

    assert "Sesudah pengaduan Anda dijawab" in receipt and "Nilai pelayanan kami" not in before
    assert f"/survei/{token}/" in after
    seated = client.post("/kios/", {"number": complaint.number, "secret": secret})
    assert seated["Location"] == f"/kios/{token}/"


def test_the_counter_screen_ends_by_its_button_and_with_the_day() -> None:
    client, _row = at_the_counter()
    client.post("/meja/survei/kios/")
    assert client.get("/kios/").status_code == 200
    token = client.cookies["pasti_kiosk"].value

    client.post("/kios/akhiri/")
    assert client.get("/kios/")["Location"] == "/meja/survei/kios/"
    ended = signing.dumps((timezone.now() - timedelta(seconds=1)).isoformat(), salt="pasti.kiosk")
    for value in (ended, "karangan", signing.dumps("2099-01-01T00:00:00+07:00")):
        client.cookies["pasti_kiosk"] = value
        assert client.get("/kios/").status_code == 302
    client.cookies["pasti_kiosk"] = token
    assert client.get("/kios/").status_code == 200


def test_the_counter_is_told_what_the_device_still_opens() -> None:
    client, _row = at_the_counter()
    page = client.get("/meja/survei/kios/").text
    assert "masih dapat membuka halaman umum dan halaman masuk" in page and "mode kios" in page
    assert "hanya membuka survei" not in page
    client.post("/meja/survei/kios/")
    assert client.get("/").status_code == 200  # what is said is so


@pytest.mark.parametrize("token", ["zzzzzz", "a" * 39])
def test_an_invitation_of_nobodys_is_not_found_and_says_what_to_do(token: str) -> None:
    client, _row = at_the_counter()
    for answer in (Client().get(f"/survei/{token}/"), Client().get(f"/kios/{token}/", follow=True)):
        assert answer.status_code == 404 and "Pindai lagi kode QR pada tanda terima" in answer.content.decode()
    client.post("/meja/survei/kios/")
    for seated in (client.get(f"/kios/{token}/"), client.post(f"/kios/{token}/", ALL_THREES)):
        assert seated.status_code == 404
        assert "Pindai lagi" in seated.content.decode() and '<a class="govuk-link" href="/kios/">' in seated.content.decode()


def test_an_answer_begun_before_the_day_ended_is_kept() -> None:
    client, row = at_the_counter()
    where = client.post("/meja/survei/kios/", {"number": row.number})["Location"]
    del client.cookies["pasti_kiosk"]

    assert client.get(where)["Location"] == where.replace("/kios/", "/survei/")
    assert client.post(where, ALL_THREES)["Location"] == "/survei/terima-kasih/"
    assert SurveyAnswer.objects.get().channel == "link"


def test_a_stranger_is_not_at_the_counter_whatever_the_address_says() -> None:
    Client().post(address("?kios=1"), ALL_THREES)

    assert SurveyAnswer.objects.get().channel == "link"


def test_while_a_quarter_runs_its_page_shows_a_count_and_nothing_else() -> None:
    officer = keeper(at=timezone.now())
    rows = finished(makers.actor(), count=6, at=timezone.now())
    answered(rows[:4], [{**THREES, "u9": 1}] * 4, at=timezone.now())
    run, client = SurveyRun.objects.get(), client_of(officer)
    here = f"/meja/survei/{run.id}/"

    assert "Kurang dari 5 kuesioner" in client.get(here).content.decode()
    answered(rows[4:], [{**THREES, "u9": 1}] * 2, at=timezone.now())
    page = client.get(here).content.decode()

    assert "6 kuesioner dari 6 layanan selesai" in page and "<rect" not in page and "xlsx)" not in page
    assert client.get(f"{here}lembar-kerja.xlsx").status_code == 422
    assert client.get(f"{here}laporan.pdf").status_code == 422


def test_the_receipt_and_the_page_of_a_case_lead_to_its_survey() -> None:
    applicant = makers.actor()
    row = makers.submitted(applicant, at=timezone.now())
    client = client_of(applicant)

    receipt = client.get(f"/permohonan/{row.id}/tanda-terima/").content.decode()
    before = client.get(f"/permohonan/{row.id}/").content.decode()
    done = finished(applicant, at=timezone.now())[0]
    after = client.get(f"/permohonan/{done.id}/").content.decode()

    assert "Kode QR ke halaman survei" in receipt
    assert "Isi survei" not in receipt + before
    assert f"/survei/{token_of('application', done.id)}/" in after


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.APPLICANT])
def test_the_office_pages_are_for_the_office(role: Role) -> None:
    client = client_of(makers.actor(*(() if role is Role.APPLICANT else (role,))))

    assert client.get("/meja/survei/").status_code == 403
    assert Client().get("/meja/survei/").status_code == 302


def test_who_keeps_the_survey_comes_to_it_by_signing_in() -> None:
    makers.account(Role.SURVEY_OFFICER, email="survei@uji.example", at=timezone.now())

    page = Client().post("/akun/login/", {"login": "survei@uji.example", "password": makers.PASSWORD}, follow=True)

    assert page.redirect_chain[-1][0] == "/meja/survei/"
    assert "Survei kepuasan</a>" in page.content.decode()


def test_a_quarter_goes_from_its_answers_to_the_public_page() -> None:
    officer = keeper(at=timezone.now())
    answered(finished(makers.actor(), count=6), [{**THREES, "u9": 1}, THREES] * 3)
    run, client = SurveyRun.objects.get(), client_of(officer)
    here = f"/meja/survei/{run.id}/"

    assert "Kuesioner" in client.get("/meja/survei/").content.decode()
    client.post(f"{here}tutup/")
    due = timezone.localdate() + timedelta(days=30)
    for code in ("u9", "u1", "u2"):
        day = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
        words = {"element": code, "action": "Memasang kipas di ruang tunggu.", "owner": str(officer.id)}
        sent = client.post(f"{here}rencana/", {"seen": fresh(run.id).ledger_length, **words, **day})
        assert sent.status_code == 302, sent.content.decode()
    client.post(f"{here}umumkan/", {"seen": fresh(run.id).ledger_length})
    page = Client().get("/survei/hasil/").content.decode()

    assert "72,22" in page and "72.22" not in page
    assert page.count("<rect") == 18
    assert "Memasang kipas di ruang tunggu." in page
    assert Client().get("/survei/hasil/51/2026-3/").status_code == 200
    assert Client().get("/survei/hasil/51/2026-3/laporan.pdf").content.startswith(b"%PDF")
    row = next(csv.DictReader(io.StringIO(Client().get("/survei/hasil.csv").content.decode())))
    assert (row["index"], row["grade"], row["u9"]) == ("72.22", "C", "2.0")
    assert Client().get("/survei/hasil.json").json()["quarters"][0]["index"] == 72.22


def test_a_plan_that_lacks_something_is_shown_again() -> None:
    officer = keeper(at=timezone.now())
    row = closed(officer, makers.actor(), [THREES])

    page = client_of(officer).post(
        f"/meja/survei/{row.id}/rencana/", {"seen": row.ledger_length, "action": "Memasang kipas besar."}
    )

    assert page.status_code == 422
    assert "Pilih penanggung jawabnya" in page.content.decode()
    assert "Memasang kipas besar." in page.content.decode()


def test_a_plan_is_recorded_as_done() -> None:
    officer = keeper(at=timezone.now())
    row = planned(officer, closed(officer, makers.actor(), [THREES]), "u1")
    url = f"/meja/survei/{row.id}/rencana/{SurveyPlan.objects.get().id}/"

    assert client_of(officer).post(url, {"evidence": ""}).status_code == 422
    assert client_of(officer).post(url, {"evidence": "Papan baru terpasang di loket 2."}).status_code == 302
    assert SurveyPlan.objects.get().done_on is not None


def test_paper_with_wrong_rows_names_each_and_takes_in_none() -> None:
    officer = keeper(at=timezone.now())
    run = survey.run_for("51", Quarter(2026, 3), at=IN_SUMMER)
    header, url = ",".join(ALL_THREES), f"/meja/survei/{run.id}/kertas/"

    wrong = SimpleUploadedFile("kertas.csv", f"{header}\n5,4,4,4,4,4,4,4,4\n4,4\n".encode())
    page = client_of(officer).post(url, {"file": wrong})
    right = SimpleUploadedFile("kertas.csv", f"{header}\n4,4,4,4,4,4,4,4,4\n".encode())
    taken = client_of(officer).post(url, {"file": right})

    assert page.status_code == 422
    assert "Baris 2: u1" in page.content.decode() and "Baris 3: hanya 2 kolom" in page.content.decode()
    assert (taken.status_code, SurveyAnswer.objects.count()) == (302, 1)
    twice = client_of(officer).post(url, {"file": SimpleUploadedFile("lagi.csv", f"{header}\n4,4,4,4,4,4,4,4,4\n\n".encode())})
    assert twice.status_code == 422 and "jadi tidak dimasukkan lagi" in twice.content.decode()
    assert SurveyAnswer.objects.count() == 1


def test_the_worksheet_is_for_who_keeps_the_survey() -> None:
    officer = keeper(at=timezone.now())
    row = closed(officer, makers.actor(), [THREES] * 5)

    assert client_of(officer).get(f"/meja/survei/{row.id}/lembar-kerja.xlsx").content.startswith(b"PK")
    assert client_of(makers.actor(Role.HEAD)).get(f"/meja/survei/{row.id}/lembar-kerja.xlsx").status_code == 403
    assert client_of(officer).get(f"/meja/survei/{row.id}/laporan.pdf").content.startswith(b"%PDF")


def test_the_page_of_a_quarter_costs_the_same_for_any_number_of_answers() -> None:
    officer = keeper(at=timezone.now())
    row = planned(officer, closed(officer, makers.actor(), [THREES] * 5), "u1", "u2")
    client = client_of(officer)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/meja/survei/{row.id}/?bobot=printed")

    assert "bobot tercetak 0,11" in page.content.decode()
    assert len(queries) <= 15


def test_nothing_published_is_said_plainly() -> None:
    page = Client().get("/survei/hasil/").content.decode()

    assert "Belum ada hasil yang diumumkan" in page
    assert Client().get("/survei/hasil/51/2026-3/").status_code == 404
    assert Client().get("/survei/hasil/51/kapan/").status_code == 404
