"""Rejecting, hearing and changing through the pages of the desk (51.1, 51.5)."""

import pytest
from django.utils import timezone

from pasti.actions import certificate, validity
from pasti.domain.roles import Role
from pasti.domain.workflow import Act, State
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
REASON = "Alat ukur tidak tertelusur, jadi mutu tidak terjamin."
FINDING = "Berkas tertahan karena pemegangnya cuti tanpa pengganti; syaratnya terpenuhi."


@pytest.fixture
def office() -> Office:
    return Office(Role.INSPECTOR, Role.SUPERIOR)


@pytest.fixture
def issued(office: Office, signing_passphrase: str) -> Office:
    office.until(State.SIGNING)
    certificate.sign(office.officers[Role.HEAD], office.id, signing_passphrase, seen=office.seen, at=timezone.now())
    return office


def do(office: Office, act: Act, **data: str):  # noqa: ANN201  # Django's test response has no public type
    return office.client_of(Role.HEAD).post(
        office.address(f"tindakan/{act}/"), {"seen": str(office.seen), "reason": REASON, **data}
    )


@pytest.mark.clause("51.1")
def test_rejecting_is_offered_only_after_a_second_verification(office: Office) -> None:
    office.until(State.DECISION)
    assert "tindakan/reject/" not in office.client_of(Role.HEAD).get(office.address()).text
    second = Office.__new__(Office)
    second.__dict__ |= office.__dict__
    row = makers.submitted(office.applicant, at=office.at)
    second.id = makers.unmet_again(office.officers, office.applicant, row.id, at=office.at).id
    assert "tindakan/reject/" in second.client_of(Role.HEAD).get(second.address()).text


@pytest.mark.clause("51.1")
def test_the_head_rejects_by_a_letter_whose_reading_is_recorded(office: Office, signing_passphrase: str) -> None:
    makers.unmet_again(office.officers, office.applicant, office.id, at=office.at)
    panel = office.client_of(Role.HEAD).get(office.address("tindakan/reject/")).text
    assert "Surat penolakan" in panel
    assert "Cara berkeberatan" in panel

    wrong = do(office, Act.REJECT, passphrase="bukan ini")
    assert (wrong.status_code, office.state) == (422, State.DECISION)
    assert REASON in wrong.text
    assert "bukan ini" not in wrong.text
    assert do(office, Act.REJECT, passphrase=signing_passphrase).status_code == 302
    assert office.state == State.REJECTED

    reader = office.client_of(Role.INSPECTOR)
    assert "surat-penolakan" in reader.get(office.address()).text
    letter = reader.get(office.address("surat-penolakan/"))
    assert letter.content.startswith(b"%PDF")
    look = LedgerEntry.objects.get(kind="data.looked_at", actor_id=office.officers[Role.INSPECTOR].id)
    assert str(look.after["what"]).startswith("letter:")


@pytest.mark.clause("51.5")
def test_a_certificate_is_suspended_only_once_its_holder_was_heard(issued: Office) -> None:
    client = issued.client_of(Role.HEAD)
    before = client.get(issued.address()).text
    assert "tindakan/hear/" in before
    assert "tindakan/suspend/" not in before
    panel = client.get(issued.address("tindakan/hear/")).text
    assert "Membekukan" in panel
    assert "Memberlakukan lagi" not in panel

    assert do(issued, Act.HEAR, intends=Act.SUSPEND).status_code == 302
    waiting = client.get(issued.address()).text
    assert "Sebelum itu belum dapat diputus" in waiting
    assert "tindakan/suspend/" not in waiting
    assert "Menunggu pemegang" in client.get("/meja/sesudah-terbit/").text

    validity.respond(issued.applicant, issued.id, "Mesinnya hanya diservis di bengkel.", at=timezone.now())
    assert "Mesinnya hanya diservis" not in client.get(issued.address()).text
    assert "Mesinnya hanya diservis" in client.post(issued.address("tanggapan/")).text
    assert LedgerEntry.objects.filter(kind="data.looked_at", after__what="hearing").count() == 1
    assert do(issued, Act.SUSPEND).status_code == 302
    assert issued.state == State.SUSPENDED


@pytest.mark.clause("51.5")
def test_a_change_of_data_is_read_decided_and_leads_to_the_signature(issued: Office) -> None:
    validity.request_change(
        issued.applicant, issued.id, "business", {"business_name": "CV Lensa Jaya Abadi"}, at=timezone.now(), reason=REASON
    )
    client = issued.client_of(Role.HEAD)
    assert REASON in client.get("/meja/sesudah-terbit/").text
    assert "CV Lensa Jaya Abadi" not in client.get(issued.address()).text
    assert "CV Lensa Jaya Abadi" in client.post(issued.address("perubahan/")).text
    answer = do(issued, Act.REPLACE)
    assert answer.headers["Location"] == issued.address()
    assert "tindakan/sign/" in client.get(issued.address()).text


@pytest.mark.clause("51.3")
def test_the_desk_says_until_when_a_case_may_stay_and_to_whom_it_was_carried(office: Office) -> None:
    client = office.client_of(Role.EXAMINER)
    assert "teruskan sebelum" not in client.get("/meja/?lingkup=semua").text
    office.until(State.TECHNICAL_REVIEW)
    assert "teruskan sebelum" in client.get("/meja/?lingkup=semua").text
    assert "teruskan sebelum" in client.get(office.address()).text
    assert "Dinaikkan kepada" not in client.get("/meja/?lingkup=semua").text
    Application.objects.filter(pk=office.id).update(escalated_to=Role.SUPERIOR)
    assert "Dinaikkan kepada Atasan langsung" in client.get("/meja/?lingkup=semua").text
