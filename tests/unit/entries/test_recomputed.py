"""Every metric that an evaluation gives, beside what the model reports."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.entries.recomputed import (
    NOT_REPORTED,
    agreements,
    recomputed_metrics,
    reported_metrics,
)
from scidex.atlas._model_registry.entries.warnings import contradictions
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.statistics.agreement import IN_NO_FORM, TOO_COARSE
from tests.unit.comparison.test_evidence import evaluation
from tests.unit.statistics.generated import binary, regression


@dataclass(frozen=True)
class Declared:
    unit: str | None = None
    dataset: str | None = None
    split: str | None = "test"


COLUMNS = regression(5, 40)
ONE = evaluation("a", COLUMNS)


def metrics(
    *evaluations: Evaluation, declared: Declared = Declared(), **reported: float
) -> dict[str, list[RecomputedMetric]]:
    held = agreements(evaluations, reported_metrics(reported, dict.fromkeys(reported, declared)))
    return recomputed_metrics(evaluations, held)


def held(columns: Any, declared: Declared = Declared(), **reported: float) -> RecomputedMetric:
    """Return the only metric of an evaluation that is reported."""
    (found,) = metrics(evaluation("a", columns), declared=declared, **reported).values()
    (one,) = [each for each in found if each["reported_as"]]
    return one


def test_every_metric_is_given_whether_reported_or_not() -> None:
    (found,) = metrics(ONE).values()
    assert [one["metric"] for one in found] == [
        *("rmse", "mse", "mae", "medae", "max_error", "r2", "explained_variance", "mape", "bias"),
        *("pearson", "spearman"),
    ]
    assert {one["reason"] for one in found} == {NOT_REPORTED}
    for one in found:
        assert (one["interval"] is None) == (one["no_interval"] is not None) == (one["metric"] == "max_error")
        if one["interval"] is not None and one["value"] is not None:
            assert one["interval"][0] < one["value"] < one["interval"][1]


@pytest.mark.parametrize(("off", "agrees", "reason"), [(0.0, True, None), (0.5, False, IN_NO_FORM)])
def test_a_reported_value_agrees_where_it_rounds_to_the_recomputed_one(
    off: float, agrees: bool, reason: str | None
) -> None:
    (rmse,) = [one["value"] for one in metrics(ONE)["evaluation-a"] if one["metric"] == "rmse"]
    assert rmse is not None
    one = held(COLUMNS, test_rmse=round(rmse + off, 3))
    assert (one["metric"], one["reported_as"], one["agrees"], one["reason"]) == (
        "rmse",
        "test_rmse",
        agrees,
        reason,
    )


def test_an_undecided_agreement_gives_its_reason() -> None:
    plain = metrics(evaluation("a", binary(5)))["evaluation-a"]
    (area,) = [one["value"] for one in plain if one["metric"] == "roc_auc"]
    assert area is not None
    assert held(binary(5), test_roc_auc=round(area, 1))["reason"] == TOO_COARSE
    assert held(binary(5), test_brier=0.771)["reason"] == IN_NO_FORM
    one = held(replace(COLUMNS, unit="mg/L"), Declared(unit="hr"), test_rmse=1.0)
    assert (one["agrees"], one["reason"]) == (None, "hr does not convert to mg/L")


def test_units_are_converted_squares_too() -> None:
    columns = replace(COLUMNS, unit="mg/L")
    plain = {one["metric"]: one for one in metrics(evaluation("a", columns))["evaluation-a"]}
    assert (plain["rmse"]["unit"], plain["mse"]["unit"], plain["r2"]["unit"]) == ("mg/L", "(mg/L)^2", None)
    for name, unit, times in (("rmse", "ug/L", 1000), ("mse", "ug2/L2", 1_000_000)):
        value = plain[name]["value"]
        assert value is not None
        assert held(columns, Declared(unit=unit), **{f"test_{name}": value * times})["agrees"] is True


@pytest.mark.parametrize(
    "declared", [Declared(split="train"), Declared(dataset="dataset-other")], ids=["split", "dataset"]
)
def test_what_was_measured_elsewhere_does_not_belong(declared: Declared) -> None:
    (found,) = metrics(ONE, declared=declared, rmse=1.0).values()
    assert all(one["reported_as"] is None for one in found)


def test_a_name_without_a_split_belongs_where_all_evaluations_have_one() -> None:
    train = evaluation("b", COLUMNS, split="train")
    silent = Declared(split=None)
    assert any(one["reported_as"] for one in metrics(ONE, declared=silent, rmse=1.0)["evaluation-a"])
    found = metrics(ONE, train, declared=silent, rmse=1.0)
    assert not any(one["reported_as"] for metrics in found.values() for one in metrics)


def test_a_value_that_one_evaluation_gives_contradicts_no_other() -> None:
    other = evaluation("b", regression(6, 40), dataset_id="dataset-b")
    (rmse,) = [one["value"] for one in metrics(ONE)["evaluation-a"] if one["metric"] == "rmse"]
    assert rmse is not None
    found = metrics(ONE, other, test_rmse=rmse)
    agreed = [[one["agrees"] for one in each if one["reported_as"]] for each in found.values()]
    assert agreed == [[True], [None]]
    assert contradictions(found) == []


def test_a_contradiction_is_a_warning_with_both_values() -> None:
    (warning,) = contradictions(metrics(ONE, test_rmse=0.5))
    assert warning["path"] == "evaluation_metrics.test_rmse"
    assert warning["message"].startswith("test_rmse is reported as 0.5, but evaluation-a gives 0.973781.")
