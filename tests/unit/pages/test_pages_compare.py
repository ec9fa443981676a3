"""What the compare page says of a comparison."""

import copy

from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.compare.page import compare_page
from tests.unit.pages import example_comparison as example
from tests.unit.pages.compared_page import doubts, page, sentences
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP, lineage


def test_the_verdict_says_in_four_sentences_what_is_best_and_what_says_little() -> None:
    context = page()
    assert (context["verdict"].word, context["verdict"].tone) == ("As reported", "unconfirmed")
    assert sentences(context) == [
        "On ROC AUC (test), where higher is better, A has the best value: 0.9312 against 0.9145 (C) and 0.9058 (B) "
        "(as reported; no evidence of the uncertainty).",
        "As reported, with no evidence of the uncertainty, the best values are those of A on Brier (test); "
        "A and C on MCC (test); C on latency.",
        "On the data that they were fitted to, which says little about new data, the best are A on ROC AUC (train).",
        "3 of 6 settings differ.",
    ]


def test_doubts_are_told_before_the_verdict() -> None:
    assert doubts(page()) == [
        "Warning: Evaluation data went into training: values reported by C may be optimistic.",
        "Warning: C cannot be traced in full (inputs not all pinned), so its score is capped at 0.300.",
        "Cannot be told: It is not known whether accuracy can be compared: it was measured on "
        "dataset-ad-test by A; the data on which B measured it are not declared. The better numbers as reported: "
        "accuracy A and C.",
        "Not comparable: AIC and BIC cannot be compared: each of them compares only between models fitted to "
        "the same data, which is dataset-ad-train for B and dataset-ad-train-2024 for C.",
    ]


def test_a_best_model_needs_a_comparable_metric() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [row for row in comparison["metrics"] if row["name"] in {"aic", "bic", "epochs"}]
    assert sentences(page(comparison)) == [
        "No model can be said to be better: no metric is known to be comparable.",
        "3 of 6 settings differ.",
    ]


def test_one_reason_for_several_metrics_is_told_once() -> None:
    comparison = example.comparison()
    rows = [row for row in comparison["metrics"] if row["name"] in {"aic", "bic"}]
    for row in rows:
        row["finding"] = {"code": "data_differ", "values": {MLP: "x", LASSO: "y"}, "detail": None}
    comparison["metrics"] = rows
    assert doubts(page(comparison))[-1] == (
        "Not comparable: AIC and BIC cannot be compared: each of them was measured on x by A and on y by C."
    )


def test_names_leave_out_what_all_titles_begin_with_unless_nothing_else_tells_them_apart() -> None:
    comparison = example.comparison()
    assert page(comparison)["models"][1].name == "…logistic regression v1"
    for model in comparison["models"]:
        model["title"] = "Alzheimer classifier of one name"
    assert page(comparison)["models"][1].name == "Alzheimer classifier of one name v1"


def test_a_capped_score_shows_what_is_stored_and_why_it_is_capped() -> None:
    first, _, capped = page()["cards"]
    assert (first.score, first.capped_from, first.warning) == ("0.870", None, None)
    assert (capped.score, capped.capped_from) == ("0.300", "0.870")
    assert capped.warning == "Not fully traceable: input dataset-ad-train-2024 is not pinned"


def test_links_keep_order_baseline_and_switch() -> None:
    comparison = example.comparison()
    comparison["baseline"] = LOGISTIC
    context = page(comparison, only_differences=True)
    first, second, _ = context["cards"]
    ids = "ids=model-ad-mlp-v3&ids=model-ad+logistic%2Fv1&ids=model-ad-lasso-v2"
    assert first.baseline_href == f"/models/compare?{ids}&differences=only"
    assert second.baseline_href is None
    assert second.remove_href == "/models/compare?ids=model-ad-mlp-v3&ids=model-ad-lasso-v2&differences=only"
    assert context["actions"].switch_href == f"/models/compare?{ids}&baseline=model-ad+logistic%2Fv1"
    assert (
        context["actions"].csv_href
        == f"/api/models/compare?{ids}&baseline=model-ad+logistic%2Fv1&format=csv&bom=true"
    )


def test_two_models_cannot_lose_one_and_ten_cannot_gain_one() -> None:
    comparison = example.comparison()
    comparison["models"] = comparison["models"][:2]
    comparison["metrics"] = []
    comparison["training_data"]["leakage"], comparison["training_data"]["overlap"] = [], []
    assert [card.remove_href for card in page(comparison)["cards"]] == [None, None]
    assert page(comparison)["actions"].ids == [MLP, LOGISTIC]


def test_the_verdict_tells_the_spread_of_what_it_sets_against_each_other() -> None:
    comparison = example.comparison()
    reward = metric("test_auc", [0.93, 0.91, 0.93])
    comparison["metrics"] = [{**reward, "best": [MLP], "spread": {MLP: 0.02, LOGISTIC: 0.01}}]
    assert (
        "A has the best value: 0.93 ± 0.02 against 0.93 (C) and 0.91 ± 0.01 (B)"
        in sentences(page(comparison))[0]
    )
    comparison["metrics"] = [{**reward, "best": [MLP, LASSO], "spread": {MLP: 0.02}}]
    assert "A and C are equal at 0.93 against 0.91 (B)" in sentences(page(comparison))[0]


def test_without_any_metric_nothing_is_said_of_comparing() -> None:
    comparison = example.comparison()
    comparison["metrics"] = []
    assert sentences(page(comparison))[0] == (
        "None of these models reports a metric, so none can be said to be better."
    )


def test_version_curves_show_only_for_one_lineage() -> None:
    comparison = example.comparison()
    one = {model_id: lineage(["older", *IDS]) for model_id in IDS}
    several = one | {LASSO: lineage([LASSO])}
    charts = compare_page(comparison, only_differences=False, histories=one)["curves"].charts
    assert [chart.name for chart in charts] == ["ROC AUC (test)", "Brier (test)"]
    assert [point.letter for point in charts[0].points] == [None, "A", "B", "C"]
    assert compare_page(comparison, only_differences=False, histories=several)["curves"].charts == []


def test_charts_that_are_left_out_are_counted() -> None:
    comparison = example.comparison()
    versions = lineage(["older", *IDS])
    for version in versions:
        version["evaluation_metrics"] = {f"test_rmse_{i}": 1.0 for i in range(15)}
    row = comparison["metrics"][0]
    comparison["metrics"] = [{**copy.deepcopy(row), "name": f"test_rmse_{i}"} for i in range(15)]
    page = rendering.render_compare_page(
        rendering.own_templates(),
        comparison,
        only_differences=False,
        histories=dict.fromkeys(IDS, versions),
    )
    assert "3 more metrics are not drawn" in page


def test_the_verdict_says_what_the_table_says() -> None:
    comparison = example.comparison()
    unknown = metric("zorp", [0.5, 0.6, 0.7])
    unknown["direction"], unknown["best"] = "unknown", []
    comparison["metrics"] = [unknown]
    assert sentences(page(comparison))[0] == (
        "Some metrics can be compared, but it is not known which of their values is better."
    )
    comparison["metrics"] = [metric("train_auc", [0.5, 0.6, 0.7])]
    assert (
        sentences(page(comparison))[0] == "No model can be said to be better on any metric of held-out data."
    )
    comparison["metrics"] = [metric("auc", [0.5, 0.6, 0.7])]
    assert sentences(page(comparison))[0] == (
        "No metric of held-out data can be compared, so none can be said to be better on new data."
    )


def test_two_models_of_one_title_and_version_are_told_apart_by_their_ids() -> None:
    comparison = example.comparison()
    for model in comparison["models"]:
        model["title"], model["version_number"] = "Classifier", 1
    assert [named.name for named in page(comparison)["models"]] == [f"Classifier v1 ({i})" for i in IDS]
