"""Oversight as each tier and the Inspectorate see it: what is theirs, recorded, and nothing else (51.10.1, 51.10.2)."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import due, findings, looks, nightly
from pasti.domain.findings import Stage
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.queries import samples
from pasti.records.ledger import LedgerEntry
from pasti.records.oversight import PostAudit
from pasti.records.sampling import OversightFinding, Sample
from tests import makers
from tests.pages.applicants import days_ago
from tests.pages.english import in_english, left_over
from tests.pages.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("51.10.1")]
WORDS = "Alasan keputusan tidak menyebut syarat yang dimaksud."
LISTING, DETAIL = 8, 15


@pytest.fixture
def office() -> Office:
    """A case decided, its data looked at, and the night after."""
    made = Office(Role.SUPERIOR, Role.INSPECTOR, Role.ADMINISTRATOR)
    made.until(State.SIGNING)
    looks.reveal(made.officers[Role.EXAMINER], made.id, "business", at=made.at)
    nightly.run(at=timezone.now())
    return made


def in_days(days: int) -> dict[str, int]:
    """A date as the form asks it."""
    day = timezone.localdate() + timedelta(days=days)
    return {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_each_tier_sees_its_own_samples(office: Office) -> None:
    decided, look = Sample.objects.get(kind="decided"), Sample.objects.get(kind="look")
    seen = {}
    for role in (Role.VALIDATOR, Role.HEAD, Role.SUPERIOR, Role.INSPECTOR):
        page = office.client_of(role).get("/pengawasan/").text
        seen[role] = [str(sample.id) in page for sample in (decided, look)]

    assert seen == {
        Role.VALIDATOR: [False, True],
        Role.HEAD: [False, False],
        Role.SUPERIOR: [True, False],
        Role.INSPECTOR: [True, True],
    }


def test_who_oversees_nobody_is_kept_out(office: Office) -> None:
    sample = Sample.objects.get(kind="decided")
    for role in (Role.EXAMINER, Role.COUNTER_OFFICER, Role.ADMINISTRATOR, Role.APPLICANT):
        client = office.client_of(role)
        for address in ("/pengawasan/", f"/pengawasan/sampel/{sample.id}/", "/pengawasan/semua/", "/pengawasan/audit/"):
            assert client.get(address).status_code == 403, (role, address)
    assert Client().get("/pengawasan/").status_code == 302
    assert office.client_of(Role.SUPERIOR).get("/pengawasan/semua/").status_code == 403


def test_a_superior_looks_at_a_sample_and_finds_something(office: Office) -> None:
    client, sample = office.client_of(Role.SUPERIOR), Sample.objects.get(kind="decided")
    address = f"/pengawasan/sampel/{sample.id}/"
    page = client.get(address).text
    assert sample.root.root in page and sample.fact in page and "Terundi: 1 dari 1" in page

    missing = client.post(address, {"seen": 1, "result": "finding", "words": WORDS})
    answer = client.post(address, {"seen": 1, "result": "finding", "words": WORDS, "owner": "head", **in_days(14)})

    assert (missing.status_code, answer.status_code) == (422, 302)
    assert "Pilih siapa yang harus menindaklanjuti." in missing.text and WORDS in missing.text
    found = OversightFinding.objects.get()
    assert (found.sample_id, found.owner, found.words) == (sample.id, "head", WORDS)
    assert client.post(address, {"seen": 2, "result": "in_order", "words": WORDS}).status_code == 422


def test_a_finding_is_followed_up_on_its_page(office: Office) -> None:
    superior, head = office.officers[Role.SUPERIOR], office.client_of(Role.HEAD)
    row = findings.raised(superior, WORDS, "head", timezone.localdate() + timedelta(days=9), at=timezone.now())
    address = f"/pengawasan/temuan/{row.id}/"

    short = head.post(address, {"seen": 1, "words": "sudah"})
    done = head.post(address, {"seen": 1, "words": "Templat alasan sudah diganti."})
    judged = office.client_of(Role.SUPERIOR).post(address, {"seen": 2, "words": "Sudah sesuai, terima kasih.", "accepted": "yes"})

    assert [answer.status_code for answer in (short, done, judged)] == [422, 302, 302]
    assert OversightFinding.objects.get().stage == Stage.CLOSED
    assert WORDS[:40] in office.client_of(Role.SUPERIOR).get("/pengawasan/temuan/?selesai=1").text


def test_why_a_follow_up_was_sent_back_is_read_by_who_must_do_it_again(office: Office) -> None:
    head, superior = office.client_of(Role.HEAD), office.client_of(Role.SUPERIOR)
    due_on = timezone.localdate() + timedelta(days=9)
    row = findings.raised(office.officers[Role.SUPERIOR], WORDS, "head", due_on, at=timezone.now())
    address = f"/pengawasan/temuan/{row.id}/"
    head.post(address, {"seen": 1, "words": "Templat alasan sudah diganti."})
    superior.post(address, {"seen": 2, "words": "Syaratnya belum disebut.", "accepted": "no"})

    page = head.get(address).text

    assert "Syaratnya belum disebut." in page and "Laporkan tindak lanjut" in page


def test_an_officer_sees_only_findings_to_follow_up(office: Office) -> None:
    superior, day = office.officers[Role.SUPERIOR], timezone.localdate() + timedelta(days=9)
    own = findings.raised(superior, WORDS, "examiner", day, at=timezone.now())
    other = findings.raised(superior, "Hal lain yang bukan urusan pemeriksa.", "head", day, at=timezone.now())
    client = office.client_of(Role.EXAMINER)

    page = client.get("/pengawasan/temuan/").text

    assert str(own.id) in page and str(other.id) not in page
    assert client.get(f"/pengawasan/temuan/{other.id}/").status_code == 403
    assert client.get("/pengawasan/temuan/baru/").status_code == 403


@pytest.mark.clause("51.10.2")
def test_the_inspectorate_reads_all_and_each_read_is_recorded(office: Office) -> None:
    client, inspector = office.client_of(Role.INSPECTOR), office.officers[Role.INSPECTOR]
    addresses = ["/pengawasan/semua/", "/pengawasan/", office.address(), f"/meja/jejak/{office.id}/", "/meja/"]

    answers = [client.get(address).status_code for address in addresses]

    reads = LedgerEntry.objects.filter(kind="data.read").order_by("id")
    assert answers == [200] * len(addresses)
    pages = ["inspectorate", "oversight", f"case:{office.id}", f"trail:{office.id}", "desk"]
    assert [read.after["what"] for read in reads] == pages
    assert {read.actor_id for read in reads} == {inspector.id}
    assert [read.about == office.id for read in reads] == [False, False, True, True, False]


@pytest.mark.clause("51.10.2")
def test_the_inspectorate_narrows_all_facts_and_pages_through_them(office: Office) -> None:
    client = office.client_of(Role.INSPECTOR)

    looked = client.get("/pengawasan/semua/?jenis=data.").text
    first = client.get("/pengawasan/semua/").text

    assert "data.looked_at" in looked and "application.approved" not in looked
    assert "sebelum=" in first
    assert client.get("/pengawasan/semua/?jenis=lain&sebelum=x").status_code == 200


@pytest.mark.clause("51.10.2")
def test_the_inspectorate_changes_nothing_but_findings(office: Office) -> None:
    client, before = office.client_of(Role.INSPECTOR), office.seen
    case = office.address()
    refused = [
        client.post(f"{case}ambil/", {"seen": before}),
        client.post(f"{case}tindakan/sign/", {"seen": before, "passphrase": "x"}),
        client.post(f"{case}syarat/51.1.B.8/", {"verdict": "met"}),
        client.post(f"{case}peninjauan/", {"seen": before}),
    ]
    raised = client.post(f"/pengawasan/temuan/baru/{office.id}/", {"words": WORDS, "owner": "validator", **in_days(20)})

    assert f"/pengawasan/temuan/baru/{office.id}/" in client.get(f"/meja/jejak/{office.id}/").text
    assert all(answer.status_code in (403, 404, 422) for answer in refused), [a.status_code for a in refused]
    assert office.seen == before
    assert (raised.status_code, OversightFinding.objects.get().as_role) == (302, "inspector")


@pytest.mark.clause("51.10.2")
def test_a_post_audit_is_closed_on_its_page() -> None:
    office = Office(Role.SUPERIOR)
    row = makers.submitted(makers.actor(email="lama@uji.example", at=days_ago(60)), at=days_ago(40))
    makers.advance(office.officers, row.id, until=State.TECHNICAL_REVIEW, at=days_ago(40))
    due.run(at=timezone.now())
    audit, client = PostAudit.objects.get(), office.client_of(Role.SUPERIOR)
    assert row.number in client.get("/pengawasan/audit/").text

    short = client.post(f"/pengawasan/audit/{audit.id}/", {"finding": "nihil"})
    done = client.post(f"/pengawasan/audit/{audit.id}/", {"finding": "Tidak ada syarat yang kurang."})

    assert (short.status_code, done.status_code) == (422, 302)
    assert PostAudit.objects.get().finding == "Tidak ada syarat yang kurang."


def test_lists_cost_the_same_when_there_is_more(office: Office) -> None:
    superior, client = office.officers[Role.SUPERIOR], office.client_of(Role.SUPERIOR)
    due_on = date(2099, 1, 1)
    findings.raised(superior, WORDS, "head", due_on, at=timezone.now())
    few = [cost(client, address) for address in ("/pengawasan/", "/pengawasan/temuan/")]
    one = Sample.objects.get(kind="decided")
    values = {field.attname: getattr(one, field.attname) for field in Sample._meta.concrete_fields if field.name != "id"}
    Sample.objects.bulk_create(Sample(**{**values, "fact": f"{number:064x}"}) for number in range(samples.PAGE + 5))
    for _ in range(5):
        findings.raised(superior, WORDS, "head", due_on, at=timezone.now())

    many = [cost(client, address) for address in ("/pengawasan/", "/pengawasan/temuan/")]

    assert few == many and max(many) <= LISTING
    page = client.get("/pengawasan/").text
    assert "setelah=" in page
    assert cost(client, f"/pengawasan/sampel/{one.id}/") <= DETAIL
    assert cost(office.client_of(Role.INSPECTOR), "/pengawasan/semua/") <= DETAIL


def test_every_page_of_oversight_is_there_in_english(office: Office) -> None:
    row = findings.raised(office.officers[Role.SUPERIOR], WORDS, "head", date(2099, 1, 1), at=timezone.now())
    sample = Sample.objects.get(kind="decided")
    client = in_english(office.client_of(Role.SUPERIOR))
    inspector = in_english(office.client_of(Role.INSPECTOR))
    typed = (*(person.name for person in office.officers.values()), "CV Lensa Jaya", WORDS, "backup")

    pages = [client.get(a) for a in ("/pengawasan/", f"/pengawasan/sampel/{sample.id}/", "/pengawasan/temuan/", "/meja/")]
    pages += [client.get(a) for a in (f"/pengawasan/temuan/{row.id}/", "/pengawasan/temuan/baru/", "/pengawasan/audit/")]
    pages += [client.get(a) for a in ("/pengawasan/denyut/", "/buku/")]
    pages += [inspector.get("/pengawasan/semua/?jenis=sample."), inspector.get("/pengawasan/")]

    assert [left_over(page.text, typed=typed) for page in pages] == [set()] * len(pages)


def test_who_must_follow_up_finds_it_in_the_menu_and_a_nik_is_refused(office: Office) -> None:
    due_on = timezone.localdate() + timedelta(days=9)
    row = findings.raised(office.officers[Role.SUPERIOR], WORDS, "examiner", due_on, at=timezone.now())
    examiner = office.client_of(Role.EXAMINER)
    assert "/pengawasan/temuan/" in examiner.get("/meja/").text
    words = f"Berkas {makers.SIGNING_NIK} sudah diperiksa lagi."
    answer = examiner.post(f"/pengawasan/temuan/{row.id}/", {"seen": 1, "words": words})
    assert (answer.status_code, "mirip NIK" in answer.text, words in answer.text) == (422, True, True)


def test_all_facts_are_said_in_words(office: Office) -> None:
    page = office.client_of(Role.INSPECTOR).get("/pengawasan/semua/").text
    seen = re.sub(r"(?s)<details>.*?</details>|<[^>]+>", " ", page)
    assert "Data dilihat petugas: isian permohonan" in seen
    assert re.findall(r"\b[a-z]+_[a-z]+\b|\b[a-z]+\.[a-z]+_[a-z]+\b|[{}]", seen) == []
