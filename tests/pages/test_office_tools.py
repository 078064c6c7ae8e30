"""The officer's tools through their pages: handing out, filters, notes, the archive (51.10.1)."""

import io
import json
import subprocess
import zipfile

import pytest

from pasti.actions import accounts
from pasti.actions import desk as tools
from pasti.actions.export import export
from pasti.domain.calendar import jakarta_day
from pasti.domain.errors import NotAllowed, RuleBroken
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.desk import CaseNote, SavedFilter
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.makers import MONDAY
from tests.pages.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office with a superior and an inspector."""
    return Office(Role.SUPERIOR, Role.INSPECTOR)


@pytest.mark.clause("51.10.1")
def test_many_cases_are_handed_out_and_what_cannot_be_says_why(office: Office) -> None:
    other = makers.submitted(office.applicant, at=office.at)
    makers.advance(office.officers, other.id, until=State.TECHNICAL_REVIEW, at=office.at)
    browser, examiner = office.client_of(Role.VALIDATOR), office.officers[Role.EXAMINER]
    page = browser.get("/meja/?lingkup=semua").text
    assert 'name="case"' in page and "Examiner (Pemeriksa berkas)" in page

    answer = browser.post("/meja/bagikan/", {"case": [str(office.id), str(other.id)], "officer": str(examiner.id)})

    assert answer.status_code == 422
    assert "bukan Tim teknis" in answer.text
    assert makers.fresh(office.id).holder_id == examiner.id
    assert makers.fresh(other.id).holder_id is None
    fact = LedgerEntry.objects.get(kind="application.assigned")
    assert (fact.subject_id, fact.after["holder"]) == (office.id, str(examiner.id))


@pytest.mark.clause("51.10.1")
def test_only_who_may_hold_a_step_is_offered(office: Office) -> None:
    offered = (
        office.client_of(Role.VALIDATOR).get("/meja/?lingkup=semua").text.partition('name="officer"')[2].partition("</select>")[0]
    )

    assert all(f"({title})" in offered for title in ("Pemeriksa berkas", "Tim teknis", "Kepala DPMPTSP"))
    assert not any(title in offered for title in ("Petugas loket", "Atasan langsung", "Inspektorat"))


@pytest.mark.clause("51.10.1")
def test_the_superior_hands_out_and_an_examiner_may_not(office: Office) -> None:
    examiner = office.officers[Role.EXAMINER]
    wanted = {"case": [str(office.id)], "officer": str(examiner.id)}
    assert 'name="case"' not in office.client_of(Role.EXAMINER).get("/meja/").text

    office.client_of(Role.EXAMINER).post("/meja/bagikan/", wanted)
    assert makers.fresh(office.id).holder_id is None
    assert office.client_of(Role.SUPERIOR).post("/meja/bagikan/", wanted).status_code == 302
    assert makers.fresh(office.id).holder_id == examiner.id


@pytest.mark.clause("51.10.1")
def test_nobody_gets_a_case_they_have_acted_on_in_another_role(office: Office) -> None:
    both = makers.actor(Role.EXAMINER, Role.TECHNICAL_TEAM, at=office.at)
    makers.advance({**office.officers, Role.EXAMINER: both}, office.id, until=State.TECHNICAL_REVIEW, at=office.at)

    answer = office.client_of(Role.VALIDATOR).post("/meja/bagikan/", {"case": [str(office.id)], "officer": str(both.id)})

    assert answer.status_code == 422 and "dalam peran lain" in answer.text


@pytest.mark.clause("51.11")
def test_nobody_who_is_away_gets_a_case(office: Office) -> None:
    examiner, today = office.officers[Role.EXAMINER], jakarta_day(office.at)
    account = Account.objects.get(pk=examiner.id)
    accounts.be_away(account.email, at=office.at, starts_on=today, ends_on=today, reason="Cuti tahunan")
    browser = office.client_of(Role.VALIDATOR)
    assert "Examiner (Pemeriksa berkas)" not in browser.get("/meja/?lingkup=semua").text

    answer = browser.post("/meja/bagikan/", {"case": [str(office.id)], "officer": str(examiner.id)}, follow=True)

    assert "sedang cuti" in answer.text
    assert makers.fresh(office.id).holder_id is None


def test_a_filter_is_kept_for_its_officer_alone(office: Office) -> None:
    browser = office.client_of(Role.EXAMINER)
    here = "lingkup=semua&tahap=submitted&waktu=late&asing=x"

    assert browser.post("/meja/saringan/", {"name": "Terlambat", "query": here}).status_code == 302
    kept = SavedFilter.objects.get()
    assert kept.query == "lingkup=semua&tahap=submitted&waktu=late"
    assert "Terlambat" in browser.get("/meja/").text
    assert "Terlambat" not in office.client_of(Role.HEAD).get("/meja/").text
    with pytest.raises(NotAllowed):
        tools.remove_filter(office.officers[Role.HEAD], kept.pk, at=office.at)

    assert browser.post(f"/meja/saringan/{kept.pk}/hapus/").status_code == 302
    assert "Terlambat" not in browser.get("/meja/").text


def test_a_filter_of_the_same_name_is_replaced_and_there_are_at_most_twenty(office: Office) -> None:
    examiner = office.officers[Role.EXAMINER]
    for number in range(20):
        tools.save_filter(examiner, f"Nomor {number}", "lingkup=saya", at=office.at)
    tools.save_filter(examiner, "Nomor 3", "lingkup=semua", at=office.at)
    assert SavedFilter.objects.get(name="Nomor 3").query == "lingkup=semua"
    with pytest.raises(RuleBroken, match="20 saringan"):
        tools.save_filter(examiner, "Satu lagi", "lingkup=saya", at=office.at)


@pytest.mark.parametrize(
    ("query", "count"),
    [("tahap=submitted", 1), ("tahap=decision", 0), ("waktu=late", 0), ("kecamatan=32.14.17", 0), ("tahap=bukan", 1)],
)
def test_the_queue_is_narrowed(office: Office, query: str, count: int) -> None:
    page = office.client_of(Role.EXAMINER).get(f"/meja/?lingkup=semua&{query}")
    assert len(page.context["lines"]) == count


@pytest.mark.clause("51.10.2")
def test_a_note_is_read_by_officers_alone_and_makes_no_page_stale(office: Office) -> None:
    before = office.seen
    browser = office.client_of(Role.EXAMINER)

    assert browser.post(office.address("catatan/"), {"text": "Pemilik minta ditelepon sore."}).status_code == 302

    assert office.seen == before
    assert "Pemilik minta ditelepon sore." in office.client_of(Role.HEAD).get(office.address()).text
    assert "ditelepon" not in office.client_of(Role.APPLICANT).get(f"/permohonan/{office.id}/").text
    fact = LedgerEntry.objects.get(kind="note.added")
    assert (fact.about, fact.public, "ditelepon" in str(fact.after)) == (office.id, False, False)
    assert browser.post(office.address("catatan/"), {"text": " "}).status_code == 422
    assert CaseNote.objects.count() == 1


@pytest.mark.clause("51.10.2")
def test_the_archive_holds_everything_and_the_look_is_recorded(office: Office, signing_passphrase: str) -> None:
    office.until(State.SIGNING)
    head = office.client_of(Role.HEAD)
    head.post(office.address("tindakan/sign/"), {"seen": office.seen, "passphrase": signing_passphrase})
    office.client_of(Role.EXAMINER).post(office.address("catatan/"), {"text": "Catatan untuk arsip."})

    answer = office.client_of(Role.INSPECTOR).post(office.address("arsip/"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    case, ledger = json.loads(archive.read("berkas.json")), json.loads(archive.read("jejak.json"))
    assert case["number"] == makers.fresh(office.id).number and case["notes"][0]["text"] == "Catatan untuk arsip."
    assert "secret" not in case
    assert [fact["seq"] for fact in ledger["chain"]] == list(range(1, len(ledger["chain"]) + 1))
    assert archive.read("sertifikat/01-issued.pdf").startswith(b"%PDF")
    assert sum(name.startswith("bukti/") for name in archive.namelist()) == len(case["evidence"]) > 0
    look = LedgerEntry.objects.get(kind="data.looked_at", about=office.id)
    assert (look.actor_id, look.after["what"]) == (office.officers[Role.INSPECTOR].id, "export")


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.clause("51.13.2")
def test_the_archive_of_a_visited_case_holds_its_inspection() -> None:
    officers, inspector = makers.officers(), makers.actor(Role.INSPECTOR)
    row = makers.to_inspect(officers, makers.actor())
    makers.advance(officers, row.id, until=State.RECOMMENDATION)

    _, file = export(inspector, row.id, at=MONDAY)

    with file, zipfile.ZipFile(file) as archive:
        names, case = archive.namelist(), json.loads(archive.read("berkas.json"))
        papers = {name: words_of(archive.read(name)) for name in names if name.endswith("1.pdf") or name == "tanda-terima.pdf"}
    [visit] = case["inspections"]
    assert visit["minutes"]["letter"] == visit["letter"]
    assert {found["clause"] for found in visit["findings"]} != set()
    assert visit["team"] == ["Technical_Team"]
    assert sum(name.startswith("peninjauan/0") for name in names) == len(visit["photos"])
    assert visit["letter"] in papers["peninjauan/surat-tugas-1.pdf"]
    minutes = papers["peninjauan/berita-acara-1.pdf"]
    assert all(found["clause"] in minutes for found in visit["findings"])
    assert visit["minutes_sha256"] in minutes.replace(" ", "") and "Rina Kartika" in minutes
    assert row.number in papers["tanda-terima.pdf"] and str(row.secret) not in papers["tanda-terima.pdf"]


def test_who_opens_the_address_of_a_button_is_led_to_its_page(office: Office) -> None:
    browser = office.client_of(Role.EXAMINER)
    led = {tail: browser.get(office.address(tail)) for tail in ("arsip/", "catatan/", "ambil/")}
    assert {tail: (a.status_code, a.headers.get("Location")) for tail, a in led.items()} == dict.fromkeys(
        led, (302, office.address())
    )
    assert browser.get("/meja/bagikan/").headers["Location"] == "/meja/"


@pytest.mark.clause("51.10.1")
def test_the_archive_is_not_for_every_officer(office: Office) -> None:
    browser = office.client_of(Role.EXAMINER)
    assert "arsip/" not in browser.get(office.address()).text
    assert browser.post(office.address("arsip/")).status_code == 403


@pytest.mark.clause("51.10.2")
def test_the_inspectorate_reads_and_writes_no_note() -> None:
    office = Office(Role.INSPECTOR)
    client = office.client_of(Role.INSPECTOR)
    assert "Simpan catatan" not in client.get(office.address()).text
    answer = client.post(office.address("catatan/"), {"text": "Catatan dari pengawas."})
    assert "Catatan dari pengawas." not in office.client_of(Role.EXAMINER).get(office.address()).text
    assert answer.status_code in (403, 422)
