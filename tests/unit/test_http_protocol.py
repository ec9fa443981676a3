"""The bounds in time of a connection, with a small application and short bounds."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from scidex.core import http_protocol
from scidex.core.http_protocol import BoundedProtocol
from scidex.core.refusals import Refusals
from scidex.core.serving import listen
from tests.raw_http import Conversation, converse

_HEAD_SECONDS = 0.4
_ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n"


async def _greeting(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a greeting to requests whose head comes within 0.4 seconds."""
    monkeypatch.setattr(http_protocol, "HEAD_SECONDS", _HEAD_SECONDS)
    application: ASGIApp = Refusals(
        _greeting, answer=lambda _, status, sentence: PlainTextResponse(sentence, status)
    )
    config = uvicorn.Config(application, http=BoundedProtocol, ws="none", lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _statuses(conversation: Conversation) -> list[int]:
    return [answer.status for answer in conversation.answers]


@pytest.mark.parametrize(
    ("pieces", "statuses"),
    [
        ([], []),
        ([b"GET / HT"], [408]),
        ([b"GET / HTTP/1.1\r\n", *[b"a: b\r\n"] * 6], [408]),
        ([b"GET /", *[b"x"] * 6], [408]),
        ([b"\r\n"] * 6, []),
        ([b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n", *[b"x"] * 6], [200]),
        ([_ASKED + b"\r\n", b"GET /", *[b"x"] * 6], [200, 408]),
        ([_ASKED + b"\r\nGET /"], [200, 408]),
        ([_ASKED + b"\r\n", *[b"\r\n"] * 6], [200]),
    ],
    ids=[
        "nothing",
        "a part",
        "headers",
        "an address",
        "blank lines",
        "a body",
        "a second request",
        "a second request in one piece with the first",
        "blanks after",
    ],
)
def test_what_trickles_is_given_up_after_the_bound(
    address: str, pieces: list[bytes], statuses: list[int]
) -> None:
    conversation = converse(address, pieces, pause=_HEAD_SECONDS / 4)
    assert _statuses(conversation) == statuses
    assert conversation.seconds < 4 * _HEAD_SECONDS


@pytest.mark.parametrize("coding", [b"xchunked", b"gzip, chunked", b"chunked, identity", b"gzip"])
def test_a_body_of_unknown_length_is_refused(address: str, coding: bytes) -> None:
    conversation = converse(
        address, [_ASKED + b"Transfer-Encoding: " + coding + b"\r\n\r\n", _ASKED + b"\r\n"]
    )
    assert _statuses(conversation) == [400]


def test_a_body_in_chunks_is_read(address: str) -> None:
    asked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
    assert _statuses(converse(address, [asked, _ASKED + b"\r\n"])) == [200, 200]


def test_a_head_that_takes_less_than_the_bound_is_answered_each_time(address: str) -> None:
    pieces = [piece for _ in range(6) for piece in (_ASKED, b"\r\n")]
    began = time.monotonic()
    assert _statuses(converse(address, pieces, pause=_HEAD_SECONDS / 4, half_close=True)) == [200] * 6
    assert time.monotonic() - began > 2 * _HEAD_SECONDS
