"""What the pictures of a comparison show: samples, axes, intervals and differences, and what is said below them."""
# ruff: noqa: RUF001 -- the pages write real minus signs

from typing import Any, cast

from scidex.atlas._model_registry.pages.compare.page import compare_page
from tests.unit.pages import example_comparison as example
from tests.unit.pages.evaluated_page import AUC, F1, evaluated, page_of
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, MLP


def test_a_picture_of_values_without_intervals_promises_none() -> None:
    row = evaluated(AUC, [MLP])
    evidence = cast("dict[str, Any]", row["evidence"])
    evidence["intervals"] = dict.fromkeys(IDS)
    for difference in evidence["differences"].values():
        difference["interval"] = None
    (samples,) = page_of(row)["evidence"].samples
    assert [panel.title for panel in samples.intervals[0].panels] == ["Values", "Differences"]


def test_the_axes_of_a_metric_are_in_its_own_unit() -> None:
    row = evaluated({**metric("test_mse", [4.0, 5.0, 6.0]), "direction": "lower"}, [MLP])
    cast("dict[str, Any]", row["evidence"])["unit"] = "(mg/L)^2"
    (samples,) = page_of(row)["evidence"].samples
    values, differences = samples.intervals[0].panels
    assert (values.x_title, differences.x_title) == (
        "MSE (test) ((mg/L)^2)",
        "difference to the baseline A ((mg/L)^2)",
    )


def test_a_picture_of_three_models_says_why_its_differences_are_wider_than_those_of_two() -> None:
    (samples,) = page_of(evaluated(AUC, [MLP]))["evidence"].samples
    assert any(
        note.startswith("With 3 models each difference is given at 97.5 %")
        for note in samples.intervals[0].notes
    )


def test_what_stands_below_the_first_picture_is_not_said_again_below_the_others() -> None:
    (samples,) = page_of(evaluated(AUC, [MLP]), evaluated(F1, [MLP]))["evidence"].samples
    assert [picture.notes for picture in samples.more_intervals] == [[]]


def test_the_same_samples_are_drawn_together_with_the_headline_first() -> None:
    (samples,) = page_of(evaluated(F1, IDS), evaluated(AUC, [MLP]))["evidence"].samples
    assert samples.measured_on == "A, B and C predicted 100 samples of dataset-ad-test, v1"
    assert [picture.title for picture in samples.intervals] == ["F1 (test), higher is better"]
    assert [picture.title for picture in samples.more_intervals] == ["ROC AUC (test), higher is better"]
    assert [picture.title for picture in samples.drawn] == ["ROC curve", "Calibration", "Confusion matrix"]
    assert [key.text.partition(":")[0] for key in samples.drawn[0].legend] == ["A", "B", "C"]


def test_intervals_stand_on_the_whole_range_of_a_bounded_metric_and_differences_around_zero() -> None:
    (samples,) = page_of(evaluated(AUC, [MLP]))["evidence"].samples
    values, differences = samples.intervals[0].panels
    assert [tick.label for tick in values.x_ticks] == ["0", "0.25", "0.5", "0.75", "1"]
    zero = next(tick.at for tick in differences.x_ticks if tick.label == "0")
    (mark,) = [line for line in differences.lines if line.role == "reference"]
    assert {point.x for point in mark.points} == {zero}
    assert samples.intervals[0].table.rows[1][:4] == ["B", "0.9258", "0.8258 to 0.9758", "−0.0054"]


def test_without_evaluations_it_is_said_why_nothing_is_drawn() -> None:
    context = compare_page(example.comparison(), only_differences=False, histories=None)
    assert context["evidence"].samples == []
    assert context["evidence"].why_none.startswith("None of these models has an evaluation")
