"""What rests on an artifact: as JSON, as CSV, and as a section of pages (docs/impact.md)."""

import csv
import io
import random
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas import model_registry
from tests.registry import rows
from tests.statements import noted


@pytest.fixture
def raw(conn: psycopg.Connection) -> str:
    """Register a dataset on which two models rest, one by way of another dataset, an analysis and an evaluation."""
    rows.dataset(conn, "dataset-raw", title="Raw")
    rows.dataset(conn, "dataset-train", title="Train")
    rows.link(conn, "dataset-train", "dataset-raw", "derives_from")
    rows.analysis(conn, "analysis-a")
    rows.link(conn, "analysis-a", "dataset-raw", "uses")
    rows.model(conn, "model-far", {"trained_on_dataset_id": "train"}, title="Far", quality_score=0.25)
    rows.model(conn, "model-near", {"trained_on_dataset_id": "raw"}, title="Near")
    rows.artifact(conn, "evaluation-e", "evaluation")
    rows.link(conn, "evaluation-e", "model-far", "evaluates")
    return "dataset-raw"


def _impact(client: TestClient, artifact_id: str, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/artifacts/{artifact_id}/impact{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("folded", [False, True])
def test_everything_downstream_is_told(
    conn: psycopg.Connection, client: TestClient, raw: str, *, folded: bool
) -> None:
    while folded and model_registry.fold(conn=conn):
        pass
    told = _impact(client, raw)
    assert told["artifact"] == {
        "id": raw,
        "artifact_type": "dataset",
        "title": "Raw",
        "version_number": 1,
        "is_latest": True,
    }
    assert [(model["id"], model["steps"], model["path"]) for model in told["models"]] == [
        ("model-near", 1, ["model-near", raw]),
        ("model-far", 2, ["model-far", "dataset-train", raw]),
    ]
    assert told["models"][1]["quality_score"] == 0.25
    assert (told["state"], told["total_models"], told["truncated"]) == ("sound", 2, False)
    assert told["others"] == {"analysis": 1, "dataset": 1, "evaluation": 1}
    edges = {(edge["source"], edge["target"], edge["relation"]) for edge in told["graph"]["edges"]}
    assert edges == {
        ("dataset-train", raw, "derives_from"),
        ("analysis-a", raw, "uses"),
        ("model-near", raw, "trained_on"),
        ("model-far", "dataset-train", "trained_on"),
        ("evaluation-e", "model-far", "evaluates"),
    }


def test_pages_of_models_and_the_whole_as_a_table(client: TestClient, raw: str) -> None:
    page = _impact(client, raw, "?limit=1&offset=1")
    assert [model["id"] for model in page["models"]] == ["model-far"]
    assert (page["total_models"], page["limit"], page["offset"]) == (2, 1, 1)
    table = client.get(f"/api/artifacts/{raw}/impact?format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = csv.reader(io.StringIO(table.text))
    assert header[:3] == ["id", "title", "version_number"]
    assert [(line[0], line[-1]) for line in lines] == [
        ("model-near", "model-near → dataset-raw"),
        ("model-far", "model-far → dataset-train → dataset-raw"),
    ]


def test_a_table_of_all_tells_the_type_of_each(
    conn: psycopg.Connection, client: TestClient, raw: str
) -> None:
    rows.link(conn, "never-registered", raw, "uses")
    answer = client.get(f"/api/artifacts/{raw}/impact?format=csv&of=all")
    told = [
        (line["artifact_type"], line["id"], line["path"]) for line in csv.DictReader(io.StringIO(answer.text))
    ]
    assert told == [
        ("analysis", "analysis-a", "analysis-a → dataset-raw"),
        ("dataset", "dataset-train", "dataset-train → dataset-raw"),
        ("model", "model-near", "model-near → dataset-raw"),
        ("model", "model-far", "model-far → dataset-train → dataset-raw"),
        ("evaluation", "evaluation-e", "evaluation-e → model-far → dataset-train → dataset-raw"),
    ]


def test_models_with_incomplete_provenance_are_found_by_what_they_name(
    conn: psycopg.Connection, client: TestClient, raw: str
) -> None:
    rows.model(conn, "model-without-analysis")
    rows.link(conn, "model-without-analysis", raw, "trained_on")
    rows.model(conn, "model-of-lost-data", {"trained_on_dataset_id": "lost"})
    rows.link(conn, "model-of-lost-data", raw, "uses")
    listed = client.get("/api/models?provenance=incomplete&limit=100").json()["models"]
    incomplete = {model["id"] for model in listed}
    found = {model["id"] for model in _impact(client, raw)["models"]}
    assert {"model-without-analysis", "model-of-lost-data"} <= incomplete & found


@pytest.mark.parametrize(
    "query",
    [
        "?limit=0",
        "?limit=201",
        "?offset=-1",
        "?format=xml",
        "?format=csv&limit=3",
        "?x=1",
        "?of=all",
        "?of=x",
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, raw: str, query: str) -> None:
    assert client.get(f"/api/artifacts/{raw}/impact{query}").status_code == 422


def test_an_id_that_is_only_named_has_an_impact_and_an_unknown_one_has_none(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "model-a", {"trained_on_dataset_id": "dataset-lost"})
    told = _impact(client, "dataset-lost")
    assert (told["artifact"], told["state"]) == ({"id": "dataset-lost", "missing": True}, None)
    assert [model["id"] for model in told["models"]] == ["model-a"]
    unknown = client.get("/api/artifacts/nobody/impact")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "artifact_not_found")


def test_a_change_that_waits_is_seen(conn: psycopg.Connection, client: TestClient, raw: str) -> None:
    while model_registry.fold(conn=conn):
        pass
    conn.execute(
        """UPDATE artifacts SET metadata = '{"trained_on_dataset_id": "nowhere"}' WHERE id = 'model-near'"""
    )
    assert [model["id"] for model in _impact(client, raw)["models"]] == ["model-far"]
    assert _impact(client, "nowhere")["total_models"] == 1
    conn.execute("DELETE FROM artifacts WHERE id = 'model-far'")
    assert _impact(client, raw)["total_models"] == 0


def test_edges_between_the_longest_ids_are_kept(conn: psycopg.Connection, client: TestClient) -> None:
    chance = random.Random(1)  # noqa: S311  what compresses would fit
    dataset, model, longer = ("".join(chance.choices("abcdefghijklmnop", k=k)) for k in (1000, 1000, 1001))
    rows.dataset(conn, dataset)
    rows.dataset(conn, longer)
    rows.model(conn, model)
    rows.link(conn, model, dataset, "trained_on")
    rows.link(conn, model, longer, "trained_on")
    rows.artifact(conn, "figure", "x" * 500)
    rows.link(conn, "figure", dataset, "derives_from")
    for _ in range(2):
        assert [found["id"] for found in _impact(client, dataset)["models"]] == [model]
        while model_registry.fold(conn=conn):
            pass
    assert client.get(f"/api/artifacts/{longer}/impact").json()["total_models"] == 0
    assert model_registry.get_model_detail(model, conn=conn)["unreadable"] == ["links"]
    assert conn.execute(
        "SELECT source_id, target_id FROM model_registry_edges ORDER BY source_id DESC"
    ).fetchall() == [
        (model, dataset),
        ("figure", dataset),
    ]
    conn.execute("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = %s", [dataset])
    for _ in range(2):
        assert model_registry.list_models(standing=["disputed"], conn=conn)["total"] == 1
        while model_registry.fold(conn=conn):
            pass
    assert model_registry.check(conn=conn) == []
    conn.execute("DELETE FROM artifact_links WHERE source_artifact_id = %s", [model])
    assert client.get(f"/api/artifacts/{dataset}/impact").json()["total_models"] == 0
    while model_registry.fold(conn=conn):
        pass
    assert model_registry.list_models(standing=["disputed"], conn=conn)["total"] == 0


def test_what_other_artifacts_rest_on_is_kept_and_let_go(
    conn: psycopg.Connection, client: TestClient, raw: str
) -> None:
    while model_registry.fold(conn=conn):
        pass
    conn.execute("DELETE FROM artifact_links WHERE source_artifact_id = 'dataset-train'")
    for _ in range(2):
        assert [model["id"] for model in _impact(client, raw)["models"]] == ["model-near"]
        while model_registry.fold(conn=conn):
            pass
    rows.link(conn, "analysis-a", "model-near", "evaluates")
    conn.execute("UPDATE artifacts SET artifact_type = 'evaluation' WHERE id = 'analysis-a'")
    for _ in range(2):
        assert _impact(client, "model-near")["others"] == {"evaluation": 1}
        while model_registry.fold(conn=conn):
            pass
    assert model_registry.check(conn=conn) == []


def test_a_version_does_not_rest_on_the_one_before_it(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-v1")
    rows.model(conn, "model-v2", parent_version_id="model-v1", version_number=2)
    rows.link(conn, "model-v2", "model-v1", "derives_from")
    rows.model(conn, "model-tuned")
    rows.model_version(conn, "model-tuned", base_model_id="model-v1")
    assert [model["id"] for model in _impact(client, "model-v1")["models"]] == ["model-tuned"]


def test_the_sections_say_the_number_first(conn: psycopg.Connection, client: TestClient, raw: str) -> None:
    section = model_registry.render_impact(raw, conn=conn)
    assert (
        "If this were retracted, it would touch: 2 models, 1 analysis, 1 dataset and 1 evaluation." in section
    )
    assert "by way of Train" in section
    page = client.get("/models/model-far").text
    assert "What rests on this" in page
    assert "If this were retracted, it would touch: 1 evaluation." in page
    assert "All of it as CSV" in page
    assert "The models as CSV" not in page
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-raw'")
    assert "This is retracted. Touched are: 2 models" in model_registry.render_impact(raw, conn=conn)


def test_an_impact_takes_five_statements(conn: psycopg.Connection, raw: str) -> None:
    statements = noted(conn)
    statements.clear()
    assert model_registry.get_impact(raw, conn=conn)["models"]
    assert len(statements) <= 5


@pytest.fixture
def few_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages walk as many edges as lead to the dataset ``raw``."""
    monkeypatch.setattr("scidex.atlas._model_registry.reads.pages._MOST_EDGES", 3)


@pytest.mark.usefixtures("few_edges")
@pytest.mark.parametrize("folded", [False, True])
def test_a_page_tells_how_many_rest_on_it_at_least_where_they_are_too_many_to_walk(
    conn: psycopg.Connection, client: TestClient, raw: str, *, folded: bool
) -> None:
    while folded and model_registry.fold(conn=conn):
        pass
    section = model_registry.render_impact(raw, conn=conn)
    assert "If this were retracted, it would touch: at least 4 artifacts." in section
    assert "They are too many to show" in section
    assert ("The models as CSV" in section, "All of it as CSV" in section) == (True, True)
    assert "model-near" in section
    rows.link(conn, "analysis-more", raw, "uses")
    while folded and model_registry.fold(conn=conn):
        pass
    section = model_registry.render_impact(raw, conn=conn)
    assert "If this were retracted, it would touch: at least 4 artifacts." in section
    assert "model-near" not in section
    assert _impact(client, raw)["total_models"] == 2


@pytest.mark.usefixtures("few_edges")
def test_the_page_of_a_model_with_many_dependents_opens(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-m")
    for number in range(4):
        rows.link(conn, f"figure-{number}", "model-m", "derives_from")
    page = client.get("/models/model-m").text
    assert "If this were retracted, it would touch: at least 4 artifacts." in page
    assert "The models as CSV" in page
