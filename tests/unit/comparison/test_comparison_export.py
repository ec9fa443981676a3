"""Comparisons as files: what they hold, and that hostile text in them does nothing."""
# ruff: noqa: RUF001 -- spreadsheets take signs in full width for those of formulas

import csv
import io

import pytest

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.records.models import Json
from tests.unit.builders import traced

DECLARED: Json = {"rmse": {"unit": "uM", "dataset": "held-out"}}


def comparison() -> Comparison:
    first: Json = {
        "metric_metadata": DECLARED,
        "parameters": {"k": {"value": 0.05, "unit": "1/hr"}, "same": 1, "gone": True},
        "features": ["a", "b"],
    }
    second: Json = {
        "metric_metadata": {"rmse": {"unit": "uM", "dataset": "held-out", "std": 0.02}},
        "parameters": {"k": {"value": 2, "unit": "1/hr", "source": "PMID:1"}, "same": 1, "n": -3},
    }
    models = [
        traced("model-a", metrics={"rmse": 0.5, "auc": -1.0}, metadata=first),
        traced(
            "model-b",
            metrics={"rmse": 0.25},
            metadata=second,
            unreadable=("model_versions.eval_metrics_json.auc",),
        ),
        traced("model-c"),
    ]
    return compare(models, baseline="model-a", datasets={})


AT_THE_END = ("better", "best", "comparable", "reason", "told apart", "may be best")


def table(answer: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(answer), newline="")))


def test_csv() -> None:
    header, *rows = csv.reader(io.StringIO(as_csv(comparison())))
    of_each = (
        *("value", "unit", "against baseline", "spread", "source"),
        *("recomputed", "interval low", "interval high", "verdict"),
    )
    columns = [f"model-{letter} {what}" for what in of_each for letter in "abc"]
    assert header == ["section", "name", "unit", *columns, *AT_THE_END]
    assert [row[:6] for row in rows[:6]] == [
        ["model", "title", "", *(f"Title of model-{letter}" for letter in "abc")],
        ["model", "version", "", "1", "1", "1"],
        ["model", "version tag", "", "", "", ""],
        ["model", "score", "", "", "", ""],
        ["model", "standing", "", *["sound"] * 3],
        ["model", "date", "", *["2026-04-05T12:00:00Z"] * 3],
    ]
    assert rows[6] == [
        *("metric", "rmse", "uM"),
        *("0.5", "0.25", ""),
        *("uM", "uM", ""),
        *("0.0", "-0.25", ""),
        *("", "0.02", ""),
        *("", "", ""),
        *([""] * 12),
        *("lower", "model-b", "yes", "", "", ""),
    ]
    assert rows[7][:6] == ["metric", "auc", "", "-1.0", "not a number", ""]
    assert rows[7][-4:-2] == ["one model only", "only model-a reports auc"]
    assert [row[:12] for row in rows[8:]] == [
        ["parameters", "gone", "", "true", "", "", "", "", "", "same", "removed", "removed"],
        ["parameters", "k", "1/hr", "0.05", "2", "", "1/hr", "1/hr", "", "same", "changed", "removed"],
        ["parameters", "n", "", "", "-3", "", "", "", "", "same", "added", "same"],
        ["parameters", "same", "", "1", "1", "", "", "", "", "same", "same", "removed"],
        ["features", "features", "", '["a", "b"]', "", "", "", "", "", "same", "removed", "removed"],
    ]


def test_csv_says_where_each_value_comes_from() -> None:
    (row,) = [row for row in table(comparison()) if row["name"] == "k"]
    assert [row[f"model-{letter} source"] for letter in "abc"] == ["", "PMID:1", ""]


def test_csv_has_the_equal_settings_too() -> None:
    models = [traced(name, metadata={"parameters": {"k": 1}}) for name in ("a", "b")]
    (row,) = [row for row in table(compare(models, baseline="a", datasets={})) if row["name"] == "k"]
    assert (row["a value"], row["b value"], row["b against baseline"]) == ("1", "1", "same")


def test_a_quantity_is_a_number_with_its_unit_beside_it() -> None:
    models = [
        traced(name, metadata={"parameters": {"E": {"value": value, "units": unit}}})
        for name, value, unit in (("a", -65, "mV"), ("b", -0.07, "V"), ("c", -70.5, "mV"))
    ]
    (row,) = [row for row in table(compare(models, baseline="a", datasets={})) if row["name"] == "E"]
    assert [float(row[f"{name} value"]) for name in "abc"] == [-65, -0.07, -70.5]
    assert [row["unit"], *(row[f"{name} unit"] for name in "abc")] == ["", "mV", "V", "mV"]


@pytest.mark.parametrize(
    "text",
    [
        *(f"{sign}1+1" for sign in "=+-@＝＋－＠﹦﹢﹣﹫\t\r\n"),
        *(
            "\n=1+1",
            " =1+1",
            "\u200b=1+1",
            "\ufeff@x",
            "\x0b=1",
            "-65 mV",
            "+3",
            "-1+1",
            "+cmd|' /C calc'!A0",
            "-",
            *(
                "--5",
                "-5%",
                "-5,3",
                "-A1",
                "-inf",
                "-1e",
                "-5 ",
                "-1\n",
                "+.5",
                "\x00=1",
                "\u2028=1",
                "\u202e=1",
                "\x85=1",
            ),
            *(
                "\u3000=1",
                "\xad=1",
                "\U000e0020=1",
                "⁼1",
                "＝cmd",
                "-2+3+cmd|' /C calc'!A0",
                "@SUM(1)",
                "\t-5",
            ),
        ),
    ],
)
def test_what_begins_a_formula_is_text(text: str) -> None:
    models = [traced(name, metadata={"zorp": value}) for name, value in (("a", text), ("b", "x"))]
    (row,) = [row for row in table(compare(models, baseline="a", datasets={})) if row["section"] == "other"]
    assert row["a value"] == f"'{text}"


@pytest.mark.parametrize(
    "value",
    [
        -65,
        -0.5,
        1e-300,
        -1.5e300,
        2**60,
        "-65",
        "-1.5e-3",
        "-.5",
        "-0",
        "-1E+5",
        "−5",
        "'=1",
        "1e5",
        "3/4",
        "x=1",
        "a-b",
        "β",
        ";=1",
    ],
)
def test_numbers_and_plain_text_stay_as_they_are(value: float | str) -> None:
    models = [traced(name, metadata={"zorp": own}) for name, own in (("a", value), ("b", "x"))]
    (row,) = [row for row in table(compare(models, baseline="a", datasets={})) if row["section"] == "other"]
    assert row["a value"] == str(value)


def test_a_byte_order_mark_stands_only_where_asked_for() -> None:
    answer = comparison()
    assert as_csv(answer, bom=True) == "\ufeff" + as_csv(answer)
    assert as_csv(answer).startswith("section,")


def test_markdown() -> None:
    assert as_markdown(comparison()).splitlines() == [
        "# Comparison of model-a, model-b, model-c",
        "",
        "Baseline: model-a",
        "",
        "## Metrics",
        "",
        "| metric | better | model-a | model-b | model-c | comparable | told apart |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| rmse (uM) | lower | 0.5 | 0.25 ± 0.02 (best as reported) | not reported | yes |  |",
        "| auc | higher | -1.0 | not a number | not reported | one model only |  |",
        "",
        "Bold: the samples of held-out data show it to be the best. Best as reported: with no evidence of the "
        "uncertainty. Best in-sample: on the data that the models were fitted to, which says little about new data.",
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
    models = [traced("model-a", metrics={"rmse": 0}), traced("model-b", metrics={"rmse": 0.0})]
    answer = compare(models, baseline="model-a", datasets={})
    assert "| rmse | lower | 0 (best as reported) | 0.0 (best as reported) |" in as_markdown(answer)
    assert "metric,rmse,,0,0.0,,,0.0,0.0,,,,,,,,,,,,,lower,model-a; model-b," in as_csv(answer)


def test_values_that_do_not_convert_keep_their_unit() -> None:
    models = [
        traced(name, metrics={"rmse": 1.0}, metadata={"metric_metadata": {"rmse": {"unit": unit}}})
        for name, unit in (("model-a", "uM"), ("model-b", "mg"))
    ]
    answer = compare(models, baseline="model-a", datasets={})
    assert "| rmse (uM) | lower | 1.0 | 1.0 mg | no |" in as_markdown(answer)
    assert "1.0,1.0,uM,mg," in as_csv(answer)


def test_hostile_text_stays_in_its_cell() -> None:
    hostile = '=cmd()|<script>\n## x `y` [z](w) \\ & a,b"c\r'
    models = [
        traced(name, metrics={hostile: 1.0}, metadata={hostile: hostile}) for name in ("model-a", hostile)
    ]
    answer = compare([*models, traced("model-c")], baseline="model-a", datasets={})
    header, *facts, metric, setting = csv.reader(io.StringIO(as_csv(answer), newline=""))
    assert {len(row) for row in facts} == {len(header)} == {len(metric)} == {len(setting)}
    assert metric[1] == f"'{hostile}"
    assert setting[1] == setting[3] == f"'{hostile}"
    text = as_markdown(answer)
    assert "<" not in text
    assert sum(line.startswith("#") for line in text.splitlines()) == 3
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables[:3]} == {8}
    assert {line.replace("\\|", "").count("|") for line in tables[3:]} == {6}


def test_letters_of_any_script_stay_as_they_are() -> None:
    models = [traced("model-a", metadata={"features": ["Aβ42"]}), traced("model-b")]
    answer = compare(models, baseline="model-a", datasets={})
    assert "Aβ42" in as_markdown(answer)
    assert "Aβ42" in as_csv(answer)


def test_an_undecided_change_is_exported_with_its_reason() -> None:
    models = [
        traced(f"model-{name}", metadata={"parameters": {"k": {"value": 3, "unit": unit}}})
        for name, unit in (("a", "zorps"), ("b", "uM"))
    ]
    answer = compare(models, baseline="model-a", datasets={})
    (row,) = [row for row in table(answer) if row["name"] == "k"]
    assert (row["model-b against baseline"], row["reason"]) == ("unknown", "the unit zorps cannot be read")
    assert "| parameters | k | 3 zorps (same) | 3 uM (cannot be told) |" in as_markdown(answer)
