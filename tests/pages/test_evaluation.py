"""The pages of the yearly evaluation, the register of improvements and the calendar (51.14.1, 51.14.3)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti.actions import evaluation, improvements
from pasti.domain.calendar import jakarta_day
from pasti.domain.improvements import Asked
from pasti.domain.roles import Actor, Role
from pasti.records.accounts import Account
from pasti.records.evaluation import Evaluation, Improvement
from pasti.records.ledger import LedgerEntry
from tests import evaluations as made
from tests import makers
from tests.pictures import png

pytestmark = pytest.mark.django_db
BACKEND = "pasti.config.accounts.AuthenticationBackend"
DETAIL, LISTING = 40, 12


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.id), backend=BACKEND)
    return client


@pytest.fixture
def keeper() -> Actor:
    return makers.actor(Role.SURVEY_OFFICER, at=timezone.now())


@pytest.fixture
def clerk() -> Actor:
    return makers.actor(Role.COUNTER_OFFICER, at=timezone.now(), name="Asep Hidayat")


def later(days: int) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)}


@pytest.mark.clause("51.14.1")
def test_begin_find_and_close(keeper: Actor) -> None:
    client = client_of(keeper)
    assert "Belum pernah dievaluasi" in client.get("/meja/evaluasi/").content.decode()
    answer = client.post("/meja/evaluasi/", {"entry": "51", "year": str(timezone.localdate().year)})
    row = Evaluation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/meja/evaluasi/{row.id}/")
    page = client.get(f"/meja/evaluasi/{row.id}/komponen-3/").content.decode()
    assert "Belum ada permohonan yang diputus tahun ini." in page
    refused = client.post(f"/meja/evaluasi/{row.id}/komponen-3/", {"seen": "1", "words": "Kurang."})
    assert refused.status_code == 422 and "Kurang." in refused.content.decode()
    given = {"seen": "1", "verdict": "in_order", "words": "Janji waktu dipenuhi."}
    assert client.post(f"/meja/evaluasi/{row.id}/komponen-3/", given).status_code == 302
    overtaken = client.post(f"/meja/evaluasi/{row.id}/komponen-4/", given)
    assert overtaken.status_code == 409 and 'name="seen" value="2"' in overtaken.content.decode()
    early = client.post(f"/meja/evaluasi/{row.id}/", {"seen": "2", "summary": "Standar dijalankan dengan baik."})
    assert early.status_code == 422 and "17 bagian belum ada temuannya" in early.content.decode()
    assert "Standar dijalankan dengan baik." in early.content.decode()


@pytest.mark.clause("51.14.3")
def test_results_are_read_improved_and_public(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=timezone.now())
    reader, head = client_of(clerk), client_of(keeper)
    assert "Hasil evaluasi tahunan menunggu Anda baca" in reader.get("/meja/").content.decode()
    assert "Asep Hidayat" in head.get(f"/meja/evaluasi/{row.id}/").content.decode()
    assert reader.post(f"/meja/evaluasi/{row.id}/baca/").status_code == 302
    assert "Asep Hidayat" not in head.get(f"/meja/evaluasi/{row.id}/").content.decode()
    address = f"/meja/evaluasi/{row.id}/{made.TO_IMPROVE}/perbaikan/"
    assert head.post(address, {"what": "", "owner": ""}).status_code == 422
    plan = {"what": "Memasang papan penjelasan di loket.", "owner": str(clerk.id), **later(10)}
    assert head.post(address, plan).status_code == 302
    assert reader.get(address).status_code == 403
    assert "1 perbaikan menunggu Anda" in reader.get("/meja/").content.decode()
    found = Improvement.objects.get()
    assert str(found.id) in reader.get("/meja/perbaikan/?saya=1").content.decode()
    refused = reader.post(f"/meja/perbaikan/{found.id}/", {"seen": "1", "result": "Papan sudah terpasang."})
    assert refused.status_code == 422 and "Papan sudah terpasang." in refused.content.decode()
    assert "Sertakan berkas buktinya" in refused.content.decode()
    shown = {"seen": "1", "result": "Papan sudah terpasang.", "file": SimpleUploadedFile("papan.png", png(8, 8))}
    assert reader.post(f"/meja/perbaikan/{found.id}/", shown).status_code == 302
    assert reader.get(f"/meja/perbaikan/{found.id}/bukti/").content == png(8, 8)
    assert str(found.id) in reader.get("/meja/perbaikan/?selesai=1").content.decode()
    public = Client().get(f"/evaluasi/51/{row.year}/").content.decode()
    assert "Memasang papan penjelasan" in public and "Asep" not in public
    assert f"/evaluasi/51/{row.year}/" in Client().get("/evaluasi/").content.decode()


def test_an_open_evaluation_is_not_public(keeper: Actor) -> None:
    row = made.begun(keeper, at=timezone.now())
    assert Client().get(f"/evaluasi/51/{row.year}/").status_code == 404


def test_who_may_open_what(keeper: Actor) -> None:
    row = made.closed(keeper, at=timezone.now())
    applicant, inspector = client_of(makers.actor(at=timezone.now())), makers.actor(Role.INSPECTOR, at=timezone.now())
    for address in ("evaluasi/", f"evaluasi/{row.id}/", "perbaikan/", "kalender/", f"evaluasi/{uuid4()}/"):
        assert applicant.get(f"/meja/{address}").status_code == 403
        assert Client().get(f"/meja/{address}").status_code == 302
    assert client_of(inspector).get(f"/meja/evaluasi/{row.id}/").status_code == 200
    assert LedgerEntry.objects.filter(kind="data.read", actor_id=inspector.id).count() == 1


@pytest.mark.clause("51.14.1")
def test_the_calendar_shows_what_is_overdue_first() -> None:
    began = timezone.now() - timedelta(days=30)
    keeper, clerk = makers.actor(Role.SURVEY_OFFICER, at=began), makers.actor(Role.COUNTER_OFFICER, at=began)
    row = made.closed(keeper, at=began)
    asked = Asked(what="Memasang papan penjelasan.", owner=clerk.id, due_on=jakarta_day(began) + timedelta(days=5))
    improvements.plan(keeper, row.id, made.TO_IMPROVE, asked, at=began)
    page = client_of(clerk).get("/meja/kalender/").content.decode()
    assert page.index("Terlambat (2)") < page.index("1 perbaikan dari evaluasi tahunan jatuh tempo")
    assert f"Hasil evaluasi {row.year}: " in page


def test_pages_cost_the_same_for_few_and_for_many(keeper: Actor, clerk: Actor) -> None:
    row = made.closed(keeper, at=timezone.now())
    client = client_of(keeper)
    costs = [[cost(client, address) for address in (f"/meja/evaluasi/{row.id}/", "/meja/perbaikan/", "/meja/kalender/")]]
    asked = Asked(what="Memasang papan penjelasan.", owner=clerk.id, due_on=timezone.localdate() + timedelta(days=5))
    for _more in range(3):
        improvements.plan(keeper, row.id, made.TO_IMPROVE, asked, at=timezone.now())
    this = timezone.localdate().year
    evaluation.begin(keeper, "51", this if row.year < this else this - 1, at=timezone.now())
    costs.append([cost(client, address) for address in (f"/meja/evaluasi/{row.id}/", "/meja/perbaikan/", "/meja/kalender/")])
    assert costs[0] == costs[1]
    assert costs[0][0] <= DETAIL and costs[0][1] <= LISTING


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
