"""What the metric rows of a comparison say where models have evaluations."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.evaluations.digest import columns_digest
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation
from scidex.atlas._model_registry.statistics.agreement import value_of_all_rows
from scidex.atlas._model_registry.statistics.table import METRICS
from tests.unit.builders import traced
from tests.unit.statistics.generated import binary, regression
from tests.unit.statistics.test_metrics import permuted


def evaluation(model: str, columns: Columns, **other: Any) -> Evaluation:
    fields: dict[str, Any] = {"dataset_id": "dataset-test", "dataset_version": 1, "split": "test", **other}
    return Evaluation(
        id=f"evaluation-{model}",
        title=model,
        version_number=1,
        model_id=model,
        columns=columns,
        digest=columns_digest(columns),
        **fields,
    )


def noisier(columns: Columns, noise: float, seed: int = 1) -> Columns:
    draw = np.random.default_rng(seed)
    return replace(
        columns, predicted=tuple(float(v) + draw.normal(0, noise) for v in columns.predicted or ())
    )


def compared(evaluations: dict[str, Evaluation], metric: str = "test_rmse", **reported: float) -> MetricRow:
    """Compare models of which each reports what its evaluation gives, unless told otherwise."""
    name = metric.split("_", 1)[1]
    models = []
    for model, one in evaluations.items():
        value = reported.get(model, value_of_all_rows(one.columns, METRICS[name]))
        assert value is not None
        models.append(traced(model, metrics={metric: value}))
    answer: Comparison = compare(
        models,
        baseline=next(iter(evaluations)),
        datasets={},
        evaluations={model: [one] for model, one in evaluations.items()},
    )
    (row,) = [one for one in answer["metrics"] if not one.get("recomputed")]
    return row


GOOD = regression(21, 200)


def test_a_clear_difference_is_distinguished() -> None:
    row = compared({"a": evaluation("a", noisier(GOOD, 3)), "b": evaluation("b", GOOD)})
    found = row["evidence"]
    assert found is not None
    assert (found["rows"], found["units"], found["unit_kind"], found["resamples"]) == (
        200,
        200,
        "sample",
        2000,
    )
    assert found["differences"]["b"]["verdict"] == "better"
    assert found["agrees"] == {"a": True, "b": True}
    assert (row["distinguished"], row["leaders"], row["evidence_reason"]) == (True, ["b"], None)


@pytest.mark.parametrize("least", [1.0, 0.0])
def test_a_metric_that_is_undefined_for_the_data_has_no_row_of_its_own(least: float) -> None:
    # A relative error divides by what was observed.
    observed = tuple(max(float(one), 1.0) for one in GOOD.observed[1:])
    columns = replace(GOOD, observed=(least, *observed))
    models = [traced(name, metrics={"test_rmse": 1.0}) for name in ("a", "b")]
    evaluations = {"a": [evaluation("a", noisier(columns, 3))], "b": [evaluation("b", columns)]}
    answer = compare(models, baseline="a", datasets={}, evaluations=evaluations)
    names = {row["name"] for row in answer["metrics"]}
    assert "test_mae" in names
    assert ("test_mape" in names) == (least > 0)


def test_what_the_samples_cannot_tell_apart_has_two_leaders() -> None:
    row = compared({"a": evaluation("a", noisier(GOOD, 0.05)), "b": evaluation("b", GOOD)})
    assert (row["distinguished"], row["leaders"]) == (False, ["a", "b"])
    assert row["evidence"]
    assert row["evidence"]["differences"]["b"]["verdict"] == "undecided"


def test_a_reported_value_that_is_not_the_recomputed_one_distinguishes_nothing() -> None:
    row = compared({"a": evaluation("a", noisier(GOOD, 3)), "b": evaluation("b", GOOD)}, b=0.1)
    assert row["evidence"]
    assert row["evidence"]["agrees"] == {"a": True, "b": False}
    assert (row["distinguished"], row["leaders"]) == (False, ["b"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dataset_id": "dataset-other"}, "data set"),
        ({"dataset_version": 2}, "version of the data set"),
    ],
)
def test_evaluations_on_other_data_do_not_pair(change: dict[str, Any], reason: str) -> None:
    row = compared({"a": evaluation("a", GOOD), "b": evaluation("b", GOOD, **change)})
    assert row["evidence"] is None
    assert reason in str(row["evidence_reason"])
    assert (row["distinguished"], row["leaders"]) == (None, [])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sample": tuple(f"t{i}" for i in range(200))}, "set of samples"),
        ({"observed": (1.0, *GOOD.observed[1:])}, "column of observed values"),
        ({"group": tuple(str(i // 4) for i in range(200))}, "column of groups"),
        ({"weights": (1.0,) * 199 + (2.0,), "weights_are": "sampling"}, "column of weights"),
        ({"unit": "mg/L"}, "unit"),
        ({"sample": None}, "has no sample ids"),
    ],
)
def test_evaluations_that_differ_in_what_they_rest_on_do_not_pair(
    change: dict[str, Any], reason: str
) -> None:
    row = compared({"a": evaluation("a", GOOD), "b": evaluation("b", replace(GOOD, **change))})
    assert row["evidence"] is None
    assert reason in str(row["evidence_reason"])


def test_the_largest_set_pairs_and_the_others_are_named() -> None:
    other = replace(GOOD, sample=tuple(f"t{i}" for i in range(200)))
    row = compared(
        {
            "a": evaluation("a", other),
            "b": evaluation("b", GOOD),
            "c": evaluation("c", noisier(GOOD, 3)),
        }
    )
    assert row["evidence"]
    assert set(row["evidence"]["recomputed"]) == {"b", "c"}
    assert row["evidence"]["without"] == {"a": "was evaluated with another set of samples"}
    assert row["evidence"]["differences"] == {}
    assert (row["distinguished"], row["leaders"]) == (None, ["b"])


def test_of_two_sets_of_one_size_that_with_the_baseline_counts() -> None:
    other = replace(GOOD, sample=tuple(f"t{i}" for i in range(200)))
    row = compared({name: evaluation(name, other if name in "ad" else GOOD) for name in "abcd"})
    assert row["evidence"]
    assert set(row["evidence"]["recomputed"]) == {"a", "d"}


def test_folds_never_distinguish() -> None:
    folds = tuple(str(i % 5) for i in range(200))
    row = compared(
        {
            name: evaluation(name, replace(columns, fold=folds), split="cross_validation")
            for name, columns in {"a": noisier(GOOD, 3), "b": GOOD}.items()
        },
        "cv_rmse",
        a=1.0,
        b=1.0,
    )
    assert (row["evidence_reason"], row["distinguished"]) == ("folds are not independent", None)


def test_the_order_of_rows_of_an_evaluation_changes_nothing() -> None:

    bad = noisier(GOOD, 0.3)
    one = compared({"a": evaluation("a", bad), "b": evaluation("b", GOOD)})
    other = compared({"a": evaluation("a", permuted(bad, 3)), "b": evaluation("b", GOOD)})
    assert one == other


def test_a_perceptron_and_its_copy_are_identical() -> None:
    columns = binary(5, 100)
    row = compared({"a": evaluation("a", columns), "b": evaluation("b", columns)}, "test_roc_auc")
    assert row["evidence"]
    assert row["evidence"]["differences"]["b"] == {"value": 0.0, "interval": None, "verdict": "identical"}
    assert (row["distinguished"], row["leaders"]) == (False, ["a", "b"])


def test_a_metric_of_another_split_has_no_evidence() -> None:
    row = compared({"a": evaluation("a", GOOD), "b": evaluation("b", GOOD)}, "train_rmse", a=1.0, b=1.0)
    assert row["evidence"] is None
    assert "no evaluation that gives this metric" in str(row["evidence_reason"])
