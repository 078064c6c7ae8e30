"""The desk: who comes in, what waits, one case on one screen, and what each look leaves behind (51.3, 51.10)."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pgtrigger
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pasti.actions import desk as tools
from pasti.domain.roles import Role
from pasti.domain.workflow import State
from pasti.pages.office.words import EVENTS
from pasti.queries.desk import desk
from pasti.records.intake import Evidence
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
OUTSIDERS = (Role.ADMINISTRATOR, Role.SURVEY_OFFICER)


@pytest.fixture
def office() -> Office:
    return Office(Role.INSPECTOR, *OUTSIDERS)


def copies(office: Office, count: int) -> None:
    """As many cases like the office's own, each waiting for the examiner."""
    row = makers.fresh(office.id)
    rows = []
    for number in range(count):
        copy = makers.fresh(row.id)
        copy.pk, copy.number, copy.held_since = uuid4(), f"PB-2026-9{number:03d}", row.held_since + timedelta(minutes=number + 1)
        rows.append(copy)
    Application.objects.bulk_create(rows)


def test_a_visitor_signs_in_first(office: Office) -> None:
    answer = Client().get("/meja/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/")


@pytest.mark.parametrize("role", [Role.APPLICANT, *OUTSIDERS])
@pytest.mark.clause("51.10.1")
def test_who_has_no_work_there_is_told_why(office: Office, role: Role) -> None:
    client = office.client_of(role)
    for address in ("/meja/", office.address(), f"/meja/jejak/{office.id}/", office.address("tindakan/accept/")):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "CV Lensa Jaya" not in answer.text
    assert "Administrator mengurus akun" in client.get("/meja/").text or role is not Role.ADMINISTRATOR


def test_a_case_that_is_not_there_and_a_draft_answer_alike(office: Office) -> None:
    client, draft = office.client_of(Role.EXAMINER), makers.draft(office.applicant, at=office.at)
    answers = [client.get(f"/meja/kasus/{id}/") for id in (uuid4(), draft.id)]
    assert [a.status_code for a in answers] == [403, 403]
    assert [("Berkas ini tidak ada, atau bukan untuk Anda." in a.text) for a in answers] == [True, True]


@pytest.mark.clause("51.3")
def test_what_is_due_first_is_on_top_then_what_waits_longest(office: Office) -> None:
    copies(office, 3)
    Application.objects.filter(number="PB-2026-9002").update(due_on=date(2026, 11, 30))
    page = office.client_of(Role.EXAMINER).get("/meja/").text
    order = sorted(("PB-2026-9000", "PB-2026-9001", "PB-2026-9002", makers.fresh(office.id).number), key=page.index)
    assert order == ["PB-2026-9002", makers.fresh(office.id).number, "PB-2026-9000", "PB-2026-9001"]


def test_the_next_page_starts_where_this_one_ends(office: Office) -> None:
    copies(office, 55)
    client = office.client_of(Role.EXAMINER)
    first = client.get("/meja/")
    assert first.context["next_url"]
    second = client.get(first.context["next_url"])
    numbers = [line.row.number for page in (first, second) for line in page.context["lines"]]
    assert len(numbers) == len(set(numbers)) == 56
    assert second.context["next_url"] == ""


def test_the_desk_costs_a_fixed_number_of_queries(office: Office) -> None:
    copies(office, 50)
    client = office.client_of(Role.EXAMINER)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get("/meja/").context["lines"]) == 50
    assert len(queries) <= 8


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DECISION, State.SIGNING])
def test_a_case_costs_a_fixed_number_of_queries(office: Office, state: State) -> None:
    office.until(state)
    client = office.client_of(Role.HEAD)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(office.address()).status_code == 200
    assert len(queries) <= 15


@pytest.mark.parametrize("role", [Role.TECHNICAL_TEAM, Role.VALIDATOR])
def test_a_case_with_its_visit_costs_no_more(role: Role) -> None:
    office = Office()
    visit = makers.agreed_visit(office.officers, makers.actor(at=office.at, email="lain@uji.example"), at=office.at)
    tools.add_note(office.officers[Role.HEAD], visit.application_id, "Pemilik minta ditelepon.", at=office.at)
    client = office.client_of(role)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/meja/kasus/{visit.application_id}/").status_code == 200
    assert len(queries) <= 15


def test_a_search_that_finds_nothing_offers_the_wider_one(office: Office) -> None:
    client = office.client_of(Role.VALIDATOR)
    page = client.get("/meja/?cari=Lensa").text
    assert "lingkup=semua&amp;cari=Lensa" in page
    assert "CV Lensa Jaya" in client.get("/meja/?lingkup=semua&cari=Lensa").text


BEYOND = "di luar lingkup atau saringan yang dipilih"


@pytest.mark.clause("51.3")
def test_an_exact_number_is_found_beyond_the_scope_and_said_so(office: Office) -> None:
    client, row = office.client_of(Role.VALIDATOR), makers.fresh(office.id)
    for text in (row.number, row.number.rpartition("-")[2], row.nib):
        page = client.get(f"/meja/?lingkup=saya&cari={text}").text
        assert office.address() in page and BEYOND in page
        assert BEYOND not in client.get(f"/meja/?lingkup=semua&cari={text}").text
    assert BEYOND in client.get(f"/meja/?lingkup=semua&waktu=late&cari={row.number}").text
    assert BEYOND not in client.get("/meja/?cari=PB-2026-9999").text


def test_an_exact_number_of_a_draft_stays_hidden(office: Office) -> None:
    row = makers.fresh(office.id)
    Application.objects.filter(pk=row.pk).update(state=State.DRAFT)
    for text in (row.number, row.nib):
        assert office.address() not in office.client_of(Role.VALIDATOR).get(f"/meja/?cari={text}").text


def test_an_exact_number_found_beyond_the_scope_costs_three_queries(office: Office) -> None:
    number = str(makers.fresh(office.id).number)
    with CaptureQueriesContext(connection) as queries:
        found = desk(office.officers[Role.VALIDATOR], at=office.at, search=number)
    assert (found.is_beyond, len(found.rows)) == (True, 1)
    assert len(queries) <= 3


def test_a_search_that_shows_only_the_newest_says_so() -> None:
    office = Office()
    client = office.client_of(Role.VALIDATOR)
    copies(office, 49)

    assert "mungkin masih ada yang lain" not in client.get("/meja/?lingkup=semua&cari=PB-2026-9001").text
    assert "Ini 50 berkas terbaru yang cocok; mungkin masih ada yang lain." in client.get("/meja/?lingkup=semua&cari=Lensa").text


def test_a_key_that_is_none_of_ours_starts_at_the_beginning(office: Office) -> None:
    assert len(office.client_of(Role.EXAMINER).get("/meja/?setelah=' OR 1=1").context["lines"]) == 1


def test_who_looks_at_all_starts_with_all(office: Office) -> None:
    assert office.client_of(Role.INSPECTOR).get("/meja/").context["scope"] == "semua"
    assert office.client_of(Role.HEAD).get("/meja/").context["scope"] == "saya"


def test_a_case_is_taken_and_taken_over(office: Office) -> None:
    colleague = makers.account(Role.EXAMINER, email="rekan@uji.example", name="Rekan", at=office.at)
    mine, theirs = office.client_of(Role.EXAMINER), Client()
    theirs.force_login(colleague, backend="pasti.config.accounts.AuthenticationBackend")
    theirs.post(office.address("ambil/"), {"seen": str(office.seen)})
    assert "Ambil alih dari Rekan" in mine.get(office.address()).text
    stale = mine.post(office.address("ambil/"), {"seen": str(office.seen - 1)})
    assert stale.status_code == 409
    mine.post(office.address("ambil/"), {"seen": str(office.seen)})
    assert makers.fresh(office.id).holder_id == office.officers[Role.EXAMINER].id


@pytest.mark.clause("51.1")
def test_a_requirement_is_judged_where_it_stands(office: Office) -> None:
    client, row = office.client_of(Role.EXAMINER), makers.fresh(office.id).rows.first()
    address = office.address(f"syarat/{row.clause}/")
    answer = client.post(address, {"verdict": "met", "reason": ""})
    assert answer["Location"].endswith("#syarat-" + row.clause.replace(".", "-"))
    refused = client.post(address, {"verdict": "not_met", "reason": "buram"})
    assert refused.status_code == 422
    assert "buram</textarea>" in refused.text
    assert "paling sedikit 10 huruf" in refused.text
    row.refresh_from_db()
    assert row.verdict == "met"


def _primary(page: str) -> set[str]:
    """The words of the buttons that stand out."""
    return set(re.findall(r'<(?:a|button) class="govuk-button"[^>]*>([^<]+)<', page.partition("<main")[2]))


@pytest.mark.clause("51.3")
def test_the_act_that_stands_out_is_the_one_the_findings_allow(office: Office) -> None:
    client, row = office.client_of(Role.EXAMINER), makers.fresh(office.id).rows.first()
    fresh = client.get(office.address()).text
    assert _primary(fresh) == {"Ambil berkas ini"}
    assert "12 dari 12 syarat belum dinilai" in fresh
    client.post(office.address("ambil/"), {"seen": str(office.seen)})
    assert _primary(client.get(office.address()).text) == set()
    makers.judge_all(office.officers[Role.EXAMINER], office.id, at=office.at)
    judged = client.get(office.address()).text
    assert _primary(judged) == {"Nyatakan lengkap dan benar"}
    assert "belum dinilai</a>" not in judged
    assert "tindakan/accept/" in judged.partition('id="acts-below"')[2]
    client.post(office.address(f"syarat/{row.clause}/"), {"verdict": "not_met", "reason": "Akta ini tidak terbaca seluruhnya."})
    assert _primary(client.get(office.address()).text) == {"Kembalikan untuk dilengkapi"}


def test_a_verdict_of_another_role_is_refused_with_what_was_typed(office: Office) -> None:
    row = makers.fresh(office.id).rows.first()
    answer = office.client_of(Role.HEAD).post(
        office.address(f"syarat/{row.clause}/"), {"verdict": "not_met", "reason": "Menurut saya belum cukup."}
    )
    assert answer.status_code == 403
    assert "Menurut saya belum cukup.</textarea>" in answer.text
    row.refresh_from_db()
    assert row.verdict == ""


@pytest.mark.clause("51.10.1")
def test_personal_data_is_masked_until_a_recorded_look(office: Office) -> None:
    client, officer = office.client_of(Role.EXAMINER), office.officers[Role.EXAMINER]
    assert "3214016502850003" not in client.get(office.address()).text
    page = client.post(office.address("data/"), {"section": "business"})
    assert "3214016502850003" in page.text
    assert "Penglihatan ini dicatat" in page.text
    assert "no-store" in page["Cache-Control"]
    look = LedgerEntry.objects.get(about=office.id, kind="data.looked_at")
    assert (look.subject_id, look.after) == (officer.id, {"what": "section:business"})


def test_an_unknown_section_is_not_looked_at(office: Office) -> None:
    assert office.client_of(Role.EXAMINER).post(office.address("data/"), {"section": "rahasia"}).status_code == 403
    assert not LedgerEntry.objects.filter(kind="data.looked_at").exists()


@pytest.mark.clause("51.10.1")
def test_a_file_is_opened_safely_and_the_look_is_recorded(office: Office) -> None:
    file = Evidence.objects.filter(application_id=office.id).first()
    answer = office.client_of(Role.INSPECTOR).get(f"/meja/berkas/{file.id}/")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert LedgerEntry.objects.filter(about=office.id, kind="data.looked_at").count() == 1


def test_a_file_that_is_not_there_is_refused_alike(office: Office) -> None:
    assert office.client_of(Role.EXAMINER).get(f"/meja/berkas/{uuid4()}/").status_code == 403
    file = Evidence.objects.filter(application_id=office.id).first()
    assert office.client_of(Role.APPLICANT).get(f"/meja/berkas/{file.id}/").status_code == 403


@pytest.mark.clause("51.10.2")
def test_the_inspector_reads_every_link_and_changes_nothing(office: Office) -> None:
    office.until(State.SIGNING)
    client = office.client_of(Role.INSPECTOR)
    page = client.get(f"/meja/jejak/{office.id}/").text
    assert "Rantai utuh" in page
    for entry in LedgerEntry.objects.filter(subject_id=office.id):
        assert entry.hash in page
    assert "certificate.numbered" in page
    case = client.get(office.address()).text
    assert "tindakan/" not in case
    assert "/ambil/" not in case
    assert client.post(office.address("ambil/"), {"seen": str(office.seen)}).status_code == 403


@pytest.mark.clause("51.10.2")
def test_a_changed_fact_is_named(office: Office) -> None:
    with pgtrigger.ignore("records.LedgerEntry:append_only"):
        LedgerEntry.objects.filter(subject_id=office.id, seq=2).update(reason="diubah")
    page = office.client_of(Role.INSPECTOR).get(f"/meja/jejak/{office.id}/").text
    assert "Rantai rusak" in page
    assert "nomor 2" in page


def test_every_fact_of_a_walked_case_has_words(office: Office) -> None:
    office.until(State.SIGNING)
    office.client_of(Role.HEAD).post(office.address("data/"), {"section": "place"})
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds - set(EVENTS) == set()


@pytest.mark.clause("51.3")
@pytest.mark.parametrize(("days_ago", "words"), [(0, "7 hari kerja"), (60, "Lewat waktu")])
def test_the_time_left_is_said_in_words(office: Office, days_ago: int, words: str) -> None:
    office.until(State.TECHNICAL_REVIEW)
    row = makers.fresh(office.id)
    (started,) = row.clock
    started_at = office.at - timedelta(days=days_ago)
    Application.objects.filter(pk=row.id).update(clock=[{**started, "at": started_at.isoformat()}])
    client = office.client_of(Role.TECHNICAL_TEAM)
    assert words in client.get("/meja/").text
    assert words in client.get(office.address()).text


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [(Role.EXAMINER, "/meja/"), (Role.COMPLAINTS_OFFICER, "/meja/pengaduan/"), (Role.HEAD, "/meja/"), (Role.APPLICANT, "/")],
)
def test_signing_in_leads_to_where_the_person_works(role: Role, leads_to: str) -> None:
    roles = () if role is Role.APPLICANT else (role,)
    account = makers.account(*roles, email="masuk@uji.example")

    answer = Client().post("/akun/login/", {"login": account.email, "password": makers.PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_requirements_found_met_in_a_row_are_one_line_that_opens(office: Office) -> None:
    office.until(State.TECHNICAL_REVIEW)
    facts = office.client_of(Role.TECHNICAL_TEAM).get(office.address()).context["facts"]
    (met,) = (fact for fact in facts if fact.folded)
    assert met.what == "12 syarat dinilai memenuhi"
    assert [fact.what for fact in met.folded] == ["Syarat dinilai: memenuhi"] * 12


def test_what_waits_for_nobody_has_no_holder(office: Office) -> None:
    Application.objects.filter(pk=office.id).update(state=State.ISSUED, waiting_role="")
    (line,) = office.client_of(Role.INSPECTOR).get("/meja/").context["lines"]
    assert (line.holder, line.since) == ("", None)


@pytest.mark.clause("51.3")
def test_a_promise_is_kept_in_sight_until_the_signature(office: Office) -> None:
    office.until(State.SIGNING)
    client, (started, *later) = office.client_of(Role.HEAD), makers.fresh(office.id).clock
    (line,) = client.get("/meja/").context["lines"]
    assert line.row.bar.due_on
    started_at = (office.at - timedelta(days=60)).isoformat()
    Application.objects.filter(pk=office.id).update(clock=[{**started, "at": started_at}, *later])
    (late,) = client.get("/meja/").context["lines"]
    assert (late.left, late.left_kind) == ("Lewat waktu", "late")
