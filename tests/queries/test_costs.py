"""What acts and pages cost in SQL statements, sign-in included: bounded, and no more when there is more to show."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import certificate, intake, licensing, validity
from pasti.actions.demonstration import evidence_pdf
from pasti.domain.roles import Role
from pasti.domain.workflow import Act, State
from pasti.queries import desk
from pasti.records.licensing import Application
from tests import makers
from tests.pages.applicants import signed_in
from tests.pages.office import Office

pytestmark = pytest.mark.django_db

CREATING, LISTING, DETAIL = 12, 8, 15


def cost(client: Client, method: str, address: str, *, answer: int = 200) -> int:
    """The statements of one request."""
    with CaptureQueriesContext(connection) as queries:
        answered = client.generic(method, address)
    assert answered.status_code == answer
    return len(queries)


def add_like(row: Application, *, count: int) -> None:
    """More cases that look like `row` in a list."""
    values = {field.attname: getattr(row, field.attname) for field in Application._meta.concrete_fields}
    rows = [Application(**{**values, "id": uuid4(), "number": f"PB-2026-9{number:03}"}) for number in range(count)]
    Application.objects.bulk_create(rows)


def all_ids() -> list[UUID]:
    """Every application's."""
    return list(Application.objects.values_list("id", flat=True))


def test_creating_a_case_costs_at_most_twelve_statements() -> None:
    client, applicant = signed_in()
    row = makers.draft(applicant, at=timezone.now())

    starting = cost(client, "POST", "/ajukan/51/", answer=302)
    submitting = cost(client, "POST", f"/ajukan/berkas/{row.id}/periksa/", answer=302)

    assert makers.fresh(row.id).state == State.SUBMITTED
    assert max(starting, submitting) <= CREATING


def test_the_desk_costs_the_same_for_ten_cases_and_for_a_full_page() -> None:
    office = Office()
    licensing.take(office.officers[Role.EXAMINER], office.id, seen=office.seen, at=timezone.now())
    client, row = office.client_of(Role.EXAMINER), makers.fresh(office.id)
    add_like(row, count=9)
    few = cost(client, "GET", "/meja/")
    Application.objects.exclude(pk=row.pk).delete()
    add_like(row, count=desk.PAGE + 10)

    many = cost(client, "GET", "/meja/")

    page = client.get("/meja/").content.decode()
    assert sum(f"/meja/kasus/{id}/" in page for id in all_ids()) == desk.PAGE
    assert few == many <= LISTING


def test_a_case_costs_the_same_when_it_has_grown() -> None:
    office = Office()
    client = office.client_of(Role.EXAMINER)
    young = cost(client, "GET", office.address())
    office.until(State.SIGNING)

    grown = cost(client, "GET", office.address())

    assert young == grown <= DETAIL


def test_a_draft_costs_the_same_with_many_files() -> None:
    client, applicant = signed_in()
    row = makers.draft(applicant, at=timezone.now())
    address = f"/ajukan/berkas/{row.id}/periksa/"
    few = cost(client, "GET", address)
    files = tuple((f"bukti {number}.pdf", evidence_pdf(f"bukti {number}")) for number in range(5))
    for dossier_row in row.rows.all():
        intake.save_requirement(applicant, row.id, dossier_row.clause, dossier_row.answers, uploads=files, at=timezone.now())

    many = cost(client, "GET", address)

    assert few == many <= DETAIL


@pytest.mark.clause("51.3")
def test_tracking_costs_the_same_when_the_case_has_grown() -> None:
    office = Office()
    client, address = office.client_of(Role.APPLICANT), f"/permohonan/{office.id}/"
    young = cost(client, "GET", address)
    office.until(State.SIGNING)

    grown = cost(client, "GET", address)

    assert young == grown <= DETAIL


@pytest.mark.clause("51.3")
def test_tracking_by_number_and_secret_costs_no_more_than_a_detail_page() -> None:
    office = Office()
    row, stranger = makers.fresh(office.id), Client()
    with CaptureQueriesContext(connection) as queries:
        stranger.post("/lacak/", {"number": row.number, "secret": row.secret})

    seeing = cost(stranger, "GET", f"/lacak/{row.number}/")

    assert max(len(queries), seeing) <= DETAIL


@pytest.mark.clause("51.5")
def test_what_waits_around_a_certificate_costs_no_more_than_a_detail_page(signing_passphrase: str) -> None:
    office = Office()
    office.until(State.SIGNING)
    head, at = office.officers[Role.HEAD], timezone.now()
    certificate.sign(head, office.id, signing_passphrase, seen=office.seen, at=at)
    validity.hear(head, office.id, Act.SUSPEND, seen=office.seen, at=at, reason="Sarana produksi dipindahkan.")
    changed = {"business_name": "CV Lensa Jaya Abadi"}
    validity.request_change(office.applicant, office.id, "business", changed, at=at, reason="Nama berubah dengan akta.")

    desk_side = cost(office.client_of(Role.HEAD), "GET", office.address())
    holder_side = cost(office.client_of(Role.APPLICANT), "GET", f"/permohonan/{office.id}/")
    lists = [
        cost(office.client_of(Role.HEAD), "GET", f"/{page}/")
        for page in ("meja/sesudah-terbit", "pengawasan/audit", "meja/peninjauan")
    ]

    assert max(desk_side, holder_side) <= DETAIL
    assert max(lists) <= LISTING
