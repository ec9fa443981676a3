"""Comparisons as files: what they hold, and that hostile text in them does nothing."""

import csv
import io

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.records.models import Json
from tests.unit.builders import evidence

DECLARED: Json = {"rmse": {"unit": "uM", "dataset": "held-out"}}


def comparison() -> Comparison:
    first: Json = {
        "metric_metadata": DECLARED,
        "parameters": {"k": {"value": 0.05, "unit": "1/hr"}, "same": 1, "gone": True},
        "features": ["a", "b"],
    }
    second: Json = {
        "metric_metadata": DECLARED,
        "parameters": {"k": {"value": 2, "unit": "1/hr"}, "same": 1, "n": -3},
    }
    models = [
        evidence("model-a", metrics={"rmse": 0.5, "auc": -1.0}, metadata=first),
        evidence(
            "model-b",
            metrics={"rmse": 0.25},
            metadata=second,
            unreadable=("model_versions.eval_metrics_json.auc",),
        ),
        evidence("model-c"),
    ]
    return compare(models, baseline="model-a", datasets={})


def test_csv() -> None:
    header, *rows = csv.reader(io.StringIO(as_csv(comparison())))
    values = [f"model-{letter} value" for letter in "abc"]
    against = [f"model-{letter} against baseline" for letter in "abc"]
    assert header == ["section", "name", "unit", *values, *against, "better", "best", "comparable", "reason"]
    first, *_ = rows
    assert first == [
        "metric",
        "rmse",
        "uM",
        "0.5",
        "0.25",
        "",
        "0.0",
        "-0.25",
        "",
        "lower",
        "model-b",
        "yes",
        "",
    ]
    assert rows[1][:6] == ["metric", "auc", "", "-1.0", "not a number", ""]
    assert rows[1][-2:] == ["cannot be told", "only model-a reports auc"]
    assert [row[:9] for row in rows[2:]] == [
        ["parameters", "gone", "", "true", "", "", "same", "removed", "removed"],
        ["parameters", "k", "", "0.05 1/hr", "2 1/hr", "", "same", "changed", "removed"],
        ["parameters", "n", "", "", "-3", "", "same", "added", "same"],
        ["parameters", "same", "", "1", "1", "", "same", "same", "removed"],
        ["features", "features", "", '["a", "b"]', "", "", "same", "removed", "removed"],
    ]


def test_markdown() -> None:
    assert as_markdown(comparison()).splitlines() == [
        "# Comparison of model-a, model-b, model-c",
        "",
        "Baseline: model-a",
        "",
        "## Metrics",
        "",
        "| metric | better | model-a | model-b | model-c | comparable |",
        "| --- | --- | --- | --- | --- | --- |",
        "| rmse (uM) | lower | 0.5 | **0.25** (best) | not reported | yes |",
        "| auc | higher | -1.0 | not a number | not reported | cannot be told |",
        "",
        "- only model-a reports auc",
        "",
        "## Differing configuration",
        "",
        "| section | setting | model-a | model-b | model-c |",
        "| --- | --- | --- | --- | --- |",
        "| parameters | gone | true (same) | (removed) | (removed) |",
        "| parameters | k | 0.05 1/hr (same) | 2 1/hr (changed) | (removed) |",
        "| parameters | n | (same) | -3 (added) | (same) |",
        "| parameters | same | 1 (same) | 1 (same) | (removed) |",
        r'| features | features | \["a", "b"\] (same) | (removed) | (removed) |',
        "",
    ]


def test_zero_is_reported() -> None:
    models = [evidence("model-a", metrics={"rmse": 0}), evidence("model-b", metrics={"rmse": 0.0})]
    answer = compare(models, baseline="model-a", datasets={})
    assert "| rmse | lower | **0** (best) | **0.0** (best) |" in as_markdown(answer)
    assert "metric,rmse,,0,0.0,0.0,0.0,lower,model-a; model-b," in as_csv(answer)


def test_values_that_do_not_convert_keep_their_unit() -> None:
    models = [
        evidence(name, metrics={"rmse": 1.0}, metadata={"metric_metadata": {"rmse": {"unit": unit}}})
        for name, unit in (("model-a", "uM"), ("model-b", "mg"))
    ]
    answer = compare(models, baseline="model-a", datasets={})
    assert "| rmse (uM) | lower | 1.0 | 1.0 mg | no |" in as_markdown(answer)
    assert "1.0 mg" in as_csv(answer)


def test_hostile_text_stays_in_its_cell() -> None:
    hostile = '=cmd()|<script>\n## x `y` [z](w) \\ & a,b"c\r'
    models = [
        evidence(name, metrics={hostile: 1.0}, metadata={hostile: hostile}) for name in ("model-a", hostile)
    ]
    answer = compare([*models, evidence("model-c")], baseline="model-a", datasets={})
    header, metric, setting = csv.reader(io.StringIO(as_csv(answer), newline=""))
    assert len(header) == len(metric) == len(setting)
    assert metric[1] == f"'{hostile}"
    assert setting[1] == setting[3] == f"'{hostile}"
    text = as_markdown(answer)
    assert "<" not in text
    assert sum(line.startswith("#") for line in text.splitlines()) == 3
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables[:3]} == {7}
    assert {line.replace("\\|", "").count("|") for line in tables[3:]} == {6}


def test_letters_of_any_script_stay_as_they_are() -> None:
    models = [evidence("model-a", metadata={"features": ["Aβ42"]}), evidence("model-b")]
    answer = compare(models, baseline="model-a", datasets={})
    assert "Aβ42" in as_markdown(answer)
    assert "Aβ42" in as_csv(answer)


def test_a_negative_number_is_no_formula() -> None:
    models = [
        evidence(name, metrics={"aic": -450.0}, metadata={"zorp": text})
        for name, text in (("a", "-1"), ("b", 2))
    ]
    rows = list(csv.reader(io.StringIO(as_csv(compare(models, baseline="a", datasets={})))))
    assert rows[1][3] == "-450.0"
    assert rows[2][3:5] == ["'-1", "2"]


def test_a_change_that_cannot_be_told_is_said_with_its_reason() -> None:
    models = [
        evidence(f"model-{name}", metadata={"parameters": {"k": {"value": 3, "unit": unit}}})
        for name, unit in (("a", "zorps"), ("b", "uM"))
    ]
    answer = compare(models, baseline="model-a", datasets={})
    (row,) = [row for row in csv.reader(io.StringIO(as_csv(answer))) if row[1] == "k"]
    assert (row[6], row[-1]) == ("unknown", "the unit zorps cannot be read")
    assert "| parameters | k | 3 zorps (same) | 3 uM (cannot be told) |" in as_markdown(answer)
