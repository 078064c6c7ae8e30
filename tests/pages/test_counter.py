"""Filing at the counter through the pages: open, fill in, the applicant confirms, the receipt is printed (51.2)."""

import pytest
from django.test import Client
from django.utils import timezone

from pasti.actions import demonstration, intake
from pasti.actions.ground import rows_of, standard_of
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.licensing import Application
from tests import makers
from tests.pages.applicants import BACKEND

pytestmark = pytest.mark.django_db
WHO = {"entry": "51", "email": "pengrajin@uji.example", "name": "Ujang Pengrajin"}


@pytest.fixture
def counter() -> Client:
    """A browser of the counter."""
    browser = Client()
    browser.force_login(makers.account(Role.COUNTER_OFFICER, at=timezone.now()), backend=BACKEND)
    return browser


def _fill(row: Application) -> None:
    at, officer = timezone.now(), row.assisted_by.actor(timezone.localdate())
    for section, answers in (("business", makers.BUSINESS), ("place", makers.PLACE), ("scale", makers.SCALE)):
        intake.save_section(officer, row.id, section, answers, at=at)
    for mine in rows_of(row):
        wanted = standard_of(row).requirement(mine.clause)
        uploads = () if wanted.evidence == "none" else (("bukti.pdf", makers.PDF),)
        intake.save_requirement(officer, row.id, mine.clause, demonstration.answers(wanted.fields), uploads=uploads, at=at)


@pytest.mark.clause("51.2")
def test_from_the_counter_to_the_printed_receipt(counter: Client) -> None:
    assert counter.post("/meja/loket/", WHO).status_code == 302
    row = Application.objects.get()
    assert "Anda membantu Ujang Pengrajin di loket" in counter.get(f"/ajukan/berkas/{row.id}/").content.decode()
    assert str(row.id) in counter.get("/meja/loket/").content.decode()
    _fill(row)
    check = f"/ajukan/berkas/{row.id}/periksa/"
    assert 'name="identity"' in counter.get(check).content.decode()

    refused = counter.post(check, {"name": "Bukan Dia", "identity": "ktp"})
    assert refused.status_code == 422 and "Bukan Dia" in refused.content.decode()
    done = counter.post(check, {"name": makers.BUSINESS["owner_name"], "identity": "ktp"})
    assert done.status_code == 302
    assert makers.fresh(row.id).state == State.SUBMITTED
    receipt = counter.get(done["Location"]).content.decode()
    assert "Dibantu petugas di loket" in receipt and "gratis" in receipt.lower()
    assert "Cetak halaman ini" in receipt


def test_a_receipt_filed_alone_is_not_the_counters(counter: Client) -> None:
    row = makers.submitted(makers.actor(at=timezone.now()), at=timezone.now())
    assert counter.get(f"/permohonan/{row.id}/tanda-terima/").status_code == 404


def test_what_was_typed_wrong_stays(counter: Client) -> None:
    answer = counter.post("/meja/loket/", {**WHO, "email": "bukan surel"})
    assert answer.status_code == 422 and "bukan surel" in answer.content.decode()


def test_other_officers_see_that_it_is_not_for_them() -> None:
    browser = Client()
    browser.force_login(makers.account(Role.EXAMINER, at=timezone.now()), backend=BACKEND)
    assert "Hanya untuk petugas loket" in browser.get("/meja/loket/").content.decode()
    assert browser.post("/meja/loket/", WHO).status_code == 403
