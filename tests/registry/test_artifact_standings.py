"""The standing of artifacts of any type: in their impact and on their page (docs/impact.md)."""

import re
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas import model_registry
from tests.registry import rows
from tests.registry.requests import opened
from tests.statements import noted

REASON = "Subjects 12 to 31 were mislabelled."
RESTING = {
    "dataset-train": ["dataset-train", "dataset-raw"],
    "analysis-a": ["analysis-a", "dataset-train", "dataset-raw"],
    "evaluation-e": ["evaluation-e", "dataset-train", "dataset-raw"],
    "model-x": ["model-x", "dataset-train", "dataset-raw"],
}


@pytest.fixture
def resting(conn: psycopg.Connection) -> None:
    """Register artifacts of four types that rest on one retracted dataset."""
    rows.dataset(conn, "dataset-raw", title="Raw", version_tag="retracted", changelog=REASON)
    rows.dataset(conn, "dataset-train", title="Train")
    rows.link(conn, "dataset-train", "dataset-raw", "derives_from")
    rows.analysis(conn, "analysis-a")
    rows.artifact(conn, "evaluation-e", "evaluation")
    for artifact_id in ("analysis-a", "evaluation-e"):
        rows.link(conn, artifact_id, "dataset-train", "uses")
    rows.model(conn, "model-x", {"trained_on_dataset_id": "train"})


def _standing(client: TestClient, artifact_id: str) -> Any:
    answer = client.get(f"/api/artifacts/{artifact_id}/impact")
    assert answer.status_code == 200, answer.text
    return answer.json()["standing"]


def _words(artifact_id: str, conn: psycopg.Connection) -> str:
    """Return the text of the section on impact, tags left out."""
    section = model_registry.render_impact(artifact_id, conn=conn)
    return " ".join(re.sub(r"<[^>]+>", "", section).split())


@pytest.mark.usefixtures("resting")
@pytest.mark.parametrize("artifact_id", RESTING)
@pytest.mark.parametrize("folded", [False, True])
def test_an_impact_tells_what_has_fallen_upstream(
    conn: psycopg.Connection, client: TestClient, artifact_id: str, *, folded: bool
) -> None:
    while folded and model_registry.fold(conn=conn):
        pass
    assert _standing(client, artifact_id) == {
        "status": "retracted",
        "because": [
            {
                "artifact_id": "dataset-raw",
                "artifact_type": "dataset",
                "title": "Raw",
                "state": "retracted",
                "path": RESTING[artifact_id],
                "reason": REASON,
            }
        ],
        "truncated": False,
    }


@pytest.mark.usefixtures("resting")
def test_a_section_says_it_in_words_before_the_number(conn: psycopg.Connection) -> None:
    said = _words("analysis-a", conn)
    assert "Standing: retracted. This analysis rests on retracted data." in said
    assert "is retracted: this analysis rests on Train, which rests on Raw." in said
    assert f"What is said of it: {REASON}" in said
    assert said.index("This analysis rests on") < said.index("Nothing that is registered rests on it.")
    said = _words("dataset-train", conn)
    assert "is retracted: this dataset rests on it directly." in said
    assert (
        "This rests on what is retracted. Touched with it are: 1 model, 1 analysis and 1 evaluation." in said
    )
    assert "This dataset is retracted itself." in _words("dataset-raw", conn)


def test_what_is_sound_or_not_registered_has_no_banner(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-raw")
    rows.model(conn, "model-a", {"trained_on_dataset_id": "dataset-lost"})
    rows.link(conn, "model-a", "dataset-raw", "uses")
    assert _standing(client, "dataset-raw") == {"status": "sound", "because": [], "truncated": False}
    assert _standing(client, "dataset-lost") is None
    for artifact_id in ("dataset-raw", "dataset-lost"):
        assert "Standing" not in _words(artifact_id, conn)


def test_neither_an_earlier_version_nor_a_model_that_is_evaluated_is_a_fault(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-v1", version_tag="retracted")
    rows.dataset(conn, "dataset-v2", parent_version_id="dataset-v1", version_number=2)
    rows.model(conn, "model-a", version_tag="retracted")
    rows.artifact(conn, "evaluation-e", "evaluation")
    rows.link(conn, "evaluation-e", "model-a", "evaluates")
    assert _standing(client, "dataset-v2")["status"] == "sound"
    assert _standing(client, "evaluation-e")["status"] == "sound"


def test_the_pins_of_a_model_count_as_in_its_detail(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-d", version_number=2)
    rows.analysis(conn, "analysis-a", pins=("dataset-d",))
    rows.model(conn, "model-a", {"trained_on_dataset_id": "d", "produced_by_analysis_id": "a"})
    told = _standing(client, "model-a")
    assert told["status"] == "disputed"
    assert told == opened(client, "model-a")["standing"]


@pytest.mark.usefixtures("resting")
def test_a_standing_takes_no_statement_more(conn: psycopg.Connection) -> None:
    statements = noted(conn)
    statements.clear()
    assert model_registry.get_impact("dataset-train", conn=conn)["standing"]
    assert len(statements) <= 5
