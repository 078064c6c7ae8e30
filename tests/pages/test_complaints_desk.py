"""The complaints' desk: who comes in, what waits, intake, every step in place, and who may know the reporter (51.6)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import complaint_handling, complaint_identity, complaints
from pasti.actions.files import store
from pasti.actions.messages import quarantine
from pasti.domain.complaint_intake import Reporter
from pasti.domain.complaint_steps import Stage
from pasti.domain.messages import Medium, Trouble
from pasti.domain.roles import Role
from pasti.pages.office.words import EVENTS, what_happened
from pasti.pages.workplaces import places_of
from pasti.records.complaints import Complaint
from pasti.records.ledger import LedgerEntry
from pasti.records.messages import IncomingMessage
from tests import makers
from tests.complaints import WORDS
from tests.pages.complaints_office import ComplaintsOffice
from tests.pages.english import in_english

pytestmark = pytest.mark.django_db
HANDLING = (Role.COMPLAINTS_OFFICER, Role.COMPLAINTS_OFFICIAL, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR)


@pytest.fixture
def office() -> ComplaintsOffice:
    return ComplaintsOffice()


def test_the_menu_shows_what_the_person_may_open(office: ComplaintsOffice) -> None:
    pages = {role: [place.page for place in places_of(office.person(role))] for role in (*HANDLING, Role.APPLICANT)}
    assert pages[Role.COMPLAINTS_OFFICER][:2] == ["complaints_desk", "desk_complaint_intake"]
    assert pages[Role.HEAD][:2] == ["desk", "complaints_desk"]
    assert not {"counter", "facilities", "staff_roles"} & set(pages[Role.COMPLAINTS_OFFICER])
    assert pages[Role.APPLICANT] == []
    menu = office.client_of(Role.COMPLAINTS_OFFICER).get("/meja/pengaduan/").text
    assert 'href="/meja/pengaduan/catat/"' in menu
    assert 'href="/meja/loket/"' not in menu


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXAMINER, Role.SURVEY_OFFICER, Role.ADMINISTRATOR])
@pytest.mark.clause("51.6")
def test_who_does_not_handle_complaints_is_told_why(office: ComplaintsOffice, role: Role) -> None:
    client = office.client_of(role)
    for address in ("", "pesan/", "angka/", f"{office.id}/", f"{office.id}/langkah/screen/"):
        answer = client.get(f"/meja/pengaduan/{address}")
        assert answer.status_code == 403
        assert office.row.number not in answer.text


def test_one_that_is_not_there_is_not_told_from_one_that_is_not_theirs(office: ComplaintsOffice) -> None:
    client = office.client_of(Role.TECHNICAL_TEAM)
    answers = [client.get(f"/meja/pengaduan/{id}/") for id in (uuid4(), office.id)]
    assert [a.status_code for a in answers] == [403, 403]


@pytest.mark.parametrize("scope", ["saya", "unit", "semua", "lewat", "selesai", "disisihkan"])
def test_the_queue_costs_eight_statements(office: ComplaintsOffice, scope: str) -> None:
    for _ in range(3):
        complaints.file(makers.filing(service_on=None), at=office.at)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/meja/pengaduan/?lingkup={scope}")
    assert answer.status_code == 200
    assert len(queries) <= 8


def test_the_queue_is_found_by_number(office: ComplaintsOffice) -> None:
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    assert office.row.number in client.get(f"/meja/pengaduan/?cari={office.row.number}").text
    assert office.row.number in client.get(f"/meja/pengaduan/?cari={office.row.number.rpartition('-')[2]}").text
    assert "Tidak ada yang cocok" in client.get("/meja/pengaduan/?cari=ADU-1999").text


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.PLANNED, Stage.SETTLED])
def test_a_complaint_costs_a_fixed_number_of_statements(office: ComplaintsOffice, stage: Stage) -> None:
    office.walk(stage)
    client = office.client_of(Role.COMPLAINTS_OFFICIAL)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(office.address()).status_code == 200
    assert len(queries) <= 15


@pytest.mark.clause("51.6.4")
def test_what_is_overdue_is_on_the_superiors_desk(office: ComplaintsOffice) -> None:
    Complaint.objects.filter(pk=office.id).update(due_on=date(2020, 1, 1), escalated_to=Role.SUPERIOR)
    client = office.client_of(Role.SUPERIOR)
    assert office.row.number in client.get("/meja/pengaduan/").text
    assert "1 pengaduan lewat batas waktu" in client.get("/meja/").text


LETTER = {
    "channel": "surat",
    "received_at": "2026-11-20T09:15",
    "detail": "Surat nomor 12",
    "object": "Petugas loket tidak ada",
    "matter": "Pada jam pelayanan, loket kosong selama satu jam.",
    "name": "Ujang Suherman",
    "contact": "0812 3456 7890",
    "service_received_on_day": "18",
    "service_received_on_month": "11",
    "service_received_on_year": "2026",
    "entry": "51",
}


def intake(office: ComplaintsOffice, role: Role = Role.COMPLAINTS_OFFICER, **changes: object) -> object:
    """The answer to a letter that is typed in."""
    data = {name: value for name, value in {**LETTER, "key": uuid4().hex, **changes}.items() if value is not None}
    return office.client_of(role).post("/meja/pengaduan/catat/", data)


@pytest.mark.clause("51.6.2.c")
@pytest.mark.parametrize("role", [Role.COMPLAINTS_OFFICER, Role.COUNTER_OFFICER])
def test_a_letter_is_typed_in_and_its_receipt_shown(office: ComplaintsOffice, role: Role) -> None:
    answer = intake(office, role)
    row = Complaint.objects.get(channel="surat")
    assert answer.status_code == 200
    assert row.number in answer.text
    assert complaints.secret_of(row.id) in answer.text
    assert "/pengaduan/lacak/." in answer.text
    assert (row.received_by_id, row.service_on, row.channel_detail) == (
        office.person(role).id,
        date(2026, 11, 18),
        "Surat nomor 12",
    )


@pytest.mark.clause("51.6.2")
def test_an_unknown_day_is_asked_and_never_assumed(office: ComplaintsOffice) -> None:
    without = dict.fromkeys(("service_received_on_day", "service_received_on_month", "service_received_on_year"))
    asked = intake(office, **without)
    assert asked.status_code == 422
    assert "Tulis harinya, atau tandai bahwa harinya belum diketahui" in asked.text
    assert "Pada jam pelayanan, loket kosong" in asked.text
    kept = intake(office, **without, day_unknown="on")
    assert kept.status_code == 200
    assert Complaint.objects.get(channel="surat").service_on is None


def test_a_receipt_sent_twice_is_one_complaint(office: ComplaintsOffice) -> None:
    key = uuid4().hex
    assert [intake(office, key=key).status_code for _ in range(2)] == [200, 200]
    assert Complaint.objects.filter(channel="surat").count() == 1


def test_a_scan_that_is_no_picture_is_named_and_the_rest_kept(office: ComplaintsOffice) -> None:
    scan = SimpleUploadedFile("surat.pdf", b"bukan pdf")
    answer = intake(office, files=[scan])
    assert "Berkas yang tidak diterima" in answer.text
    assert Complaint.objects.filter(channel="surat").count() == 1


def test_an_intake_without_channel_keeps_what_was_typed(office: ComplaintsOffice) -> None:
    answer = intake(office, channel="")
    assert answer.status_code == 422
    assert "Ujang Suherman" in answer.text


@pytest.mark.clause("51.6.6")
def test_a_step_that_is_not_next_is_not_open(office: ComplaintsOffice) -> None:
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    assert client.get(office.address("langkah/plan/")).status_code == 403
    answer = client.post(office.address("langkah/formulate/"), {"seen": office.row.ledger_length, "core": WORDS})
    assert answer.status_code in (403, 422)
    assert WORDS in answer.text
    assert office.row.stage == Stage.RECEIVED


def test_what_was_typed_stands_beside_the_refusal(office: ComplaintsOffice) -> None:
    office.walk(Stage.GROUPED)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    answer = client.post(office.address("langkah/formulate/"), {"seen": office.row.ledger_length, "core": "pendek"})
    assert answer.status_code == 422
    assert "pendek</textarea>" in answer.text


def test_who_was_overtaken_sees_what_happened_and_decides_again(office: ComplaintsOffice) -> None:
    office.walk(Stage.GROUPED)
    seen = office.row.ledger_length
    complaint_handling.ask(office.people[Role.COMPLAINTS_OFFICER], office.id, "Hari apa Anda datang?", seen=seen, at=office.at)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    answer = client.post(office.address("langkah/formulate/"), {"seen": seen, "core": WORDS})
    assert answer.status_code == 409
    assert "Terjadi sejak Anda membukanya" in answer.text
    assert "Pelapor ditanya" in answer.text
    assert WORDS in answer.text
    again = client.post(office.address("langkah/formulate/"), {"seen": office.row.ledger_length, "core": WORDS})
    assert again.status_code == 302


@pytest.mark.clause("51.6.6.b")
def test_a_clause_is_found_among_all_without_script(office: ComplaintsOffice) -> None:
    office.walk(Stage.FORMULATED)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    address, seen = office.address("langkah/relate/"), office.row.ledger_length
    found = client.post(address, {"seen": seen, "find": "kotak pengaduan", "other_rule": "SOP 4", "search": "1"})
    assert 'value="51.6.2.m"' in found.text
    assert 'value="51.14.1"' not in found.text
    assert "SOP 4" in found.text
    every = client.post(address, {"seen": seen, "find": "", "search": "1"})
    assert "126 dari 126 klausul." in every.text
    done = client.post(address, {"seen": seen, "find": "kotak pengaduan", "clause": "51.6.2.m", "other_rule": "SOP 4"})
    assert done.status_code == 302
    assert (office.row.clause, office.row.other_rule) == ("51.6.2.m", "SOP 4")


@pytest.mark.parametrize(
    ("stage", "step", "compulsory", "optional"),
    [
        (Stage.SCREENED, "group", ["Bidang, sektor, atau jenis pelayanan"], []),
        (Stage.GROUPED, "formulate", ["Inti masalah"], []),
        (Stage.CHECKED, "plan", ["Cara (1)", "Pelaksana (1)", "Paling lambat (1)"], ["Dengan siapa (1)", "Langkah (2)"]),
        (Stage.PLANNED, "record_result", ["Hasilnya"], []),
        (Stage.PLANNED, "refer", ["Perangkat daerah atau instansi", "Alamat surelnya"], []),
        (Stage.RECEIVED, "screen", [], ["Alasan"]),
    ],
)
def test_only_what_may_stay_empty_is_called_optional(
    office: ComplaintsOffice, stage: Stage, step: str, compulsory: list[str], optional: list[str]
) -> None:
    office.walk(stage)
    page = " ".join(office.client_of(Role.COMPLAINTS_OFFICER).get(office.address(f"langkah/{step}/")).text.split())
    mark = '%s <span class="quiet">(tidak wajib)</span>'
    assert [label for label in compulsory if label not in page or mark % label in page] == []
    assert [label for label in optional if mark % label not in page] == []


@pytest.mark.clause("51.6.6.d")
def test_a_plan_has_an_owner_and_a_day_for_each_action(office: ComplaintsOffice) -> None:
    office.walk(Stage.CHECKED)
    client, owner = office.client_of(Role.COMPLAINTS_OFFICER), str(office.people[Role.COMPLAINTS_OFFICER].id)
    row = {"kind1": "clarification", "what1": "Tanyai petugas loket.", "owner1": owner}
    address, seen = office.address("langkah/plan/"), {"seen": office.row.ledger_length}
    half = client.post(address, {**seen, **row})
    assert half.status_code == 422
    assert "Isi ini, atau kosongkan langkahnya seluruhnya." in half.text
    later = timezone.localdate() + timedelta(days=3)
    day = {"due_on1_day": later.day, "due_on1_month": later.month, "due_on1_year": later.year}
    assert client.post(address, {**seen, **row, **day}).status_code == 302
    assert office.row.open_actions == 1


@pytest.mark.clause("51.6.5.a")
def test_a_secret_reporter_is_shown_to_nobody_who_is_not_named() -> None:
    office = ComplaintsOffice(wants_secrecy=True)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    assert "Rina Kartika" not in client.get(office.address()).text
    refused = client.post(office.address("pelapor/"))
    assert refused.status_code == 403
    assert "Rina Kartika" not in refused.text
    official, officer = office.people[Role.COMPLAINTS_OFFICIAL], office.people[Role.COMPLAINTS_OFFICER]
    complaint_identity.name(
        official, office.id, officer.person, seen=office.row.ledger_length, at=office.at, reason="Perlu menghubungi."
    )
    assert "Rina Kartika" in client.post(office.address("pelapor/")).text
    looks = LedgerEntry.objects.filter(kind="data.looked_at", about=office.id)
    assert [look.after for look in looks] == [{"what": "reporter"}]
    page = client.get(office.address()).text
    assert "1 penglihatan tercatat" in page
    assert "Data dilihat petugas: identitas pelapor" in page


def test_an_identity_is_masked_until_it_is_looked_at(office: ComplaintsOffice) -> None:
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    assert "Rina Kartika" not in client.get(office.address()).text
    assert "Rina Kartika" in client.post(office.address("pelapor/")).text
    assert client.get(office.address("pelapor/"))["Location"] == office.address()


@pytest.mark.parametrize("category", [1, 2, 3])
@pytest.mark.clause("51.6.7")
def test_every_stage_of_every_category_is_shown_with_facts_in_words(category: int) -> None:
    office = ComplaintsOffice()
    client = office.client_of(Role.COMPLAINTS_OFFICIAL)
    for stage in (*list(Stage)[:10],):
        office.walk(stage, category=category)
        assert client.get(office.address()).status_code == 200
        for known in client.get(office.address()).context["offered"]:
            assert client.get(office.address(f"langkah/{known.step}/")).status_code == 200
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds - set(EVENTS) == set()


def test_the_office_reads_its_own_figures(office: ComplaintsOffice) -> None:
    office.walk(Stage.SETTLED)
    page = office.client_of(Role.COMPLAINTS_OFFICIAL).get("/meja/pengaduan/angka/").text
    assert "51.3" in page
    assert "Pejabat pengelola pengaduan" in page


@pytest.mark.clause("51.6.2.g")
def test_a_message_that_was_not_filed_is_looked_at_on_record(office: ComplaintsOffice) -> None:
    original = store().put(b"From: siapa@uji.example\r\n\r\nHalo")
    quarantine(Trouble.BROKEN, medium=Medium.EMAIL, original=original, received_at=office.at, at=office.at)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    page = client.get("/meja/pengaduan/pesan/").text
    (row,) = IncomingMessage.objects.all()
    assert f"/meja/pengaduan/pesan/{row.id}/" in page
    assert f"/meja/pengaduan/catat/?saluran=surel&amp;dari={row.id}" in page
    assert client.post(f"/meja/pengaduan/pesan/{row.id}/").content == b"From: siapa@uji.example\r\n\r\nHalo"
    assert [e.after["what"] for e in LedgerEntry.objects.filter(kind="data.looked_at")] == [f"message:{original}"]
    assert office.client_of(Role.SUPERIOR).post(f"/meja/pengaduan/pesan/{row.id}/").status_code == 403


@pytest.mark.clause("51.6.7", "51.6.8")
def test_the_related_clause_and_a_letter_with_the_facts_are_filled_in(office: ComplaintsOffice) -> None:
    office.walk(Stage.IN_TIERS)
    role = Role(office.row.waiting_role)
    page = office.client_of(role).get(office.address("langkah/settle/")).text
    assert '<option value="51.3" selected' in page
    address, sent = office.address("langkah/settle/"), {"clause0": "51.3", "report": WORDS, "finding": "unsubstantiated"}
    answer = office.client_of(role).post(address, {**sent, "seen": office.row.ledger_length})
    assert answer.status_code == 302
    letter = office.client_of(Role.HEAD).get(office.address("langkah/answer/")).text
    assert "sudah kami periksa." in letter
    assert WORDS in letter.partition("<textarea")[2]


def test_a_search_without_a_hit_says_what_to_do(office: ComplaintsOffice) -> None:
    office.walk(Stage.FORMULATED)
    sent = {"seen": office.row.ledger_length, "find": "zzzz", "search": "1"}
    page = office.client_of(Role.COMPLAINTS_OFFICER).post(office.address("langkah/relate/"), sent).text
    assert "Tidak ada klausul yang cocok" in page


@pytest.mark.clause("51.6.5.b")
def test_a_suggestion_waits_to_be_noted_and_is_titled_by_its_words() -> None:
    office = ComplaintsOffice(reporter=Reporter(), object="", matter="Kursi di ruang tunggu kurang banyak.")
    office.walk(Stage.GROUPED)
    client = office.client_of(Role.COMPLAINTS_OFFICER)
    page = client.get(office.address()).text
    assert "Menunggu dicatat sebagai bahan perbaikan" in page
    assert "Menunggu rumusan inti masalah" not in page + client.get("/meja/pengaduan/?lingkup=semua").text
    assert "Tanpa judul" not in page


def test_the_inspectorate_reads_to_whom_a_notice_went_and_finds_complaints(office: ComplaintsOffice) -> None:
    words = [what_happened("notice.sent", {"kind": kind}) for kind in ("filed", "office_complaint_warned", "agency_referred")]
    assert words == [
        "Pemohon atau pelapor diberi tahu",
        "Petugas diberi tahu lewat surel",
        "Instansi diberi tahu lewat surel",
    ]
    page = office.client_of(Role.INSPECTOR).get("/pengawasan/semua/?jenis=complaint.").text
    assert "Pengaduan tercatat" in page


@pytest.mark.clause("51.6.7")
def test_the_headings_and_tiers_of_a_complaint_are_english_in_english(office: ComplaintsOffice) -> None:
    office.walk(Stage.SETTLED)
    page = in_english(office.client_of(Role.COMPLAINTS_OFFICIAL)).get(office.address()).text
    assert "Text of the complaint" in page
    assert "Plan of handling" in page
    assert "To Complaints official, by" in page
    assert "What you complain of" not in page
    assert "Intended" not in page
