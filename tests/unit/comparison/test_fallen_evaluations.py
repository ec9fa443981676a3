"""Metrics whose evaluations are not sound name nobody, in the answer and in every file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.records.evaluations import Evaluation
from tests.unit.builders import traced
from tests.unit.comparison.test_evidence import GOOD, evaluation, noisier

OWN = {
    "model-a": evaluation("model-a", noisier(GOOD, 3)),
    "model-b": evaluation("model-b", GOOD),
    "model-c": evaluation("model-c", GOOD),
}


def fell(*models: str) -> Comparison:
    """Compare three models of which some have an evaluation that is retracted."""
    sound: dict[str, Sequence[Evaluation]] = {name: [one] for name, one in OWN.items() if name not in models}
    fallen: Mapping[str, Sequence[Evaluation]] = {
        name: [replace(OWN[name], state="retracted")] for name in models
    }
    metrics = {
        "model-a": {"test_rmse": 3.0, "val_rmse": 3.0},
        "model-b": {"test_rmse": 1.0, "val_rmse": 1.0},
        "model-c": {"test_rmse": 1.0, "val_rmse": 2.0},
    }
    return compare(
        [traced(name, metrics=own) for name, own in metrics.items()],
        baseline="model-a",
        datasets={},
        evaluations=sound,
        fallen=fallen,
    )


def of(answer: Comparison, name: str) -> MetricRow:
    return next(row for row in answer["metrics"] if row["name"] == name)


@pytest.mark.parametrize(
    ("models", "why"),
    [
        (
            ["model-a", "model-b"],
            "the evaluations of model-a and model-b, or their data (dataset-test), are retracted",
        ),
        (
            ["model-a", "model-b", "model-c"],
            "the evaluations of model-a, model-b and model-c, or their data (dataset-test), are retracted",
        ),
        (["model-a"], "the evaluation of model-a, or its data (dataset-test), is retracted"),
    ],
)
def test_nobody_is_best_where_an_evaluation_fell(models: list[str], why: str) -> None:
    answer = fell(*models)
    row = of(answer, "test_rmse")
    assert (row["best"], row["fallen"], row["evidence_reason"]) == ([], models, why)
    assert "fallen" not in of(answer, "val_rmse")
    assert of(answer, "val_rmse")["best"] == ["model-b"]


def test_files_say_why_nobody_is_best() -> None:
    answer = fell("model-a", "model-b")
    text = as_markdown(answer)
    (line,) = [one for one in text.splitlines() if one.startswith("| test\\_rmse")]
    assert "best" not in line
    assert line.endswith("| cannot be told |")
    assert "- no best is named: the evaluations of model-a and model-b" in text
    (row,) = [one for one in as_csv(answer).splitlines() if one.startswith("metric,test_rmse")]
    assert "no best is named: the evaluations of model-a and model-b" in row


def test_an_evaluation_of_another_split_takes_no_best_away() -> None:
    fallen = {"model-b": [replace(OWN["model-b"], split="train", state="retracted")]}
    models = [
        traced(name, metrics={"test_rmse": value}) for name, value in (("model-a", 3.0), ("model-b", 1.0))
    ]
    row = of(compare(models, baseline="model-a", datasets={}, fallen=fallen), "test_rmse")
    assert row["best"] == ["model-b"]
