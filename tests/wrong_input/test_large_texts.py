"""Documents whose texts, names or numbers would make an answer large or slow: pages stay small, and say what is cut."""

import json
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import opened

PAGES = ("/models/model-large", "/models/compare?ids=model-large,model-small")
MOST = 3_000_000
TEXTS: dict[str, dict[str, Any]] = {
    "one text": {"remark": "x y " * 1_800_000},
    "equations": {"equations": ["x = " + " + ".join(f"a{place} * b" for place in range(2_000))] * 300},
    "names of settings": {"remarks": {"a" * 100_000 + str(place): 1 for place in range(60)}},
    "names of parameters": {"parameters": {"a" * 100_000 + str(place): 1 for place in range(60)}},
    "names of metrics that are none": {
        "evaluation_metrics": {"a" * 7_000 + str(place): "x" for place in range(1_000)}
    },
    "units": {"parameters": {f"p{place}": {"value": 1, "unit": "m" * 100_000} for place in range(60)}},
    "features": {"features": ["f" * 100_000 + str(place) for place in range(60)]},
    "values": {"remarks": {f"s{place}": "v" * 100_000 for place in range(60)}},
}


@pytest.mark.parametrize("kind", TEXTS)
def test_long_texts_leave_pages_small(conn: psycopg.Connection[Any], client: TestClient, kind: str) -> None:
    rows.model(conn, "model-small")
    rows.model(conn, "model-large", TEXTS[kind])
    for path in PAGES:
        page = client.get(path)
        assert (page.status_code, len(page.content) < MOST) == (200, True), path
    for key, value in TEXTS[kind].items():
        if kind != "names of metrics that are none":
            assert opened(client, "model-large")["metadata"][key] == value


def test_a_long_text_shows_its_beginning_and_that_it_goes_on(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    rows.model(conn, "model-large", {"remark": "x" * 20_000, "remarks": "y" * 20_001, "z" * 300: 1})
    page = client.get(PAGES[0]).text
    assert "x" * 20_000 + "<" in page
    assert "y" * 20_000 + "…" in page
    assert "z" * 200 + "…" in page


@pytest.mark.parametrize("exponent", [390, -390, 130_000])
def test_many_numbers_of_many_digits_are_never_written(
    conn: psycopg.Connection[Any], client: TestClient, exponent: int
) -> None:
    document = f"[{','.join([f'1e{exponent}'] * 40_000)}]"
    for artifact_id, artifact_type in (("model-large", "model"), ("dataset-large", "dataset")):
        conn.execute(
            "INSERT INTO artifacts (id, artifact_type, title, metadata) VALUES (%s, %s, 'T', %s)",
            [artifact_id, artifact_type, document if artifact_type == "dataset" else f'{{"x": {document}}}'],
        )
    detail = opened(client, "model-large")
    assert (detail["metadata"], "metadata" in detail["unreadable"]) == (None, True)
    assert client.get(PAGES[0]).status_code == 200
    other = client.get("/api/artifacts/dataset-large")
    assert len(other.content) < 10_000
    assert "metadata" in other.json()["unreadable"]


def test_a_few_thousand_numbers_of_many_digits_are_read(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    rows.model(conn, "model-large", json.loads(f"[{','.join(['1e-200'] * 5_000)}]"))
    assert opened(client, "model-large")["metadata"] == [1e-200] * 5_000
