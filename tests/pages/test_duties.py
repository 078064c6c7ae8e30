"""Duties after issue on the screen: the holder's list and report, the desk's overdue ones and the request for a response."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pasti.actions import certificate, due
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.duties import Duty
from pasti.records.licensing import Application
from pasti.records.validity import Hearing
from tests import makers
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.1.A.5")]


@pytest.fixture
def office(signing_passphrase: str) -> Office:
    office = Office()
    office.until(State.SIGNING)
    certificate.sign(office.officers[Role.HEAD], office.id, signing_passphrase, seen=office.seen, at=timezone.now())
    return office


@pytest.fixture
def licences(office: Office) -> Duty:
    return Duty.objects.get(application_id=office.id, duty="supporting_licences")


def make_overdue(duty: Duty) -> None:
    """As if the certificate had been signed long ago: the duty's date is past, and the guard finds it."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Duty.objects.filter(pk=duty.pk).update(due_on=yesterday)
    Application.objects.filter(pk=duty.application_id).update(duties_next_on=yesterday)
    due.run(at=timezone.now())


def test_the_holder_reads_what_is_due_and_reports_it(office: Office, licences: Duty, tmp_path: Path) -> None:
    client = office.client_of(Role.APPLICANT)
    here = f"/permohonan/{office.id}/kewajiban/"
    assert "Perizinan penunjang" in client.get(f"/permohonan/{office.id}/").content.decode()
    assert f"{here}{licences.pk}/" in client.get(here).content.decode()

    lacking = client.post(f"{here}{licences.pk}/", {"number": "PB 9"})
    assert lacking.status_code == 422
    assert "Unggah buktinya" in lacking.content.decode()
    assert "PB 9" in lacking.content.decode()

    day = timezone.localdate()
    sent = {"number": "PB 9", "dated_on_day": day.day, "dated_on_month": day.month, "dated_on_year": day.year}
    done = client.post(f"{here}{licences.pk}/", {**sent, "file": SimpleUploadedFile("izin.pdf", makers.PDF)}, follow=True)
    assert "Sudah dilaporkan" in done.content.decode()
    assert client.get(f"/kewajiban/{licences.pk}/berkas/").content == makers.PDF


@pytest.mark.clause("51.10.1")
def test_nobody_else_finds_the_holders_page(office: Office, licences: Duty) -> None:
    client = office.client_of(Role.HEAD)
    for address in (f"/permohonan/{office.id}/kewajiban/", f"/permohonan/{office.id}/kewajiban/{licences.pk}/"):
        assert client.get(address).status_code == 404


@pytest.mark.clause("51.5")
def test_the_head_hears_the_holder_about_an_overdue_duty(office: Office, licences: Duty) -> None:
    make_overdue(licences)
    client = office.client_of(Role.HEAD)
    assert "/meja/kewajiban/" in client.get("/meja/").content.decode()
    address = f"/meja/kewajiban/{licences.pk}/tanggapan/"
    assert address in client.get("/meja/kewajiban/").content.decode()
    page = client.get(address).content.decode()
    assert "belum dilaporkan; tenggatnya" in page

    stale = client.post(address, {"seen": 1, "intends": "suspend", "reason": "Belum ada kabar dari pemegang."})
    assert stale.status_code == 409
    assert "Belum ada kabar dari pemegang." in stale.content.decode()
    client.post(address, {"seen": office.seen, "intends": "suspend", "reason": "Belum ada kabar dari pemegang."})
    assert Hearing.objects.get(application_id=office.id).ground == "Belum ada kabar dari pemegang."
    assert office.state == State.ISSUED


@pytest.mark.clause("51.10.1")
def test_others_see_what_is_overdue_but_do_not_hear(office: Office, licences: Duty) -> None:
    make_overdue(licences)
    client = office.client_of(Role.VALIDATOR)
    page = client.get("/meja/kewajiban/").content.decode()
    assert "Perizinan penunjang" in page
    assert "Minta tanggapan" not in page
    assert client.get(f"/meja/kewajiban/{licences.pk}/tanggapan/").status_code == 403


def test_the_standards_page_shows_what_is_assumed_of_guard_and_duties(client: object) -> None:
    page = client.get("/standar/51/").content.decode()  # type: ignore[attr-defined]  # pytest-django's
    assert "Pengolah perizinan, Atasan langsung" in page
    assert "31 hari kalender sesudah tiap masa laporan" in page


@pytest.mark.clause("51.5")
def test_a_revoked_holder_owes_nothing_more(office: Office, licences: Duty) -> None:
    client = office.client_of(Role.APPLICANT)
    pages = (f"/permohonan/{office.id}/", f"/permohonan/{office.id}/kewajiban/")
    assert all("Paling lambat" in client.get(address).content.decode() for address in pages)
    link = f'href="{pages[1]}"'
    assert link in client.get(pages[0]).content.decode()
    Application.objects.filter(pk=office.id).update(state=State.REVOKED)

    for address in (*pages, f"/permohonan/{office.id}/kewajiban/{licences.pk}/"):
        page = client.get(address).content.decode()
        assert "Paling lambat" not in page.split('id="riwayat"')[0]
    assert "Tidak ditagih lagi" in client.get(pages[1]).content.decode()
    assert link not in client.get(pages[0]).content.decode()
