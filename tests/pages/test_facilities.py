"""The pages of the register of facilities, at the desk and at the sticker (51.8)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pasti import standards
from pasti.domain.compliance import Status
from pasti.domain.roles import Role
from pasti.queries.compliance import scorecard
from pasti.records.accounts import Account
from pasti.records.facilities import Facility
from tests import makers
from tests.pictures import png

pytestmark = pytest.mark.django_db
BACKEND = "pasti.config.accounts.AuthenticationBackend"


def signed_in(*roles: Role) -> Client:
    client = Client()
    actor = makers.actor(*roles, at=timezone.now())
    client.force_login(Account.objects.get(pk=actor.id), backend=BACKEND)
    return client


def entered(client: Client) -> Facility:
    answer = client.post("/meja/sarana/", {"clause": "51.8.28", "name": "Kursi roda 1", "place": "Lantai 1, pintu masuk"})
    assert answer.status_code == 302
    return Facility.objects.get()


def today() -> dict[str, str]:
    day: date = timezone.localdate()
    return {"seen_on_day": str(day.day), "seen_on_month": str(day.month), "seen_on_year": str(day.year)}


@pytest.mark.clause("51.8.28")
def test_enter_check_and_show_to_visitors() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(client)
    assert "belum terbukti" in Client().get("/sarana/").content.decode()
    answer = client.post(f"/meja/sarana/{row.id}/", {"condition": "good", "note": "Ban terisi, rem baik.", **today()})
    assert answer.status_code == 302
    assert "Kursi roda 1, Lantai 1, pintu masuk" in Client().get("/sarana/").content.decode()
    assert "Ban terisi" in client.get(f"/meja/sarana/{row.id}/").content.decode()


@pytest.mark.clause("51.8.24")
def test_a_thing_is_entered_as_one_of_those_its_clause_names_and_the_others_are_asked_for() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    page = client.get("/meja/sarana/?butir=51.8.24").text
    assert '<option value="51.8.24/general" selected>51.8.24 Toilet umum</option>' in page
    sent = {"clause": "51.8.24/accessible", "name": "Toilet 2", "place": "Lantai 1"}
    assert client.post("/meja/sarana/", {**sent, "clause": "51.8.24"}).status_code == 422
    assert client.post("/meja/sarana/", sent).status_code == 302
    row = Facility.objects.get()
    assert (row.clause, row.part) == ("51.8.24", "accessible")
    client.post(f"/meja/sarana/{row.id}/", {"condition": "good", "note": "Pegangan kokoh.", **today()})
    page = client.get("/meja/sarana/").text
    assert 'href="?butir=51.8.24/general">Toilet umum</a>' in page
    assert 'href="?butir=51.8.24/accessible"' not in page
    assert "0 dari 50 butir sarana terbukti hari ini" in page


def test_a_refused_check_keeps_what_was_typed() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(client)
    answer = client.post(f"/meja/sarana/{row.id}/", {"condition": "", "note": "Ban kempis sebelah kiri", **today()})
    assert answer.status_code == 422
    assert "Ban kempis sebelah kiri" in answer.content.decode()


def test_a_visitor_reports_without_an_account() -> None:
    keeper = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(keeper)
    visitor = Client()
    assert "Kursi roda 1" in visitor.get(f"/s/{row.sticker}/").content.decode()
    assert visitor.post(f"/s/{row.sticker}/", {"words": "a"}).status_code == 422
    assert visitor.post(f"/s/{row.sticker}/", {"words": "Sandaran kakinya patah"}).status_code == 302
    assert "Sandaran kakinya patah" in keeper.get(f"/meja/sarana/{row.id}/").content.decode()
    report = row.faults.get()
    assert keeper.post(f"/meja/sarana/{row.id}/laporan/{report.id}/", {"words": "Sudah diganti"}).status_code == 302


@pytest.mark.parametrize("address", ["/s/zzzzzz/", "/s/TIDAKADA22/", "/s/zzzzzz/terima-kasih/"])
def test_a_sticker_of_nothing_is_not_found_and_says_what_to_do(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "Tunjukkan stikernya ke meja informasi" in answer.text and "berwenang" not in answer.text


@pytest.mark.clause("51.13.1")
def test_the_register_and_the_scorecard_count_the_same_facilities_and_what_is_of_safety_apart() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    standard = standards.load().in_force("51", timezone.localdate())
    safety = next(clause for clause in standard.clauses() if clause.id == "51.13.1")
    things = ["51.8.28", *(f"51.13.1/{part.id}" if part else "51.13.1" for part in safety.parts or (None,))]
    for clause in things:
        client.post("/meja/sarana/", {"clause": clause, "name": f"Barang {clause}", "place": "Lantai 1"})
    for row in Facility.objects.all():
        client.post(f"/meja/sarana/{row.id}/", {"condition": "good", "note": "Terpasang dan utuh.", **today()})

    page = client.get("/meja/sarana/").text
    (component,) = (one for one in scorecard("51", at=timezone.now()).components if one.component.number == 8)

    assert (component.count(Status.MET), len(component.lines)) == (1, 50)
    assert "1 dari 50 butir sarana terbukti hari ini; 49 butir belum ada isinya." in page
    assert "dihitung pada komponen 13: butir 51.13.1, terbukti." in page


def test_stickers_to_print_lead_to_the_report() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(client)
    page = client.get("/meja/sarana/standar/51/stiker/").content.decode()
    assert f"/s/{row.sticker}/" in page
    assert "<svg" in page


def test_hand_over_and_retire() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(client)
    other = makers.actor(Role.FACILITY_CUSTODIAN, at=timezone.now(), email="sarana2@uji.example")
    assert client.post(f"/meja/sarana/{row.id}/serah/", {"custodian": str(other.id), "place": ""}).status_code == 422
    assert client.post(f"/meja/sarana/{row.id}/serah/", {"custodian": str(other.id), "place": "Gudang"}).status_code == 302
    assert client.post(f"/meja/sarana/{row.id}/keluar/", {"words": ""}).status_code == 422
    assert client.post(f"/meja/sarana/{row.id}/keluar/", {"words": "Dihibahkan ke puskesmas"}).status_code == 302
    row.refresh_from_db()
    assert (row.place, row.custodian_id, row.retired_at is not None) == ("Gudang", other.id, True)


def test_a_photograph_is_kept_and_shown_to_who_may_look() -> None:
    client = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(client)
    photo = SimpleUploadedFile("kursi.png", png(20, 20), content_type="image/png")
    assert client.post(f"/meja/sarana/{row.id}/", {"condition": "good", "photo": photo, **today()}).status_code == 302
    look = row.checks.get()
    address = f"/meja/sarana/{row.id}/foto/{look.sha256}/"
    assert client.get(address)["Content-Type"] == "image/png"
    assert signed_in(Role.COMPLAINTS_OFFICER).get(address).status_code == 403


def test_who_has_no_work_there_is_kept_out() -> None:
    assert signed_in(Role.APPLICANT).get("/meja/sarana/").status_code == 403
    assert Client().get("/meja/sarana/").status_code == 302


def test_what_is_to_be_done_stands_on_top_and_a_refused_result_keeps_its_words() -> None:
    keeper = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(keeper)
    keeper.post(f"/meja/sarana/{row.id}/", {"condition": "good", "note": "Ban terisi, rem baik.", **today()})
    assert "Yang perlu dikerjakan" not in keeper.get("/meja/sarana/").text
    Client().post(f"/s/{row.sticker}/", {"words": "Roda kiri lepas"})
    assert "1 laporan pengunjung" in keeper.get("/meja/sarana/").text.partition("<table")[0]
    address = f"/meja/sarana/{row.id}/laporan/{row.faults.get().id}/"
    short = keeper.post(address, {"words": "ok"})
    assert (short.status_code, ">\nok</textarea>" in short.text) == (422, True)
    assert keeper.post(address, {"words": "Roda dipasang lagi"}).status_code == 302
    assert "Yang perlu dikerjakan" not in keeper.get("/meja/sarana/").text


def test_a_nik_in_a_report_is_refused_with_all_that_was_typed() -> None:
    row = entered(signed_in(Role.FACILITY_CUSTODIAN))
    words = f"Roda lepas, saya {makers.SIGNING_NIK}"
    answer = Client().post(f"/s/{row.sticker}/", {"words": words})
    assert (answer.status_code, "mirip NIK" in answer.text, words in answer.text) == (422, True, True)
    assert not row.faults.exists()


def test_what_the_rules_ask_for_is_not_called_optional() -> None:
    keeper = signed_in(Role.FACILITY_CUSTODIAN)
    row = entered(keeper)
    assert "tidak wajib" not in Client().get(f"/s/{row.sticker}/").text
    assert keeper.get(f"/meja/sarana/{row.id}/").text.count("tidak wajib") == 1  # until when it is valid
