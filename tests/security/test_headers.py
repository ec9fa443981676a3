"""Every answer binds the browser: no script, nothing foreign, no frame, no guess at its type; and tells nothing."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import SECURITY_HEADERS
from tests.registry import rows
from tests.serving import http

COMPARED = "ids=model-ad-logistic-v1,model-ad-logistic-v2"
ANSWERS = [
    *[
        ("GET", "/", 200),
        ("GET", "/models/glossary", 200),
        ("GET", "/docs", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/health", 200),
    ],
    *[("GET", "/models", 200), ("GET", "/models/model-ad-logistic-v1", 200)],
    *[("GET", f"/models/compare?{COMPARED}", 200), ("GET", "/artifact/dataset-ad-train", 200)],
    *[("GET", "/api/models", 200), ("GET", "/api/models/model-ad-logistic-v1", 200)],
    *[("GET", f"/api/models/compare?{COMPARED}&format={form}", 200) for form in ("json", "csv", "md")],
    *[("GET", "/assets/host.css", 200), ("GET", "/models/assets/registry.css", 200)],
    *[("GET", "/nowhere", 404), ("GET", "/api/nowhere", 404), ("GET", "/api", 404), ("GET", "/docs/", 200)],
    *[("GET", "/models/x", 404), ("GET", "/artifact/x", 404), ("GET", "/api/models/x", 404)],
    *[("GET", "/models?limit=0", 422), ("GET", "/api/models?limit=0", 422), ("GET", "/models/compare", 422)],
    *[("POST", "/models", 405), ("DELETE", "/api/models", 405), ("OPTIONS", "/health", 405)],
    *[("HEAD", "/models", 200), ("HEAD", "/api/models/x", 404)],
]


def lacking(headers: Any) -> dict[str, list[str]]:
    """Return the headers that are not there exactly once as they should be."""
    found = {name: headers.get_list(name) for name in SECURITY_HEADERS}
    return {name: values for name, values in found.items() if values != [SECURITY_HEADERS[name]]}


def test_the_policy_allows_no_script_nothing_foreign_and_no_frame() -> None:
    policy = dict(part.split(" ", 1) for part in SECURITY_HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert not any(name.startswith("script") or "unsafe" in value for name, value in policy.items())
    assert SECURITY_HEADERS["X-Content-Type-Options"] == "nosniff"
    assert SECURITY_HEADERS["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_answer_of_the_server_has_them(
    live_server: str, method: str, address: str, status: int
) -> None:
    answer = http.request(method, f"{live_server}{address}")
    assert answer.status_code == status
    assert lacking(answer.headers) == {}
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize("address", ["/models", "/models/model-a", "/models/compare?ids=a,b", "/models/x"])
def test_the_registrys_answers_have_them_in_a_host_that_sets_none(
    conn: psycopg.Connection, client: TestClient, address: str
) -> None:
    rows.model(conn, "model-a")
    rows.model(conn, "model-b")
    for form in (address, f"/api{address}", f"/api{address}{'&' if '?' in address else '?'}format=csv"):
        if "format" not in form or "compare" in form:
            answer = client.get(form)
            assert answer.status_code == (404 if address.endswith("/x") else 200)
            assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
