"""How far a model's numbers can be trusted: the headline with its interval, and doubts."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

from typing import Any

import pytest

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.pages.model_page.doubts import doubts
from scidex.atlas._model_registry.pages.model_page.headline import headline
from scidex.atlas._model_registry.pages.model_page.page import model_page
from scidex.atlas._model_registry.pages.parts.measured import measured_picture
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation
from tests.unit.pages.example_detail import detail

AREA = {
    "metric": "roc_auc",
    "value": 0.9312,
    "unit": None,
    "interval": [0.86, 0.97],
    "level": 0.95,
    "no_interval": None,
    "reported_as": "test_roc_auc",
    "reported": 0.9312,
    "agrees": True,
    "form": None,
    "reason": None,
}


def evaluated(*metrics: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the entry of an evaluation on 100 people."""
    return {
        "id": "evaluation-a",
        "title": "Test",
        "dataset": "dataset-ad-test",
        "dataset_version": 1,
        "split": "test",
        "task": "binary",
        "rows": 100,
        "units": 100,
        "units_are": "participants",
        "resamples": 2000,
        "caveat": None,
        "state": "sound",
        "training_overlap": None,
        "metrics": list(metrics),
    } | fields


def model(metrics: dict[str, float], *evaluations: dict[str, Any], **fields: Any) -> ModelDetail:
    return detail(
        fields.pop("metadata", {}), evaluation_metrics=metrics, evaluations=list(evaluations), **fields
    )


def evaluation(columns: Columns) -> Evaluation:
    return Evaluation(
        id="evaluation-a",
        title="Test",
        version_number=1,
        model_id="model-a",
        dataset_id="dataset-ad-test",
        dataset_version=1,
        split="test",
        columns=columns,
        digest="0",
    )


def said(found: ModelDetail, *evaluations: Evaluation) -> list[str]:
    return [f"{one.word}: {one.text}" for one in doubts(found, evaluations)]


def named(metric: str | None) -> dict[str, Any] | None:
    """Return the headline of an entry by its metric alone."""
    return metric and {"metric": metric, "value": 0.5}  # type: ignore[return-value]  # a dict or None


def test_the_headline_stands_with_its_interval_and_its_samples() -> None:
    found = headline(
        model({"test_roc_auc": 0.9312, "aic": 3.0}, evaluated(AREA), headline=named("test_roc_auc"))
    )
    assert found is not None
    assert (found.title, found.value, found.interval, found.samples, found.agreement) == (
        "ROC AUC (test)",
        "0.9312",
        "0.86 to 0.97 (95 %)",
        "100 participants of dataset-ad-test",
        "the predictions give the same",
    )
    assert found.why == "the model names no headline; this is its first metric of held-out data"
    unreported = model(
        {"test_accuracy": 0.9}, headline=named("test_accuracy"), metadata={"headline_metric": "test_roc_auc"}
    )
    found = headline(unreported)
    assert found is not None
    assert found.why.startswith(
        "the model reports no test_roc_auc, which it names as its headline; this is its"
    )


def test_a_headline_without_evidence_says_so_and_a_declared_one_is_called_that() -> None:
    metrics, metadata = {"test_accuracy": 0.9}, {"headline_metric": "test_accuracy"}
    found = headline(model(metrics, metadata=metadata, headline=named("test_accuracy")))
    assert found is not None
    assert (found.interval, found.why) == (
        "none: no evaluation gives this metric, so nothing is known of the uncertainty",
        "the metric that the model names as its headline",
    )
    assert headline(model({"train_f1": 1.0, "aic": 2.0})) is None


def test_what_predictions_contradict_is_a_warning() -> None:
    wrong = AREA | {"reported": 0.99, "agrees": False}
    found = model({"test_roc_auc": 0.99}, evaluated(wrong))
    assert said(found)[0] == "Warning: ROC AUC (test) is reported as 0.99, the predictions give 0.9312."
    line = model_page(found, {})["performance"].groups[0].lines[0]
    assert (line.is_contradicted, line.agreement) == (True, "0.9312, not what is reported")


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (
            {"found": True, "reason": "3 of the 100 test samples were trained on"},
            "Warning: Held-out samples were used for training: 3 of the 100 test samples were trained on.",
        ),
        (
            {"found": False, "reason": "none of the 100 test samples was trained on"},
            "No leakage: Checked by sample: none of the 100 test samples was trained on.",
        ),
        (
            {"found": None, "reason": "the test samples have no ids"},
            "Leakage: It is not known whether held-out samples were used for training: the test samples have no ids.",
        ),
    ],
)
def test_a_line_on_leakage_always_stands(verdict: dict[str, Any], line: str) -> None:
    assert said(model({"test_roc_auc": 0.9}, evaluated(AREA), leakage=verdict))[-1] == line


@pytest.mark.parametrize(("state", "is_said"), [("sound", True), ("retracted", False)])
def test_a_gap_without_interval_says_what_was_compared_unless_the_evaluation_fell(
    state: str, is_said: bool
) -> None:
    found = model(
        {"test_roc_auc": 0.83, "val_roc_auc": 0.98}, evaluated(AREA | {"interval": None}, state=state)
    )
    apart = (
        "Doubt: The validation value is more than a tenth of the metric's range from the test value, with no interval "
        "to judge by: ROC AUC 0.98 against 0.83. Validation is the better one: what was chosen by it may be "
        "optimistic."
    )
    shown = said(found)
    assert (apart in shown) is is_said
    assert not any("lies outside" in one for one in shown)


def test_trivial_predictions_validation_gaps_and_few_units_are_doubts() -> None:
    labels = ("Impaired",) * 27 + ("Control",) * 73
    accuracy = AREA | {"metric": "accuracy", "reported_as": "test_accuracy", "interval": None, "value": 0.73}
    found = model(
        {"test_r2": -0.03, "test_accuracy": 0.73, "test_roc_auc": 0.83, "val_roc_auc": 0.98},
        evaluated(AREA, accuracy),
        evaluated(
            AREA | {"interval": None, "reported_as": None, "agrees": None},
            dataset="dataset-few",
            rows=22,
            units=2,
        ),
    )
    shown = said(found, evaluation(Columns(task="binary", observed=labels, predicted=labels)))
    assert shown[:4] == [
        "Warning: The model is no better than always naming Control (73 of 100): Accuracy (test) 0.73.",
        "Warning: The model is worse than predicting the mean: R² (test) −0.03.",
        "Doubt: The validation value lies outside the 95 % interval of the test value: ROC AUC 0.98 against 0.83. "
        "Validation is the better one: what was chosen by it may be optimistic.",
        "Doubt: The 22 rows of dataset-few come from 2 participants: too few to say how uncertain the numbers are.",
    ]


def test_numbers_without_an_evaluation_are_said_to_be_as_reported() -> None:
    assert said(model({"test_r2": 0.9}))[0].startswith("Doubt: No evaluation is registered")
    assert len(said(model({}))) == 1


def test_bounded_metrics_stand_on_their_whole_scale_and_errors_in_their_unit() -> None:
    error = AREA | {
        "metric": "rmse",
        "unit": "mg/L",
        "value": 3.0,
        "interval": None,
        "no_interval": "too few to say",
    }
    picture = measured_picture(evaluated(AREA, error), "test data")  # type: ignore[arg-type]  # a dict of its keys
    assert picture is not None
    assert [panel.title for panel in picture.panels] == ["Metrics from 0 to 1", "Errors in mg/L"]
    assert [tick.label for tick in picture.panels[0].x_ticks] == ["0", "0.25", "0.5", "0.75", "1"]
    assert picture.table.rows[0] == ["ROC AUC", "0.9312", "0.86 to 0.97", "0.9312"]
    assert "A dot without a bar has no interval: too few to say." in picture.notes


def test_what_is_recomputed_and_not_reported_is_listed() -> None:
    other = AREA | {
        "metric": "f1",
        "reported_as": None,
        "reported": None,
        "agrees": None,
        "reason": "not reported",
    }
    (table,) = model_page(model({"test_roc_auc": 0.9312}, evaluated(AREA, other)), {})["performance"].more
    assert (table.title, table.rows) == ("Test data, dataset-ad-test", [("F1", "0.9312", "0.86 to 0.97")])
