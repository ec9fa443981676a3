"""The settings, inputs and data of compared models as their page shows them."""

# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

from scidex.atlas._model_registry.contract.answers import ConfigurationRow, RuleVerdict, Section
from scidex.atlas._model_registry.pages.parts.origins import rule_line
from scidex.atlas._model_registry.records.models import Json
from tests.unit.pages import example_comparison as example
from tests.unit.pages.compared_page import doubts, page, sentences
from tests.unit.pages.example_models import LASSO, LOGISTIC, MLP, TEST


def test_seeds_are_written_whole_and_close_values_look_different() -> None:
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


def test_undecided_changes_are_counted_and_reasoned_apart() -> None:
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
    assert sentences(context)[-1] == "It is not known whether the one setting differs."
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


def test_what_may_be_leakage_is_told_as_such() -> None:
    comparison = example.comparison()
    training = comparison["training_data"]
    training["possible_leakage"], training["leakage"] = training["leakage"], []
    context = page(comparison)
    assert "Warning: It is not known whether evaluation data of C were used for training." in doubts(context)
    assert context["training"].possible_leaks == [
        "C was evaluated on data of dataset-ad-test; it is not declared whether they were left out of training: "
        "trained on dataset-ad-train-2024: C."
    ]
