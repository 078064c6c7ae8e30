"""A letter becomes words and files, whatever its bytes are (51.6.2.g)."""

import time
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pasti.adapters.email import letter
from pasti.domain.messages import Message, Origin, Trouble, Unreadable
from tests import letters

pytestmark = pytest.mark.clause("51.6.2.g")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
OWN = frozenset({"pengaduan@kantor.example"})


def read(raw: bytes) -> Message:
    return letter.read(raw, received_at=NOW, own=OWN)


def trouble_of(raw: bytes) -> Trouble:
    with pytest.raises(Unreadable) as refused:
        read(raw)
    return refused.value.trouble


def test_a_letter_is_read_with_its_thread_and_its_files() -> None:
    raw = letters.a_letter(
        sender='"Kartika, Réna" <RINA@lensajaya.example>',
        subject="Soal izin — lagi",
        files=(("../../etc/foto é.jpg", b"\xff\xd8"),),
        In_Reply_To="<dua@kantor.example>",
        References="<satu@kantor.example> <dua@kantor.example>",
    )

    message = read(raw)

    assert (message.sender, message.sender_name) == ("rina@lensajaya.example", "Kartika, Réna")
    assert (message.subject, message.text) == ("Soal izin — lagi", "Saya menunggu tiga jam.")
    assert (message.id, message.references) == ("satu@lensajaya.example", ("satu@kantor.example", "dua@kantor.example"))
    assert message.sent_at == NOW and message.received_at == NOW
    assert [(file.name, file.data) for file in message.attachments] == [("foto é.jpg", b"\xff\xd8")]
    assert (message.origin, message.left_out) == (Origin.PERSON, ())


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, Origin.PERSON),
        ({"Auto_Submitted": "no"}, Origin.PERSON),
        ({"X_Auto_Response_Suppress": "DR, RN"}, Origin.PERSON),
        ({"Auto_Submitted": "auto-replied; x=y"}, Origin.AUTO_REPLY),
        ({"Auto_Submitted": "auto-generated"}, Origin.AUTO_REPLY),
        ({"Precedence": "auto_reply"}, Origin.AUTO_REPLY),
        ({"X_Auto_Response_Suppress": "All"}, Origin.AUTO_REPLY),
        ({"Precedence": "bulk"}, Origin.BULK),
        ({"List_Id": "<kabar.example>"}, Origin.BULK),
        ({"Return_Path": "<>"}, Origin.BOUNCE),
        ({"sender": "MAILER-DAEMON@lain.example"}, Origin.BOUNCE),
        ({"sender": "Kantor <Pengaduan@kantor.example>"}, Origin.LOOP),
        ({"X_PASTI_Letter": "1"}, Origin.LOOP),
    ],
    ids=str,
)
def test_who_speaks_is_known_by_the_envelope(headers: dict[str, str], origin: Origin) -> None:
    assert read(letters.a_letter(**headers)).origin is origin  # type: ignore[arg-type]  # every one is a word


def test_a_delivery_report_is_a_bounce() -> None:
    report = (
        b"From: x@y.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\nGagal\n--x--\n"
    )

    assert read(report).origin is Origin.BOUNCE


def test_two_deliveries_of_one_letter_have_one_key_and_another_letter_of_that_id_has_not() -> None:
    first = read(b"Received: from a\n" + letters.a_letter())
    second = read(b"Received: from b\nDelivered-To: c@d.example\n" + letters.a_letter())
    other = read(letters.a_letter(text="Isi yang lain."))

    assert first.key == second.key
    assert first.id == other.id and first.key != other.key


def test_a_page_is_read_as_its_words_when_there_is_no_plain_text() -> None:
    page = "<head><style>p{}</style></head><p>Saya &amp; anda</p><script>alert(1)</script>a<br>b < c<p"
    raw = f"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()

    assert read(raw).text == "Saya & anda\na\nb < c<p"


def test_broken_charsets_are_read_as_well_as_may_be() -> None:
    head = b"From: a@b.example\nContent-Type: text/plain; charset=%s\n\n"
    assert read(head % b"utf-8" + "kafé".encode("latin-1")).text == "kafé"
    assert read(head % b"zlib" + b"isi").text == "isi"
    assert read(head % b"iso-2022-jp" + "日本".encode("iso-2022-jp")).text == "日本"
    assert read(head % b"us-ascii" + b"a\0b\x1b[2Jc\xe2\x80\xaed").text == "ab[2Jcd"


def test_a_header_in_a_header_stays_one_line() -> None:
    message = read(b"From: =?utf-8?q?a=0d=0aBcc=3a_x=40y=2eexample?= <a@b.example>\nSubject: =?utf-8?q?x=0d=0aTo=3a_z?=\n\nisi")

    assert (message.sender_name, message.subject, message.sender) == ("a Bcc: x@y.example", "x To: z", "a@b.example")


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (b"", Trouble.EMPTY),
        (b" \r\n", Trouble.EMPTY),
        (b"From: a@b.example\n\n" + b"x" * letter.MOST_BYTES, Trouble.TOO_LARGE),
        (b"X: " + b"a" * 300_000 + b"\n\nisi", Trouble.LONG_HEAD),
        (letters.many_parts(201), Trouble.TOO_MANY_PARTS),
        (letters.nested(14), Trouble.TOO_DEEP),
    ],
    ids=["empty", "blank", "large", "head", "parts", "deep"],
)
def test_what_is_like_no_letter_is_refused_with_its_reason(raw: bytes, trouble: Trouble) -> None:
    assert trouble_of(raw) is trouble


def test_limits_leave_out_files_and_say_so() -> None:
    files = (*((f"{n}.txt", b"x") for n in range(22)), ("besar.bin", b"x" * (letter.LARGEST_ATTACHMENT + 1)))

    message = read(letters.a_letter(files=files))

    assert len(message.attachments) == letter.MOST_ATTACHMENTS
    assert len(message.left_out) == 3
    assert "besar.bin" in message.left_out[-1]


def test_a_bomb_stays_packed() -> None:
    packed = letters.bomb()

    assert read(letters.a_letter(files=(("bom.zip", packed),))).attachments[0].data == packed


def test_hostile_letters_are_read_or_refused_in_little_time_and_room() -> None:
    for number, raw in enumerate(letters.hostile()):
        began = time.process_time()
        tracemalloc.start()
        try:
            read(raw)
        except Unreadable:
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (number, time.process_time() - began < 5.0, most < 60_000_000) == (number, True, True)


PIECES = [
    b"From: a@b.example\n",
    b"Subject: =?utf-8?b?w6k=?=\n",
    b"Content-Type: multipart/mixed; boundary=x\n",
    b"Content-Type: text/html; charset=utf-16\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Disposition: attachment; filename*=utf-8''..%2fa%00\n",
    b"\n",
    b"--x\n",
    b"--x--\n",
    b"\r",
    b"<p>",
    b"YQ==",
]


@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=30).map(b"".join)))
@example(b"Content-Type: text/plain; charset=utf-16\n\n\x00\xd8x")
@example(b"From: a@b.example\nContent-Type: text/plain; charset=\x00\n\nisi")
def test_any_bytes_are_a_message_that_a_table_can_keep_or_are_refused(raw: bytes) -> None:
    try:
        message = read(raw)
    except Unreadable:
        return
    words = [message.id, message.sender, message.sender_name, message.subject, message.text, *message.references]
    words += [word for file in message.attachments for word in (file.name, file.mime)]
    assert "\0" not in "".join(words)
    "".join(words).encode()  # no half of a surrogate pair
    assert "\n" not in message.subject + message.sender_name + message.id
    assert all("/" not in file.name and "\\" not in file.name and file.name for file in message.attachments)


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip() == text))
def test_what_a_person_writes_is_what_is_read(text: str) -> None:
    assert read(letters.a_letter(text=text)).text.split() == text.split()
