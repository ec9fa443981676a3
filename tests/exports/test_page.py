"""What the page of a model gives programs and readers: JSON-LD, signposts, and lines that work as pasted."""

import html
import json
import re
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import export_model
from tests.registry import rows
from tests.serving import http

HOSTILE = "</script><script>alert(1)</script>&'\""


def _page(client: TestClient, model_id: str) -> Any:
    answer = client.get(f"/models/{quote(model_id, safe='')}")
    assert answer.status_code == 200
    return answer


def test_the_page_carries_json_ld_that_no_text_ends(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, HOSTILE, title=HOSTILE)
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', _page(client, HOSTILE).text, re.DOTALL
    )
    work = json.loads(text)
    assert (work["identifier"], work["additionalType"]) == (HOSTILE, "https://w3id.org/fair4ml/MLModel")
    assert work == json.loads(export_model(HOSTILE, "jsonld", conn=conn).content)
    assert not {"license", "author"} & set(work)


def test_signposts_lead_to_what_is_there(conn: psycopg.Connection, client: TestClient) -> None:
    card = {"licence": "MIT", "authors": [{"name": "A", "orcid": "0000-0002-1825-0097"}]}
    rows.model(conn, "model-a/b", {"card": card})
    links = dict.fromkeys(
        re.findall(r'<([^>]*)>; rel="([a-z-]+)"', _page(client, "model-a/b").headers["link"])
    )
    relations = [relation for _, relation in links]
    assert relations.count("describedby") == 3
    assert {"cite-as", "item", "license", "author", "type"} <= set(relations)
    for address, relation in links:
        if relation in {"cite-as", "describedby", "item"}:
            assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_long_id_has_no_signposts(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "模" * 500)
    assert "link" not in _page(client, "模" * 500).headers


def test_the_lines_work_as_pasted(live_server: str) -> None:
    page = http.get(f"{live_server}/models/model-ad-logistic-v2", timeout=60).text
    lines = {
        name: html.unescape(re.sub(r"</?bdi>", "", text))
        for name, text in re.findall(r'aria-label="([^"]+)"><bdi>(.*?)</bdi></pre>', page, re.DOTALL)
    }
    ran = subprocess.run(
        [sys.executable, "-c", lines["In Python"]], capture_output=True, text=True, check=True
    )
    assert "test_roc_auc" in ran.stdout
    assert lines["In R"].startswith(f'model <- jsonlite::fromJSON("{live_server}/api/models/')
    assert lines["In a shell"].startswith(f"curl -sS '{live_server}/api/models/")
    assert "@misc{model-ad-logistic-v2," in lines["BibTeX"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/models/model-a",
        "/api/models/model-a?format=card",
        "/models/model-a",
        "/models/assets/registry.css",
    ],
)
def test_an_answer_that_a_client_has_is_not_sent_again(
    conn: psycopg.Connection, client: TestClient, path: str
) -> None:
    rows.model(conn, "model-a")
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for sent in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["x-content-type-options"] == "nosniff"
    assert client.get(path, headers={"If-None-Match": 'W/"x"'}).content == first.content


def test_a_tag_changes_with_anything_that_the_answer_says(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.traceable_model(conn, "model-a")
    rows.model(conn, "model-b")
    paths = ("/api/models/model-a", "/api/models/compare?ids=a,b", "/api/models/model-a?format=json")
    before = {path: client.get(path).headers["etag"] for path in paths}
    conn.execute("UPDATE artifacts SET title = 'Another' WHERE id = 'dataset-of-model-a'")
    for path, tag in before.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200, path


def test_refusals_have_no_tag(client: TestClient) -> None:
    assert "etag" not in client.get("/api/models/model-x").headers
