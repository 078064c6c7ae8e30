"""The mailbox is read on a real IMAP server, and a letter is taken only when the caller says so (51.6.2.g)."""

import pytest

from pasti.adapters.email import mailbox
from pasti.adapters.email.mailbox import opened
from pasti.cli.standins import free_port
from pasti.domain.errors import DoorClosed
from tests import letters
from tests.imap import ImapServer

pytestmark = [pytest.mark.clause("51.6.2.g"), pytest.mark.needs("dovecot")]


def subjects(server: ImapServer, *, take: bool = False) -> list[str]:
    """What waits, by its first line; `take` marks it."""
    found = []
    with opened(server.url()) as box:
        for waiting in box.waiting():
            found.append(b"".join(box.blocks(waiting.uid)).partition(b"\r\n")[0].decode())
            if take:
                box.take(waiting.uid)
    return found


def closed_by(url: str) -> DoorClosed:
    with pytest.raises(DoorClosed) as closed, opened(url):
        pass
    return closed.value


def test_what_was_not_taken_is_read_again_and_what_was_taken_is_not(office_mailbox: ImapServer) -> None:
    office_mailbox.deliver(b"Subject: satu\r\n\r\n1", b"Subject: dua\r\n\r\n2")
    assert subjects(office_mailbox) == ["Subject: satu", "Subject: dua"]
    assert subjects(office_mailbox, take=True) == ["Subject: satu", "Subject: dua"]
    office_mailbox.deliver(b"Subject: tiga\r\n\r\n3")

    assert subjects(office_mailbox) == ["Subject: tiga"]


def test_a_letter_somebody_opened_in_a_mail_program_still_waits(office_mailbox: ImapServer) -> None:
    office_mailbox.deliver(b"Subject: satu\r\n\r\n1")
    with opened(office_mailbox.url()) as box:
        waiting = next(box.waiting())
        box._ask("STORE", waiting.uid, "+FLAGS", r"(\Seen)")

    assert subjects(office_mailbox) == ["Subject: satu"]


def test_a_large_letter_comes_in_blocks_and_whole(office_mailbox: ImapServer) -> None:
    letter = b"Subject: besar\r\n\r\n" + b"0123456789abcdef\r\n" * 200_000
    office_mailbox.deliver(letter, b"")
    with opened(office_mailbox.url()) as box:
        large, empty = box.waiting()
        blocks = list(box.blocks(large.uid))
        assert list(box.blocks(empty.uid)) == []

    assert b"".join(blocks) == letter
    assert len(blocks) == 4 and max(map(len, blocks)) == mailbox.BLOCK


def test_more_letters_than_one_window_are_all_found(office_mailbox: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "WINDOW", 3)
    office_mailbox.deliver(*(b"Subject: %d\r\n\r\nisi" % number for number in range(10)))

    assert subjects(office_mailbox, take=True) == [f"Subject: {number}" for number in range(10)]


def test_a_letter_removed_meanwhile_is_no_letter(office_mailbox: ImapServer) -> None:
    office_mailbox.deliver(b"Subject: satu\r\n\r\n1")
    with opened(office_mailbox.url()) as box:
        waiting = next(box.waiting())
        box._ask("STORE", waiting.uid, "+FLAGS", r"(\Deleted)")
        box._server.expunge()

        assert list(box.blocks(waiting.uid)) == []


@pytest.mark.parametrize(("scheme", "host"), [("imaps", "127.0.0.1"), ("imap", "127.0.0.2")], ids=["TLS", "STARTTLS"])
def test_the_line_is_encrypted_and_the_certificate_is_checked(
    office_mailbox: ImapServer, monkeypatch: pytest.MonkeyPatch, scheme: str, host: str
) -> None:
    url = office_mailbox.url(scheme=scheme, host=host)
    refused = closed_by(url)
    assert not refused.retry and "sertifikat" in str(refused)

    monkeypatch.setenv("SSL_CERT_FILE", str(office_mailbox.certificate))
    with opened(url) as box:
        assert list(box.waiting()) == []
        assert box._server.sock.version() == "TLSv1.3"  # type: ignore[attr-defined]  # it is an SSLSocket


def test_a_wrong_password_is_said_and_not_told(office_mailbox: ImapServer) -> None:
    closed = closed_by(office_mailbox.url(password="bukan-ini"))

    assert not closed.retry
    assert "bukan-ini" not in str(closed) and "kata sandi" in str(closed)


def test_a_server_that_is_away_is_tried_again() -> None:
    assert closed_by(f"imap://a:b@127.0.0.1:{free_port()}/INBOX").retry


@pytest.mark.parametrize("url", ["", "http://a:b@x.example", "imap://", "imap://127.0.0.1", "imap://a%0d%0ab:c@127.0.0.1:{port}"])
def test_an_address_that_is_no_mailbox_is_not_tried_again(office_mailbox: ImapServer, url: str) -> None:
    assert not closed_by(url.format(port=office_mailbox.port)).retry


def test_a_folder_that_is_not_there_is_said(office_mailbox: ImapServer) -> None:
    closed = closed_by(office_mailbox.url().replace("INBOX", "Arsip"))

    assert not closed.retry and "Arsip" in str(closed)


def test_a_line_that_breaks_is_tried_again(office_mailbox: ImapServer) -> None:
    office_mailbox.deliver(letters.a_letter())
    with opened(office_mailbox.url()) as box:
        box._server.shutdown()
        with pytest.raises(DoorClosed) as closed:
            list(box.waiting())

    assert closed.value.retry
