"""The pages of an inspection by client: team, appointment, the field page without script, what a device sends, the papers."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pasti import standards
from pasti.actions import demonstration
from pasti.actions.carry_out import carry_out
from pasti.domain.calendar import JAKARTA, jakarta_day
from pasti.domain.events import Event, Outcome
from pasti.domain.inspection import Stage
from pasti.domain.roles import Actor, Role
from pasti.domain.workflow import State
from pasti.records.accounts import Account
from pasti.records.inspection import Finding, Inspection, InspectionItem, Photo
from pasti.records.ledger import LedgerEntry
from tests import makers
from tests.pages.applicants import BACKEND
from tests.pictures import png

pytestmark = pytest.mark.django_db
REASON = "Alat pemadam sudah kedaluwarsa sejak Maret."


class Scene:
    """An office, an applicant and a case that waits for its inspection, now."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.office = makers.officers(self.at)
        self.applicant = makers.actor(at=self.at)
        self.officer = self.office[Role.TECHNICAL_TEAM]
        self.row = makers.to_inspect(self.office, self.applicant, at=self.at)

    def arranged(self) -> Inspection:
        """An inspection whose time is offered for this moment."""
        return demonstration.arrange_visit(self.officer, self.row.id, at=timezone.now())

    def client(self, actor: Actor) -> Client:
        """A browser in which `actor` has signed in."""
        client = Client()
        client.force_login(Account.objects.get(pk=actor.id), backend=BACKEND)
        return client


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def field(scene: Scene) -> Client:
    """The browser of the officer who goes."""
    return scene.client(scene.officer)


def clauses() -> list[str]:
    return [r.clause for r in standards.load().editions("51")[0].before_issue()]


def safety() -> list[str]:
    return [i.id for i in standards.load().editions("51")[0].safety_checklist.items]


def noted(scene: Scene, kind: str, **values: object) -> dict[str, object]:
    made_at = values.pop("made_at", timezone.now().isoformat())
    who = {"by": str(scene.officer.id), "device": "perangkat-uji"}
    return {"id": str(uuid4()), "kind": kind, "made_at": made_at, **who, **values}


def send(client: Client, visit: Inspection, *items: object) -> Any:
    return client.post(f"/meja/peninjauan/{visit.id}/kirim/", json.dumps({"items": items}), content_type="application/json")


def statuses(answer: Any) -> list[str]:
    return [item["status"] for item in answer.json()["items"]]


def begin(client: Client, scene: Scene, visit: Inspection) -> None:
    answer = send(client, visit, noted(scene, "safety", checked=safety()), noted(scene, "start"))
    assert statuses(answer) == ["kept", "kept"]


def test_the_case_leads_to_a_team_its_letter_and_an_offer(scene: Scene, field: Client) -> None:
    case = f"/meja/kasus/{scene.row.id}/"
    assert f"{case}peninjauan/" in field.get(case).content.decode()
    assert "Pilih anggota timnya" in field.post(f"{case}peninjauan/", {"seen": "1"}).content.decode()

    answer = field.post(
        f"{case}peninjauan/",
        {"seen": scene.row.ledger_length, "team": [str(scene.officer.id)], "lead": str(scene.officer.id)},
    )

    visit = Inspection.objects.get()
    assert answer["Location"] == f"/meja/peninjauan/{visit.id}/jadwal/"
    letter = field.get(f"/meja/peninjauan/{visit.id}/surat-tugas/").content.decode()
    assert visit.letter in letter and "Daftar periksa keselamatan" in letter
    tomorrow = standards.load().calendar().add_working_days(jakarta_day(scene.at), 1)
    when = {"day_day": tomorrow.day, "day_month": tomorrow.month, "day_year": tomorrow.year, "time": "09.30"}
    assert field.post(answer["Location"], {"seen": visit.ledger_length, **when}).status_code == 302
    fresh = Inspection.objects.get()
    assert (fresh.stage, f"{fresh.visit_at:%M}") == (Stage.OFFERED, "30")
    assert visit.letter in field.get(case).content.decode()


def test_a_refused_offer_keeps_what_was_typed(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    past = {"day_day": 1, "day_month": 2, "day_year": 2020, "time": "9.30"}

    answer = field.post(f"/meja/peninjauan/{visit.id}/jadwal/", {"seen": visit.ledger_length, **past})

    assert answer.status_code == 422
    assert 'value="2020"' in answer.content.decode() and "sudah lewat" in answer.content.decode()


@pytest.mark.clause("51.2")
def test_an_hour_at_night_is_offered_only_with_a_reason_that_the_applicant_reads(scene: Scene, field: Client) -> None:
    visit, day = scene.arranged(), standards.load().calendar().add_working_days(jakarta_day(scene.at), 1)
    night = {"seen": visit.ledger_length, "day_day": day.day, "day_month": day.month, "day_year": day.year, "time": "03.00"}

    refused = field.post(f"/meja/peninjauan/{visit.id}/jadwal/", night)
    assert (refused.status_code, "Kantor bekerja pukul 07.30" in refused.text) == (422, True)

    why = "Mesin hanya berjalan pada malam hari."
    assert field.post(f"/meja/peninjauan/{visit.id}/jadwal/", {**night, "reason": why}).status_code == 302
    assert why in scene.client(scene.applicant).get(f"/permohonan/{scene.row.id}/peninjauan/").text


def test_the_applicant_sees_the_offer_and_accepts_it(scene: Scene) -> None:
    visit, client = scene.arranged(), scene.client(scene.applicant)
    assert "Setujui, atau usulkan waktu lain" in client.get(f"/permohonan/{scene.row.id}/").content.decode()
    page = client.get(f"/permohonan/{scene.row.id}/peninjauan/").content.decode()
    assert visit.letter in page and f'name="seen" value="{visit.ledger_length}"' in page

    answer = client.post(f"/permohonan/{scene.row.id}/peninjauan/", {"setuju": "1", "seen": visit.ledger_length})

    assert (answer.status_code, Inspection.objects.get().stage) == (302, Stage.AGREED)


def test_the_applicant_asks_for_another_time_and_the_team_sees_why(scene: Scene, field: Client) -> None:
    visit, client = scene.arranged(), scene.client(scene.applicant)
    later = (scene.at + timedelta(days=2)).astimezone(JAKARTA)
    asked = {"day_day": later.day, "day_month": later.month, "day_year": later.year, "time": "10.00", "reason": REASON}
    address = f"/permohonan/{scene.row.id}/peninjauan/"
    assert client.post(address, {**asked, "seen": visit.ledger_length, "reason": "sibuk"}).status_code == 422
    assert client.post(address, {**asked, "seen": visit.ledger_length - 1}).status_code == 409

    assert client.post(address, {**asked, "seen": visit.ledger_length}).status_code == 302

    page = field.get(f"/meja/peninjauan/{visit.id}/jadwal/").content.decode()
    assert REASON in page and 'value="10.00"' in page
    told = client.get(f"/permohonan/{scene.row.id}/").content.decode()
    section = told[told.index('id="peninjauan"') : told.index("</section>", told.index('id="peninjauan"'))]
    assert "Pemohon mengusulkan waktu lain" in section and "pukul 10.00 WIB" in section
    assert "10.00 WIB" in field.get(f"/meja/kasus/{scene.row.id}/").content.decode()


def test_each_stage_is_told_with_its_own_moment(scene: Scene) -> None:
    visit, client = scene.arranged(), scene.client(scene.applicant)
    hour = {name: datetime(2026, 3, 2, n, 15, tzinfo=JAKARTA) for n, name in enumerate(("visit", "started", "sealed"), start=9)}
    Inspection.objects.update(visit_at=hour["visit"], started_at=hour["started"], sealed_at=hour["sealed"])

    def told(stage: Stage) -> str:
        Inspection.objects.update(stage=stage)
        page = client.get(f"/permohonan/{scene.row.id}/").text.partition('id="peninjauan"')[2]
        return page.partition("</section>")[0]

    assert "pukul 09.15" in told(Stage.AGREED)
    assert "pukul 10.15" in told(Stage.STARTED)
    assert "pukul 11.15" in told(Stage.SEALED)
    concluded_at = datetime(2026, 3, 2, 12, 15, tzinfo=JAKARTA)
    closing = Event(kind="inspection.concluded", clause="51.2")
    row = Inspection.objects.get(pk=visit.pk)
    carry_out(row, Outcome(changes={"stage": Stage.CONCLUDED}, events=(closing,)), actor=scene.officer, at=concluded_at)
    assert "pukul 12.15" in told(Stage.CONCLUDED)


def test_nobody_else_reads_or_answers(scene: Scene) -> None:
    visit = scene.arranged()
    stranger = scene.client(makers.actor(email="tetangga@uji.example", at=scene.at))
    for address in ("peninjauan/", "berita-acara/"):
        assert stranger.get(f"/permohonan/{scene.row.id}/{address}").status_code == 404
    assert stranger.get(f"/meja/peninjauan/{visit.id}/").status_code == 403
    assert Client().get(f"/meja/peninjauan/{visit.id}/").status_code == 302
    head = scene.client(scene.office[Role.HEAD])
    assert "Hanya anggota tim yang mencatat" in head.get(f"/meja/peninjauan/{visit.id}/").content.decode()
    assert statuses(send(head, visit, noted(scene, "safety", checked=safety()))) == ["refused"]


@pytest.mark.clause("51.13.2")
def test_the_whole_visit_works_as_plain_forms(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    address = f"/meja/peninjauan/{visit.id}/"

    def post(kind: str, **values: object) -> int:
        return field.post(address, {"kind": kind, "item": str(uuid4()), **values}).status_code

    assert post("start") == 422
    assert post("safety", checked=safety()[1:]) == 422
    assert (post("safety", checked=safety()), post("start")) == (302, 302)
    refused = field.post(
        address, {"kind": "finding", "item": str(uuid4()), "clause": "51.1.B.8", "verdict": "not_met", "reason": "kurang"}
    )
    assert refused.status_code == 422
    assert ">kurang</textarea>" in refused.content.decode()
    for clause in clauses():
        assert post("finding", clause=clause, verdict="met") == 302
    photo = SimpleUploadedFile("foto.png", png(20, 20), content_type="image/png")
    assert post("photo", clause="51.1.B.8", photo=photo) == 302
    page = field.get(address).content.decode()
    assert f"/meja/peninjauan/{visit.id}/foto/{Photo.objects.get().sha256}/" in page
    shown = json.dumps(dict.fromkeys(clauses(), "met"))
    signed = {"representative": "Rina Kartika", "typed": "Rina Kartika", "how": "typed", "officer_confirms": "1", "shown": shown}
    assert post("minutes", **signed) == 302
    assert Inspection.objects.get().stage == Stage.SEALED

    seen = makers.fresh(scene.row.id).ledger_length
    done = field.post(f"/meja/kasus/{scene.row.id}/tindakan/inspect/", {"seen": seen, "reason": demonstration.NOTE})
    assert (done.status_code, makers.fresh(scene.row.id).state) == (302, State.RECOMMENDATION)


def test_the_same_items_sent_twice_are_kept_once_and_said_so(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    begin(field, scene, visit)
    items = [
        noted(scene, "finding", clause="51.1.B.1", verdict="met"),
        noted(scene, "photo", clause="51.1.B.1", picture=base64.b64encode(png(9, 9)).decode(), position=[-6.5, 107.4, 8]),
    ]

    first, second = send(field, visit, *items), send(field, visit, *items)

    assert (statuses(first), statuses(second)) == (["kept", "kept"], ["kept_before", "kept_before"])
    assert (Finding.objects.count(), Photo.objects.count()) == (1, 1)
    assert LedgerEntry.objects.filter(kind__in=["inspection.found", "inspection.photographed"]).count() == 2
    assert second.json()["findings"]["51.1.B.1"]["verdict"] == "met"


def test_an_item_that_is_refused_does_not_hold_up_the_others(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    begin(field, scene, visit)

    answer = send(
        field,
        visit,
        noted(scene, "finding", clause="51.1.A.5", verdict="met"),
        "bukan catatan",
        {"id": "x", "kind": "finding"},
        noted(scene, "photo", picture="bukan base64!"),
        noted(scene, "photo", picture=base64.b64encode(makers.PDF).decode()),
        noted(scene, "finding", clause="51.1.B.1", verdict="met", made_at="2026-01-01T09:00:00"),
        noted(scene, "photo", picture=base64.b64encode(png(3, 3)).decode(), position=[91, 0, 1]),
        noted(scene, "finding", clause="51.1.B.1", verdict="met"),
    )

    assert statuses(answer) == ["refused"] * 7 + ["kept"]
    assert all(item["sentence"] for item in answer.json()["items"][:7])


def test_what_arrives_after_the_end_is_refused_with_a_sentence(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    demonstration.visit_site(scene.officer, scene.row.id, seen=scene.row.ledger_length, at=timezone.now())
    late = noted(scene, "finding", clause="51.1.B.1", verdict="not_met", reason=REASON)

    answer = send(field, visit, late)

    assert statuses(answer) == ["refused"]
    assert "sudah ditutup" in answer.json()["items"][0]["sentence"]
    assert answer.json()["is_closed"] is True
    assert not InspectionItem.objects.filter(pk=str(late["id"])).exists()


def test_what_is_no_list_of_items_is_refused_as_a_whole(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    address = f"/meja/peninjauan/{visit.id}/kirim/"
    for body in ("", "[]", '{"items": 3}', json.dumps({"items": [{}] * 41})):
        assert field.post(address, body, content_type="application/json").status_code == 400
    assert Client().post(address, "{}", content_type="application/json").status_code == 302
    assert field.get(address).status_code == 405


def test_the_minutes_are_a_paper_for_both_sides_and_each_look_is_recorded(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    assert field.get(f"/meja/peninjauan/{visit.id}/berita-acara/").status_code == 404
    demonstration.visit_site(scene.officer, scene.row.id, seen=scene.row.ledger_length, at=timezone.now())
    digest = Inspection.objects.get().minutes_sha256

    desk = field.get(f"/meja/peninjauan/{visit.id}/berita-acara/").content.decode()
    own = scene.client(scene.applicant).get(f"/permohonan/{scene.row.id}/berita-acara/").content.decode()

    assert all(text in page for page in (desk, own) for text in (digest, "Rina Kartika", "51.1.B.8"))
    assert LedgerEntry.objects.get(kind="data.looked_at").after["what"] == f"minutes:{visit.letter}"


def test_the_worker_has_these_pages_and_no_others(client: Client) -> None:
    answer = client.get("/meja/peninjauan/sw.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "Service-Worker-Allowed" not in answer  # its own folder is its scope


def test_the_field_page_costs_few_queries(scene: Scene, field: Client) -> None:
    visit = scene.arranged()
    begin(field, scene, visit)
    for clause in clauses():
        send(field, visit, noted(scene, "finding", clause=clause, verdict="met"))
    with CaptureQueriesContext(connection) as queries:
        assert field.get(f"/meja/peninjauan/{visit.id}/").status_code == 200
    assert len(queries) <= 15
