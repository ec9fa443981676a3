"""The standing of a model in its detail, its page, a comparison and the files of one (docs/impact.md)."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import fold
from tests.registry import rows
from tests.registry.requests import listed, opened
from tests.unit.evaluations.columns import regression

REASON = "Subjects 12 to 31 were mislabelled."


@pytest.fixture
def fallen(conn: psycopg.Connection) -> str:
    """Register a model two steps from a retracted dataset."""
    rows.dataset(conn, "dataset-raw", title="Raw", version_tag="retracted", changelog=REASON)
    rows.dataset(conn, "dataset-train", title="Train")
    rows.link(conn, "dataset-train", "dataset-raw", "derives_from")
    return rows.model(conn, "model-x", {"trained_on_dataset_id": "train"})


def _standing(client: TestClient, model_id: str) -> dict[str, Any]:
    standing: dict[str, Any] = opened(client, model_id)["standing"]
    return standing


def test_a_retracted_source_is_told_with_its_path(client: TestClient, fallen: str) -> None:
    assert _standing(client, fallen) == {
        "status": "retracted",
        "because": [
            {
                "artifact_id": "dataset-raw",
                "artifact_type": "dataset",
                "title": "Raw",
                "state": "retracted",
                "path": ["model-x", "dataset-train", "dataset-raw"],
                "reason": REASON,
            }
        ],
        "truncated": False,
    }


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"version_tag": "retracted"}, "retracted"),
        ({"version_tag": " Retracted\n"}, "retracted"),
        ({"lifecycle_state": "rejected"}, "retracted"),
        ({"lifecycle_state": " Rejected\t"}, "retracted"),
        ({"lifecycle_state": "RETRACTED"}, "retracted"),
        ({"lifecycle_state": "retracted"}, "retracted"),
        ({"lifecycle_state": "Withdrawn"}, "retracted"),
        ({"lifecycle_state": "Flagged "}, "disputed"),
        ({"lifecycle_state": "DEPRECATED"}, "outdated"),
        ({"lifecycle_state": "withdrawn" + " " * 1000}, "retracted"),
        ({"lifecycle_state": " " * 1000 + "withdrawn"}, "sound"),  # beyond what is read
        ({"version_tag": "withdrawn"}, "sound"),
        ({"lifecycle_state": "flagged"}, "disputed"),
        ({"lifecycle_state": "challenged"}, "disputed"),
        ({"lifecycle_state": "deprecated"}, "outdated"),
        ({"lifecycle_state": "superseded"}, "outdated"),
        ({"superseded_by": "dataset-2"}, "outdated"),
        ({"superseded_by": "nobody"}, "sound"),
        ({"lifecycle_state": "frozen", "version_tag": "best"}, "sound"),
    ],
)
def test_the_states_of_an_artifact(
    conn: psycopg.Connection, client: TestClient, columns: dict[str, str], state: str
) -> None:
    rows.dataset(conn, "dataset-1", **columns)
    rows.dataset(conn, "dataset-2")
    rows.model(conn, "model-a", {"trained_on_dataset_id": "dataset-1"})
    assert _standing(client, "model-a")["status"] == state


def test_a_model_on_an_earlier_version_is_outdated_once_that_is_marked(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-v1", is_latest=False)
    rows.dataset(conn, "dataset-v2", parent_version_id="dataset-v1", version_number=2)
    rows.model(conn, "model-a", {"trained_on_dataset_id": "dataset-v1"})
    assert _standing(client, "model-a")["status"] == "sound"
    conn.execute("UPDATE artifacts SET superseded_by = 'dataset-v2' WHERE id = 'dataset-v1'")
    assert _standing(client, "model-a")["status"] == "outdated"


def test_neither_its_earlier_version_nor_a_falsified_hypothesis_is_a_fault(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "model-v1", version_tag="retracted")
    rows.hypothesis(conn, "hypothesis-h", lifecycle_state="rejected")
    rows.model(conn, "model-v2", {"tests_hypothesis_id": "h"}, parent_version_id="model-v1", version_number=2)
    rows.link(conn, "model-v2", "model-v1", "fine_tuned_from")
    rows.link(conn, "model-v2", "hypothesis-h", "supports")
    assert _standing(client, "model-v2")["status"] == "sound"
    rows.model(conn, "model-tuned")
    rows.link(conn, "model-tuned", "model-v1", "fine_tuned_from")
    assert _standing(client, "model-tuned")["status"] == "retracted"


def test_what_is_not_as_it_was_pinned_is_disputed(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-d", version_number=2)
    rows.analysis(conn, "analysis-a", pins=("dataset-d",))
    rows.model(conn, "model-a", {"trained_on_dataset_id": "d", "produced_by_analysis_id": "a"})
    (cause,) = _standing(client, "model-a")["because"]
    assert (cause["state"], cause["path"]) == ("disputed", ["model-a", "dataset-d"])
    assert cause["reason"] == "version 1 was pinned, version 2 is registered"


@pytest.mark.parametrize("earlier", ["dataset-d", "analysis-a"])
def test_an_input_only_behind_an_earlier_version_is_judged_by_its_pin_alone(
    conn: psycopg.Connection, client: TestClient, earlier: str
) -> None:
    fallen = {"version_tag": "retracted", "changelog": REASON}
    rows.dataset(conn, "dataset-d", version_number=2, **fallen)
    rows.analysis(conn, "analysis-a", pins=("dataset-d",))
    named = {"trained_on_dataset_id": "d"} if earlier == "dataset-d" else {}
    rows.model(conn, "model-a", named | {"produced_by_analysis_id": "a"}, parent_version_id=earlier)
    if earlier == "analysis-a":
        rows.link(conn, "analysis-a", "dataset-d", "uses")
    for _ in range(2):
        standing = _standing(client, "model-a")
        (cause,) = standing["because"]
        assert (standing["status"], cause["state"]) == ("disputed", "disputed")
        assert cause["reason"] == "version 1 was pinned, version 2 is registered"
        assert cause["path"] == ["model-a", "dataset-d"]
        (listed_model,) = listed(client)["models"]
        assert listed_model["standing"]["status"] == "disputed"
        while fold(conn=conn):
            pass
    conn.execute("UPDATE artifacts SET parent_version_id = NULL WHERE id = 'model-a'")
    (cause,) = _standing(client, "model-a")["because"]
    assert (cause["state"], cause["reason"]) == ("retracted", REASON)


def test_at_most_20_causes_are_told_the_worst_among_them(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.model(conn, "model-a")
    for number in range(30):
        rows.dataset(conn, f"dataset-{number:02}", lifecycle_state="deprecated")
        rows.link(conn, "model-a", f"dataset-{number:02}", "trained_on")
    rows.dataset(conn, "far", version_tag="retracted")
    rows.link(conn, "dataset-29", "far", "derives_from")
    standing = _standing(client, "model-a")
    assert (standing["status"], standing["truncated"], len(standing["because"])) == ("retracted", True, 20)
    assert [cause["artifact_id"] for cause in standing["because"]] == [
        *(f"dataset-{number:02}" for number in range(19)),
        "far",
    ]


def test_the_pages_say_it_in_words(conn: psycopg.Connection, client: TestClient, fallen: str) -> None:
    page = client.get(f"/models/{fallen}").text
    assert "This model rests on retracted data." in page
    assert "this model rests on Train, which rests on Raw" in page
    assert REASON in page
    assert page.count("mreg-edge--marked") == 2
    rows.model(conn, "model-sound")
    compared = client.get("/models/compare?ids=model-sound,x").text
    assert "B rests on retracted data." in compared
    assert "A rests on" not in compared
    assert "mreg-standing" not in client.get("/models/model-sound").text


def test_a_comparison_and_its_files_say_it(conn: psycopg.Connection, client: TestClient, fallen: str) -> None:
    rows.model(conn, "model-sound")
    address = f"/api/models/compare?ids=model-sound,{fallen}"
    standing = client.get(address).json()["provenance"]["standing"]
    assert {name: one["status"] for name, one in standing.items()} == {
        "model-sound": "sound",
        fallen: "retracted",
    }
    assert standing[fallen] == _standing(client, fallen)
    assert "model,standing,,sound,retracted" in client.get(f"{address}&format=csv").text
    said = "- Warning: model-x rests on retracted data: dataset-raw, by way of dataset-train."
    assert said in client.get(f"{address}&format=md").text


@pytest.mark.parametrize("fallen_id", ["e", "dataset-test"])
def test_an_evaluation_that_fell_is_shown_with_its_state_and_makes_no_verdict(
    conn: psycopg.Connection, client: TestClient, fallen_id: str
) -> None:
    rows.dataset(conn, "dataset-test")
    for name in ("model-a", "model-b"):
        rows.model(conn, name, {"evaluation_metrics": {"test_rmse": 0.5}})
    for evaluation, name in (("e", "model-a"), ("f", "model-b")):
        metadata = regression(model_id=name, dataset_id="dataset-test", sample=["p", "q", "r"])
        rows.artifact(conn, evaluation, "evaluation", metadata=metadata)
        rows.link(conn, evaluation, name, "evaluates")
    address = "/api/models/compare?ids=a,b"
    before = [row["evidence"] for row in client.get(address).json()["metrics"] if row.get("evidence")]
    assert {"e", "f"} <= {one for evidence in before for one in evidence["evaluations"].values()}
    conn.execute("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = %s", [fallen_id])
    assert [one["state"] for one in opened(client, "model-a")["evaluations"]] == ["disputed"]
    after = [row["evidence"] for row in client.get(address).json()["metrics"] if row.get("evidence")]
    assert all("e" not in evidence["evaluations"].values() for evidence in after)


def test_a_marked_way_is_drawn_whole_where_others_merge_with_it(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-d", version_tag="retracted")
    rows.model(conn, "model-v1")
    rows.link(conn, "model-v1", "dataset-d", "trained_on")
    rows.model(conn, "model-v2", parent_version_id="model-v1", version_number=2)
    rows.link(conn, "model-v2", "model-v1", "derives_from")
    rows.link(conn, "model-v2", "dataset-d", "trained_on")
    page = client.get("/models/model-v2").text
    assert "this model rests on it directly" in page
    marked = page.split("mreg-edge--marked", 1)[1].split("</g>", 1)[0]
    assert "<polygon" in marked, "its arrow is its own"


@pytest.mark.parametrize(
    ("earlier", "dataset", "shown"),
    [("sound", "sound", True), ("retracted", "sound", True), ("sound", "retracted", False)],
)
def test_a_graph_shows_what_needs_no_walk_of_its_own(
    conn: psycopg.Connection, earlier: str, dataset: str, shown: bool
) -> None:
    rows.model(conn, "model-v1", version_tag=earlier)
    rows.dataset(conn, "dataset-train", version_tag=dataset)
    rows.model(conn, "model-v2", {"trained_on_dataset_id": "train"}, parent_version_id="model-v1")
    drawn = conn.execute("SELECT is_sound FROM model_registry_graphs('{model-v2}', 12, 400)").fetchall()
    assert drawn == [(shown,)]
    assert conn.execute("SELECT is_sound FROM model_registry_graphs('{model-v2}', 0, 400)").fetchall() == [
        (False,)
    ]
