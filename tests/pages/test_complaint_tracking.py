"""Following a complaint by number and secret, and another agency's answer page (51.6.4, 51.6.6.e, 51.6.8)."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import complaint_answer, complaint_handling, complaint_tiers
from pasti.actions.complaint_ground import secret_of
from pasti.domain.calendar import jakarta_day
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.domain.roles import Actor, Role
from pasti.records.complaints import Complaint, ComplaintReferral
from tests import makers
from tests.complaints import fresh, walk
from tests.pages.applicants import days_ago

pytestmark = pytest.mark.django_db
ANSWER = "Keputusan terlambat karena berkas tertahan di meja validasi. Sertifikat sudah terbit."
Office = dict[Role, Actor]


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def office() -> Office:
    """Who handles complaints."""
    return makers.complaint_officers(at=days_ago(9))


@pytest.fixture
def row() -> Complaint:
    """A complaint of yesterday."""
    return makers.filed(at=days_ago(1), service_on=jakarta_day(days_ago(11)))


def show_secret(client: Client, row: Complaint) -> str:
    """Type number and secret; answers the address of the page."""
    secret = secret_of(row.id).lower()
    answer = client.post("/pengaduan/lacak/", {"number": row.number.lower(), "secret": f"{secret[:4]}-{secret[4:]}"})
    return str(answer["Location"])


def test_number_and_secret_show_it_and_the_secret_is_in_no_address(client: Client, row: Complaint) -> None:
    address = show_secret(client, row)
    assert address == f"/pengaduan/lacak/{row.number}/"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(address).content.decode()
    assert "Kami terima" in page
    assert "Dijawab paling lambat" in page
    assert "Rina Kartika" not in page
    assert secret_of(row.id) not in page
    assert len(queries) <= 15


def test_a_stranger_is_asked_for_the_secret_whether_it_exists_or_not(client: Client, row: Complaint) -> None:
    for number in (row.number, "ADU-2026-99999"):
        for act in ("", "jawaban.pdf"):
            assert client.get(f"/pengaduan/lacak/{number}/{act}")["Location"] == "/pengaduan/lacak/"
        for act in ("lengkapi/", "nilai/"):
            answer = client.post(f"/pengaduan/lacak/{number}/{act}", {"text": "Keterangan dari orang lain."})
            assert answer["Location"] == "/pengaduan/lacak/"
    assert fresh(row.id).ledger_length == row.ledger_length


def test_a_wrong_number_and_a_wrong_secret_get_the_same_answer_and_too_many_wait(client: Client, row: Complaint) -> None:
    pages = set()
    for number, secret in ((row.number, "AAAABBBBCCCC"), ("ADU-2026-99999", secret_of(row.id))):
        answer = client.post("/pengaduan/lacak/", {"number": number, "secret": secret})
        assert answer.status_code == 422
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        pages.add(page.replace(number, "").replace(secret, ""))
    assert len(pages) == 1
    for _ in range(8):
        client.post("/pengaduan/lacak/", {"number": row.number, "secret": "AAAABBBBCCCC"})
    answer = client.post("/pengaduan/lacak/", {"number": row.number, "secret": secret_of(row.id)})
    assert answer.status_code == 429


@pytest.mark.clause("51.6.5.a")
def test_a_question_is_answered_with_a_file(client: Client, row: Complaint, office: Office) -> None:
    question = "Nomor permohonan mana yang Anda maksud?"
    complaint_handling.ask(office[Role.COMPLAINTS_OFFICER], row.id, question, seen=row.ledger_length, at=days_ago(0.5))
    address = show_secret(client, row)
    assert question in client.get(address).content.decode()
    upload = SimpleUploadedFile("bukti.pdf", makers.PDF)
    answer = client.post(f"{address}lengkapi/", {"text": "PB-2026-0042, ini buktinya.", "files": upload}, follow=True)
    page = answer.content.decode()
    assert question not in page
    assert "Anda melengkapi atau menjawab" in page
    assert "Berkas yang kami terima: bukti.pdf" in page
    assert "PB-2026-0042" in fresh(row.id).matter
    assert fresh(row.id).files.get().name == "bukti.pdf"


def test_a_refused_file_keeps_the_words(client: Client, row: Complaint) -> None:
    address = show_secret(client, row)
    bad = SimpleUploadedFile("rusak.exe", b"MZ")
    answer = client.post(f"{address}lengkapi/", {"text": "Keterangan tambahan saya.", "files": bad})
    assert answer.status_code == 422
    assert "rusak.exe" in answer.content.decode()
    assert "Keterangan tambahan saya." in answer.content.decode()
    assert "Keterangan tambahan saya." not in fresh(row.id).matter
    assert client.post(f"{address}lengkapi/", {"text": ""}).status_code == 422


@pytest.mark.clause("51.6.5.b")
def test_what_is_missing_is_supplied_and_it_becomes_a_complaint(client: Client) -> None:
    row = makers.filed(at=days_ago(1), reporter=Reporter(), service_on=None)
    address = show_secret(client, row)
    assert "Lengkapi yang masih kurang" in client.get(address).content.decode()
    day = jakarta_day(days_ago(5))
    said = {"name": "Rina Kartika", **{f"service_received_on_{part}": getattr(day, part) for part in ("day", "month", "year")}}
    page = client.post(f"{address}lengkapi/", said, follow=True).content.decode()
    assert "Lengkapi yang masih kurang" not in page
    assert fresh(row.id).kind == "complaint"


def answered(row: Complaint, office: Office, passphrase: str, *, at: datetime) -> None:
    """Handle and answer it."""
    walk(office, row.id, until=Stage.SETTLED, at=at)
    complaint_answer.answer(office[Role.HEAD], row.id, ANSWER, passphrase, seen=fresh(row.id).ledger_length, at=at)


@pytest.mark.clause("51.6.8")
def test_the_answer_its_letter_and_an_unhelpful_one_reopens_once(
    client: Client, row: Complaint, office: Office, signing_passphrase: str
) -> None:
    now = timezone.now()
    answered(row, office, signing_passphrase, at=now - timedelta(hours=2))
    address = show_secret(client, row)
    page = client.get(address).content.decode()
    assert ANSWER in page
    assert "Terbukti" in page
    assert "Anda dapat menilainya paling lambat 10 hari kerja sesudah jawaban." in page
    assert "Kami jawab pada" in page
    assert "promise__cell" not in page
    letter = client.get(f"{address}jawaban.pdf")
    assert letter.content.startswith(b"%PDF-")
    assert "attachment" in letter["Content-Disposition"]
    assert client.post(f"{address}nilai/", {}).status_code == 422
    page = client.post(f"{address}nilai/", {"helped": "tidak", "words": "Belum dijelaskan."}, follow=True).content.decode()
    assert "kami buka lagi" in page
    assert (fresh(row.id).reopened, fresh(row.id).stage) == (1, Stage.IN_TIERS)
    assert client.post(f"{address}nilai/", {"helped": "tidak"}).status_code == 422


@pytest.mark.clause("51.6.8")
def test_after_the_second_answer_the_first_can_still_be_read_and_nothing_is_promised_twice(
    client: Client, row: Complaint, office: Office, signing_passphrase: str
) -> None:
    now = timezone.now()
    answered(row, office, signing_passphrase, at=now - timedelta(hours=3))
    address, promise = show_secret(client, row), "membuka pengaduan ini lagi satu kali"
    assert promise in client.get(address).content.decode()
    client.post(f"{address}nilai/", {"helped": "tidak", "words": "Belum dijelaskan."})
    assert ANSWER in client.get(address).content.decode()
    tiers = walk(office, row.id, until=Stage.SETTLED, at=timezone.now())
    second = "Sudah kami perbaiki seluruhnya."
    complaint_answer.answer(office[Role.HEAD], row.id, second, signing_passphrase, seen=tiers.ledger_length, at=timezone.now())

    page = client.get(address).content.decode()

    assert ANSWER in page
    assert second in page
    assert promise not in page
    assert "tidak membuka pengaduan ini lagi" in page
    first, latest = client.get(f"{address}jawaban-1.pdf"), client.get(f"{address}jawaban-2.pdf")
    assert "JAWABAN-1" in first["Content-Disposition"]
    assert latest.content == client.get(f"{address}jawaban.pdf").content != first.content
    assert client.get(f"{address}jawaban-3.pdf").status_code == 403


@pytest.mark.clause("51.6.5.a")
def test_what_was_set_aside_promises_nothing_and_says_why(client: Client, row: Complaint, office: Office) -> None:
    why = "Iklan barang dagangan."
    complaint_handling.set_aside(office[Role.COMPLAINTS_OFFICER], row.id, seen=row.ledger_length, at=timezone.now(), reason=why)

    page = client.get(show_secret(client, row)).content.decode()

    assert why in page
    assert "Disisihkan" in page
    assert "Dijawab paling lambat" not in page
    assert "menunggu ditelaah" not in page
    complaint_handling.restore(
        office[Role.COMPLAINTS_OFFICIAL], row.id, seen=fresh(row.id).ledger_length, at=timezone.now(), reason="Ternyata benar."
    )
    assert "Dijawab paling lambat" in client.get(show_secret(client, row)).content.decode()


def test_there_is_no_letter_before_there_is_an_answer(client: Client, row: Complaint) -> None:
    assert client.get(f"{show_secret(client, row)}jawaban.pdf").status_code == 403


def referred(row: Complaint, office: Office) -> ComplaintReferral:
    """A question to another agency."""
    officer = office[Role.COMPLAINTS_OFFICER]
    seen = walk(office, row.id, until=Stage.PLANNED, at=days_ago(0.5)).ledger_length
    asked = {"agency": "Dinas Lingkungan Hidup", "email": "dlh@kantor.example", "question": "Apakah izin lingkungannya ada?"}
    id = complaint_tiers.refer(officer, row.id, **asked, seen=seen, at=days_ago(0.4))
    return ComplaintReferral.objects.get(pk=id)


@pytest.mark.clause("51.6.6.e")
def test_another_agency_answers_once_behind_its_secret(client: Client, row: Complaint, office: Office) -> None:
    referral = referred(row, office)
    address = f"/rujukan/{referral.id}/"
    page = client.get(address).content.decode()
    assert "Apakah izin lingkungannya ada?" not in page
    assert client.post(address, {"secret": "AAAABBBBCCCC"}).status_code == 422
    page = client.post(address, {"secret": secret_of(referral.id, "referral")}, follow=True).content.decode()
    assert "Apakah izin lingkungannya ada?" in page
    assert "Rina Kartika" not in page
    said = {"text": "Izin lingkungan nomor 12 masih berlaku.", "answered_by": "Budi, Kepala Bidang"}
    refused = client.post(address, {**said, "text": "Ada."})
    assert refused.status_code == 422
    assert "Budi, Kepala Bidang" in refused.content.decode()
    page = client.post(address, said, follow=True).content.decode()
    assert "Jawaban yang kami terima" in page
    assert client.post(address, said).status_code == 422
    referral.refresh_from_db()
    assert referral.answer == said["text"]


def test_a_referral_that_does_not_exist_asks_for_a_secret_all_the_same(client: Client) -> None:
    address = "/rujukan/00000000-0000-4000-8000-000000000000/"
    assert client.get(address).status_code == 200
    assert [client.post(address, {"secret": "AAAABBBBCCCC"}).status_code for _ in range(11)] == [422] * 10 + [429]


@pytest.mark.clause("51.6.4")
def test_the_promise_bar_leads_to_the_day_that_was_promised(client: Client, row: Complaint) -> None:
    page = client.get(show_secret(client, row)).content.decode()
    assert page.count("promise__cell--due") == 1
    cells = re.findall(r'promise__cell--(\w+)"><span>\w+</span><span class="promise__number">(\d+)', page)
    assert cells[0][0] == "start"
    assert row.answer_due_on
    assert cells[-1] == ("due", str(row.answer_due_on.day))
    counted = {"counted", "today", "to_come", "due"}
    assert sum(kind in counted for kind, _day in cells) == 14
