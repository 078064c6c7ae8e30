"""The pages of facilities, staff, guarantees and safety as a reader of English meets them (51.8, 51.9, 51.12, 51.13)."""

import pytest
from django.utils import timezone

from pasti import standards
from pasti.actions import findings, safety, sanctions, showcase_facilities, showcase_staff
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Role
from pasti.domain.sanctions import Imposed
from pasti.records.facilities import Facility
from tests.pages.english import in_english, left_over
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
MATTER = "Digugat karena menolak berkas palsu."
HAPPENED = "Pengunjung pingsan, dibantu petugas P3K."
FOUND = "Ada pungutan di loket."
GIVEN = Imposed(
    kind="oral",
    basis="finding",
    decree="800/7",
    starts_on=jakarta_day(timezone.now()),
    words="Meminta uang kepada pemohon.",
    heard="Didengar hari ini dan mengakui.",
)


@pytest.fixture
def office(signing_passphrase: str) -> Office:
    made = Office(Role.SUPERIOR, Role.COMPLAINTS_OFFICER, Role.SURVEY_OFFICER, Role.FACILITY_CUSTODIAN, Role.INSPECTOR)
    at = timezone.now()
    showcase_staff.furnish(made.officers, passphrase=signing_passphrase, at=at)
    showcase_facilities.furnish(made.officers[Role.FACILITY_CUSTODIAN], "51", at=at)
    return made


def test_every_page_of_the_registers_is_there_in_english(office: Office) -> None:
    at, people = timezone.now(), office.officers
    aid = safety.ask_aid(people[Role.EXAMINER], MATTER, at=at)
    safety.report(people[Role.EXAMINER], "injury", happened_at=at, place="Loket 2", words=HAPPENED, at=at)
    finding = findings.raised(people[Role.INSPECTOR], FOUND, "head", jakarta_day(at).replace(year=2099), at=at)
    sanction = sanctions.impose(people[Role.HEAD], people[Role.COUNTER_OFFICER].person, GIVEN, basis_id=finding.id, at=at)
    row = Facility.objects.get(name="Kursi roda 1")
    things = {words for f in Facility.objects.all() for words in (f.name, f.place, *f.checks.values_list("note", flat=True))}
    papers = {words for _role, _kind, _code, words, *_days in showcase_staff.PAPERS}
    guards = {guard for guard, *_hours in showcase_staff.GUARDS}
    sources = {standards.load().office().name, standards.load().office().address}
    typed = (
        *(MATTER, HAPPENED, FOUND, GIVEN.words, GIVEN.heard, "Loket 2", "Balai diklat daerah", "Pintu gerbang"),
        *(showcase_staff.NOTE, showcase_staff.WAITING.name),
        *(person.name for person in people.values()),
        *things,
        *papers,
        *guards,
        *sources,
    )
    pages = {
        Role.HEAD: (
            *("pegawai/", "pegawai/peran/", f"pegawai/{people[Role.COUNTER_OFFICER].person}/", "jaminan/", "saya/"),
            *("jaminan/sanksi/baru/", f"jaminan/sanksi/{sanction.id}/"),
            *("keselamatan/", f"keselamatan/bantuan-hukum/{aid.id}/"),
        ),
        Role.FACILITY_CUSTODIAN: (
            *("sarana/", f"sarana/{row.id}/", "sarana/standar/51/stiker/"),
            *("saya/", "keselamatan/", "keselamatan/kejadian/", "keselamatan/bantuan-hukum/"),
        ),
        Role.COUNTER_OFFICER: ("saya/",),
    }
    for role, addresses in pages.items():
        client = in_english(office.client_of(role))
        for address in addresses:
            page = client.get(f"/meja/{address}")
            assert (address, page.status_code, left_over(page.text, typed=typed)) == (address, 200, set())
    for address in (f"/s/{row.sticker}/", "/sarana/", "/maklumat/"):
        assert (address, left_over(client.get(address).text, typed=typed)) == (address, set())
