"""Complaining without an account: the form, its receipt, the same form inside the office's other site (51.6.2 to 51.6.5)."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pasti.domain.calendar import jakarta_day
from pasti.domain.complaints import Kind
from pasti.pages.public.complaint_filing import fresh_key
from pasti.records.complaints import Complaint
from tests import makers

pytestmark = pytest.mark.django_db
EMBEDDED = "/pengaduan/sematan/"


def typed(**changes: object) -> dict[str, object]:
    """What a reporter types, ten days after the service."""
    day = jakarta_day(timezone.now()) - timedelta(days=10)
    return {
        "matter": "Berkas saya lengkap sejak awal bulan, tetapi belum ada keputusan.",
        "object": "Sertifikat terlambat terbit",
        "service_received_on_day": day.day,
        "service_received_on_month": day.month,
        "service_received_on_year": day.year,
        "name": "Rina Kartika",
        "contact": "rina@warga.example",
        "key": fresh_key(),
        **changes,
    }


def pdf(name: str = "bukti.pdf") -> SimpleUploadedFile:
    """A whole PDF."""
    return SimpleUploadedFile(name, makers.PDF, "application/pdf")


@pytest.mark.clause("51.6.1", "51.6.4", "51.6.5.a")
def test_a_complaint_is_filed_and_its_receipt_tells_number_secret_and_date(client: Client) -> None:
    answer = client.post("/pengaduan/", typed())
    row = Complaint.objects.get()
    assert answer["Location"] == f"/pengaduan/tanda-terima/{row.number}/"
    assert (row.kind, row.channel, row.received_by_id) == (Kind.COMPLAINT, "web_dpmptsp", None)
    page = client.get(answer["Location"]).content.decode()
    secret = re.search(r"<dd>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</dd>", page)
    assert row.number in page
    assert secret
    assert str(row.answer_due_on.year if row.answer_due_on else "") in page
    assert "Disimpan sebagai" not in page


def test_the_receipt_is_shown_to_the_browser_that_filed_it_alone(client: Client) -> None:
    address = client.post("/pengaduan/", typed())["Location"]
    assert Client().get(address)["Location"] == "/pengaduan/lacak/"
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.clause("51.6.5.b")
def test_without_a_name_it_is_kept_as_a_suggestion_and_the_receipt_says_why(client: Client) -> None:
    page = client.post("/pengaduan/", typed(name="", contact=""), follow=True).content.decode()
    assert Complaint.objects.get().kind == Kind.SUGGESTION
    assert "Disimpan sebagai saran" in page
    assert "51.6.5.b" in page
    assert "nama Anda" in page


@pytest.mark.clause("51.6.3")
def test_a_late_one_is_kept_as_a_suggestion_with_its_days(client: Client) -> None:
    day = jakarta_day(timezone.now()) - timedelta(days=31)
    late = {"service_received_on_day": day.day, "service_received_on_month": day.month, "service_received_on_year": day.year}
    page = client.post("/pengaduan/", typed(**late), follow=True).content.decode()
    assert "51.6.3" in page
    assert "31 hari kalender" in page


@pytest.mark.clause("51.6.2")
def test_the_day_is_asked_and_may_be_unknown(client: Client) -> None:
    no_day = {f"service_received_on_{part}": "" for part in ("day", "month", "year")}
    answer = client.post("/pengaduan/", typed(**no_day))
    assert answer.status_code == 422
    assert "Saya tidak tahu harinya" in answer.content.decode()
    assert client.post("/pengaduan/", typed(**no_day, service_unknown="on")).status_code == 302
    assert Complaint.objects.get().service_on is None
    assert client.post("/pengaduan/", typed(service_unknown="on")).status_code == 422


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client: Client) -> None:
    answer = client.post("/pengaduan/", typed(contact="bukan alamat", files=pdf(), service_received_on_month="13"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Berkas saya lengkap sejak awal bulan" in page
    assert 'value="bukan alamat"' in page
    assert 'value="13"' in page
    assert "“bukti.pdf”" in page
    assert not Complaint.objects.exists()
    assert "Tulis alamat surel atau nomor telepon yang dapat kami hubungi." in page
    assert "Tulis tanggal yang ada" in page


def test_an_empty_form_is_refused_in_words(client: Client) -> None:
    answer = client.post("/pengaduan/", typed(matter="", object=""))
    assert answer.status_code == 422
    assert "Tulis apa yang diadukan, atau lampirkan berkasnya." in answer.content.decode()


def test_sent_twice_it_is_filed_once(client: Client) -> None:
    said = typed()
    first, second = client.post("/pengaduan/", said), client.post("/pengaduan/", said)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_a_form_changed_after_it_was_sent_asks_whether_it_is_a_new_one(client: Client) -> None:
    said = typed()
    client.post("/pengaduan/", said)
    answer = client.post("/pengaduan/", {**said, "matter": "Hal lain sama sekali."})
    assert answer.status_code == 422
    assert "sudah terkirim dengan isi yang lain" in answer.content.decode()
    found = re.search(r'name="key" value="([^"]+)"', answer.content.decode())
    assert found
    assert client.post("/pengaduan/", {**said, "matter": "Hal lain sama sekali.", "key": found[1]}).status_code == 302
    assert Complaint.objects.count() == 2


@pytest.mark.parametrize("key", ["", "dikarang"])
def test_a_key_that_is_not_ours_is_replaced_and_nothing_is_filed(client: Client, key: str) -> None:
    answer = client.post("/pengaduan/", typed(key=key))
    assert answer.status_code == 422
    assert not Complaint.objects.exists()
    assert "Rina Kartika" in answer.content.decode()


def test_files_and_a_photo_come_with_it_and_a_refused_one_is_told_on_the_receipt(client: Client) -> None:
    bad = SimpleUploadedFile("rusak.exe", b"MZ", "application/octet-stream")
    page = client.post("/pengaduan/", typed(files=[pdf(), bad], photo=pdf("foto.pdf")), follow=True).content.decode()
    assert sorted(Complaint.objects.get().files.values_list("name", flat=True)) == ["bukti.pdf", "foto.pdf"]
    assert "Unggah lagi lewat tombol “Lihat pengaduan”" in page
    assert "rusak.exe" in page


def test_a_case_number_and_the_wish_for_secrecy_are_kept(client: Client) -> None:
    row = makers.submitted(makers.actor())
    assert f'value="{row.number}"' in client.get(f"/pengaduan/?nomor={row.number}").content.decode()
    client.post("/pengaduan/", typed(application_number=str(row.number).lower(), wants_secrecy="on"))
    client.post("/pengaduan/", typed(application_number="PB-1"))
    first, second = Complaint.objects.order_by("number")
    assert (first.application_id, first.is_secret) == (row.id, True)
    assert (second.application_id, "PB-1" in second.channel_detail) == (None, True)


def test_filing_needs_the_token_of_this_site_where_a_cookie_could_be_misused() -> None:
    assert Client(enforce_csrf_checks=True).post("/pengaduan/", typed()).status_code == 403


@pytest.mark.clause("51.6.2.k")
def test_the_second_site_may_frame_the_form_and_nobody_else(client: Client) -> None:
    answer = client.get(EMBEDDED)
    assert "X-Frame-Options" not in answer
    ancestors = re.search(r"frame-ancestors ([^;]+)", answer["Content-Security-Policy"])
    assert ancestors
    assert set(ancestors[1].split()) == {
        "'self'",
        "https://www.dpmpptsp.purwakartakab.go.id",
        "https://www.mpp.purwakartakab.go.id",
    }
    assert client.get("/pengaduan/")["X-Frame-Options"] == "DENY"


@pytest.mark.clause("51.6.2.k")
def test_the_embedded_form_files_without_a_cookie_and_shows_its_receipt(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    said = typed()
    for _ in range(2):
        answer = strict.post(EMBEDDED, said, headers={"Origin": "http://testserver"})
        assert answer.status_code == 200
    row = Complaint.objects.get()
    assert row.channel == "web_mpp"
    assert row.number in answer.content.decode()
    assert not strict.cookies
    strict.get(EMBEDDED)
    assert not strict.cookies
    strict.post(f"{EMBEDDED}?situs=web_dpmptsp", typed())
    assert set(Complaint.objects.values_list("channel", flat=True)) == {"web_mpp", "web_dpmptsp"}


@pytest.mark.parametrize("origin", ["https://lain.example", "null"])
def test_another_site_cannot_file_through_the_embedded_form(client: Client, origin: str) -> None:
    assert client.post(EMBEDDED, typed(), headers={"Origin": origin}).status_code == 403
    assert client.post(EMBEDDED, typed(key="dikarang")).status_code == 422
    assert not Complaint.objects.exists()


@pytest.mark.clause("51.6.2.l")
def test_the_paper_form_leads_to_its_web_twin(client: Client) -> None:
    page = client.get("/pengaduan/formulir/").content.decode()
    assert "<svg" in page
    assert "/pengaduan/</figcaption>" in page
    assert "Diisi petugas" in page


def test_marks_that_turn_words_around_are_not_kept(client: Client) -> None:
    client.post("/pengaduan/", typed(object="Loket \u202etutup\u2069", matter="Isi \u202eterbalik"))
    row = Complaint.objects.get()
    assert (row.object, row.matter) == ("Loket tutup", "Isi terbalik")


def test_the_example_of_a_day_would_be_accepted(client: Client) -> None:
    found = re.search(r"Misalnya (\d+) (\d+) (\d{4})", client.get("/pengaduan/").content.decode())
    assert found
    assert date(int(found[3]), int(found[2]), int(found[1])) <= jakarta_day(timezone.now())
