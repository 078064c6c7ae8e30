"""Outage mode through its pages: declared, announced, forms printed, an act entered later (51.12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pasti.actions import due, outages
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.outages import Outage
from tests import makers
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.12")]
EVIDENCE = "Pusat data mengumumkan gangguan sejak pagi."


def _local(hours_ago: float) -> str:
    return timezone.localtime(timezone.now() - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M")


def test_an_empty_form_says_of_each_field_what_it_lacks() -> None:
    page = Office().client_of(Role.COUNTER_OFFICER).post("/meja/gangguan/", {}).text

    assert all(text in page for text in ("Pilih yang terganggu.", "Isi sejak kapan terganggu.", "Tulis buktinya."))
    assert "Bidang ini tidak boleh kosong" not in page


def test_an_outage_is_declared_announced_and_ended() -> None:
    office = Office()
    browser = office.client_of(Role.COUNTER_OFFICER)
    refused = browser.post("/meja/gangguan/", {"what": "oss", "began_at": _local(1), "evidence": "mati"})
    assert refused.status_code == 422 and "buktinya" in refused.text

    assert browser.post("/meja/gangguan/", {"what": "oss", "began_at": _local(1), "evidence": EVIDENCE}).status_code == 302

    row = Outage.objects.get()
    for address in ("/", "/ajukan/51/", "/meja/"):
        assert "OSS tidak dapat dihubungi" in browser.get(address).text, address
    public = Client().get("/").text
    assert "OSS tidak dapat dihubungi" in public and EVIDENCE not in public
    assert browser.post(f"/meja/gangguan/{row.id}/berakhir/", {"ended_at": _local(0)}).status_code == 302
    assert "OSS tidak dapat dihubungi" not in Client().get("/").text


def test_numbered_forms_are_shown_for_printing() -> None:
    page = Office().client_of(Role.COUNTER_OFFICER).post("/meja/gangguan/formulir/", {"count": "3"}).text
    assert page.count('class="paper"') == 3
    year = timezone.localdate().year
    assert f"KF-{year}-0001" in page and f"KF-{year}-0003" in page


def test_an_act_done_on_paper_is_entered_from_the_case() -> None:
    office = Office()
    office.until(State.TECHNICAL_REVIEW)
    counter = office.officers[Role.COUNTER_OFFICER]
    now = timezone.now()
    [paper] = outages.print_forms(counter, 1, at=now - timedelta(hours=2))
    began = timezone.now()
    outage = outages.declare(counter, "network", began_at=began, evidence=EVIDENCE, at=timezone.now()).id
    browser = office.client_of(Role.TECHNICAL_TEAM)
    assert office.address("kertas/") in browser.get(office.address()).text
    page = browser.get(office.address("kertas/")).text
    assert 'value="review"' in page and 'value="validate"' not in page
    sent = {
        "seen": office.seen,
        "act": "review",
        "outage": str(outage),
        "happened_at": timezone.localtime(timezone.now()).isoformat(),
        "paper": paper,
        "reason": "Selesai diperiksa di kertas.",
    }

    refused = browser.post(office.address("kertas/"), {**sent, "paper": "KF-1999-0001"})
    assert refused.status_code == 422 and "Selesai diperiksa di kertas." in refused.text
    assert browser.post(office.address("kertas/"), sent).status_code == 302
    assert office.state is State.RECOMMENDATION
    assert f"di kertas {paper}" in browser.get(office.address()).text
    assert makers.fresh(office.id).held_since is not None


@pytest.mark.clause("51.3")
def test_after_a_recorded_lapse_the_page_says_what_becomes_of_the_paper_and_loses_nothing_typed() -> None:
    office = Office()
    office.until(State.TECHNICAL_REVIEW)
    counter = office.officers[Role.COUNTER_OFFICER]
    [paper] = outages.print_forms(counter, 1, at=timezone.now() - timedelta(hours=2))
    outage = outages.declare(counter, "network", began_at=timezone.now(), evidence=EVIDENCE, at=timezone.now()).id
    happened_at = timezone.localtime(timezone.now()).isoformat()
    due.run(at=timezone.now() + timedelta(days=40))
    browser = office.client_of(Role.TECHNICAL_TEAM)

    assert office.address("kertas/") in browser.get(office.address()).text
    told = browser.get(office.address("kertas/"))
    sent = {"seen": office.seen, "act": "review", "outage": str(outage), "happened_at": happened_at, "paper": paper}
    refused = browser.post(office.address("kertas/"), {**sent, "reason": "Selesai diperiksa di kertas."})

    assert (told.status_code, refused.status_code) == (422, 422)
    for page in (told.text, refused.text):
        assert "jadi permohonannya sudah dianggap disetujui" in page and "sebagai catatan berkas" in page
    assert "Selesai diperiksa di kertas." in refused.text and paper in refused.text
    assert office.state is State.DEEMED_APPROVED


def test_who_opens_the_address_of_the_paper_forms_is_led_to_their_page() -> None:
    answer = Office().client_of(Role.COUNTER_OFFICER).get("/meja/gangguan/formulir/")
    assert (answer.status_code, answer["Location"]) == (302, "/meja/gangguan/")
