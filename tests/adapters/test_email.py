"""Letters go out over real SMTP to the stand-in, and every refusal says whether to try again (51.3)."""

import email
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest

from pasti.adapters.email.client import send
from pasti.adapters.email.fake import Mailbox
from pasti.domain.errors import DoorClosed

pytestmark = pytest.mark.clause("51.3")


class Server(NamedTuple):
    """A stand-in that runs in a process of its own."""

    url: str
    mailbox: Path
    process: subprocess.Popen[bytes]

    def letters(self) -> list[EmailMessage]:
        """The letters kept so far, oldest first."""
        files = sorted(self.mailbox.glob("*.eml"))
        return [email.message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]  # type: ignore[misc]  # by this policy


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    """Whether somebody answers on that port within ten seconds."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The stand-in as bin/serve starts it."""
    mailbox, port = tmp_path_factory.mktemp("surat") / "kotak", free_port()
    words = [sys.executable, "-m", "pasti.adapters.email.fake", "--port", str(port), "--data", str(mailbox)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        assert listening(port)
        yield Server(f"smtp://127.0.0.1:{port}", mailbox, process)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def post(url: str, **changed: str) -> None:
    """Send a believable letter."""
    letter = {
        "to": "rina@lensajaya.example",
        "subject": "Berkas lengkap — janji 7 Januari 2027",
        "body": "Yth. Rina,\n\n.satu baris yang diawali titik\nSélamat.\n",
        "message_id": "7d3c@pasti.example",
        "sender": "PASTI <pasti@pasti.example>",
    }
    send(url, **{**letter, **changed})


def refusal_of(url: str, **changed: str) -> DoorClosed:
    """How sending fails."""
    with pytest.raises(DoorClosed) as closed:
        post(url, **changed)
    assert closed.value.door == "email"
    return closed.value


def test_a_letter_arrives_as_it_was_written(server: Server) -> None:
    before = len(server.letters())
    post(server.url)
    letters = server.letters()
    assert len(letters) == before + 1
    letter = letters[-1]
    assert (letter["To"], letter["Subject"]) == ("rina@lensajaya.example", "Berkas lengkap — janji 7 Januari 2027")
    assert (letter["From"], letter["Message-ID"]) == ("PASTI <pasti@pasti.example>", "<7d3c@pasti.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == "Yth. Rina,\n\n.satu baris yang diawali titik\nSélamat.\n"


def test_letters_are_kept_whole_and_for_their_owner_alone(server: Server) -> None:
    post(server.url)
    assert list(server.mailbox.glob("*.part")) == []
    assert server.mailbox.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in server.mailbox.iterdir()} == {0o600}


def test_letters_sent_at_once_are_all_kept(server: Server) -> None:
    before = len(server.letters())
    senders = [threading.Thread(target=post, args=(server.url,), kwargs={"subject": f"Surat {n}"}) for n in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert {str(letter["Subject"]) for letter in server.letters()[before:]} == {f"Surat {n}" for n in range(8)}


@pytest.mark.parametrize(
    ("to", "code", "retry"), [("sementara@kantor.example", "451", True), ("ditolak@kantor.example", "550", False)]
)
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(server: Server, to: str, code: str, retry: bool) -> None:
    before = len(server.letters())
    closed = refusal_of(server.url, to=to)
    assert (closed.retry, code in str(closed)) == (retry, True)
    assert len(server.letters()) == before


def test_a_server_that_is_away_is_tried_again() -> None:
    assert refusal_of(f"smtp://127.0.0.1:{free_port()}").retry


@pytest.mark.parametrize(
    ("answer", "retry"),
    [(b"421 4.3.2 Sedang ditutup\r\n", True), (b"554 5.0.0 Tidak menerima surat\r\n", False), (b"", True)],
    ids=["closing for now", "taking no mail", "breaking off"],
)
def test_a_server_that_turns_away_at_the_door_says_whether_to_come_back(answer: bytes, retry: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def turn_away() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(answer)

        doorman = threading.Thread(target=turn_away)
        doorman.start()
        closed = refusal_of(f"smtp://127.0.0.1:{listener.getsockname()[1]}")
        doorman.join()
    assert closed.retry is retry


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:25", "smtp://"])
def test_an_address_that_is_no_mail_server_is_not_tried_again(url: str) -> None:
    assert not refusal_of(url).retry


@pytest.mark.parametrize("changed", [{"to": "a@b.example\r\nBcc: c@d.example"}, {"subject": "Judul\nBcc: c@d.example"}])
def test_a_line_break_cannot_smuggle_in_a_header(server: Server, changed: dict[str, str]) -> None:
    before = len(server.letters())
    assert not refusal_of(server.url, **changed).retry
    assert len(server.letters()) == before


def test_a_password_the_server_did_not_ask_for_is_not_sent_and_not_told(server: Server) -> None:
    closed = refusal_of(server.url.replace("://", "://pasti:rahasia@"))
    assert not closed.retry
    assert "rahasia" not in str(closed)


def test_a_letter_cut_off_while_being_written_is_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError("disk penuh")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk penuh"):
        Mailbox(tmp_path).keep(b"Subject: x\r\n\r\nisi")
    assert list(tmp_path.glob("*.eml")) == []


def test_a_taken_port_is_said_and_ends_the_stand_in(server: Server, tmp_path: Path) -> None:
    port = server.url.rpartition(":")[2]
    words = [sys.executable, "-m", "pasti.adapters.email.fake", "--port", port, "--data", str(tmp_path)]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert port in ended.stderr


def test_an_answer_stands_in_its_thread_and_says_it_is_ours(server: Server) -> None:
    before = len(server.letters())
    send(
        server.url,
        to="rina@lensajaya.example",
        subject="Re: [ADU-1] antrean",
        body="Terima kasih.",
        message_id="tiga@kantor.example",
        sender="pengaduan@kantor.example",
        references=("satu@lensajaya.example", "jahat>\r\nBcc: <x@y.example", "dua@lensajaya.example"),
    )
    (letter,) = server.letters()[before:]
    assert letter["References"] == "<satu@lensajaya.example> <dua@lensajaya.example>"
    assert letter["In-Reply-To"] == "<dua@lensajaya.example>"
    assert (letter["Auto-Submitted"], letter["X-PASTI-Letter"], letter["Bcc"]) == ("auto-replied", "1", None)
