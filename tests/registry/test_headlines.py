"""Headlines of lists: found when nothing else waits, shown as soon as found, and always of the present rows."""

from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg.types.json import Jsonb

from scidex.atlas.model_registry import (
    check,
    compare_models,
    find_headlines,
    fold,
    get_model_detail,
    install,
    list_models,
    rebuild,
    render_model_page,
    render_models_page,
)
from tests.registry.rows import artifact, dataset, link, model

SILENT = {"interval": None, "rows": None, "units": None, "units_are": None, "agrees": None}


def columns(seed: int = 1, rows: int = 40, **other: Any) -> dict[str, Any]:
    draw = np.random.default_rng(seed)
    observed = draw.normal(size=rows)
    own = {
        "task": "regression",
        "observed": observed.tolist(),
        "predicted": (observed + draw.normal(0, 0.5, rows)).tolist(),
        "sample": [f"s{row}" for row in range(rows)],
    }
    return {
        "model_id": "model-a",
        "dataset_id": "dataset-a",
        "dataset_version": 1,
        "split": "test",
        **own,
        **other,
    }


def of(metadata: dict[str, Any]) -> float:
    """Return the root mean squared error of an evaluation."""
    apart = np.array(metadata["observed"]) - np.array(metadata["predicted"])
    return float(np.sqrt(np.mean(apart**2)))


@pytest.fixture
def evaluated(conn: psycopg.Connection) -> psycopg.Connection:
    """Return a model with an evaluation, folded; its headline waits to be found."""
    dataset(conn, "dataset-a")
    metrics = {"test_rmse": round(of(columns()), 3), "test_mae": 9.0, "train_rmse": 0.1}
    model(conn, "model-a", {"evaluation_metrics": metrics, "headline_metric": "test_rmse"})
    evaluate(conn, columns())
    return settled(conn)


def evaluate(conn: psycopg.Connection, metadata: object, name: str = "e", **fields: Any) -> None:
    artifact(conn, name, "evaluation", metadata=metadata, **fields)
    link(conn, name, "model-a", "evaluates")
    link(conn, name, "dataset-a", "uses")


def settled(conn: psycopg.Connection) -> psycopg.Connection:
    while fold(conn=conn):
        pass
    return conn


def found(conn: psycopg.Connection) -> int:
    settled(conn)
    return sum(iter(lambda: find_headlines(conn=conn), 0))


def entry(conn: psycopg.Connection) -> dict[str, Any]:
    (one,) = list_models(conn=conn)["models"]
    return {**one}


def test_a_list_says_what_is_not_found_yet_and_then_what_the_detail_says(
    evaluated: psycopg.Connection,
) -> None:
    reported = {"metric": "test_rmse", "value": round(of(columns()), 3)}
    before = entry(evaluated)
    assert (before["headline"], before["computed"]) == ({**reported, **SILENT}, False)
    assert before["contradicted"] == []
    assert found(evaluated) == 1
    after, detail = entry(evaluated), get_model_detail("model-a", conn=evaluated)
    assert after["computed"] is True
    assert detail["standing"]["status"] == after["standing"]["status"]
    assert {field: detail[field] for field in after if field != "standing"} == {  # type: ignore[literal-required]  # each is a field of both
        field: value for field, value in after.items() if field != "standing"
    }
    assert after["contradicted"] == ["test_mae"]
    (rmse,) = [one for one in detail["evaluations"][0]["metrics"] if one["metric"] == "rmse"]
    assert after["headline"] == {
        **reported,
        "interval": rmse["interval"],
        "rows": 40,
        "units": 40,
        "units_are": None,
        "agrees": True,
    }
    assert check(conn=evaluated) == []


def test_a_comparison_says_the_same(evaluated: psycopg.Connection) -> None:
    model(evaluated, "model-b", {"evaluation_metrics": {"val_r2": 0.5}})
    found(evaluated)
    compared = {one["id"]: one for one in compare_models(["model-a", "model-b"], conn=evaluated)["models"]}
    listed = {one["id"]: one for one in list_models(conn=evaluated)["models"]}
    assert {
        key: {**one, "standing": {"status": "sound"}} for key, one in compared.items()
    } == listed  # a comparison says it beside the provenance
    assert compared["model-b"]["headline"] == {"metric": "val_r2", "value": 0.5, **SILENT}
    assert compared["model-b"]["computed"] is True


@pytest.mark.parametrize(
    ("named", "metric"),
    [("train_rmse", "train_rmse"), ("test_mae", "test_mae"), ("nowhere", "test_mae"), (7, "test_mae")],
)
def test_the_named_metric_comes_first(conn: psycopg.Connection, named: object, metric: str) -> None:
    metrics = {"test_mae": 0.5, "train_rmse": 0.1, "test_n": 7, "val_r2": 0.5}
    model(conn, "model-a", {"evaluation_metrics": metrics, "headline_metric": named})
    assert entry(conn)["headline"]["metric"] == metric
    settled(conn)
    assert entry(conn)["headline"]["metric"] == metric


def test_a_headline_needs_held_out_data(conn: psycopg.Connection) -> None:
    model(conn, "model-a", {"evaluation_metrics": {"train_rmse": 0.1, "aic": 3}})
    settled(conn)
    assert (entry(conn)["headline"], entry(conn)["computed"]) == (None, True)


def test_a_list_calls_the_units_as_the_evaluation_does(evaluated: psycopg.Connection) -> None:
    found(evaluated)
    named = Jsonb({**columns(), "samples_are": "participants"})  # the columns stay as they were
    evaluated.execute("UPDATE artifacts SET metadata = %s WHERE id = 'e'", [named])
    found(evaluated)
    headline = entry(evaluated)["headline"]
    assert headline == get_model_detail("model-a", conn=evaluated)["headline"]
    assert (headline["units"], headline["units_are"]) == (40, "participants")
    assert "40 participants" in render_models_page(conn=evaluated)


def test_what_was_stored_without_the_name_of_its_units_is_found_anew(evaluated: psycopg.Connection) -> None:
    evaluated.execute(
        "UPDATE artifacts SET metadata = metadata || '{\"samples_are\": \"participants\"}' WHERE id = 'e'"
    )
    found(evaluated)
    evaluated.execute("ALTER TABLE model_registry_headlines DROP COLUMN units_are")
    evaluated.execute("UPDATE model_registry_headlines SET digest = 'of sources without the name'")
    install(evaluated)
    assert entry(evaluated)["computed"] is False
    assert found(evaluated) == 1
    assert entry(evaluated)["headline"]["units_are"] == "participants"
    install(evaluated)
    assert entry(evaluated)["computed"] is True


OTHER = columns(2)
CHANGES: dict[str, tuple[str, list[Any]]] = {
    "newer": ("UPDATE artifacts SET metadata = %s WHERE id = 'e'", [Jsonb(OTHER)]),
    "gone": ("DELETE FROM artifacts WHERE id = 'e'", []),
    "unlinked": ("DELETE FROM artifact_links WHERE source_artifact_id = 'e'", []),
    "linked to another": ("UPDATE artifact_links SET target_artifact_id = 'model-b'", []),
    "no evaluation": ("UPDATE artifacts SET artifact_type = 'paper' WHERE id = 'e'", []),
    "retracted": ("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'e'", []),
    "on data that fell": ("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = 'dataset-a'", []),
    "another value": (
        "UPDATE artifacts SET metadata = '{\"evaluation_metrics\": {\"test_rmse\": 7}}' WHERE id = 'model-a'",
        [],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_not_shown_as_it_was(evaluated: psycopg.Connection, change: str) -> None:
    found(evaluated)
    statement, values = CHANGES[change]
    evaluated.execute(statement.encode(), values)
    assert entry(evaluated)["computed"] is False
    assert entry(evaluated)["headline"]["interval"] is None
    settled(evaluated)
    found(evaluated)
    after = entry(evaluated)
    assert after["computed"] is True
    assert after["headline"] == get_model_detail("model-a", conn=evaluated)["headline"]
    assert check(conn=evaluated) == []


@pytest.mark.parametrize("fallen", ["e", "dataset-a"])
def test_a_retracted_evaluation_or_dataset_concludes_nothing_and_says_so(
    evaluated: psycopg.Connection, fallen: str
) -> None:
    evaluated.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = %s", [fallen])
    evaluated.execute(
        "UPDATE artifacts SET metadata = metadata || '{\"note\": 1}' WHERE id IN ('e', 'model-a')"
    )
    found(evaluated)
    detail = get_model_detail("model-a", conn=evaluated)
    why = "the evaluation or its data set is retracted"
    assert detail["headline"] == entry(evaluated)["headline"]
    assert detail["headline"] is not None
    assert detail["headline"]["interval"] is None
    assert (detail["contradicted"], detail["warnings"]) == ([], [])
    assert detail["leakage"] == {"found": None, "reason": f"e: {why}"}
    (one,) = detail["evaluations"]
    for metric in one["metrics"]:
        assert (metric["interval"], metric["no_interval"], metric["agrees"]) == (None, why, None)
        assert metric["reason"] == ("not reported" if metric["reported_as"] is None else why)
        assert metric["value"] is not None
    page = render_model_page("model-a", conn=evaluated)
    assert "Nothing is concluded from evaluations that fell, or whose data did" in page
    assert "too few to say" not in page


def test_a_newer_evaluation_takes_the_place_of_the_older(evaluated: psycopg.Connection) -> None:
    found(evaluated)
    interval = entry(evaluated)["headline"]["interval"]
    evaluate(evaluated, OTHER, "newer", created_at="2100-01-01T00:00:00Z")
    assert entry(evaluated)["computed"] is False
    assert found(evaluated) == 1
    assert entry(evaluated)["headline"]["interval"] != interval
    assert entry(evaluated)["headline"]["agrees"] is False


def test_what_changes_while_it_is_found_is_asked_for_again(evaluated: psycopg.Connection) -> None:
    evaluated.execute("UPDATE model_registry_headlines SET claimed_at = now()")
    assert find_headlines(conn=evaluated) == 0
    evaluated.execute("UPDATE artifacts SET metadata = %s WHERE id = 'e'", [Jsonb(OTHER)])
    assert found(evaluated) == 1
    assert (
        entry(evaluated)["headline"]["interval"][0] < of(OTHER) < entry(evaluated)["headline"]["interval"][1]
    )


def test_whoever_ends_while_finding_is_followed_by_another(evaluated: psycopg.Connection) -> None:
    evaluated.execute("UPDATE model_registry_headlines SET claimed_at = now() - interval '2 minutes'")
    assert find_headlines(conn=evaluated) == 1


def test_rebuilding_finds_the_same_again_without_resampling(
    evaluated: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(evaluated)
    before = entry(evaluated)
    for _ in rebuild(conn=evaluated):
        pass
    assert entry(evaluated)["computed"] is False
    monkeypatch.setattr("scidex.atlas._model_registry.reads.headlines.found_headline", None)
    assert found(evaluated) == 1
    assert entry(evaluated) == before


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE model_registry_headlines SET low = 0",
        "UPDATE model_registry_headlines SET contradicted = '{}'",
        "DELETE FROM model_registry_headlines",
    ],
)
def test_the_check_finds_a_headline_that_is_not_what_evaluations_give(
    evaluated: psycopg.Connection, spoiling: str
) -> None:
    found(evaluated)
    evaluated.execute(spoiling.encode())
    assert check(conn=evaluated) == ["model-a"]
    for _ in rebuild(conn=evaluated):
        pass
    evaluated.execute("UPDATE model_registry_headlines SET digest = NULL")
    found(evaluated)
    assert check(conn=evaluated) == []


def test_the_interval_is_in_the_unit_of_the_value(conn: psycopg.Connection) -> None:
    dataset(conn, "dataset-a")
    metadata = columns(unit="mg/L")
    declared = {"metric_metadata": {"test_rmse": {"unit": "ug/L"}}}
    metrics = {"evaluation_metrics": {"test_rmse": round(1000 * of(metadata))}}
    model(conn, "model-a", {**metrics, **declared})
    evaluate(conn, metadata)
    found(conn)
    headline = entry(conn)["headline"]
    assert headline["agrees"] is True
    assert headline["interval"][0] < headline["value"] < headline["interval"][1]


def test_what_cannot_be_read_is_found_to_give_nothing(conn: psycopg.Connection) -> None:
    model(conn, "model-a", {"evaluation_metrics": {"test_rmse": 0.5}})
    evaluate(conn, {"observed": "broken"})
    assert found(conn) == 1
    assert (entry(conn)["computed"], entry(conn)["headline"]["interval"]) == (True, None)
