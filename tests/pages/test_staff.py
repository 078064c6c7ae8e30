"""The pages of staff, guarantees and safety, each for whom it is (51.9, 51.11 to 51.13)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pasti.actions import findings
from pasti.domain.roles import Role
from pasti.records.accounts import Account, Leave
from pasti.records.guarantees import Signing
from pasti.records.safety import GuardWatch, Incident, LegalAid
from pasti.records.sanctions import Sanction
from pasti.records.staff import Assessment, Credential
from tests import makers

pytestmark = pytest.mark.django_db
BACKEND = "pasti.config.accounts.AuthenticationBackend"
CLAUSES = tuple(f"51.9.{n}" for n in range(3, 10))


def signed_in(*roles: Role, name: str = "") -> tuple[Client, Account]:
    client = Client()
    actor = makers.actor(*roles, at=timezone.now(), name=name)
    account = Account.objects.get(pk=actor.id)
    client.force_login(account, backend=BACKEND)
    return client, account


def day(name: str, on: date | None = None) -> dict[str, str]:
    on = on or timezone.localdate()
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def paper() -> dict[str, Any]:
    file = SimpleUploadedFile("ijazah.pdf", makers.PDF, content_type="application/pdf")
    typed = {"kind": "education", "code": "bachelor", "name": "Universitas Contoh", "file": file}
    return {**typed, **day("ends_on", date(2012, 6, 1))}


@pytest.mark.clause("51.9.1")
def test_an_officer_enters_a_paper_and_the_head_checks_it() -> None:
    officer, account = signed_in(Role.EXAMINER)
    head, _ = signed_in(Role.HEAD)
    refused = officer.post("/meja/saya/", {"kind": "education", "code": "bachelor", "name": "Universitas Contoh"})
    assert refused.status_code == 422
    assert "Universitas Contoh" in refused.content.decode()
    assert officer.post("/meja/saya/", paper()).status_code == 302
    found = Credential.objects.get()
    page = head.get("/meja/pegawai/").content.decode()
    assert "1 bukti menunggu diperiksa" in page
    assert "2 petugas aktif dari 30 yang dijanjikan" in page
    assert "HeadCount" not in page
    assert officer.post(f"/meja/pegawai/{account.id}/bukti/{found.id}/", {"accept": "ya"}).status_code == 403
    assert head.post(f"/meja/pegawai/{account.id}/bukti/{found.id}/", {"accept": "ya"}).status_code == 302
    assert "Pendidikan paling rendah sarjana" in officer.get("/meja/saya/").content.decode()
    assert head.get(f"/meja/pegawai/bukti/{found.id}/").status_code == 200
    other, _ = signed_in(Role.COUNTER_OFFICER)
    assert other.get(f"/meja/pegawai/bukti/{found.id}/").status_code == 403
    assert other.get(f"/meja/pegawai/{account.id}/").status_code == 403


@pytest.mark.clause("51.9.3")
def test_a_judgement_left_open_keeps_what_was_chosen() -> None:
    _, account = signed_in(Role.EXAMINER)
    head, _ = signed_in(Role.HEAD)
    address = f"/meja/pegawai/{account.id}/nilai/"
    refused = head.post(address, {"51.9.3": "ya", "note": "Baru sebagian"})
    assert refused.status_code == 422
    assert "Pilih hasil untuk 51.9.4" in refused.content.decode()
    assert "Baru sebagian" in refused.content.decode()
    assert head.post(address, dict.fromkeys(CLAUSES, "ya")).status_code == 302
    assert Assessment.objects.count() == 7


@pytest.mark.clause("51.11")
def test_the_administrator_gives_roles_and_sees_no_papers() -> None:
    admin, _ = signed_in(Role.ADMINISTRATOR)
    _, account = signed_in(Role.EXAMINER, name="Dewi Lestari")
    assert admin.get("/meja/pegawai/").status_code == 403
    assert admin.get(f"/meja/pegawai/{account.id}/").status_code == 403
    assert "Dewi Lestari" in admin.get("/meja/pegawai/peran/").content.decode()
    given = {"account": str(account.id), "role": "validator", "kind": "plh", "stands_in_for": "", **day("starts_on")}
    refused = admin.post("/meja/pegawai/peran/beri/", given)
    assert refused.status_code == 422
    assert "harus punya tanggal akhir" in refused.content.decode()
    given["kind"] = "definitive"
    answer = admin.post("/meja/pegawai/peran/beri/", given, follow=True)
    assert "Belum ada dasar 51.9.1 yang terbukti" in answer.content.decode()
    ended = admin.post("/meja/pegawai/peran/akhiri/", {"post": f"{account.id}:validator", **day("ends_on")})
    assert ended.status_code == 302
    away = {"account": str(account.id), "reason": "Cuti tahunan", **day("starts_on"), **day("ends_on")}
    assert admin.post("/meja/pegawai/peran/cuti/", away).status_code == 302
    assert "Cuti tahunan" in admin.get("/meja/pegawai/peran/").content.decode()
    assert signed_in(Role.COUNTER_OFFICER)[0].get("/meja/pegawai/peran/").status_code == 403


@pytest.mark.clause("51.11")
def test_ones_own_leave() -> None:
    officer, account = signed_in(Role.EXAMINER)
    assert officer.post("/meja/saya/cuti/", {"reason": "Cuti sakit", **day("starts_on")}).status_code == 422
    given = {"reason": "Cuti sakit", **day("starts_on"), **day("ends_on")}
    assert officer.post("/meja/saya/cuti/", given).status_code == 302
    assert Leave.objects.get().account_id == account.id


@pytest.mark.clause("51.12.1")
def test_a_pledge_by_name_says_that_it_is_no_signature() -> None:
    officer, _ = signed_in(Role.EXAMINER, name="Dewi Lestari")
    refused = officer.post("/meja/saya/janji/ethics/", {"typed": "Dewi"})
    assert refused.status_code == 422
    assert "Ketik nama lengkap Anda seperti pada akun: Dewi Lestari." in refused.content.decode()
    assert officer.post("/meja/saya/janji/ethics/", {"typed": "Dewi Lestari"}).status_code == 302
    assert "bukan tanda tangan elektronik" in officer.get("/meja/saya/").content.decode()
    assert officer.post("/meja/saya/janji/tidak-ada/", {"typed": "Dewi Lestari"}).status_code == 403


@pytest.mark.clause("51.12.2")
def test_who_can_sign_signs(signing_passphrase: str) -> None:
    head, _ = signed_in(Role.HEAD)
    assert head.post("/meja/saya/janji/integrity/", {"passphrase": "salah-sekali"}).status_code == 422
    assert head.post("/meja/saya/janji/integrity/", {"passphrase": signing_passphrase}).status_code == 302
    signing = Signing.objects.get()
    assert head.get(f"/meja/jaminan/janji/{signing.pk}.pdf")["Content-Type"] == "application/pdf"
    assert "tanda tangan elektronik" in head.get("/meja/jaminan/").content.decode()


@pytest.mark.clause("51.12.3")
@pytest.mark.clause("51.12.4")
def test_the_proclamation_is_public_once_the_head_publishes_it() -> None:
    head, _ = signed_in(Role.HEAD)
    assert "belum diumumkan" in Client().get("/maklumat/").content.decode()
    assert signed_in(Role.EXAMINER)[0].post("/meja/jaminan/maklumat/").status_code == 403
    assert head.post("/meja/jaminan/maklumat/").status_code == 302
    page = Client().get("/maklumat/").content.decode()
    assert "sanggup menyelenggarakan pelayanan" in page
    assert "Pelayanan Sepenuh Hati" in page
    assert "masih dianggap" in page


@pytest.mark.clause("51.13.1")
def test_the_roster_and_the_log() -> None:
    keeper, _ = signed_in(Role.FACILITY_CUSTODIAN)
    assert keeper.post("/meja/keselamatan/", {"post": "Pintu gerbang", **day("on")}).status_code == 422
    given = {"post": "Pintu gerbang", "guard": "Jajang", "starts": "07:00", "ends": "15:00"}
    tomorrow, yesterday = (timezone.localdate() + timedelta(days=n) for n in (1, -1))
    assert keeper.post("/meja/keselamatan/", {**given, **day("on", tomorrow)}).status_code == 302
    early = keeper.post(f"/meja/keselamatan/jaga/{GuardWatch.objects.get().id}/", {"kept": "ya", "words": "Kata-kata saya"})
    assert early.status_code == 422
    assert keeper.post("/meja/keselamatan/", {**given, **day("on", yesterday)}).status_code == 302
    watch = GuardWatch.objects.get(on=yesterday)
    refused = keeper.post(f"/meja/keselamatan/jaga/{watch.id}/", {"kept": "tidak", "words": "sakit"})
    assert refused.status_code == 422
    assert 'value="sakit"' in refused.content.decode()  # nothing typed is lost
    assert keeper.post(f"/meja/keselamatan/jaga/{watch.id}/", {"kept": "ya"}).status_code == 302
    officer, _ = signed_in(Role.COUNTER_OFFICER)
    happened = {"kind": "injury", "place": "Loket 2", "words": "Pengunjung pingsan, dibantu.", **day("on", date(2026, 1, 5))}
    assert officer.post("/meja/keselamatan/kejadian/", happened).status_code == 422
    assert officer.post("/meja/keselamatan/kejadian/", {**happened, "hour": "09:15"}).status_code == 302
    incident = Incident.objects.get()
    page = keeper.get("/meja/keselamatan/").content.decode()
    assert "Jajang" in page
    assert "Pengunjung pingsan" in page
    assert officer.get("/meja/keselamatan/").status_code == 403
    assert keeper.post(f"/meja/keselamatan/kejadian/{incident.id}/", {"words": "Kursi ditambah"}).status_code == 302


@pytest.mark.clause("51.13.3")
def test_legal_aid_is_asked_and_answered() -> None:
    officer, _ = signed_in(Role.EXAMINER)
    head, _ = signed_in(Role.HEAD)
    assert officer.post("/meja/keselamatan/bantuan-hukum/", {"words": "aduh"}).status_code == 422
    matter = {"words": "Digugat karena menolak berkas palsu."}
    assert officer.post("/meja/keselamatan/bantuan-hukum/", matter).status_code == 302
    address = f"/meja/keselamatan/bantuan-hukum/{LegalAid.objects.get().id}/"
    assert "berkas palsu" in head.get(address).content.decode()
    assert signed_in(Role.COUNTER_OFFICER)[0].get(address).status_code == 403
    answer = {"given": "ya", "words": "Didampingi bagian hukum setda."}
    assert officer.post(address, answer).status_code == 403
    assert head.post(address, answer).status_code == 302
    assert "Didampingi bagian hukum setda." in officer.get(address).content.decode()


def test_who_has_no_work_there_is_kept_out() -> None:
    applicant, _ = signed_in()
    for address in ("saya", "pegawai", "pegawai/peran", "jaminan", "keselamatan", "keselamatan/bantuan-hukum"):
        assert applicant.get(f"/meja/{address}/").status_code == 403
        assert Client().get(f"/meja/{address}/").status_code == 302


def test_pages_cost_the_same_for_many(django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]) -> None:
    head, account = signed_in(Role.HEAD)
    for number in range(5):
        makers.actor(Role.EXAMINER, at=timezone.now(), email=f"pemeriksa{number}@uji.example")
    head.get("/meja/pegawai/")
    for address, most in (("pegawai", 12), (f"pegawai/{account.id}", 15), ("jaminan", 12), ("keselamatan", 10), ("saya", 15)):
        with django_assert_max_num_queries(most):
            assert head.get(f"/meja/{address}/").status_code == 200


@pytest.mark.clause("51.12.5")
def test_a_sanction_from_a_finding_to_the_officers_own_page() -> None:
    head, _account = signed_in(Role.HEAD)
    officer, sanctioned = signed_in(Role.COUNTER_OFFICER, name="Asep Hidayat")
    superior = makers.actor(Role.SUPERIOR, at=timezone.now())
    due_on = timezone.localdate() + timedelta(days=9)
    finding = findings.raised(superior, "Ada pungutan di loket.", "head", due_on, at=timezone.now())
    address = "/meja/jaminan/sanksi/baru/"
    assert f"{address}?dasar=finding:{finding.id}" in head.get(f"/pengawasan/temuan/{finding.id}/").text
    assert f'<option value="finding:{finding.id}" selected>' in head.get(f"{address}?dasar=finding:{finding.id}").text
    given = {"account": str(sanctioned.id), "basis": f"finding:{finding.id}", "kind": "oral", "decree": "800/7/2026"}
    typed = {**given, **day("starts_on"), "words": "Meminta uang kepada pemohon."}
    refused = head.post(address, typed)
    assert (refused.status_code, "saat didengar" in refused.text, "Meminta uang" in refused.text) == (422, True, True)
    assert head.post(address, {**typed, "heard": "Didengar hari ini dan mengakui."}).status_code == 302
    assert "Teguran lisan" in head.get("/meja/jaminan/").text
    one = Sanction.objects.get()
    assert "Teguran lisan" in officer.get("/meja/saya/").text
    assert "Meminta uang" in officer.get(f"/meja/jaminan/sanksi/{one.id}/").text
    other, _ = signed_in(Role.EXAMINER)
    assert [other.get(a).status_code for a in (f"/meja/jaminan/sanksi/{one.id}/", address)] == [403, 403]


def test_who_opens_the_address_of_a_form_is_led_to_its_page() -> None:
    head, _account = signed_in(Role.HEAD)
    led = [
        head.get(address)["Location"] for address in ("/meja/pegawai/peran/beri/", "/meja/saya/cuti/", "/meja/jaminan/maklumat/")
    ]
    assert led == ["/meja/pegawai/peran/", "/meja/saya/", "/meja/jaminan/"]


def test_a_refused_form_has_the_focus() -> None:
    officer, _account = signed_in(Role.EXAMINER)
    refused = officer.post("/meja/saya/cuti/", {"reason": "Cuti sakit"})
    assert (refused.status_code, refused.text.count("autofocus")) == (422, 1)
