"""What the compare page says of metrics: values, marks, differences, charts, and the data they rest on."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

import pytest

from tests.unit.pages import example_comparison as example
from tests.unit.pages.compared_page import page
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import LOGISTIC, MLP


@pytest.mark.parametrize(
    ("metric", "model", "said"),
    [
        ("test_roc_auc", 0, ("0.9312", "reported", None, None)),
        ("test_roc_auc", 1, ("0.9058", "none", "−0.0254 (−2.73%)", "worse")),
        ("test_brier", 1, ("0.131", "none", "+0.018 (+15.9%)", "worse")),
        ("test_mcc", 2, ("0.61", "reported", "0", "equal")),
        ("accuracy", 0, ("0.88", "reported", None, None)),
        ("aic", 0, ("not reported", "none", None, None)),
        ("epochs", 2, ("not a number", "none", None, None)),
        ("latency", 2, ("0", "reported", "−1.2×10⁻⁵ (−100%)", "better")),
    ],
)
def test_a_metric_cell_says_value_mark_difference_and_its_sense(
    metric: str, model: int, said: tuple[str, str, str | None, str | None]
) -> None:
    lines = {line.name: line for group in page()["metrics"] for line in group.lines}
    cell = lines[metric].cells[model]
    assert (cell.text, cell.standing, cell.delta, cell.delta_word) == said


@pytest.mark.parametrize(
    ("metric", "delta", "has_chart", "reason"),
    [
        ("test_roc_auc", "−0.0254 (−2.73%)", True, "measured on the same data"),
        (
            "accuracy",
            "−0.02 (−2.27%)",
            True,
            "accuracy was measured on dataset-ad-test by A; the data on which B measured accuracy are not declared",
        ),
        ("aic", None, False, None),
    ],
)
def test_values_that_do_not_compare_get_no_difference_and_no_common_scale(
    metric: str, delta: str | None, has_chart: bool, reason: str | None
) -> None:
    comparison = example.comparison()
    comparison["baseline"] = MLP
    line = {line.name: line for group in page(comparison)["metrics"] for line in group.lines}[metric]
    assert (line.cells[1].delta, line.chart is not None) == (delta, has_chart)
    assert (line.refused is None) == has_chart
    if reason:
        assert line.reason == reason


def test_only_values_of_a_known_scale_are_drawn() -> None:
    row = metric("test_f1", [0.88, 86.0, None])
    row["comparable"], row["best"], row["reason"] = (
        None,
        [],
        "one may be a fraction and the other in per cent",
    )
    row["delta"][LOGISTIC] = None
    comparison = example.comparison()
    comparison["metrics"] = [row]
    (line,) = page(comparison)["metrics"][0].lines
    assert (line.chart, line.cells[1].delta, line.cells[1].standing) == (None, None, "none")
    assert line.comparability == "Cannot be told"


def test_a_likelihood_has_a_difference_but_no_share_of_one() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [metric("log_likelihood", [-20.0, -15.0, None])]
    (group,) = page(comparison)["metrics"]
    assert group.lines[0].cells[1].delta == "+5"
    assert group.lines[0].reason == "fitted to the same data"


def test_metrics_stand_by_the_data_they_were_measured_on() -> None:
    groups = {group.title: [line.name for line in group.lines] for group in page()["metrics"]}
    assert list(groups) == [
        "Measured on held-out data",
        "Which data they were measured on is not in their names",
        "Likelihoods and information criteria of the fit to the training data",
        "Measured on the training data",
        "Counts, sizes and other numbers that are neither better nor worse",
    ]
    assert groups["Measured on the training data"] == ["train_roc_auc"]


@pytest.mark.parametrize(
    ("value", "target", "word"), [(1.2, 1.0, "better"), (0.2, 1.0, "worse"), (0.5, 1.0, "as near")]
)
def test_near_a_target_is_better(value: float, target: float, word: str) -> None:
    comparison = example.comparison()
    row = metric("reduced_chi2", [1.5, value, None])
    row["direction"], row["target"], row["best"] = "target", target, []
    comparison["metrics"] = [row]
    assert page(comparison)["metrics"][0].lines[0].cells[1].delta_word == word


def test_a_value_stands_with_its_declared_spread() -> None:
    comparison = example.comparison()
    reward = metric("mean_reward", [275.34, 271.0, None])
    comparison["metrics"] = [{**reward, "spread": {MLP: 14.56}}]
    (group,) = page(comparison)["metrics"]
    assert [cell.text for cell in group.lines[0].cells] == ["275.3 ± 14.56", "271", "not reported"]
