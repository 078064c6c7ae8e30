"""Each act of the desk through its page: offered, done, refused, overtaken, and nothing typed is lost (51.2, 51.3)."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from pasti.domain.roles import Role
from pasti.domain.workflow import Act, State
from pasti.records.licensing import Application
from tests import makers
from tests.pages.office import Office

pytestmark = pytest.mark.django_db
REASON = "Sudah diperiksa, semua sesuai dengan standar."
EVERYONE = (Role.INSPECTOR, Role.SUPERIOR)


@pytest.fixture
def office() -> Office:
    return Office(*EVERYONE)


def submit(client: Client, office: Office, act: Act, **data: str):  # noqa: ANN201  # Django's test response has no public type
    return client.post(office.address(f"tindakan/{act}/"), {"seen": str(office.seen), **data})


MOVES = [
    (Role.EXAMINER, State.SUBMITTED, Act.ACCEPT, {}, State.TECHNICAL_REVIEW),
    (Role.TECHNICAL_TEAM, State.TECHNICAL_REVIEW, Act.REVIEW, {"reason": REASON}, State.RECOMMENDATION),
    (Role.TECHNICAL_TEAM, State.TECHNICAL_REVIEW, Act.ASK, {"reason": REASON}, State.CLARIFICATION),
    (Role.TECHNICAL_TEAM, State.RECOMMENDATION, Act.RECOMMEND, {"reason": REASON, "verdict": "meets"}, State.VALIDATION),
    (Role.VALIDATOR, State.VALIDATION, Act.VALIDATE, {"reason": REASON}, State.DECISION),
    (Role.VALIDATOR, State.VALIDATION, Act.SEND_BACK, {"reason": REASON}, State.RECOMMENDATION),
    (Role.HEAD, State.DECISION, Act.APPROVE, {}, State.SIGNING),
    (Role.HEAD, State.DECISION, Act.SEND_BACK, {"reason": REASON}, State.VALIDATION),
]


@pytest.mark.parametrize(
    ("role", "state", "act", "data", "target"), MOVES, ids=lambda value: str(value) if isinstance(value, Act) else ""
)
@pytest.mark.clause("51.2")
def test_an_act_is_shown_before_it_is_done(
    office: Office, role: Role, state: State, act: Act, data: dict[str, str], target: State
) -> None:
    office.until(state)
    client = office.client_of(role)
    if act is Act.ACCEPT:
        makers.judge_all(office.officers[role], office.id, at=office.at)
    page = client.get(office.address(f"tindakan/{act}/"))
    assert page.status_code == 200
    assert 'class="act__what"' in page.text
    done = submit(client, office, act, **data)
    assert done.status_code == 302
    assert office.state == target


def test_the_panel_of_an_act_names_its_case(office: Office) -> None:
    panel = office.client_of(Role.EXAMINER).get(office.address("tindakan/accept/")).text.partition('id="act"')[2]
    assert f"{makers.fresh(office.id).number} · CV Lensa Jaya" in panel


def test_the_case_is_returned_with_the_reason_at_each_requirement(office: Office) -> None:
    client = office.client_of(Role.EXAMINER)
    makers.judge_all(office.officers[Role.EXAMINER], office.id, at=office.at)
    clause = makers.fresh(office.id).rows.first().clause
    client.post(office.address(f"syarat/{clause}/"), {"verdict": "not_met", "reason": "Akta ini tidak terbaca seluruhnya."})
    assert "Akta ini tidak terbaca" in client.get(office.address("tindakan/return/")).text
    submit(client, office, Act.RETURN)
    assert office.state == State.RETURNED


def test_the_promised_day_is_said_before_the_clock_starts(office: Office) -> None:
    assert "Yang dijanjikan kepada pemohon" in office.client_of(Role.EXAMINER).get(office.address("tindakan/accept/")).text


def test_a_missing_reason_is_refused_at_the_form(office: Office) -> None:
    office.until(State.TECHNICAL_REVIEW)
    answer = submit(office.client_of(Role.TECHNICAL_TEAM), office, Act.REVIEW, reason="pendek")
    assert answer.status_code == 422
    assert "pendek</textarea>" in answer.text
    assert "paling sedikit 10 huruf" in answer.text
    assert office.state == State.TECHNICAL_REVIEW


@pytest.mark.parametrize(("act", "state"), [(Act.REVIEW, State.TECHNICAL_REVIEW), (Act.ASK, State.TECHNICAL_REVIEW)])
def test_a_reason_that_is_required_is_not_called_optional(office: Office, act: Act, state: State) -> None:
    office.until(state)
    client = office.client_of(Role.TECHNICAL_TEAM)
    page = client.get(office.address(f"tindakan/{act}/")).text
    assert "Wajib diisi, paling sedikit 10 huruf." in page
    assert "(tidak wajib)" not in page
    empty = submit(client, office, act, reason="")
    assert empty.status_code == 422
    assert 'id="id_reason_error"' in empty.text


def test_a_recommendation_needs_its_verdict_and_keeps_its_reason(office: Office) -> None:
    office.until(State.RECOMMENDATION)
    answer = submit(office.client_of(Role.TECHNICAL_TEAM), office, Act.RECOMMEND, reason=REASON)
    assert answer.status_code == 422
    assert "Pilih isi rekomendasi" in answer.text
    assert f"{REASON}</textarea>" in answer.text


def test_a_case_changed_meanwhile_is_shown_anew_with_what_was_typed(office: Office) -> None:
    office.until(State.TECHNICAL_REVIEW)
    client, seen = office.client_of(Role.TECHNICAL_TEAM), office.seen
    makers.judge_all(office.officers[Role.TECHNICAL_TEAM], office.id, at=office.at)
    client.post(office.address("ambil/"), {"seen": str(office.seen)})
    answer = client.post(office.address("tindakan/review/"), {"seen": str(seen), "reason": REASON})
    assert answer.status_code == 409
    assert f"{REASON}</textarea>" in answer.text
    assert "Berkas diambil" in answer.text
    assert f'name="seen" value="{office.seen}"' in answer.text
    assert office.state == State.TECHNICAL_REVIEW
    assert submit(client, office, Act.REVIEW, reason=REASON).status_code == 302


def test_an_act_no_longer_open_leads_to_the_fresh_case_with_what_was_typed(office: Office) -> None:
    office.until(State.VALIDATION)
    client, seen = office.client_of(Role.VALIDATOR), office.seen
    office.until(State.DECISION)
    answer = client.post(office.address("tindakan/validate/"), {"seen": str(seen), "reason": REASON})
    assert answer.status_code == 409
    assert f"{REASON}</textarea>" in answer.text
    assert "Yang tadi Anda tulis" in answer.text
    assert office.state == State.DECISION


@pytest.mark.parametrize("role", [Role.VALIDATOR, Role.HEAD, Role.INSPECTOR, Role.SUPERIOR, Role.COUNTER_OFFICER])
@pytest.mark.clause("51.10.1")
def test_an_act_of_another_role_is_neither_shown_nor_done(office: Office, role: Role) -> None:
    client = office.client_of(role)
    assert client.get(office.address("tindakan/accept/")).status_code == 403
    assert submit(client, office, Act.ACCEPT).status_code == 403
    assert office.state == State.SUBMITTED


@pytest.mark.clause("51.10.1")
def test_a_refusal_is_said_once(office: Office) -> None:
    office.until(State.TECHNICAL_REVIEW)

    page = submit(office.client_of(Role.VALIDATOR), office, Act.REVIEW, reason=REASON)

    assert (page.status_code, page.text.count("dikerjakan oleh: Tim teknis.")) == (403, 1)


def test_who_examined_may_not_validate(office: Office) -> None:
    office.until(State.VALIDATION)
    row = makers.fresh(office.id)
    Application.objects.filter(pk=office.id).update(hands={**row.hands, Role.EXAMINER: [str(office.officers[Role.VALIDATOR].id)]})
    client = office.client_of(Role.VALIDATOR)
    assert "Anda sudah bertindak sebagai Pemeriksa berkas" in client.get(office.address()).text
    assert submit(client, office, Act.VALIDATE, reason=REASON).status_code == 403


def test_an_approval_says_how_the_certificate_is_numbered(office: Office) -> None:
    office.until(State.DECISION)
    page = office.client_of(Role.HEAD).get(office.address("tindakan/approve/")).text
    assert "nomor urut berikutnya" in page
    assert "503/" not in page.partition('id="act"')[2]  # a number that is nobody's yet would be taken for this one's
    assert "Dari 12 syarat: 12 memenuhi" in page or "memenuhi, 0 belum memenuhi, 0 belum dinilai" in page


@pytest.mark.clause("51.5")
def test_the_signature_shows_what_is_signed_and_never_the_passphrase(office: Office, signing_passphrase: str) -> None:
    office.until(State.SIGNING)
    client = office.client_of(Role.HEAD)
    page = client.get(office.address("tindakan/sign/")).text
    assert "CV Lensa Jaya" in page
    assert 'autocomplete="off"' in page
    refused = submit(client, office, Act.SIGN, passphrase="rahasia-kepala")
    assert refused.status_code == 422
    assert '<a href="#id_passphrase">' in refused.text.partition("autofocus")[2]
    assert "Passphrase salah" in refused.text.partition('id="id_passphrase_error"')[2]
    assert "rahasia-kepala" not in refused.text
    assert office.state == State.SIGNING
    signed = submit(client, office, Act.SIGN, passphrase=signing_passphrase)
    assert signed["Location"] == office.address()
    assert "/v/" in client.get(office.address()).text
    assert office.state == State.ISSUED


def test_a_signing_service_out_of_reach_is_said_and_changes_nothing(
    office: Office, signing_passphrase: str, settings: Settings
) -> None:
    office.until(State.SIGNING)
    settings.PASTI_SIGNING_URL = "http://127.0.0.1:9"
    answer = submit(office.client_of(Role.HEAD), office, Act.SIGN, passphrase=signing_passphrase)
    assert answer.status_code == 503
    assert "Tidak ada yang berubah: layanan tanda tangan elektronik tidak dapat dihubungi." in answer.text
    assert signing_passphrase not in answer.text
    assert office.state == State.SIGNING


def test_an_act_nobody_knows_is_not_found(office: Office) -> None:
    assert office.client_of(Role.EXAMINER).get(office.address("tindakan/menari/")).status_code == 404
