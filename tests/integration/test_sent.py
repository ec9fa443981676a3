"""How answers are sent: packed where the client takes it, and readable by pages of the origins that a setting names."""

import gzip
from collections.abc import Iterator

import httpx2
import pytest

from scidex.core.settings import InvalidSetting, Settings
from tests.serving import http, serve

ORIGIN = "https://notebook.example.org"


@pytest.fixture(scope="module")
def open_server(demo_dsn: str) -> Iterator[str]:
    """Serve the demo to pages of one other origin."""
    with serve(demo_dsn, SCIDEX_CORS_ORIGINS=f"{ORIGIN}, http://127.0.0.1:8888") as address:
        yield address


@pytest.mark.parametrize("path", ["/models", "/api/models", "/api/models?format=csv", "/openapi.json"])
def test_long_answers_are_packed_where_the_client_takes_it(live_server: str, path: str) -> None:
    for _ in range(20):  # until no interval was found between the two
        plain = http.get(live_server + path, headers={"Accept-Encoding": "identity"})
        with httpx2.stream("GET", live_server + path, headers={"Accept-Encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        if gzip.decompress(packed) == plain.content:
            break
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 3


def test_head_and_short_answers(live_server: str) -> None:
    head = http.head(f"{live_server}/models", headers={"Accept-Encoding": "gzip"})
    assert (head.status_code, head.content) == (200, b"")
    short = http.get(f"{live_server}/api/models/model-x", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in short.headers


def test_no_other_origin_may_read_unless_a_setting_says_so(live_server: str, open_server: str) -> None:
    asked = {"Origin": ORIGIN}
    closed = http.get(f"{live_server}/api/models", headers=asked)
    assert "Access-Control-Allow-Origin" not in closed.headers
    for path in ("/api/models", "/api/models/model-x", "/api/models?limit=0"):
        answer = http.get(open_server + path, headers=asked)
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "X-Request-ID" in answer.headers["Access-Control-Expose-Headers"]
    other = http.get(f"{open_server}/api/models", headers={"Origin": "https://elsewhere.example.org"})
    assert "Access-Control-Allow-Origin" not in other.headers


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("DELETE", 400)])
def test_reads_alone_are_allowed_before_they_are_sent(open_server: str, method: str, status: int) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": method}
    assert http.options(f"{open_server}/api/models", headers=asked).status_code == status


@pytest.mark.parametrize(
    "text", ["notebook.example.org", f"{ORIGIN}/", f"{ORIGIN}/path", "https://A.example", "null"]
)
def test_a_malformed_origin_is_refused(text: str) -> None:
    with pytest.raises(InvalidSetting, match="SCIDEX_CORS_ORIGINS"):
        Settings.from_environment({"SCIDEX_CORS_ORIGINS": text})


def test_origins_that_are_taken() -> None:
    named = Settings.from_environment({"SCIDEX_CORS_ORIGINS": " *, http://[::1]:8888 ,"}).cors_origins
    assert named == ("*", "http://[::1]:8888")
