"""Which clients get compressed answers."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from scidex.core.compression import Compression


@pytest.mark.parametrize(
    ("wanted", "is_packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate, gzip; q=1.0, *;q=0", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("br", False),
        ("notgzip", False),
        ("", False),
    ],
)
def test_gzip_is_for_those_that_accept_it(wanted: str, is_packed: bool) -> None:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("a" * 5000))])
    app.add_middleware(Compression, minimum_size=1000)
    answer = TestClient(app).get("/", headers={"Accept-Encoding": wanted})
    assert ("content-encoding" in answer.headers) == is_packed
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.text == "a" * 5000
