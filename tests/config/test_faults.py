"""While the database does not answer: 503 for people and programs, nothing typed is lost, no secret is printed (51.12)."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from pasti.config.faults import fault


def answered(request: HttpRequest, raised: Exception | None = None) -> HttpResponse:
    """What Django's handler answers while that fault is being handled."""
    try:
        raise raised or OperationalError("server closed the connection unexpectedly")
    except Exception:
        return fault(request)


@pytest.mark.parametrize("lost", [OperationalError("gone"), InterfaceError("the connection is closed")])
def test_a_page_says_what_to_do_and_when(rf: RequestFactory, lost: Exception) -> None:
    page = answered(rf.get("/permohonan/?laman=2"), lost)

    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "15", "no-store")
    text = page.content.decode()
    assert "Tidak ada yang berubah." in text and 'href="/permohonan/?laman=2"' in text
    assert str(lost) not in text and "Traceback" not in text


def test_it_is_said_in_english_too(rf: RequestFactory) -> None:
    with translation.override("en"):
        assert "Nothing has changed." in answered(rf.get("/")).content.decode()


def test_what_was_typed_is_in_the_page_to_be_sent_again(rf: RequestFactory) -> None:
    page = answered(rf.post("/pengaduan/", {"matter": 'Lama "sekali" <b>', "channels": ["surat", "sms"], "key": "k"}))

    text = page.content.decode()
    assert page.status_code == 503
    assert 'value="Lama &quot;sekali&quot; &lt;b&gt;"' in text
    assert 'name="channels" value="surat"' in text and 'name="channels" value="sms"' in text
    assert '<form method="post" action="/pengaduan/">' in text


def test_a_place_with_its_postal_code_is_sent_again_too(rf: RequestFactory) -> None:
    text = answered(rf.post("/permohonan/1/lokasi/", {"village": "Cibening", "postal_code": "41181"})).content.decode()

    assert 'name="village" value="Cibening"' in text and 'name="postal_code" value="41181"' in text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/akun/login/", {"login": "a@b.example", "next": "RAHASIA"}),
        ("/akun/2fa/authenticate/", {"code": "RAHASIA"}),
        ("/meja/kasus/1/tanda-tangan/", {"passphrase": "RAHASIA"}),
        ("/permohonan/1/syarat/", {"keep": "RAHASIA", "files": SimpleUploadedFile("a.pdf", b"%PDF")}),
    ],
)
def test_a_secret_is_not_printed_and_a_file_is_left_to_the_browser(rf: RequestFactory, path: str, sent: dict[str, str]) -> None:
    text = answered(rf.post(path, sent)).content.decode()

    assert "RAHASIA" not in text
    assert "Muat ulang halaman ini" in text


def test_a_part_that_was_asked_for_becomes_the_whole_page(rf: RequestFactory) -> None:
    assert answered(rf.post("/meja/", {"a": "b"}, headers={"hx-request": "true"}))["HX-Retarget"] == "#content"


@pytest.mark.parametrize("path", ["/api/v1/complaints", "/pesan-masuk", "/sehat"])
def test_a_program_is_told_as_a_program(rf: RequestFactory, path: str) -> None:
    answer = answered(rf.get(path))

    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, "application/problem+json", "15")
    assert json.loads(answer.content)["status"] == 503


def test_any_other_fault_is_a_fault(rf: RequestFactory) -> None:
    assert answered(rf.get("/"), ValueError("a bug")).status_code == 500
