"""The calendar of inspections, on the page and in an officer's own calendar program (51.2)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from pasti import standards
from pasti.actions import inspection
from pasti.domain.calendar import JAKARTA
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.agenda import FeedKey
from pasti.records.inspection import Inspection
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.2")]
WHY = "Diminta pemilik lewat telepon."
OUTSIDE = {**makers.PLACE, **makers.OUTSIDE}


@pytest.fixture
def office() -> Office:
    office = Office()
    office.id = makers.submitted(office.applicant, at=office.at, place=OUTSIDE).id
    office.until(State.FIELD_INSPECTION)
    return office


def assigned(office: Office) -> Inspection:
    team = office.officers[Role.TECHNICAL_TEAM]
    return inspection.assign(team, office.id, team=[team.person], lead=team.person, seen=office.seen, at=timezone.now())


def offered(office: Office) -> Inspection:
    visit = assigned(office)
    team, when = office.officers[Role.TECHNICAL_TEAM], timezone.now() + timedelta(days=3)
    inspection.offer(team, visit.id, when, seen=visit.ledger_length, at=timezone.now(), reason=WHY)
    return Inspection.objects.get(pk=visit.pk)


def address_of(page: str) -> str:
    return page.partition('id="feed" readonly value="http://testserver')[2].partition('"')[0]


def test_a_month_lists_its_visits_and_what_has_no_time_yet(office: Office) -> None:
    client = office.client_of(Role.VALIDATOR)
    visit = assigned(office)
    assert "Belum ada waktunya" in client.get("/meja/peninjauan/").text
    team = office.officers[Role.TECHNICAL_TEAM]
    when = timezone.now() + timedelta(days=3)
    inspection.offer(team, visit.id, when, seen=visit.ledger_length, at=timezone.now(), reason=WHY)
    month = f"{when.astimezone(JAKARTA):%Y-%m}"
    page = client.get(f"/meja/peninjauan/?bulan={month}").text
    assert "CV Lensa Jaya" in page
    assert "Bungursari" in page
    assert "CV Lensa Jaya" not in client.get(f"/meja/peninjauan/?bulan={month}&lingkup=saya").text
    assert client.get("/meja/peninjauan/?bulan=entah").status_code == 200


def test_a_calendar_program_reads_the_visits_of_one_officer_and_no_more_than_it_should(office: Office) -> None:
    visit = offered(office)
    client = office.client_of(Role.TECHNICAL_TEAM)
    address = address_of(client.post("/meja/peninjauan/alamat/").text)

    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Peninjauan: CV Lensa Jaya", "Bungursari")
    assert visit.visit_at is not None
    assert event.decoded("DTSTART") == visit.visit_at.replace(microsecond=0)
    lasts = timedelta(minutes=standards.load().office().visit_minutes)
    assert event.decoded("DTEND") == event.decoded("DTSTART") + lasts
    for personal in (makers.BUSINESS["owner_name"], makers.BUSINESS["phone"], makers.PLACE["site_address"], "Pemohon"):
        assert personal not in answer.content.decode()
    assert address.rpartition("/")[2].removesuffix(".ics") not in str(FeedKey.objects.values_list().get())
    assert LedgerEntry.objects.filter(kind="agenda.feed_renewed").count() == 1


def test_a_renewed_address_voids_the_one_before(office: Office) -> None:
    offered(office)
    client = office.client_of(Role.TECHNICAL_TEAM)
    first, second = (address_of(client.post("/meja/peninjauan/alamat/").text) for _ in range(2))
    assert first != second
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    assert second not in client.get("/meja/peninjauan/").text


def test_an_officer_who_left_has_no_calendar(office: Office) -> None:
    address = address_of(office.client_of(Role.TECHNICAL_TEAM).post("/meja/peninjauan/alamat/").text)
    Account.objects.filter(pk=office.officers[Role.TECHNICAL_TEAM].id).update(is_active=False)
    assert Client().get(address).status_code == 404
    assert office.client_of(Role.APPLICANT).post("/meja/peninjauan/alamat/").status_code == 403


def test_the_visit_comes_before_its_end(office: Office) -> None:
    client = office.client_of(Role.TECHNICAL_TEAM)
    page = client.get(office.address()).text
    assert f'role="button" href="{office.address("peninjauan/")}">Lanjutkan peninjauan' in page
    assert f'<a class="govuk-button govuk-button--secondary" href="{office.address("tindakan/inspect/")}"' in page
    visit = offered(office)
    assert f'href="/meja/peninjauan/{visit.id}/">Lanjutkan peninjauan' in client.get(office.address()).text
