"""Malformed and oversized requests are refused in the usual form, with the headers and an id."""

import json

import pytest

from scidex.atlas.model_registry import SECURITY_HEADERS
from scidex.core.http_protocol import LARGEST_ADDRESS, LARGEST_HEAD
from tests.raw_http import RawAnswer, converse

JSON, PAGE = "application/json", "text/html; charset=utf-8"
HOST = b"Host: x\r\n"
HEALTH = b"GET /health HTTP/1.1\r\n" + HOST
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
KEY = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
LAST = b"Connection: close\r\n\r\n"


def check(answer: RawAnswer, status: int, form: str) -> None:
    assert answer.status == status, answer.body
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers.get_all(name) == [value]
    (request_id,) = answer.headers.get_all("X-Request-ID", [])
    assert request_id
    assert answer.headers["content-type"] == form
    if form == JSON:
        assert json.loads(answer.body)["detail"]
    else:
        assert answer.body.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("sent", "status", "form"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, PAGE),  # a browser that tries TLS
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, PAGE),
        (b"GARBAGE\r\n\r\n", 400, PAGE),
        (b"CONNECT x:443 HTTP/1.1\r\n" + HOST + b"\r\n", 400, PAGE),
        (b"GET /models HTTP/9.9\r\n" + HOST + b"\r\n", 400, PAGE),
        (b"GET /api/models HTTP/1.1\r\nno header\r\n\r\n", 400, JSON),
        (b"GET /api/models HTTP/1.1\r\nA: \x00\r\n\r\n", 400, JSON),
        (b"HEAD /api/models HTTP/1.1\r\nno header\r\n\r\n", 400, JSON),
        (b"POST /api/models HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, JSON),
        (b"POST /api/x HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400, JSON),
        (b"GET /api/models?q=" + b"x" * 5_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 431, JSON),
        (b"GET /api/models HTTP/1.1\r\nCookie: " + b"x" * 5_000_000 + b"\r\n\r\n", 431, JSON),
        (b"GET /api/models?q=" + b"x" * LARGEST_ADDRESS + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414, JSON),
        (b"GET /models HTTP/1.1\r\n\r\n", 400, PAGE),
        (b"GET /models HTTP/1.1\r\n" + HOST + HOST + b"\r\n", 400, PAGE),
        (b"GET /api/models HTTP/1.0\r\n" + HOST + HOST + b"\r\n", 400, JSON),
        (b"GET /models HTTP/1.1\r\nCookie: " + b"x" * LARGEST_HEAD + b"\r\n\r\n", 431, PAGE),
        (b"GET /models HTTP/1.1\r\n" + b"a: b\r\n" * 100_000 + b"\r\n", 431, PAGE),
        (b"GET /models HTTP/1.1\r\n" + b"a" * 5_000_000, 431, PAGE),
    ],
    ids=lambda value: value[:30] if isinstance(value, bytes) else None,
)
def test_a_refusal_has_what_every_answer_has(live_server: str, sent: bytes, status: int, form: str) -> None:
    (answer,) = converse(live_server, [sent]).answers
    check(answer, status, form)


def test_a_refusal_repeats_a_usable_id_that_was_sent(live_server: str) -> None:
    for sent, same in ((b"mine-1", True), (b"not usable!", False)):
        lines = b"GET /api/models HTTP/1.1\r\nX-Request-ID: " + sent + b"\r\n" + HOST + b"no header\r\n\r\n"
        (answer,) = converse(live_server, [lines]).answers
        assert (answer.headers["X-Request-ID"].encode() == sent) == same


def test_a_head_just_within_the_bound_is_read(live_server: str) -> None:
    cookie = b"Cookie: " + b"x" * (LARGEST_HEAD - 200) + b"\r\n"
    (answer,) = converse(live_server, [HEALTH + cookie + LAST]).answers
    assert answer.status == 200


def test_ten_ids_of_a_thousand_letters_beyond_ascii_fit_an_address(live_server: str) -> None:
    ids = "&".join(f"ids={number}" + "%C3%A9" * 999 for number in range(10))
    asked = f"GET /api/models/compare?{ids} HTTP/1.1\r\n".encode() + HOST + LAST
    (answer,) = converse(live_server, [asked]).answers
    assert answer.status == 404, answer.body


def test_a_request_of_an_earlier_http_needs_no_host(live_server: str) -> None:
    (answer,) = converse(live_server, [b"GET /health HTTP/1.0\r\n\r\n"]).answers
    assert answer.status == 200


def test_a_refusal_in_a_pipeline_comes_last_and_once(live_server: str) -> None:
    conversation = converse(live_server, [HEALTH + b"\r\nGARBAGE\r\n\r\n" + HEALTH + LAST])
    assert [answer.status for answer in conversation.answers] == [200, 400]


def test_a_malformed_body_has_one_answer(live_server: str) -> None:
    head = b"POST /health HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    for pieces in ([head + b"zz\r\n"], [head, b"zz\r\n"]):
        assert [answer.status for answer in converse(live_server, pieces, pause=0.1).answers] == [405]


@pytest.mark.parametrize("key", [KEY, b""], ids=["whole", "no key"])
def test_an_upgrade_is_not_taken_and_the_request_answered(live_server: str, key: bytes) -> None:
    conversation = converse(live_server, [HEALTH + UPGRADE + key + b"\r\n", HEALTH + LAST], pause=0.2)
    assert [answer.status for answer in conversation.answers] == [200, 200]


def test_a_client_that_half_closes_gets_its_answers(live_server: str) -> None:
    conversation = converse(live_server, [HEALTH + b"\r\n" + HEALTH + b"\r\n"], half_close=True)
    assert [answer.status for answer in conversation.answers] == [200, 200]
    assert conversation.seconds < 4  # and not only when idle connections end


@pytest.mark.parametrize("head", [b"GET /health HTTP/1.0\r\n\r\n", b"GET /health\r\n\r\n"])
def test_older_clients_are_answered_and_the_connection_ends(live_server: str, head: bytes) -> None:
    conversation = converse(live_server, [head])
    assert [answer.status for answer in conversation.answers] == [200]
    assert conversation.seconds < 4


def test_a_client_that_waits_to_be_told_to_send_its_body_is_answered(live_server: str) -> None:
    head = b"POST /health HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"
    conversation = converse(live_server, [head, b"12345", HEALTH + LAST], pause=0.1)
    assert [answer.status for answer in conversation.answers] == [405, 200]
