"""What the compare page says and draws of metrics that evaluations support."""
# ruff: noqa: RUF001 -- the pages write real minus signs

from typing import Any, cast

import pytest

from scidex.atlas._model_registry.contract.answers import ConfigurationRow, MetricRow
from scidex.atlas._model_registry.pages.compare.page import compare_page
from tests.unit.pages import example_comparison as example
from tests.unit.pages.evaluated_page import AUC, F1, evaluated, page_of, standings
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP


def test_what_samples_cannot_tell_apart_gets_no_star_and_is_said_once() -> None:
    context = page_of(evaluated(AUC, [MLP, LOGISTIC]), evaluated(F1, IDS))
    assert (context["verdict"].word, context["verdict"].sentences[:2]) == (
        "Undecided",
        [
            "On ROC AUC (test), where higher is better, A and B cannot be told apart by 100 samples: 0.9312 (A) and "
            "0.9258 (B); not the best: C; the difference B − A is −0.0054 (97.5 % interval −0.0554 to 0.0346); "
            "this does not show that they are equal.",
            "Of 1 more held-out metric looked at, none shows a best model either.",
        ],
    )
    undecided = [said.text for said in context["doubts"] if said.word == "Undecided"]
    assert undecided == [
        "On 2 of 2 held-out metrics the data do not show which model is best: 100 samples, 27 of them Impaired."
    ]
    assert standings(context) == {"test_roc_auc": ["none"] * 3, "test_f1": ["none"] * 3}
    line = context["metrics"][0].lines[0]
    assert line.samples == "≈ Not told apart: A and B."
    assert [cell.delta_word for cell in line.cells] == [None, "not told apart", "worse"]
    assert line.cells[1].delta == "−0.0054 (−0.0554 to 0.0346)"


def test_a_told_headline_gives_stars_and_says_that_its_lead_reads_high() -> None:
    context = page_of(evaluated(AUC, [MLP]), evaluated(F1, [MLP]))
    assert context["verdict"].word == "Told apart"
    assert context["verdict"].sentences[:2] == [
        "On ROC AUC (test), where higher is better, A is best: 0.9312 (A) against 0.9258 (B) and 0.8145 (C); "
        "the difference B − A is −0.0054 (97.5 % interval −0.0554 to 0.0346), by 100 samples; "
        "the lead may be optimistic: this comparison names the best of its models by these same samples.",
        "Of 1 more held-out metric looked at, 1 tells a best model (A on F1 (test)).",
    ]
    assert standings(context) == {
        "test_roc_auc": ["best", "none", "none"],
        "test_f1": ["best", "none", "none"],
    }


def test_a_metric_that_alone_tells_a_best_gets_no_star_beside_an_undecided_headline() -> None:
    context = page_of(evaluated(AUC, [MLP, LOGISTIC]), evaluated(F1, [MLP]))
    assert standings(context)["test_f1"] == ["ahead", "none", "none"]
    assert context["verdict"].sentences[1].endswith("(A on F1 (test)), which alone may be chance.")


def test_the_metric_that_the_models_name_goes_first() -> None:
    setting = ConfigurationRow(
        section="other",
        path="headline_metric",
        values={one: {"value": "test_f1"} for one in IDS},
        equal=True,
        change=dict.fromkeys(IDS, "same"),
        ratio=dict.fromkeys(IDS),
    )
    context = page_of(evaluated(AUC, [MLP, LOGISTIC]), evaluated(F1, [MLP]), settings=[setting])
    assert (
        context["verdict"]
        .sentences[0]
        .startswith("On F1 (test), where higher is better, the metric that the models name first, A is best")
    )
    assert standings(context) == {"test_roc_auc": ["none"] * 3, "test_f1": ["best", "none", "none"]}


@pytest.mark.parametrize("name", ["train_roc_auc", "log_likelihood"])
def test_what_is_measured_in_sample_gets_no_star(name: str) -> None:
    context = page_of(evaluated({**AUC, "name": name}, [MLP]))
    assert standings(context)[name] == ["in-sample", "none", "none"]
    assert context["metrics"][0].lines[0].samples == "In-sample: says little about new data."


def test_an_information_criterion_prefers_no_model_less_than_two_away() -> None:
    rows = [metric("bic", [100.0, 100.043, 107.0]), metric("aic", [96.0, 98.0, 99.0])]
    for row in rows:
        row["direction"], row["best"] = "lower", [MLP]
    context = page_of(*rows)
    assert standings(context) == {"bic": ["none"] * 3, "aic": ["in-sample", "none", "none"]}
    said = {line.name: line.samples for group in context["metrics"] for line in group.lines}
    assert said["bic"] == "≈ Less than 2 apart: A and B. In-sample: says little about new data."
    assert any(
        sentence.endswith("the best are A on AIC; A and B are less than 2 apart on BIC.")
        for sentence in context["verdict"].sentences
    )


def test_criteria_that_tell_the_same_models_apart_by_little_are_named_in_one_sentence() -> None:
    rows = [metric(name, [100.0, 101.0, 107.0]) for name in ("aic", "aicc", "bic")]
    for row in rows:
        row["direction"], row["best"] = "lower", [MLP]
    said = " ".join(page_of(*rows)["verdict"].sentences)
    assert "A and B are less than 2 apart on AIC, AICc and BIC." in said


def test_without_evidence_the_best_is_as_reported() -> None:
    line = page_of(AUC)["metrics"][0].lines[0]
    assert (line.cells[0].standing, line.samples) == (
        "reported",
        "☆ As reported; no evidence of the uncertainty.",
    )


def test_a_sole_leader_that_reports_what_its_predictions_do_not_give_gets_no_star() -> None:
    row = evaluated(metric("test_roc_auc", [0.99, 0.92, 0.8]), [MLP], distinguished=False)
    evidence = cast("dict[str, Any]", row["evidence"])
    evidence["agrees"][MLP], evidence["recomputed"] = False, {**row["values"], MLP: 0.95}
    context = page_of(row)
    assert (
        context["verdict"]
        .sentences[0]
        .endswith("A leads, but the value that it reports is not the one that its predictions give.")
    )
    assert "A reports 0.99 for ROC AUC (test), its predictions give 0.95." in [
        said.text for said in context["doubts"]
    ]
    assert standings(context)["test_roc_auc"] == ["none"] * 3


def test_folds_that_are_not_independent_name_no_best() -> None:
    row = evaluated(AUC, [MLP], distinguished=None, evidence_reason="folds are not independent")
    context = page_of(row)
    assert "A has the best value as reported; folds are not independent" in context["verdict"].sentences[0]
    assert context["metrics"][0].lines[0].samples == "≈ folds are not independent."


def test_validation_far_from_test_and_trivial_predictors_are_doubts() -> None:
    context = page_of(
        evaluated(AUC, IDS),
        metric("val_roc_auc", [0.99, 0.92, 0.8]),
        metric("test_r2", [0.4, -0.31, None]),
        evaluated(metric("test_accuracy", [0.91, 0.73, 0.9]), IDS),
    )
    said = [doubt.text for doubt in context["doubts"]]
    assert (
        "The validation value lies outside the 95 % interval of the test value: ROC AUC 0.99 against 0.931 (A). "
        "Validation is the better one for A: what was chosen by it may be optimistic." in said
    )
    assert (
        "B is worse than predicting the mean: R² (test) −0.31 and "
        "B is no better than always naming Control (73 of 100): accuracy (test) 0.73." in said
    )


def test_without_an_interval_the_doubt_says_what_was_compared() -> None:
    context = page_of(metric("test_roc_auc", [0.8, 0.92, 0.8]), metric("val_roc_auc", [0.99, 0.92, 0.8]))
    assert (
        "The validation value is more than a tenth of the metric's range from the test value, with no interval to "
        "judge by: ROC AUC 0.99 against 0.8 (A). Validation is the better one for A: what was chosen by it may be "
        "optimistic." in [doubt.text for doubt in context["doubts"]]
    )


def test_of_a_test_value_whose_evaluation_fell_no_interval_is_spoken_of_and_nobody_is_best() -> None:
    fallen = cast(
        "MetricRow",
        {
            **metric("test_roc_auc", [0.8, 0.92, 0.8]),
            "best": [],
            "fallen": [MLP, LOGISTIC],
            "evidence_reason": f"the evaluations of {MLP} and {LOGISTIC}, or their data (dataset-x), are retracted",
        },
    )
    context = page_of(fallen, metric("val_roc_auc", [0.99, 0.92, 0.8]))
    assert not any("validation value" in doubt.text for doubt in context["doubts"])
    assert context["verdict"].word == "No verdict"
    why = "the evaluations of A and B, or their data (dataset-x), are retracted"
    assert context["verdict"].sentences[0] == (
        f"On ROC AUC (test), where higher is better, no model is named best: {why}."
    )
    line = context["metrics"][0].lines[0]
    assert line.samples == f"≈ {why[0].upper()}{why[1:]}."
    assert [(cell.standing, cell.delta_word) for cell in line.cells] == [("none", None)] * 3


def test_the_usual_headline_of_all_models_goes_first_where_none_is_declared() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [evaluated(AUC, [MLP, LOGISTIC]), evaluated(F1, [MLP])]
    for entry in comparison["models"]:
        entry["headline"] = cast("Any", {"metric": "test_f1"})
    said = compare_page(comparison, only_differences=False, histories=None)["verdict"].sentences[0]
    assert said.startswith("On F1 (test), where higher is better, A is best")


def test_what_no_model_reports_is_shown_apart_and_decides_nothing() -> None:
    given = evaluated(metric("test_recall", [0.8, 0.7, 0.6]), [MLP])
    nobodys = cast("MetricRow", {**given, "values": dict.fromkeys(IDS), "best": [], "recomputed": True})
    context = page_of(evaluated(AUC, [MLP, LOGISTIC]), nobodys)
    assert [group.title for group in context["metrics"]][-1] == (
        "Recomputed from the predictions; no model reports them"
    )
    (line,) = context["metrics"][-1].lines
    assert [cell.text for cell in line.cells] == ["0.8", "0.7", "0.6"]
    assert [cell.standing for cell in line.cells] == ["ahead", "none", "none"]
    assert "On 1 of 1 held-out metrics" in " ".join(said.text for said in context["doubts"])


def test_what_evaluations_give_of_the_same_samples_compares_whatever_is_declared() -> None:
    row = evaluated({**AUC, "comparable": None}, IDS)
    context = page_of(row)
    line = context["metrics"][0].lines[0]
    assert (line.comparability, line.reason) == ("Yes", "recomputed from predictions of the same samples")
    assert not any(said.word == "Cannot be told" for said in context["doubts"])
    cast("Any", row["evidence"])["agrees"][MLP] = False
    assert page_of(row)["metrics"][0].lines[0].comparability == "Cannot be told"


def test_samples_are_called_what_the_evaluation_calls_them() -> None:
    row = evaluated(AUC, [LOGISTIC, LASSO])
    cast("Any", row["evidence"])["units_are"] = "participants"
    assert "cannot be told apart by 100 participants" in page_of(row)["verdict"].sentences[0]
    cast("Any", row["evidence"]).update(units=9, unit_kind="group", units_are="families")
    assert "cannot be told apart by 9 families (100 rows)" in page_of(row)["verdict"].sentences[0]


def test_a_difference_is_told_only_among_those_that_may_be_the_best() -> None:
    apart = page_of(evaluated(AUC, [LOGISTIC, LASSO]))["verdict"].sentences[0]
    assert "B and C cannot be told apart by 100 samples" in apart
    assert "− A" not in apart
    same = evaluated(AUC, [MLP, LOGISTIC])
    cast("Any", same["evidence"])["differences"][LOGISTIC]["verdict"] = "identical"
    assert "B predicts the same as A" in page_of(same)["verdict"].sentences[0]


def test_a_metric_that_one_model_reports_and_the_predictions_of_all_give_shows_recomputed_values() -> None:
    given = evaluated(AUC, [MLP, LOGISTIC])
    cast("Any", given["evidence"])["agrees"].update({LOGISTIC: None, LASSO: None})
    row = cast("MetricRow", {**given, "values": {**AUC["values"], LOGISTIC: None, LASSO: None}, "best": []})
    row["comparable"] = None
    line = page_of(row)["metrics"][0].lines[0]
    assert (line.comparability, line.reason) == ("Yes", "recomputed from predictions of the same samples")
    assert [cell.text for cell in line.cells] == ["0.9312", "0.9258", "0.8145"]
    assert [cell.origin for cell in line.cells] == ["recomputed"] * 3
    assert (line.cells[1].delta, line.cells[1].delta_word) == (
        "−0.0054 (−0.0554 to 0.0346)",
        "not told apart",
    )
    assert line.samples == "≈ Not told apart: A and B."
    assert line.chart is not None


def test_the_headline_that_one_model_names_and_alone_reports_leads_the_verdict() -> None:
    auc = evaluated(AUC, [MLP, LOGISTIC])
    auc = cast("MetricRow", {**auc, "values": {**AUC["values"], MLP: None}, "best": []})
    setting = ConfigurationRow(
        section="other",
        path="headline_metric",
        values={MLP: None, LOGISTIC: {"value": "test_roc_auc"}, LASSO: None},
        equal=False,
        change=dict.fromkeys(IDS, "same"),
        ratio=dict.fromkeys(IDS),
    )
    said = page_of(evaluated(metric("test_accuracy", [0.9, 0.8, 0.7]), [MLP]), auc, settings=[setting])[
        "verdict"
    ]
    assert said.word == "Undecided"
    assert said.sentences[0].startswith(
        "On ROC AUC (test), where higher is better, the metric that B names first, A and B cannot be told apart"
    )
    assert said.sentences[1].endswith(
        "1 tells a best model (A on accuracy (test)), which alone may be chance."
    )


def test_metrics_that_do_not_support_a_told_headline_are_named() -> None:
    nobodys = cast(
        "MetricRow",
        {
            **evaluated(metric("test_recall", [0.8, 0.7, 0.6]), [MLP, LASSO]),
            "values": dict.fromkeys(IDS),
            "best": [],
        }
        | {"recomputed": True},
    )
    said = page_of(evaluated(AUC, [MLP]), evaluated(F1, [MLP, LOGISTIC]), nobodys)["verdict"].sentences
    assert said[1:3] == [
        "Of 1 more held-out metric looked at, none shows a best model (F1 (test)).",
        "Of 1 held-out metric that no model reports, recomputed from the predictions, 1 does not show that A is best: "
        "recall (test).",
    ]


def test_of_different_headlines_one_that_names_no_best_goes_first() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [evaluated(F1, [MLP]), evaluated(AUC, [MLP, LOGISTIC])]
    for entry, name in zip(comparison["models"], ["test_f1", "test_roc_auc", "test_f1"], strict=True):
        entry["headline"] = cast("Any", {"metric": name})
    said = compare_page(comparison, only_differences=False, histories=None)["verdict"]
    assert (said.word, said.sentences[0].split(",")[0]) == ("Undecided", "On ROC AUC (test)")
