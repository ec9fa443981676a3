"""Comparisons as files: what evaluations tell, in the unit of each row."""

import csv
import io
from dataclasses import replace

import pytest

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.statistics.agreement import value_of_all_rows
from scidex.atlas._model_registry.statistics.table import METRICS
from tests.unit.builders import traced
from tests.unit.comparison.test_evidence import evaluation, noisier
from tests.unit.statistics.generated import regression


def table(answer: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(answer), newline="")))


def evaluated(noise: float = 3) -> Comparison:
    """Compare a good model with a noisier one on the same samples; both report one metric in other units."""
    good = replace(regression(21, 200), unit="mg/L")
    columns = {"model-a": noisier(good, noise), "model-b": good}
    models = []
    for name, own in columns.items():
        value = value_of_all_rows(own, METRICS["rmse"])
        assert value is not None
        declared: Json = {"metric_metadata": {"test_rmse": {"unit": "ug/L"}}}
        models.append(traced(name, metrics={"test_rmse": 1000 * value}, metadata=declared))
    evaluations = {name: [evaluation(name, own)] for name, own in columns.items()}
    return compare(models, baseline="model-a", datasets={}, evaluations=evaluations)


def test_files_carry_intervals_and_verdicts_in_the_unit_of_the_row() -> None:
    rows = {row["name"]: row for row in table(evaluated()) if row["section"] == "metric"}
    rmse = rows["test_rmse"]
    assert (rmse["unit"], rmse["told apart"], rmse["may be best"]) == ("ug/L", "yes", "model-b")
    assert (rmse["model-a verdict"], rmse["model-b verdict"]) == ("", "better")
    low, value, high = (
        float(rmse[f"model-b {what}"]) for what in ("interval low", "recomputed", "interval high")
    )
    assert 800 < low < value < high < 1200
    assert float(rmse["model-b value"]) == pytest.approx(value)
    (line,) = [line for line in as_markdown(evaluated()).splitlines() if line.startswith("| test\\_rmse")]
    assert ", better \\*" not in line
    assert "better" in line
    assert line.endswith("| yes |")


@pytest.mark.parametrize(("noise", "marked"), [(3, 1), (0.05, 0)])
def test_a_best_model_is_marked_only_where_the_samples_tell_it(noise: float, marked: int) -> None:
    text = as_markdown(evaluated(noise))
    (line,) = [line for line in text.splitlines() if line.startswith("| test\\_rmse")]
    assert line.count("(best)") == marked
    assert line.endswith("| yes |" if marked else "| no |")


def test_metrics_that_are_only_recomputed_are_exported_too() -> None:
    answer = evaluated()
    rows = {row["name"]: row for row in answer["metrics"]}
    mae = rows["test_mae"]
    assert mae.get("recomputed") is True
    assert mae["values"] == {"model-a": None, "model-b": None}
    assert (mae.get("distinguished"), mae.get("leaders"), mae["unit"]) == (True, ["model-b"], "mg/L")
    assert "recomputed" not in rows["test_rmse"]
    assert next(iter(rows)) == "test_rmse"
    (line,) = [line for line in as_markdown(answer).splitlines() if line.startswith("| test\\_mae")]
    assert line.count("(recomputed)") == 2
    assert next(row for row in table(answer) if row["name"] == "test_mae")["model-b value"] == ""


def test_training_metrics_and_reports_without_evidence_are_not_bold() -> None:
    models = [
        traced(name, metrics={"train_accuracy": value, "test_accuracy": value, "aic": 100 * value})
        for name, value in {"model-a": 0.9, "model-b": 0.8}.items()
    ]
    text = as_markdown(compare(models, baseline="model-a", datasets={}))
    lines = {line.split(" | ")[0]: line for line in text.splitlines() if line.startswith("|")}
    assert "0.9 (best in-sample)" in lines["| train\\_accuracy"]
    assert "0.9 (best as reported)" in lines["| test\\_accuracy"]
    assert "**" not in text
    assert "Bold: the samples of held-out data show it to be the best." in text


def test_what_one_model_alone_reports_stands_beside_the_recomputed_value_of_the_other() -> None:
    answer = evaluated()
    (row,) = [row for row in answer["metrics"] if row["name"] == "test_rmse"]
    row["values"]["model-a"], row["comparable"] = None, None
    (line,) = [line for line in as_markdown(answer).splitlines() if line.startswith("| test\\_rmse")]
    assert line.count("(recomputed)") == 1
    assert line.endswith("| yes, recomputed | yes |")
    (of_csv,) = [line for line in table(answer) if line["name"] == "test_rmse"]
    assert of_csv["comparable"] == "yes, recomputed"
    assert row["evidence"] is not None
    row["evidence"]["agrees"]["model-b"] = False
    assert [line["comparable"] for line in table(answer) if line["name"] == "test_rmse"] == ["one model only"]
