"""Bytes sent to a server as they are, and the answers that come back until the connection ends."""

import io
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from urllib.parse import urlsplit

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One answer; ``headers`` finds names in any case."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Conversation:
    """The answers on one connection, and how many seconds passed until the server ended it."""

    answers: list[RawAnswer]
    seconds: float


def converse(
    address: str, pieces: Iterable[bytes], *, pause: float = 0.0, half_close: bool = False
) -> Conversation:
    """Send the pieces, ``pause`` seconds apart, and read until the server ends the connection.

    ``half_close`` tells the server then that nothing more is asked.
    """
    where = urlsplit(address)
    began = time.monotonic()
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=_SECONDS) as client:
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                client.sendall(piece)
                time.sleep(pause)
            if half_close:
                client.shutdown(socket.SHUT_WR)
        said = client.makefile("rb").read()
    return Conversation(_answers(io.BytesIO(said)), time.monotonic() - began)


def _answers(said: io.BytesIO) -> list[RawAnswer]:
    answers = []
    while line := said.readline():
        version, status, _ = line.split(b" ", 2)
        assert version == b"HTTP/1.1", line
        head = b"".join(iter(said.readline, b"\r\n"))
        headers = BytesParser().parsebytes(head)
        answers.append(RawAnswer(int(status), headers, said.read(int(headers["content-length"]))))
    return answers
