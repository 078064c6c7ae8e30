"""The parts of a letter, taken apart within limits however it was written (51.6.2.g).

The standard parser recurses into every part and keeps each one, so that a small letter of many or deep parts takes all memory.
Here only heads are given to it; bodies are cut at their boundaries, and nothing inside an attachment is opened.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Head
from email.parser import BytesParser
from email.policy import compat32

from pasti.domain.messages import Trouble, Unreadable

MOST_PARTS = 200
DEEPEST = 12
LONGEST_HEAD = 256 * 1024
LONGEST_PARAMETERS = 2048  # of one header with parameters; more is taken for none, for reading them costs their square
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
PARSER = BytesParser(policy=compat32)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part without parts of its own: its head and its body as sent."""

    head: Head
    body: bytes

    def content(self) -> bytes:
        """The body without its transfer encoding; as sent when that is broken or unknown."""
        encoding = first(self.head, "Content-Transfer-Encoding").strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding != "base64":
            return self.body
        for padding in (b"", b"=", b"=="):
            try:
                return binascii.a2b_base64(self.body + padding)
            except binascii.Error:
                continue
        return self.body


def parts_of(raw: bytes) -> tuple[Head, tuple[Part, ...]]:
    """The letter's head and all its parts in order. Unreadable when it is not like any letter a person sends."""
    top = _cut(raw)
    found: list[Part] = []
    waiting = [(top, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MOST_PARTS:
            raise Unreadable(Trouble.TOO_MANY_PARTS)
        inner = _inside(part)
        if not inner:
            found.append(part)
            continue
        if depth == DEEPEST:
            raise Unreadable(Trouble.TOO_DEEP)
        waiting += [(_cut(piece), depth + 1) for piece in reversed(inner)]
    return top.head, tuple(found)


def first(head: Head, name: str) -> str:
    """The first header of that name as sent, bytes beyond ASCII as surrogates; empty when there is none."""
    return next((str(value) for key, value in head.raw_items() if key.lower() == name.lower()), "")


def has_plain_parameters(head: Head, name: str) -> bool:
    """Whether the parameters of that header may be read at all."""
    return len(first(head, name)) <= LONGEST_PARAMETERS


def type_of(head: Head) -> str:
    """The type of content it says it is, "text/plain" when it says nothing."""
    return head.get_content_type() if has_plain_parameters(head, "Content-Type") else "application/octet-stream"


def _cut(raw: bytes) -> Part:
    """Head and body apart; what stands in the head without being a header belongs to the body."""
    if raw.startswith((b"\n", b"\r\n")):
        return Part(head=Head(), body=raw.partition(b"\n")[2])
    blank = BLANK_LINE.search(raw, 0, LONGEST_HEAD)
    end, start = blank.span() if blank else (len(raw), len(raw))
    if end > LONGEST_HEAD:
        raise Unreadable(Trouble.LONG_HEAD)
    head = PARSER.parsebytes(raw[:end], headersonly=True)
    stray = head.get_payload()
    body = raw[start:]
    if isinstance(stray, str) and stray:
        body = stray.encode("ascii", "surrogateescape") + b"\n\n" + body
    return Part(head=head, body=body)


def _inside(part: Part) -> list[bytes]:
    """The pieces between the boundaries; none for a part that has no parts, or none that can be found."""
    if not type_of(part.head).startswith("multipart/"):
        return []
    boundary = part.head.get_boundary()
    if not boundary:
        return []
    marks = list(_marks(part.body, boundary.encode("utf-8", "surrogateescape")))
    ends = [mark.start() for mark in marks[1:]] + [len(part.body)]
    pieces = [part.body[mark.end() : end] for mark, end in zip(marks, ends, strict=True) if not mark["closing"]]
    return [re.sub(rb"\A\r?\n", b"", piece) for piece in pieces]


def _marks(body: bytes, boundary: bytes) -> Iterator[re.Match[bytes]]:
    """The boundary lines, each with the line end before it, up to the closing one. Unreadable when there are too many."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(?P<closing>--)?[ \t]*(?=\r?\n|\Z)")
    for count, mark in enumerate(line.finditer(body), start=1):
        if count > MOST_PARTS:
            raise Unreadable(Trouble.TOO_MANY_PARTS)
        yield mark
        if mark["closing"]:
            return
