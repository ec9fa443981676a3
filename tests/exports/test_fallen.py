"""Every file of a model and of a comparison says what the model rests on that has fallen."""

import io
import json
import zipfile

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import MODEL_FORMATS
from tests.registry import rows

SAID = "model-x rests on retracted data: dataset-raw, by way of dataset-train."


@pytest.fixture(autouse=True)
def _fallen(conn: psycopg.Connection) -> None:
    """Register a model two steps from a retracted dataset, and one that is sound."""
    rows.dataset(conn, "dataset-raw", title="Raw", version_tag="retracted")
    rows.dataset(conn, "dataset-train", title="Train")
    rows.link(conn, "dataset-train", "dataset-raw", "derives_from")
    rows.model(conn, "model-x", {"trained_on_dataset_id": "train"}, created_at="2026-04-05")
    rows.model(conn, "model-sound", created_at="2026-04-05")


@pytest.mark.parametrize("name", sorted(set(MODEL_FORMATS) - {"sbml", "attestation"}))
# A model without equations has no SBML, and an attestation is encoded: it names the record by its digest.
def test_each_file_of_a_model_says_it(client: TestClient, name: str) -> None:
    assert "retracted" in _text(client.get(f"/api/models/model-x?format={name}").content)


@pytest.mark.parametrize("name", ["md", "tex", "crate"])
def test_files_of_a_comparison_say_it_with_the_way_to_it(client: TestClient, name: str) -> None:
    both = client.get(f"/api/models/compare?ids=model-sound,model-x&format={name}")
    assert SAID in _text(both.content)
    assert "model-sound rests" not in _text(both.content)


def test_a_package_of_a_comparison_gives_each_model_its_standing(client: TestClient) -> None:
    both = client.get("/api/models/compare?ids=model-sound,model-x&format=crate")
    graph = json.loads(_text(both.content))["@graph"]
    standings = {one["identifier"]: one["description"] for one in graph if "MLModel" in one["@type"]}
    assert "Standing: sound." in standings["model-sound"]
    assert "Standing: retracted." in standings["model-x"]


def test_prov_marks_the_model_and_what_fell(client: TestClient) -> None:
    entities = json.loads(client.get("/api/models/model-x?format=prov").content)["entity"]
    assert {name: entity.get("scidex:standing") for name, entity in entities.items()} == {
        "model:model-x": "retracted",
        "artifact:dataset-train": None,
        "artifact:dataset-raw": "retracted",
    }


def test_the_feed_says_it_of_each_model(client: TestClient) -> None:
    feed = client.get("/models.atom").text
    assert feed.count("This model, or something it rests on, is retracted.") == 1


def _text(content: bytes) -> str:
    """Return a file, of a package its description of itself."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("ro-crate-metadata.json")
    return content.decode()
