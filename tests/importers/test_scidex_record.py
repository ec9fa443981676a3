"""A record that leaves one registry comes back the same in another."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scidex.atlas.model_registry import export_model
from scidex.forge.importers import FORMATS, Refused, Told, carry_out
from scidex.forge.importers.recognising import recognise
from tests.importers import sources
from tests.importers.test_training_logs import plan_of

# What belongs to the rows of a registry, or to what stands around the model in it.
_OWN = {
    "versions",
    "warnings",
    "related",
    "standing",
    "is_latest",
}


def exported(conn: psycopg.Connection, model: str) -> dict[str, Any]:
    """Export a model's record."""
    return dict(json.loads(export_model(model, "json", conn=conn).content))


def compared(record: dict[str, Any]) -> dict[str, Any]:
    """Return what must come back the same."""
    kept = {key: value for key, value in record.items() if key not in _OWN}
    version = dict(record["model_version"] or {})
    version.pop("created_at", None)
    outgoing = [{**link, "created_at": None} for link in record["links"]["outgoing"]]
    rules = [(rule["rule"], rule["satisfied"]) for rule in record["provenance"]["rules"]]
    inputs = [
        (one["artifact_id"], one["pinned_version"], one["status"]) for one in record["provenance"]["inputs"]
    ]
    return {
        **kept,
        "model_version": version,
        "links": sorted(map(json.dumps, outgoing)),
        "provenance": {"rules": rules, "inputs": inputs, "score": record["provenance"]["score"]},
    }


@pytest.mark.parametrize(
    "lineage",
    [
        ["model-ad-logistic-v1", "model-ad-logistic-v2"],
        ["model-theophylline-v1"],
        ["model-ad-perceptron-v1"],
        ["model-puromycin-untreated-v1"],
    ],
)
def test_the_round_trip_is_equal(
    conn: psycopg.Connection, demo_dsn: str, tmp_path: Path, lineage: list[str]
) -> None:
    with psycopg.connect(demo_dsn) as demo:
        records = [exported(demo, model) for model in lineage]
    for record in records:
        path = tmp_path / f"{record['id']}.json"
        path.write_text(json.dumps(record))
        carry_out(plan_of(path), conn)
    for record in records:
        assert compared(exported(conn, record["id"])) == compared(record)


def packed(folder: Path, *, digest: str | None = None, name: str = "scidex-record.json") -> Path:
    """Write a zip file with a record and its manifest."""
    content = sources.record(folder).read_bytes()
    graph = [{"@id": "scidex-record.json", "sha256": digest or hashlib.sha256(content).hexdigest()}]
    with zipfile.ZipFile(folder / "package.zip", "w") as archive:
        archive.writestr(name, content)
        archive.writestr("ro-crate-metadata.json", json.dumps({"@graph": graph}))
    return folder / "package.zip"


def test_a_package_reads_as_its_record(conn: psycopg.Connection, tmp_path: Path) -> None:
    plan = plan_of(packed(tmp_path))
    assert plan.models == plan_of(tmp_path / "scidex-record.json").models
    outcome = carry_out(plan, conn)
    assert outcome.provenance["model-a"]["complete"] is True
    assert carry_out(plan, conn).new == []


def test_a_package_whose_hashes_differ_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the manifest says"):
        plan_of(packed(tmp_path, digest="0" * 64))


def test_a_name_that_leads_out_of_a_package_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, name="../scidex-record.json")
    reader = next(each for each in FORMATS if each.name == "scidex")
    with pytest.raises(Refused, match="leads out"):
        list(reader.read(path, Told()))


def test_a_later_version_waits_for_its_parent(
    conn: psycopg.Connection, demo_dsn: str, tmp_path: Path
) -> None:
    with psycopg.connect(demo_dsn) as demo:
        record = exported(demo, "model-ad-logistic-v2")
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    with pytest.raises(Refused, match="model-ad-logistic-v1, which is not registered"):
        carry_out(plan_of(path), conn)
    assert conn.execute("SELECT FROM artifacts").fetchall() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scidex_record": 9}, "this release reads 1"),
        ({"metadata": None}, "it is None"),
        ({"unreadable": ["metadata.x"]}, "could not be read"),
    ],
)
def test_a_record_must_be_whole(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = sources.record(tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    found = recognise(path, FORMATS)
    assert found is not None
    with pytest.raises(Refused, match=said):
        list(found.read(path, Told()))


def test_predictions_that_are_too_large_are_left_out_and_named(
    conn: psycopg.Connection, demo_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scidex.atlas._model_registry.store.evaluations.MOST_SENT", 9_000)
    with psycopg.connect(demo_dsn) as demo:
        record = exported(demo, "model-theophylline-v1")
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    plan = plan_of(path)
    sent = [one["id"] for one in record["evaluation_documents"] if "metadata" in one]
    named = [one.what for one in plan.left_out if "a record has for predictions" in one.reason]
    assert sent
    assert named
    assert len(sent) + len(named) == len(record["evaluations"])
    assert carry_out(plan, conn).new.count(sent[0]) == 1


def test_predictions_of_data_that_cannot_be_registered_are_left_out(demo_dsn: str, tmp_path: Path) -> None:
    with psycopg.connect(demo_dsn) as demo:
        record = exported(demo, "model-theophylline-v1")
    for one in record["related"]:
        one["version_number"] = 2 if one["id"] == "dataset-theophylline-test" else one["version_number"]
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    plan = plan_of(path)
    assert all(one.dataset != "dataset-theophylline-test" for one in plan.evaluations)
    assert any("does not hold their dataset" in one.reason for one in plan.left_out)
