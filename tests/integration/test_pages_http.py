"""The pages over HTTP: their statuses, their headers, their statements, and where they lead."""

import re
from html import unescape
from urllib.parse import quote, unquote

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.serving import http
from tests.statements import noted

LIST, DETAIL, IMPACT = 2, 4, 5


@pytest.fixture
def models(conn: psycopg.Connection) -> list[str]:
    """Register a lineage of two models and one model that cannot be traced."""
    first = rows.traceable_model(conn, "model-a1", {"model_family": "statistical", "formula": "y ~ tau"})
    rows.traceable_model(
        conn,
        "model-a2",
        {"evaluation_metrics": {"test_auc": 0.9}},
        parent_version_id=first,
        version_number=2,
        quality_score=0.8,
    )
    rows.model(conn, "model-b", quality_score=0.9)
    return ["model-a1", "model-a2", "model-b"]


def titles(page: str) -> list[str]:
    """Read the models that a page of the list shows, in its order."""
    return [unescape(found) for found in re.findall(r'<h3><a href="/models/[^"]+"><bdi>(.*?)</bdi>', page)]


def test_the_list_shows_models_by_their_effective_score(client: TestClient, models: list[str]) -> None:
    answer = client.get("/models")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert titles(answer.text) == ["model-a2", "model-b", "model-a1"]
    assert "capped, stored 0.900" in answer.text
    assert set(titles(answer.text)) == set(models)


@pytest.mark.usefixtures("models")
def test_only_the_page_of_an_incomplete_model_leads_to_what_its_fixes_import(client: TestClient) -> None:
    lead = '<a href="/models/register">Registering a model</a>'
    assert lead in client.get("/models/model-b").text
    assert lead not in client.get("/models/model-a1").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("provenance=complete", ["model-a2", "model-a1"]),
        ("provenance=incomplete", ["model-b"]),
        ("q=a1", ["model-a1"]),
        ("family=statistical", ["model-a1"]),
        ("dataset=of-model-a2", ["model-a2"]),
        ("dataset=of-model-a2&dataset=of-model-a1", ["model-a2", "model-a1"]),
        ("metric=test_auc%3E0.8", ["model-a2"]),
        ("metric=test_auc%3E0.95", []),
        ("sort=title&order=desc", ["model-b", "model-a2", "model-a1"]),
        ("sort=metric%3Atest_auc", ["model-a2"]),
        ("limit=1", ["model-a2"]),
        ("limit=1&offset=2", ["model-a1"]),
        ("q=&metric=&sort=&order=&latest=&family=&limit=&offset=", ["model-a2", "model-b", "model-a1"]),
    ],
)
@pytest.mark.usefixtures("models")
def test_every_setting_is_an_address(client: TestClient, query: str, found: list[str]) -> None:
    answer = client.get(f"/models?{query}")
    assert answer.status_code == 200
    assert titles(re.sub("</?mark>", "", answer.text)) == found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("metric=rmse~3", "is not a condition"),
        ("metric=rmse%3Cabc", "is not a finite number"),
        ("family=plant", "use one of biophysical"),
        ("provenance=perhaps", "use one of complete, incomplete"),
        ("sort=taste", "use one of quality_score"),
        ("order=up", "use one of asc, desc"),
        ("latest=maybe", "neither true nor false"),
        ("limit=0", "from 1 to 200"),
        ("limit=many", "is not a whole number"),
        ("offset=-1", "out of range"),
        ("offset=99999999999999999999999", "is not a whole number"),
        ("q=" + "x" * 501, "at most 500"),
        ("dataset=%00", "NUL"),
        ("familly=statistical", "the nearest known one is family"),
        ("page=2", "the nearest known one is offset"),
    ],
)
@pytest.mark.usefixtures("models")
def test_what_cannot_be_used_is_a_page_that_says_so_and_leads_back(
    client: TestClient, query: str, words: str
) -> None:
    answer = client.get(f"/models?{query}&analysis=SDA-1")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert words in unescape(answer.text)
    assert 'href="/models?analysis=SDA-1"' in answer.text
    assert 'href="/models"' in answer.text


@pytest.mark.usefixtures("models")
def test_one_model_or_none_is_too_few_to_compare(client: TestClient) -> None:
    for query in ("", "?ids=model-a1"):
        answer = client.get(f"/models/compare{query}")
        assert answer.status_code == 422
        assert "compare 2 to 10 models" in answer.text


@pytest.mark.usefixtures("models")
def test_a_model_has_a_page_under_its_id_and_without_its_prefix(client: TestClient) -> None:
    for name in ("model-a2", "a2"):
        answer = client.get(f"/models/{name}")
        assert answer.status_code == 200
        assert "<h1><bdi>model-a2</bdi></h1>" in answer.text
        assert "/models/compare?ids=model-a1&amp;ids=model-a2" in answer.text


@pytest.mark.parametrize(
    "model_id", ["model-x/y z", "model-100%", "compare", "assets/registry.css?", "model-ü#1"]
)
def test_ids_of_any_character_lead_to_their_page(
    client: TestClient, conn: psycopg.Connection, model_id: str
) -> None:
    name = model_id if model_id.startswith("model-") else f"model-{model_id}"
    rows.model(conn, name)
    listed = client.get("/models").text
    assert f'href="/models/{quote(name, safe="")}"' in listed
    answer = client.get(f"/models/{quote(name, safe='')}")
    assert answer.status_code == 200
    assert name in unescape(answer.text)


def test_what_is_not_there_is_a_page_with_404(client: TestClient, conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-1")
    missing, other, strange = (client.get(f"/models/{name}") for name in ("model-x", "dataset-1", "a%00b"))
    assert [answer.status_code for answer in (missing, other, strange)] == [404, 404, 404]
    assert "model-x" in missing.text
    assert '<a href="/artifact/dataset-1">The page of this dataset</a>' in other.text
    assert 'href="/models"' in missing.text


@pytest.mark.usefixtures("models")
def test_pages_allow_no_script_and_nothing_foreign(client: TestClient) -> None:
    for address in ("/models", "/models/model-a1", "/models?limit=0", "/models/model-x"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "unsafe" not in policy


@pytest.mark.usefixtures("models")
def test_a_list_page_takes_two_statements_and_a_model_page_those_of_its_parts(
    client: TestClient, conn: psycopg.Connection
) -> None:
    statements = noted(conn)
    client.get("/models?q=model&provenance=complete&limit=200")
    assert len(statements) == LIST
    statements.clear()
    client.get("/models/model-a2")
    assert DETAIL < len(statements) <= DETAIL + IMPACT


def test_the_way_in_says_what_there_is_and_what_needs_mending(live_server: str) -> None:
    page = http.get(f"{live_server}/").text
    assert "28 model versions" in page
    assert 'action="/models"' in page
    listed = http.get(f"{live_server}/api/models?provenance=incomplete").json()
    assert f"{listed['total']} versions whose provenance" in page
    assert 'href="/models?provenance=incomplete"' in page
    newest = http.get(f"{live_server}/api/models?sort=created_at&limit=5").json()["models"]
    assert all(f"/models/{model['id']}" in page for model in newest)
    for address in re.findall(r'href="(/[^"#]*)', page):
        assert http.get(f"{live_server}{unescape(address)}").status_code == 200, address


def test_the_glossary_explains_every_word_that_pages_link(live_server: str) -> None:
    glossary = http.get(f"{live_server}/models/glossary").text
    linked = {
        term
        for path in ("/", "/models", "/models/model-ad-logistic-v1")
        for term in re.findall(r'/models/glossary#([^"]*)"', http.get(f"{live_server}{path}").text)
    }
    assert {"quality", "evidence", "standing", "latest", "provenance", "promoted"} <= linked
    assert all(f'id="{term}"' in glossary for term in {*linked, "candidate"})


def test_a_model_called_as_the_way_to_register_has_a_page(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "register", title="A model of its own")
    assert 'href="/models/?id=register"' in client.get("/models").text
    assert "A model of its own" in client.get("/models/?id=register").text


def test_a_model_called_as_the_glossary_has_a_page(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "glossary", title="A model of its own")
    assert 'href="/models/?id=glossary"' in client.get("/models").text
    assert "A model of its own" in client.get("/models/?id=glossary").text
    assert "Glossary" in client.get("/models/glossary").text


def test_any_artifact_has_a_page_and_a_model_its_own(live_server: str) -> None:
    dataset = http.get(f"{live_server}/artifact/dataset-ad-train")
    model = http.get(f"{live_server}/artifact/model-ad-logistic-v1")
    missing = [http.get(f"{live_server}/artifact/{name}") for name in ("nothing", "a%00b")]
    assert dataset.status_code == 200
    for words in (
        "tabular dataset",
        "v1, latest",
        "derives from",
        "trained on",
        "/models/model-ad-logistic-v1",
    ):
        assert words in dataset.text
    assert (model.status_code, model.headers["location"]) == (307, "/models/model-ad-logistic-v1")
    assert [answer.status_code for answer in missing] == [404, 404]
    assert "default-src 'none'" in dataset.headers["content-security-policy"]


def test_the_links_of_a_model_lead_to_pages_and_404_says_what_is_not_registered(
    live_server: str, demo_dsn: str
) -> None:
    with psycopg.connect(demo_dsn) as conn:
        registered = {artifact_id for (artifact_id,) in conn.execute("SELECT id FROM artifacts")}
    with httpx2.Client(base_url=live_server, follow_redirects=True, timeout=30) as client:
        model = client.get("/models/model-theophylline-mean-curve-v1").text
        found = set(re.findall(r'href="(/(?:models|artifact)/[^"?#]+)"', model))
        found -= {"/models/compare", "/models/register"}
        answers = {address: client.get(address).status_code for address in found if "/assets/" not in address}
    expected = {
        address: 200 if unquote(address.split("/", 2)[2]) in registered else 404 for address in answers
    }
    assert answers == expected
    assert set(answers.values()) == {200, 404}


def test_the_reference_names_every_parameter_and_serves_itself(live_server: str) -> None:
    document = http.get(f"{live_server}/openapi.json").json()
    page = http.get(f"{live_server}/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for path, methods in document["paths"].items():
        assert path in page.text
        for parameter in methods["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page.text
    for name, schema in document["components"]["schemas"].items():
        assert f'id="shape-{name}"' in page.text
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)


def test_a_missing_id_leads_to_a_search_and_to_the_models_found(
    conn: psycopg.Connection, client: TestClient
) -> None:
    for name in ("model-penalised-v1", "model-other-v1"):
        rows.model(conn, name, {"model_family": "statistical"})
    answer = client.get("/models/penalized-v1")
    assert answer.status_code == 404
    assert 'href="/models?q=penalized-v1"' in answer.text
    assert 'href="/models/model-other-v1"' in client.get("/models/compare?ids=model-other-v1&ids=nope").text
    three = client.get("/models/compare?ids=model-other-v1,nope,model-penalised-v1").text
    assert "The comparison of the others" in three
    assert 'href="/models?q=nope"' in three
