"""The metric table: direction, best, deltas, units, and zero, unreported and non-numeric values apart."""

import pytest

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import traced
from tests.unit.comparison.measured import HELD_OUT, measured, only_row


def test_the_row_of_the_design() -> None:
    unit: Json = {"rmse": {"direction": "lower", "unit": "uM", "dataset": "dataset-held-out"}}
    assert only_row(measured("model-a", unit, rmse=0.023), measured("model-b", unit, rmse=0.031)) == {
        "name": "rmse",
        "direction": "lower",
        "target": None,
        "unit": "uM",
        "values": {"model-a": 0.023, "model-b": 0.031},
        "best": ["model-a"],
        "delta": {"model-a": 0.0, "model-b": 0.008},
        "delta_percent": {"model-a": 0.0, "model-b": 34.78},
        "comparable": True,
        "reason": None,
        "units": {"model-a": "uM", "model-b": "uM"},
        "not_a_number": [],
        "evidence": None,
        "evidence_reason": "no model has an evaluation",
        "distinguished": None,
        "leaders": [],
    }


@pytest.mark.parametrize(
    ("name", "a", "b", "best"),
    [
        ("rmse", 0.1, 0.2, ["model-a"]),
        ("auc", 0.1, 0.2, ["model-b"]),
        ("neg_rmse", -0.1, -0.2, ["model-a"]),
        ("auc", 0.1 + 0.2, 0.3, ["model-a", "model-b"]),
        ("auc", 0.0, 0.0, ["model-a", "model-b"]),
        ("r_hat", 1.01, 1.2, ["model-a"]),
        ("r_hat", 0.9, 1.05, ["model-b"]),
        ("r_hat", 0.9, 1.1, ["model-a", "model-b"]),
        ("bias", -0.2, 0.1, ["model-b"]),
        ("parameter_count", 3, 4, []),
        ("rmse_std", 0.1, 0.2, []),
        ("zorp", 0.1, 0.2, []),
    ],
)
def test_best(name: str, a: float, b: float, best: list[str]) -> None:
    assert only_row(measured("model-a", **{name: a}), measured("model-b", **{name: b}))["best"] == best


def test_zero_not_reported_and_not_a_number_differ() -> None:
    broken = traced("model-c", unreadable=("metadata.evaluation_metrics.auc",))
    row = only_row(measured("model-a", auc=0.0), traced("model-b"), broken)
    assert row["values"] == {"model-a": 0.0, "model-b": None, "model-c": None}
    assert row["not_a_number"] == ["model-c"]
    assert row["best"] == []
    assert (row["comparable"], row["reason"]) == (None, "only model-a reports auc")


def test_a_whole_number_too_large_to_calculate_with_is_not_a_number() -> None:
    row = only_row(measured("model-a", mse=1.0), measured("model-b", mse=10**400))
    assert (row["values"]["model-b"], row["not_a_number"]) == (None, ["model-b"])


def test_names_are_never_merged() -> None:
    rows = metric_rows(
        [measured("model-a", auc=0.9), measured("model-b", AUC=0.8)], baseline="model-a", datasets={}
    )
    assert [row["name"] for row in rows] == ["AUC", "auc"]


def test_what_most_report_comes_first() -> None:
    models = [measured("model-a", auc=0.9, zorp=1, rmse=2), measured("model-b", zorp=2, rmse=1)]
    rows = metric_rows(models, baseline="model-a", datasets=HELD_OUT)
    assert [row["name"] for row in rows] == ["rmse", "zorp", "auc"]


def test_delta_is_to_the_baseline() -> None:
    row = only_row(measured("model-a", aic=-450), measured("model-b", aic=-440), baseline="model-b")
    assert row["delta"] == {"model-a": -10.0, "model-b": 0.0}
    assert row["delta_percent"] == {"model-a": -2.27, "model-b": 0.0}


def test_no_percentage_of_nothing() -> None:
    row = only_row(measured("model-a", auc=0), measured("model-b", auc=0.5))
    assert row["delta"] == {"model-a": 0.0, "model-b": 0.5}
    assert row["delta_percent"] == {"model-a": None, "model-b": None}


def test_no_delta_to_a_baseline_that_does_not_report() -> None:
    row = only_row(traced("model-a"), measured("model-b", auc=0.5), measured("model-c", auc=0.6))
    assert set(row["delta"].values()) == set(row["delta_percent"].values()) == {None}
    assert row["best"] == ["model-c"]


def test_a_small_percentage_is_not_rounded_away() -> None:
    row = only_row(measured("model-a", auc=1.0), measured("model-b", auc=1.00001234))
    assert row["delta_percent"]["model-b"] == 0.0012


@pytest.mark.parametrize(("a", "b"), [(1e308, -1e308), (5e-324, 1e308)])
def test_a_percentage_out_of_range_stays_absent(a: float, b: float) -> None:
    row = only_row(measured("model-a", mse=a), measured("model-b", mse=b))
    assert row["delta_percent"]["model-b"] is None


@pytest.mark.parametrize("name", ["-LL", "neg_log_likelihood", "-2LL"])
def test_a_minus_turns_the_winner_round(name: str) -> None:
    row = only_row(measured("model-a", **{name: 100}), measured("model-b", **{name: 200}))
    assert (row["direction"], row["comparable"]) == ("lower", False)


def test_a_coverage_without_a_level_is_not_crowned() -> None:
    row = only_row(measured("model-a", coverage=0.5), measured("model-b", coverage=0.9))
    assert (row["direction"], row["target"], row["best"]) == ("target", None, [])


@pytest.mark.parametrize("value", [2**53 + 1, 10**30 + 1])
def test_differences_of_whole_numbers_are_exact(value: int) -> None:
    row = only_row(measured("model-a", mae=value), measured("model-b", mae=value - 1))
    assert (row["best"], row["delta"]["model-b"]) == (["model-b"], -1)
    far = only_row(measured("model-a", mae=0), measured("model-b", mae=value))
    assert far["delta"]["model-b"] == value


def test_what_stands_only_among_the_metrics_of_training_is_of_the_training_split() -> None:
    def trained(name: str, data: str) -> TracedModel:
        metadata: Json = {"training_metrics": {"loss": 0.1}}
        return traced(
            name,
            metrics={"loss": 0.1},
            metadata=metadata,
            trained_on={data: 1},
            evaluated_on="dataset-held-out",
        )

    row = only_row(trained("model-a", "dataset-x"), trained("model-b", "dataset-y"))
    assert (row["comparable"], row["best"], row["split"]) == (False, [], "train")


def test_a_finding_names_all_models_that_it_holds_for() -> None:
    row = only_row(
        measured("model-c", {"rmse": {"dataset": "x"}}, rmse=1),
        measured("model-b", {"rmse": {"dataset": "y"}}, rmse=1),
        measured("model-a", {"rmse": {"dataset": "x"}}, rmse=1),
        baseline="model-c",
    )
    assert row["finding"] == {
        "code": "data_differ",
        "values": {"model-a": "x", "model-b": "y", "model-c": "x"},
        "detail": None,
    }
    assert row["reason"] == "rmse was measured on x by model-a and model-c and on y by model-b"
