"""A second entry dropped into the regulation's folder is offered, filed and certified with no change of code (51.1 to 51.5)."""

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pasti import standards
from pasti.actions import certificate, demonstration, inspection, intake, licensing, verification
from pasti.adapters.pdf.signatures import attached_data
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.errors import RuleBroken
from pasti.domain.events import Json
from pasti.domain.roles import Role
from pasti.domain.standard import Field, FieldKind, Standard
from pasti.domain.workflow import Act, State
from pasti.queries import ledger
from pasti.records.certificate import Certificate
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.pages.office import Office
from tests.standards.library import ENTRIES, copy

pytestmark = pytest.mark.django_db
OF_THE_FIRST = re.compile(r"(?<!:)\b51\.\d")  # a clause, not the seconds of a moment
BUSINESS = {**makers.BUSINESS, "kbli": "31001", "business_name": "CV Jati Wanayasa"}
OUTSIDE = {**makers.PLACE, "in_estate": "tidak", "estate": "", "ground": "a"}
WOOD = "52.1.3"


@pytest.fixture(autouse=True)
def standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Standard:
    """Entry 52 of our own invention, copied into a copy of the folder that ships."""
    root = copy(tmp_path)
    shutil.copytree(ENTRIES, root, dirs_exist_ok=True)
    monkeypatch.setenv("PASTI_STANDARDS", str(root))
    return standards.load().in_force("52", jakarta_day(timezone.now()))


@pytest.fixture
def office() -> Office:
    """An office at this moment; its applicant has not asked for anything of entry 52 yet."""
    return Office(Role.INSPECTOR)


def main_of(page: str) -> str:
    """What is particular to a page, without what surrounds every page."""
    return page[page.index("<main") : page.index("</main>")]


def seen_of_52(client: Client, address: str) -> str:
    """The page at `address`, which answers and names no clause of the first entry."""
    answer = client.get(address)
    page = main_of(answer.text)
    assert answer.status_code == 200
    assert OF_THE_FIRST.findall(page) == [], address
    return page


@pytest.mark.parametrize("address", ["/", "/standar/", "/ajukan/"])
def test_it_is_offered_beside_the_first(client: Client, address: str) -> None:
    page = main_of(client.get(address).text)
    assert "Sertifikat Standar Industri Furnitur Kayu" in page
    assert "Instrumen Optik" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/standar/52/", ("31001", "5 hari kerja", "52.6.2.b", "Meja pengaduan", "Straight to the field|Langsung ditinjau")),
        ("/standar/52/untuk-saya/", ("Sertifikat Standar Industri Furnitur Kayu",)),
        ("/ajukan/52/", ("5 hari kerja", "52.1.3", "Legalitas kayu", "52.4")),
        ("/standar/?cari=SVLK", ()),
    ],
)
def test_its_own_pages_speak_of_it_alone(client: Client, address: str, words: tuple[str, ...]) -> None:
    page = seen_of_52(client, address)
    assert [w for w in words if not re.search(w, page)] == []


@pytest.mark.parametrize(
    "address", ["/angka/", "/angka/?layanan=52", "/kartu-skor/", "/pengaduan/angka/", "/survei/hasil/", "/maklumat/"]
)
def test_the_figures_of_all_services_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_its_clauses_are_found_by_the_search(client: Client) -> None:
    assert "/standar/52/#52.1.3" in main_of(client.get("/standar/?cari=kayu+legal").text)


def posted(fields: Sequence[Field], answers: Mapping[str, Json]) -> dict[str, str]:
    """Answers as a browser posts them: a date in three inputs, a list row by row."""
    data: dict[str, str] = {}
    for field in fields:
        value = answers.get(field.name, "")
        if isinstance(value, list):
            for number, row in enumerate(value):
                assert isinstance(row, dict)
                data |= {f"{field.name}.{number}.{name}": typed for name, typed in posted(field.columns, row).items()}
        elif field.kind is FieldKind.DATE:
            parts = zip(("year", "month", "day"), str(value).split("-"), strict=True)
            data |= {f"{field.name}_{part}": typed for part, typed in parts}
        else:
            data[field.name] = str(value)
    return data


def fill_in(client: Client, standard: Standard) -> str:
    """Apply through the pages; answers the draft's address, complete and not yet submitted."""
    address = client.post("/ajukan/52/")["Location"]
    for path, typed in (("usaha", BUSINESS), ("lokasi", OUTSIDE), ("skala", makers.SCALE)):
        assert client.post(f"{address}{path}/", typed).status_code == 302
    for requirement in standard.requirements:
        data: dict[str, object] = dict(posted(requirement.fields, demonstration.answers(requirement.fields)))
        if requirement.evidence == "required" or requirement.section == "place":
            data["files"] = SimpleUploadedFile("bukti.pdf", makers.PDF)
        assert client.post(f"{address}syarat/{requirement.clause}/", data).status_code == 302, requirement.clause
    return address


@pytest.mark.clause("51.1")
def test_its_own_requirements_make_the_dossier(office: Office, standard: Standard) -> None:
    client = office.client_of(Role.APPLICANT)
    address = fill_in(client, standard)
    row = Application.objects.get(entry="52")
    assert sorted(row.rows.values_list("clause", flat=True)) == ["52.1.1", "52.1.2", "52.1.3", "52.1.4", "52.1.5"]
    for part in ("", "usaha/", "lokasi/", "skala/", "syarat/", f"syarat/{WOOD}/", "periksa/"):
        seen_of_52(client, f"{address}{part}")
    missing = client.post(f"{address}syarat/{WOOD}/", {"document_number": ""})
    assert missing.status_code == 422
    assert OF_THE_FIRST.findall(main_of(missing.text)) == []


def days_of_work(standard: Standard) -> int:
    """How many days after today the promise of an application found complete now ends, counted here by hand."""
    calendar, day, left = standards.load().calendar(), jakarta_day(timezone.now()), standard.clock.promise.amount
    late = timezone.now().astimezone(JAKARTA).time() >= standard.clock.closing or not calendar.is_working_day(day)
    start = day
    while late and not calendar.is_working_day(start := start + timedelta(days=1)):
        pass
    end = start
    while left:
        end += timedelta(days=1)
        left -= calendar.is_working_day(end)
    return (end - day).days


def submit(client: Client, standard: Standard) -> UUID:
    """An application for entry 52, submitted through the pages."""
    address = fill_in(client, standard)
    receipt = client.post(f"{address}periksa/")["Location"]
    assert "CV Jati Wanayasa" in seen_of_52(client, receipt)
    return Application.objects.get(entry="52").id


def decide(office: Office, id: UUID, act: Act, role: Role, **data: str) -> None:
    """One officer's act on the case through its page, which names clauses of entry 52 alone."""
    client = office.client_of(role)
    case = f"/meja/kasus/{id}/"
    for address in (case, f"{case}tindakan/{act}/"):
        seen_of_52(client, address)
    answer = client.post(f"{case}tindakan/{act}/", {"seen": str(makers.fresh(id).ledger_length), **data})
    assert answer.status_code == 302, answer.text


def visit_site(office: Office, id: UUID) -> None:
    """The inspection, whose pages name clauses of entry 52 alone, up to its signed minutes."""
    officer, client = office.officers[Role.TECHNICAL_TEAM], office.client_of(Role.TECHNICAL_TEAM)
    visit = demonstration.arrange_visit(officer, id, at=timezone.now())
    inspection.accept(office.applicant, visit.id, seen=visit.ledger_length, at=timezone.now())
    seen_of_52(client, f"/meja/peninjauan/{visit.id}/")
    demonstration.note_visit(officer, visit, at=timezone.now())
    for tail in ("", "jadwal/", "surat-tugas/", "berita-acara/"):
        seen_of_52(client, f"/meja/peninjauan/{visit.id}/{tail}")


@pytest.mark.clause("51.2")
@pytest.mark.clause("51.3")
@pytest.mark.clause("51.5")
def test_one_application_runs_from_draft_to_signed_certificate(
    office: Office, standard: Standard, signing_passphrase: str
) -> None:
    applicant, reason = office.client_of(Role.APPLICANT), "Sudah ditinjau di bengkel, semuanya sesuai."
    id = submit(applicant, standard)
    makers.judge_all(office.officers[Role.EXAMINER], id, at=timezone.now())
    decide(office, id, Act.ACCEPT, Role.EXAMINER)
    row = makers.fresh(id)
    assert (row.state, row.procedure) == (State.FIELD_INSPECTION, "5")
    assert row.due_on == jakarta_day(timezone.now()) + timedelta(days=days_of_work(standard))
    decide(office, id, Act.ASK, Role.TECHNICAL_TEAM, reason="Dari mana kayu jati ini berasal?")
    assert applicant.post(f"/permohonan/{id}/jawab/", {"answer": "Dari Perhutani Purwakarta."}).status_code == 302
    visit_site(office, id)
    decide(office, id, Act.INSPECT, Role.TECHNICAL_TEAM, reason=reason)
    decide(office, id, Act.RECOMMEND, Role.PROCESSING_OFFICER, verdict="meets", reason=reason)
    decide(office, id, Act.APPROVE, Role.HEAD)
    decide(office, id, Act.SIGN, Role.HEAD, passphrase=signing_passphrase)

    row = makers.fresh(id)
    assert row.state == State.ISSUED
    facts = LedgerEntry.objects.filter(subject_id__in=[id, row.certificate.id])
    assert {clause.partition(".")[0] for clause in facts.values_list("clause", flat=True)} == {"52"}
    assert set(facts.values_list("edition", flat=True)) == {"52@2026-01-02"}
    assert ledger.verify().fault is None
    assert "31001" in seen_of_52(applicant, f"/v/{row.certificate.token}/")
    seen_of_52(applicant, f"/permohonan/{id}/")
    seen_of_52(office.client_of(Role.INSPECTOR), f"/meja/jejak/{id}/")
    _check_paper(row.certificate)


def _check_paper(paper: Certificate) -> None:
    signed = verification.signed_bytes(paper.token) or b""
    said = attached_data(signed) or {}
    assert re.fullmatch(r"503/00001/SS-31001/\d{4}", paper.number)
    assert (said["entry"], said["kbli"], said["number"]) == ("52", "31001", paper.number)
    assert said["kbli_title"] == "Industri Furnitur dari Kayu"
    assert verification.check_upload(signed, at=timezone.now()).is_valid


Refused = Callable[[Office, Application], object]
REFUSALS: dict[str, Refused] = {
    "an officer applies": lambda o, _row: intake.start(o.officers[Role.EXAMINER], "52", at=o.at),
    "another fills in": lambda o, row: intake.save_section(o.officers[Role.EXAMINER], row.id, "business", {}, at=o.at),
    "changed after submission": lambda o, row: intake.save_section(o.applicant, row.id, "business", {}, at=o.at),
    "an answer without a question": lambda o, row: licensing.answer(o.applicant, row.id, "Ya, benar.", at=o.at),
    "an act of another stage": lambda o, row: certificate.approve(
        o.officers[Role.HEAD], row.id, seen=makers.fresh(row.id).ledger_length, at=o.at
    ),
    "a reason too short": lambda o, row: licensing.judge(o.officers[Role.EXAMINER], row.id, WOOD, "not_met", "?", at=o.at),
    "accepted before judged": lambda o, row: licensing.accept(
        o.officers[Role.EXAMINER], row.id, seen=makers.fresh(row.id).ledger_length, at=o.at
    ),
}


@pytest.mark.parametrize("refused", REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_cites_the_entry_it_is_about(office: Office, refused: Refused) -> None:
    row = makers.submitted(office.applicant, entry="52", at=office.at, place=OUTSIDE)
    with pytest.raises(RuleBroken) as told:
        refused(office, row)
    assert told.value.clause.startswith("52.")


def test_a_file_that_is_gone_is_told_with_the_entrys_clause(office: Office) -> None:
    row = makers.draft(office.applicant, entry="52", at=office.at, place=OUTSIDE)
    with pytest.raises(RuleBroken) as told:
        intake.remove_file(office.applicant, row.id, uuid4(), at=office.at)
    assert told.value.clause.startswith("52.")


def test_a_wrong_passphrase_is_told_with_the_entrys_clause(office: Office, signing_passphrase: str) -> None:
    row = makers.submitted(office.applicant, entry="52", at=office.at, place=OUTSIDE)
    row = makers.advance(office.officers, row.id, until=State.SIGNING, at=office.at)
    address = f"/meja/kasus/{row.id}/tindakan/sign/"
    answer = office.client_of(Role.HEAD).post(address, {"seen": str(row.ledger_length), "passphrase": f"{signing_passphrase}?"})
    assert answer.status_code == 422
    assert "Passphrase salah" in answer.text
    assert OF_THE_FIRST.findall(main_of(answer.text)) == []
