"""The signing service over real HTTP, its stand-in and every way it can fail (51.5)."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from pasti.adapters.bsre import authority
from pasti.adapters.bsre.client import SigningService, WrongPassphrase
from pasti.adapters.bsre.fake import Server
from pasti.domain.errors import DoorClosed
from tests.signing import NIK, PASSPHRASE, Bench, sign

pytestmark = pytest.mark.clause("51.5")
ISSUED = {"status": "ISSUE", "status_code": 1111, "message": ""}


@contextmanager
def answering(*answers: tuple[int, bytes], pause: float = 0) -> Iterator[SigningService]:
    """A service that gives these answers, one after the other, to whatever is asked."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            code, body = left.pop(0)
            time.sleep(pause)
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield SigningService(
            url=f"http://127.0.0.1:{server.server_address[1]}", user="u", password="p", timeout=0.3 if pause else 5
        )
        server.shutdown()
        thread.join()


def as_json(**values: object) -> bytes:
    return json.dumps(values).encode()


def ask(bench: Bench, path: str, body: object, *, auth: tuple[str, str] | None = None) -> httpx.Response:
    auth = auth or (bench.service.user, bench.service.password)
    return httpx.post(bench.service.url + path, json=body, auth=auth, trust_env=False, timeout=20)


def test_a_signature_is_added_and_nothing_else_is_touched(bench: Bench) -> None:
    assert bench.signed.startswith(bench.unsigned)
    assert len(bench.signed) > len(bench.unsigned)
    assert bench.signed.count(b"ETSI.CAdES.detached") == 1


def test_a_wrong_passphrase_is_said_and_signs_nothing(bench: Bench) -> None:
    for wrong in ("salah", "", PASSPHRASE.lower()):
        with pytest.raises(WrongPassphrase, match="ketik lagi") as refused:
            sign(bench.service, bench.unsigned, passphrase=wrong)
        assert refused.value.clause == "51.5"


def test_an_unknown_signer_is_refused_for_good(bench: Bench) -> None:
    assert bench.service.status("3214010000000000") == "NOT_REGISTERED"
    with pytest.raises(DoorClosed, match="belum terdaftar") as refused:
        sign(bench.service, bench.unsigned, nik="3214010000000000")
    assert not refused.value.retry


@pytest.mark.parametrize("status", ["SUSPEND", "REVOKE", "RENEW"])
def test_only_an_issued_certificate_signs(bench: Bench, status: str) -> None:
    authority.set_status(bench.folder, nik=NIK, status=status)
    try:
        assert bench.service.status(NIK) == status
        with pytest.raises(DoorClosed, match="belum dapat menandatangani"):
            sign(bench.service, bench.unsigned)
        assert ask(bench, "/api/v2/sign/pdf", a_request(bench)).status_code == 400
    finally:
        authority.set_status(bench.folder, nik=NIK, status="ISSUE")


def test_the_applications_own_password_is_needed(bench: Bench) -> None:
    with pytest.raises(DoorClosed, match="kata sandi aplikasi") as refused:
        sign(replace(bench.service, password="salah"), bench.unsigned)
    assert not refused.value.retry
    assert "kata sandi aplikasi" not in repr(bench.service)


def test_a_service_that_is_down_may_be_tried_again() -> None:
    with pytest.raises(DoorClosed, match="tidak dapat dihubungi") as refused:
        SigningService(url="http://127.0.0.1:9", user="u", password="p").status(NIK)
    assert refused.value.retry


def test_a_slow_service_is_not_waited_for() -> None:
    with answering((200, as_json(**ISSUED)), pause=0.8) as service, pytest.raises(DoorClosed, match=r"0\.3 detik") as refused:
        sign(service, b"%PDF-")
    assert refused.value.retry


@pytest.mark.parametrize(
    ("answer", "retry"),
    [
        ((500, b""), True),
        ((503, b"<html>"), True),
        ((429, b""), True),
        ((200, b"<html>selamat datang"), True),
        ((200, b"[]"), True),
        ((200, as_json(file=[])), True),
        ((200, as_json(file=["***"])), True),
        ((200, as_json(file=[1])), True),
        ((200, as_json(message="oke")), True),
        ((400, as_json(error="User tidak terdaftar", status_code=2011)), False),
        ((400, as_json(error="apa saja")), False),
        ((404, b"{}"), False),
    ],
)
def test_every_other_answer_closes_the_door(answer: tuple[int, bytes], retry: bool) -> None:
    with answering((200, as_json(**ISSUED)), answer) as service, pytest.raises(DoorClosed) as refused:
        sign(service, b"%PDF-")
    assert refused.value.retry == retry


@pytest.mark.parametrize("code", [2031, "2031"])
def test_the_documented_code_means_a_wrong_passphrase(code: object) -> None:
    with (
        answering((200, as_json(**ISSUED)), (400, as_json(error="…", status_code=code))) as service,
        pytest.raises(WrongPassphrase),
    ):
        sign(service, b"%PDF-")


@pytest.mark.parametrize("back", [b"%PDF-1.7 kami", b"%PDF-1.7 lain dan lebih", b"x%PDF-1.7 kami dan lebih"])
def test_a_file_that_is_not_ours_with_something_after_it_is_not_used(back: bytes) -> None:
    returned = base64.b64encode(back).decode()
    with (
        answering((200, as_json(**ISSUED)), (200, as_json(file=[returned]))) as service,
        pytest.raises(DoorClosed, match="berkas lain"),
    ):
        sign(service, b"%PDF-1.7 kami")


def test_neither_nik_nor_passphrase_is_in_an_error_or_a_log(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WrongPassphrase) as wrong:
        sign(bench.service, bench.unsigned, passphrase="RAHASIA-SEKALI")
    with pytest.raises(DoorClosed) as closed:
        sign(bench.service, b"bukan PDF")
    sign(bench.service, bench.unsigned)
    written = capfd.readouterr()
    said = written.out + written.err + repr(wrong.value) + repr(closed.value)
    assert "/api/v2/sign/pdf 200" in written.err
    assert not any(secret in said for secret in (NIK, "RAHASIA-SEKALI", PASSPHRASE))


def test_keys_are_their_owners_alone_and_useless_without_the_passphrase(bench: Bench) -> None:
    modes = {path.stat().st_mode & 0o777 for path in bench.folder.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in [bench.folder, *bench.folder.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})
    key = next(bench.folder.rglob("signer.key"))
    assert b"ENCRYPTED PRIVATE KEY" in key.read_bytes()
    assert not [path for path in bench.folder.rglob("*") if NIK in str(path)]


def test_enrolling_again_changes_nothing_and_needs_a_passphrase(bench: Bench) -> None:
    before = next(bench.folder.rglob("signer.pem")).read_bytes()
    authority.enrol(bench.folder, nik=NIK, name="Orang Lain", title="", passphrase="lain")
    assert next(bench.folder.rglob("signer.pem")).read_bytes() == before
    with pytest.raises(ValueError, match="passphrase"):
        authority.enrol(bench.folder, nik="1", name="x", title="", passphrase="")


def test_two_first_starts_at_once_make_one_root(tmp_path: Path) -> None:
    makers = [threading.Thread(target=authority.open_authority, args=(tmp_path / "a",)) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    root = (tmp_path / "a" / "root.pem").read_bytes()
    Server(port=0, folder=tmp_path / "a", user="u", password="p").server_close()
    assert (tmp_path / "a" / "root.pem").read_bytes() == root


def a_request(bench: Bench, **changes: object) -> dict[str, object]:
    return {
        "nik": NIK,
        "passphrase": PASSPHRASE,
        "signatureProperties": [{"tampilan": "INVISIBLE"}],
        "file": [base64.b64encode(bench.unsigned).decode()],
        **changes,
    }


def test_one_passphrase_signs_many_files_in_order(bench: Bench) -> None:
    files = [base64.b64encode(bench.unsigned).decode(), base64.b64encode(bench.signed).decode()]
    answer = ask(bench, "/api/v2/sign/pdf", a_request(bench, file=files))
    signed = [base64.b64decode(file) for file in answer.json()["file"]]
    assert [pdf.count(b"ETSI.CAdES.detached") for pdf in signed] == [1, 2]
    assert isinstance(answer.json()["time"], int)


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": None},
        {"passphrase": 1},
        {"file": []},
        {"signatureProperties": []},
        {"signatureProperties": [{"tampilan": "VISIBLE"}]},
    ],
)
def test_the_stand_in_refuses_a_request_that_is_not_whole(bench: Bench, changes: dict[str, object]) -> None:
    answer = ask(bench, "/api/v2/sign/pdf", a_request(bench, **changes))
    assert (answer.status_code, answer.json()["status_code"]) == (400, 400)


def test_the_stand_in_answers_500_to_a_broken_pdf_as_the_real_one_does(bench: Bench) -> None:
    assert ask(bench, "/api/v2/sign/pdf", a_request(bench, file=[base64.b64encode(b"bukan").decode()])).status_code == 500
    assert ask(bench, "/api/v2/sign/pdf", a_request(bench, file=["***"])).status_code == 500


def test_the_stand_in_verifies_what_it_signed(bench: Bench) -> None:
    def conclusion(pdf: bytes) -> tuple[str, int]:
        answer = ask(bench, "/api/v2/verify/pdf", {"file": base64.b64encode(pdf).decode()}).json()
        return answer["conclusion"], answer["signatureCount"]

    changed = bench.signed.replace(b"/Purwakarta", b"/Purwakartb", 1).replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert conclusion(bench.signed) == ("VALID", 1)
    assert conclusion(bench.unsigned) == ("NO_SIGNATURE", 0)
    assert conclusion(changed) == ("INVALID", 1)


def test_the_stand_in_serves_nothing_else(bench: Bench) -> None:
    assert ask(bench, "/api/v2/seal/pdf", {}).status_code == 404
    assert ask(bench, "/api/v2/user/check/status", []).status_code == 400
    assert ask(bench, "/api/v2/user/check/status", {}, auth=("pasti", "")).status_code == 401
    assert httpx.get(bench.service.url + "/", trust_env=False).status_code == 405
