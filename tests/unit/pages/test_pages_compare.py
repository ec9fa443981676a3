"""What the compare page says of a comparison."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

import copy

from scidex.atlas._model_registry.contract.answers import ConfigurationRow, RuleVerdict, Section
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.compare.page import ComparePageContext, compare_page
from scidex.atlas._model_registry.pages.parts.origins import rule_line
from scidex.atlas._model_registry.records.models import Json
from tests.unit.pages import example_comparison as example
from tests.unit.pages.compared_page import page
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP, TEST, lineage


def doubts(context: ComparePageContext) -> list[str]:
    """Return the doubts as their words and sentences."""
    return [f"{said.word}: {said.text}" for said in context["doubts"]]


def sentences(context: ComparePageContext) -> list[str]:
    """Return the sentences of the verdict."""
    return context["verdict"].sentences


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
        "Warning: Evaluation data went into training: figures reported by C may flatter.",
        "Warning: C cannot be traced in full (inputs not all pinned), so its score is capped at 0.300.",
        "Cannot be told: Whether accuracy can be compared cannot be told: it was measured on "
        "dataset-ad-test by A; on what B measured it is not declared. The better numbers as reported: "
        "accuracy A and C.",
        "Not comparable: AIC and BIC cannot be compared: each of them compares only between models fitted to "
        "the same data, which is dataset-ad-train for B and dataset-ad-train-2024 for C.",
    ]


def test_without_a_comparable_metric_nobody_is_crowned() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [row for row in comparison["metrics"] if row["name"] in {"aic", "bic", "epochs"}]
    assert sentences(page(comparison)) == [
        "No model can be said to be better: no metric is known to compare.",
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


def test_a_seed_is_no_quantity_and_close_values_never_look_alike() -> None:
    comparison = example.comparison()
    comparison["metadata_diff"][0]["values"] = {
        MLP: {"value": 0.050001},
        LOGISTIC: {"value": 0.050002},
        LASSO: None,
    }
    settings = page(comparison)["settings"]
    equal = {line.path: line.cells[0].text for group in settings.equal for line in group.lines}
    assert (equal["seed"], equal["solver"]) == ("20260405", "20,260,405")
    differing = {line.path: line for group in settings.differing for line in group.lines}
    assert [cell.text for cell in differing["k_clear"].cells] == ["0.050001", "0.050002", "not set"]


def test_rules_say_a_thing_once_and_count_what_is_required() -> None:
    origin = page()["origins"].models[2]
    assert origin.satisfied == "2 of 3 required rules satisfied"
    rule: RuleVerdict = {
        "rule": "trained_on_dataset_id",
        "required": True,
        "satisfied": True,
        "evidence": [],
        "message": "training dataset: dataset-ad-train",
        "fix": None,
    }
    assert rule_line(rule).message == "dataset-ad-train."


def test_a_setting_is_shown_in_common_units_with_its_change_in_words() -> None:
    lines = {line.path: line for group in page()["settings"].differing for line in group.lines}
    base, other, none = lines["k_clear"].cells
    assert (base.text, base.unit, base.common, base.is_baseline) == ("0.05", "1/hr", None, True)
    assert (other.text, other.unit, other.common, other.word, other.ratio) == (
        "2.4",
        "1/day",
        "0.1 1/hr",
        "changed",
        "×2",
    )
    assert (none.text, none.word) == ("not set", "removed")
    assert lines["layer_config.hidden_dims"].cells[0].text == "32, 16"


def test_a_ratio_next_to_one_and_values_that_are_not_fixed_are_told() -> None:
    def row(path: str, section: Section, a: Json, b: Json, ratio: float | None) -> ConfigurationRow:
        return ConfigurationRow(
            section=section,
            path=path,
            values={MLP: {"value": a, "unit": "1/s"}, LOGISTIC: {"value": b, "unit": "1/s"}},
            equal=False,
            change={MLP: "same", LOGISTIC: "changed" if ratio else "type_changed"},
            ratio={MLP: 1.0, LOGISTIC: ratio},
        )

    comparison = example.comparison()
    comparison["metadata_diff"] = [
        row("k", "parameters", 999.6, 1000.0, 1.0004),
        row("v", "parameters", 1.0, None, None),
        row("v.lower", "parameters", 1.0, None, None),
        row("max_depth", "training", 1.0, None, None),
    ]
    comparison["metrics"] = []
    lines = {line.path: line for group in page(comparison)["settings"].differing for line in group.lines}
    assert lines["k"].cells[1].ratio == "×1.0004"
    assert {
        path: (line.cells[1].text, line.cells[1].unit) for path, line in lines.items() if path != "k"
    } == {
        "v": ("no value", None),
        "v.lower": ("open", None),
        "max_depth": ("null", None),
    }


def test_changes_that_cannot_be_told_are_counted_and_reasoned_apart() -> None:
    comparison = example.comparison()
    comparison["metadata_diff"] = [
        ConfigurationRow(
            section="parameters",
            path="k",
            values={MLP: {"value": 3, "unit": "zorps"}, LOGISTIC: {"value": 3, "unit": "uM"}},
            equal=False,
            change={MLP: "same", LOGISTIC: "unknown"},
            ratio={MLP: 1.0, LOGISTIC: None},
            reason="the unit zorps cannot be read",
        )
    ]
    context = page(comparison)
    assert sentences(context)[-1] == "Whether the one setting differs cannot be told."
    settings = context["settings"]
    assert (settings.differing_count, settings.untold_count, settings.equal_count) == (0, 1, 0)
    (line,) = settings.differing[0].lines
    assert (line.untold, line.cells[1].word) == ("the unit zorps cannot be read", "cannot be told")


def test_a_computed_value_is_marked_beside_a_fixed_one() -> None:
    comparison = example.comparison()
    comparison["metadata_diff"] = [
        ConfigurationRow(
            section="parameters",
            path="k",
            values={MLP: {"value": 0.5}, LOGISTIC: {"value": "a*b", "unit": "1/s", "computed": True}},
            equal=False,
            change={MLP: "same", LOGISTIC: "type_changed"},
            ratio={MLP: 1.0, LOGISTIC: None},
        )
    ]
    ((line,),) = (group.lines for group in page(comparison)["settings"].differing)
    assert (line.cells[1].text, line.cells[1].word) == ("= a*b", "computed")


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


def test_only_differences_leaves_out_what_is_equal_and_still_counts_it() -> None:
    whole, short = page(), page(only_differences=True)
    assert (len(whole["settings"].equal), len(short["settings"].equal)) == (1, 0)
    assert short["settings"].equal_count == 3
    assert [table.anchor for table in short["inputs"]] == ["inputs-partly", "inputs-unique"]
    assert [line.share for line in short["training"].datasets] == ["one"]
    names = [line.name for group in short["metrics"] for line in group.lines]
    assert "test_mcc" in names
    assert len(names) == 9


def test_inputs_say_whose_they_are_and_what_became_of_the_pin() -> None:
    tables = page()["inputs"]
    told = [[(line.used_by, line.status_words) for line in table.lines] for table in tables]
    assert told == [
        [("shared by all", "intact: as it was pinned")],
        [("shared by B and C", "intact, but a newer version exists")],
        [
            ("only A", "missing: pinned, but not registered"),
            ("only B", "modified since it was pinned"),
            ("only C", "unpinned: no version recorded"),
        ],
    ]


def test_the_union_marks_what_is_shared_missing_and_unpinned() -> None:
    drawing = page()["origins"].union.drawing
    assert drawing is not None
    remarks = {node.href.rsplit("/", 1)[1]: node.remark for node in drawing.wide.nodes}
    assert remarks["analysis-ad"] == "shared by all"
    assert remarks["dataset-biomarkers"] == "MISSING · only A"
    assert remarks["dataset-ad-train-2024"] == "UNPINNED · only C"
    assert remarks[MLP] == ""
    assert all(node.shared == ("shared by" in node.remark) for node in drawing.wide.nodes)


def test_leaks_and_kinship_of_training_data_are_told() -> None:
    comparison = example.comparison()
    for other in (MLP, LOGISTIC):
        comparison["training_data"]["leakage"].append(
            {"model": LASSO, "evaluated_on": TEST, "in_training_of": other, "via": TEST}
        )
    training = page(comparison)["training"]
    assert training.leaks == [
        "C was evaluated on dataset-ad-test, which went into the training data: through "
        "dataset-ad-train-2024 into that of C; into that of A and B."
    ]
    assert training.overlaps[1].related == [
        "dataset-ad-train and dataset-ad-train-2024 both derive from dataset-ad-raw"
    ]


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


def test_what_may_be_leakage_is_told_as_such() -> None:
    comparison = example.comparison()
    training = comparison["training_data"]
    training["possible_leakage"], training["leakage"] = training["leakage"], []
    context = page(comparison)
    assert "Warning: Whether evaluation data of C went into training cannot be told." in doubts(context)
    assert context["training"].possible_leaks == [
        "C was evaluated on data of dataset-ad-test; whether training left them out is not declared: trained on "
        "dataset-ad-train-2024: C."
    ]
