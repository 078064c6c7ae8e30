"""Clients that ask a web server over kept-alive connections, each its next question when the last is answered in full.

One thread drives all of them, so that asking costs little and the same whoever answers.
"""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

GIVE_UP_SECONDS = 30.0  # without any answer


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request as bytes, and what the head of its answer must begin with and hold (lower case)."""

    data: bytes
    begins: bytes
    holds: bytes = b""


@dataclass(kw_only=True)
class _Client:
    socket: socket.socket
    question: Question
    answer: bytes = b""

    def is_answered(self) -> bool:
        head, end, body = self.answer.partition(b"\r\n\r\n")
        if not end:
            return False
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), None)
        if not lines[0].startswith(self.question.begins) or self.question.holds not in head.lower() or length is None:
            raise RuntimeError(f"unexpected answer: {self.answer[:2000].decode(errors='replace')}")
        return len(body) >= length


def post(target: str, host: str, body: bytes, headers: Iterable[str] = ()) -> bytes:
    """A POST as bytes."""
    lines = [f"POST {target} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def rate(port: int, questions: Iterator[Question], *, clients: int, seconds: float) -> tuple[float, int]:
    """Answers per second, and answers: until the questions are used up, or no more are asked after `seconds`.

    RuntimeError for a wrong answer, or none.
    """
    selector, done = selectors.DefaultSelector(), 0
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if (question := next(questions, None)) is not None:
            selector.register(connection, selectors.EVENT_READ, _Client(socket=connection, question=question))
    began = time.perf_counter()
    for key in list(selector.get_map().values()):
        key.data.socket.sendall(key.data.question.data)
    while selector.get_map():
        ready = selector.select(GIVE_UP_SECONDS)
        if not ready:
            raise RuntimeError(f"no answer for {GIVE_UP_SECONDS} seconds")
        for key, _ in ready:
            client: _Client = key.data
            received = client.socket.recv(65536)
            if not received:
                raise RuntimeError(f"hung up in the middle of: {client.answer[:2000].decode(errors='replace')}")
            client.answer += received
            if not client.is_answered():
                continue
            done += 1
            late = time.perf_counter() - began > seconds
            following = None if late else next(questions, None)
            if following is None:
                selector.unregister(client.socket)
                client.socket.close()
                continue
            client.question, client.answer = following, b""
            client.socket.sendall(following.data)
    return done / (time.perf_counter() - began), done
