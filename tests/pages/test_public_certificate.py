"""Verifying a certificate: the verdict first, the original, and any PDF checked byte for byte (51.5)."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from pasti.actions import certificate, validity
from pasti.domain.certificate import CertificateStatus
from pasti.domain.roles import Role
from pasti.domain.workflow import Act, State
from pasti.records.accounts import Account
from pasti.records.certificate import Certificate
from tests import makers
from tests.pages.applicants import days_ago, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.5")]


@pytest.fixture
def issued(signing_passphrase: str) -> Certificate:
    """A signed certificate."""
    office = makers.officers(at=days_ago(9))
    row = makers.advance(office, makers.submitted(signed_in()[1], at=days_ago(2)).id, until=State.SIGNING, at=days_ago(1))
    certificate.sign(office[Role.HEAD], row.id, signing_passphrase, seen=row.ledger_length, at=days_ago(0))
    return Certificate.objects.get(application_id=row.id)


def _upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("sertifikat.pdf", data, content_type="application/pdf")}


def _original(client: Client, issued: Certificate) -> bytes:
    return client.get(f"/v/{issued.token}/sertifikat.pdf").content


def test_the_address_in_the_qr_answers_with_the_verdict(client: Client, issued: Certificate) -> None:
    answer = client.get(f"/v/{issued.token}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Sertifikat ini berlaku" in page
    assert issued.number in page
    assert "CV Lensa Jaya" in page
    assert client.get(f"/v/{issued.token}/").status_code == 200


@pytest.mark.clause("51.3")
def test_what_is_deemed_approved_is_not_called_verified(client: Client, issued: Certificate) -> None:
    assert "Dianggap disetujui" not in client.get(f"/v/{issued.token}").content.decode()
    lapsed = {**issued.data, "deemed_on": "2026-12-02", "deemed_ground": "Pasal 225 PP 28/2025"}
    Certificate.objects.filter(pk=issued.pk).update(data=lapsed)

    page = client.get(f"/v/{issued.token}").content.decode()

    assert "Dianggap disetujui: kantor ini tidak memutus sampai Rabu, 2 Desember 2026." in page
    assert "bukan hasil verifikasi" in page
    assert "Pasal 225 PP 28/2025" in page
    checked = client.post("/v/", _upload(_original(client, issued))).content.decode()
    assert "Dianggap disetujui: kantor ini tidak memutus sampai Rabu, 2 Desember 2026." in checked


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CertificateStatus.REVOKED, "Sudah dicabut"),
        (CertificateStatus.SUSPENDED, "Sedang dibekukan"),
        (CertificateStatus.REPLACED, "Sudah diganti"),
    ],
)
def test_a_certificate_that_no_longer_counts_says_so_first(client: Client, issued: Certificate, status: str, words: str) -> None:
    Certificate.objects.filter(pk=issued.pk).update(status=status)
    assert words in client.get(f"/v/{issued.token}").content.decode()


@pytest.mark.parametrize("code", ["tidakadasertifikatini", "zzzzzz", "z" * 40])
def test_an_unknown_code_is_not_ours(client: Client, code: str) -> None:
    answer = client.get(f"/v/{code}")
    assert answer.status_code == 404
    assert "Bukan sertifikat dari kantor ini" in answer.content.decode()


def test_the_original_is_downloaded_byte_for_byte(client: Client, issued: Certificate) -> None:
    answer = client.get(f"/v/{issued.token}/sertifikat.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF")
    assert client.get("/v/tidakadasertifikatini/sertifikat.pdf").status_code == 404


def test_the_original_is_found_valid(client: Client, issued: Certificate) -> None:
    page = client.post("/v/", _upload(_original(client, issued))).content.decode()
    assert "Sertifikat ini berlaku" in page
    assert issued.number in page


def test_a_changed_byte_is_found(client: Client, issued: Certificate) -> None:
    data = bytearray(_original(client, issued))
    data[len(data) // 3] ^= 1
    page = client.post(f"/v/{issued.token}", _upload(bytes(data))).content.decode()
    assert "verdict--late" in page
    assert "Sertifikat ini berlaku" not in page


@pytest.mark.parametrize("data", [makers.PDF, b"bukan pdf", b""])
def test_any_other_file_is_not_ours(client: Client, issued: Certificate, data: bytes) -> None:
    page = client.post("/v/", _upload(data)).content.decode()
    assert "Sertifikat ini berlaku" not in page


def test_an_office_without_a_root_says_so(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.PASTI_TRUST_ROOT = str(tmp_path / "tiada.pem")
    answer = client.post("/v/", _upload(makers.PDF))
    assert answer.status_code == 503
    assert "bsre" in answer.content.decode()
    assert str(tmp_path) not in answer.content.decode()


def test_no_file_and_no_code_are_asked_for_at_their_fields(client: Client) -> None:
    for sent, field in (({}, "id_file"), ({"code": ""}, "id_code"), ({"code": "?"}, "id_code")):
        answer = client.post("/v/", sent)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.content.decode()


def test_a_typed_address_or_code_leads_to_its_page(client: Client, issued: Certificate) -> None:
    for typed in (issued.token, f" https://pasti.example/v/{issued.token}/ "):
        assert client.post("/v/", {"code": typed})["Location"] == f"/v/{issued.token}"


def test_the_applicant_finds_the_certificate_on_the_tracking_page(issued: Certificate) -> None:
    client = Client()
    client.force_login(issued.application.applicant, backend="pasti.config.accounts.AuthenticationBackend")
    page = client.get(f"/permohonan/{issued.application_id}/").content.decode()
    assert f"/v/{issued.token}/sertifikat.pdf" in page


def test_the_public_keys_and_the_root_are_published(client: Client, issued: Certificate) -> None:
    assert json.loads(client.get("/.well-known/pasti-keys.json").content)["keys"]
    assert client.get("/v/akar.pem").content.startswith(b"-----BEGIN CERTIFICATE")


def test_since_when_it_is_suspended_and_counts_again_is_said(client: Client, issued: Certificate) -> None:
    head, holder = Account.objects.get(email="head@uji.example"), Account.objects.get(pk=issued.application.applicant_id)
    today = timezone.localdate()
    for act, do, words in (
        (Act.SUSPEND, validity.suspend, "Sejak "),
        (Act.REINSTATE, validity.reinstate, "Pernah dibekukan; berlaku lagi sejak "),
    ):
        seen = makers.fresh(issued.application_id).ledger_length
        validity.hear(head.actor(today), issued.application_id, act, seen=seen, at=days_ago(0), reason="Sarana dipindahkan.")
        validity.respond(holder.actor(today), issued.application_id, "Sudah dikembalikan.", at=days_ago(0))
        seen = makers.fresh(issued.application_id).ledger_length
        do(head.actor(today), issued.application_id, seen=seen, at=days_ago(0), reason="Sesudah tanggapan dibaca.")
        assert f"{words}{today.day} " in client.get(f"/v/{issued.token}").text


def test_a_replaced_certificate_leads_to_the_one_in_its_place(
    client: Client, issued: Certificate, signing_passphrase: str
) -> None:
    id, today = issued.application_id, timezone.localdate()
    head, holder = Account.objects.get(email="head@uji.example").actor(today), makers.fresh(id).applicant.actor(today)
    changed = {"business_name": "CV Lensa Jaya Abadi"}
    validity.request_change(holder, id, "business", changed, at=days_ago(0), reason="Nama berubah dengan akta baru.")
    validity.replace(head, id, seen=makers.fresh(id).ledger_length, at=days_ago(0), reason="Akta barunya sudah dilihat.")
    certificate.sign(head, id, signing_passphrase, seen=makers.fresh(id).ledger_length, at=days_ago(0))

    later = Certificate.objects.exclude(pk=issued.pk).get()
    page = client.get(f"/v/{issued.token}").text
    assert "Sudah diganti" in page
    assert f"/v/{later.token}" in page
    assert "CV Lensa Jaya Abadi" in client.get(f"/v/{later.token}").text
