"""What describe() says of a fit is registered without a warning, and the catalogue agrees with its metrics."""

import warnings
from typing import Any

import numpy as np
import psycopg
import pytest
import sklearn.metrics
from sklearn.linear_model import Ridge

from scidex.atlas.artifact_registry import register_artifact, register_evaluation, register_model
from scidex.atlas.model_registry import get_model_detail
from scidex.forge.estimators import CannotDescribe, describe
from scidex.forge.estimators.class_metrics import class_metrics
from tests.estimators.fitted import (
    ILL,
    LMFIT,
    PIPELINE,
    ROWS,
    SKLEARN,
    STATSMODELS,
    TIMES,
    Case,
    X,
    Y,
    rows_of,
)


def registered(conn: psycopg.Connection, case: Case) -> dict[str, Any]:
    """Fit, describe and register, and return the model's detail."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the fits: how they converge is no matter of describing
        fitted = case.fit()
    register_artifact(artifact_type="dataset", title="D", artifact_id="dataset-d", conn=conn)
    samples = [f"s{place}" for place in range(len(case.y))]
    described = describe(fitted, X=rows_of(case), y=case.y, dataset="dataset-d", sample=samples)
    assert described.model["model_family"] == case.family
    new = register_model(**described.model, trained_on=None, produced_by=None, conn=conn)
    assert new.warnings == []
    if case.task is None:
        assert described.evaluation is None
    else:
        assert described.evaluation is not None
        assert described.evaluation["metadata"]["task"] == case.task
        register_evaluation(**described.evaluation, model=new.id, conn=conn)
    return dict(get_model_detail(new.id, conn=conn))


def agreed(detail: dict[str, Any]) -> dict[str, bool]:
    """Return by name whether the catalogue agrees with each metric that was reported of the evaluation."""
    metrics = (metric for evaluation in detail["evaluations"] for metric in evaluation["metrics"])
    return {one["reported_as"]: one["agrees"] for one in metrics if one["reported_as"] is not None}


@pytest.mark.parametrize("name", SKLEARN)
def test_estimators_of_scikit_learn(conn: psycopg.Connection, name: str) -> None:
    detail = registered(conn, SKLEARN[name])
    assert detail["unreadable"] == []
    classes = {"test_balanced_accuracy", "test_accuracy"}
    expected = {
        "regression": {"test_rmse", "test_mae", "test_r2"},
        "binary": classes | {"test_roc_auc"},
        "multiclass": classes,
    }
    assert set(agreed(detail)) - {"test_brier"} == expected.get(SKLEARN[name].task or "", set())
    assert all(agreed(detail).values())


@pytest.mark.parametrize("name", ["logistic regression", "random forest", "support vectors"])
def test_metrics_of_two_classes_are_those_of_scikit_learn(name: str) -> None:
    """The headline is ROC AUC; margins are no probabilities, so they have no Brier score."""
    case = SKLEARN[name]
    described = describe(case.fit(), X=case.X, y=case.y, dataset="d", positive="ill")
    metadata, columns = described.model["metadata"], described.evaluation
    assert columns is not None
    ill, scores = np.asarray(case.y) == "ill", columns["metadata"]["scores"]
    expected = {
        "test_roc_auc": sklearn.metrics.roc_auc_score(ill, scores),
        "test_balanced_accuracy": sklearn.metrics.balanced_accuracy_score(
            case.y, columns["metadata"]["predicted"]
        ),
        "test_accuracy": sklearn.metrics.accuracy_score(case.y, columns["metadata"]["predicted"]),
    }
    if columns["metadata"]["scores_are"] == "probability":
        expected["test_brier"] = sklearn.metrics.brier_score_loss(ill, scores)
    assert metadata["evaluation_metrics"] == pytest.approx(expected)
    assert metadata["headline_metric"] == "test_roc_auc"


def test_ties_are_half_of_a_pair_and_one_class_has_no_area() -> None:
    columns = {"task": "binary", "positive": "a", "scores_are": "probability"}
    tied = {"observed": ["a", "a", "b"], "predicted": ["a", "b", "b"], "scores": [0.9, 0.5, 0.5]}
    assert class_metrics({**columns, **tied})["roc_auc"] == 0.75
    alone = {"observed": ["a", "a"], "predicted": ["a", "b"], "scores": [0.9, 0.5]}
    assert set(class_metrics({**columns, **alone})) == {"balanced_accuracy", "accuracy", "brier"}


@pytest.mark.parametrize("name", STATSMODELS)
def test_results_of_statsmodels(conn: psycopg.Connection, name: str) -> None:
    pytest.importorskip("statsmodels")
    detail = registered(conn, STATSMODELS[name])
    assert detail["unreadable"] == []
    assert detail["metadata"]["coefficients"]
    assert agreed(detail)
    assert all(agreed(detail).values())


@pytest.mark.parametrize("name", LMFIT)
def test_results_of_lmfit(conn: psycopg.Connection, name: str) -> None:
    pytest.importorskip("lmfit")
    detail = registered(conn, LMFIT[name])
    coefficients = detail["metadata"]["coefficients"]
    assert all(one["std_error"] > 0 for one in coefficients.values() if "expression" not in one)
    assert all(agreed(detail).values())


def test_a_pipeline_names_features_steps_and_the_scale_of_its_coefficients() -> None:
    metadata = describe(PIPELINE.fit(), X=rows_of(PIPELINE), y=PIPELINE.y).model["metadata"]
    assert metadata["model_type"] == "LogisticRegression"
    assert metadata["features"] == ["a", "b", "c"]
    assert metadata["preprocessing"][0]["class"] == "StandardScaler"
    assert set(metadata["coefficients"]) == {"a", "b", "c", "intercept"}
    assert metadata["coefficient_scale"] == "per unit of the features after preprocessing"


def test_coefficients_are_those_of_the_normal_equations() -> None:
    """The oracle: the solution by QR of the design with a column of ones."""
    metadata = describe(SKLEARN["linear regression"].fit()).model["metadata"]
    design = np.column_stack([X, np.ones(ROWS)])
    expected = np.linalg.lstsq(design, Y, rcond=None)[0]
    found = [metadata["coefficients"][name]["value"] for name in ("x0", "x1", "x2", "intercept")]
    assert found == pytest.approx(expected)


def test_standard_errors_are_those_of_the_textbook() -> None:
    """The oracle: s^2 (X'X)^-1 of the design."""
    pytest.importorskip("statsmodels")
    metadata = describe(STATSMODELS["least squares of arrays"].fit()).model["metadata"]
    design = np.column_stack([np.ones(ROWS), X])
    residuals = Y - design @ np.linalg.lstsq(design, Y, rcond=None)[0]
    variance = residuals @ residuals / (ROWS - 4) * np.linalg.inv(design.T @ design)
    found = [one["std_error"] for one in metadata["coefficients"].values()]
    assert found == pytest.approx(np.sqrt(np.diag(variance)))


def test_criteria_say_what_they_count() -> None:
    pytest.importorskip("statsmodels")
    metadata = describe(STATSMODELS["least squares"].fit()).model["metadata"]
    aic = metadata["metric_metadata"]["aic"]["definition"]
    assert aic.startswith("2 k - 2 ln L with k = 3,")
    assert metadata["formula"] == "y ~ a + b"
    assert metadata["nobs"] == ROWS


def test_the_positive_class_is_the_one_named() -> None:
    case = SKLEARN["logistic regression"]
    columns = describe(case.fit(), X=case.X, y=case.y, dataset="d", positive="ill").evaluation
    other = describe(case.fit(), X=case.X, y=case.y, dataset="d", positive="well").evaluation
    unsaid = describe(case.fit(), X=case.X, y=case.y, dataset="d").missing
    said = describe(case.fit(), X=case.X, y=case.y, dataset="d", positive="well").missing
    asked = (
        "which class is positive: well was taken, the second in order; ill is the other, give one as positive"
    )
    assert (asked in unsaid, asked in said) == (True, False)
    assert columns is not None
    assert other is not None
    sums = np.add(columns["metadata"]["scores"], other["metadata"]["scores"])
    assert sums == pytest.approx(np.ones(ROWS))


def test_what_is_missing_is_said() -> None:
    case = SKLEARN["ridge"]
    assert any("held-out" in words for words in describe(case.fit()).missing)
    assert any("dataset" in words for words in describe(case.fit(), X=case.X, y=case.y).missing)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"y": Y}, "without X"),
        ({"X": X[:, :2], "y": Y}, "does not fit"),
        ({"X": X, "y": Y[:5]}, "y has 5 rows"),
        ({"X": X, "y": X}, "one value for each row"),
        ({"X": np.zeros((30_000, 3)), "y": np.zeros(30_000)}, "drawn at random"),
    ],
)
def test_data_of_another_shape_or_use_are_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotDescribe, match=said):
        describe(SKLEARN["ridge"].fit(), **arguments)


def test_anything_but_a_fit_is_refused() -> None:
    with pytest.raises(CannotDescribe, match="call fit first"):
        describe(Ridge())
    with pytest.raises(CannotDescribe, match="register_model takes"):
        describe({"a": 1})
    case = SKLEARN["logistic regression"]
    with pytest.raises(CannotDescribe, match="the classes are ill, well"):
        describe(case.fit(), X=case.X, y=case.y, positive="dead")


def test_a_curve_keeps_its_places() -> None:
    pytest.importorskip("lmfit")
    case = LMFIT["curve"]
    described = describe(case.fit(), X=case.X, y=case.y, dataset="d", unit="mg/L")
    assert described.evaluation is not None
    assert described.evaluation["metadata"]["x"] == {"name": "t", "values": TIMES.tolist()}
    assert described.model["metadata"]["metric_metadata"]["test_rmse"] == {"dataset": "d", "unit": "mg/L"}
    assert set(ILL) == {0, 1}
