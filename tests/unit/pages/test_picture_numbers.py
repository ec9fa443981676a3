"""Numbers of pictures for all data: marks inside their frames, rates and curves as independent libraries have them."""

from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from scidex.atlas._model_registry.pages.drawing.axes import axis_range
from scidex.atlas._model_registry.pages.drawing.calibration import bins
from scidex.atlas._model_registry.pages.drawing.confusion import confusion
from scidex.atlas._model_registry.pages.drawing.discrimination import Roc, band, roc
from scidex.atlas._model_registry.pages.drawing.picture import Series
from scidex.atlas._model_registry.pages.drawing.rates import wilson
from scidex.atlas._model_registry.pages.drawing.thinning import thinned, thinned_line
from scidex.atlas._model_registry.records.evaluations import Axis, Columns
from tests.unit.pages.pictured import NUMBERS, SCORED, assert_inside, binary, drawn, one


@example([(0.0, 1.7e308, -1.7e308)])
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=30))
def test_every_mark_of_a_regression_is_inside_its_frame(rows: list[tuple[float, float, float]]) -> None:
    x, observed, predicted = zip(*rows, strict=True)
    columns = Columns(
        task="regression", observed=observed, predicted=predicted, x=Axis(name="time", unit="h", values=x)
    )
    for picture in one(columns):
        for panel in picture.panels:
            assert_inside(panel)
    ElementTree.fromstring(drawn(one(columns)))  # noqa: S314 -- our own page


@given(SCORED)
def test_every_mark_of_a_classifier_is_inside_its_frame(rows: list[tuple[bool, float]]) -> None:
    for picture in one(binary(rows)):
        for panel in picture.panels:
            assert_inside(panel)


@given(SCORED)
def test_the_area_under_a_roc_curve_is_that_of_scikit_learn(rows: list[tuple[bool, float]]) -> None:
    truth, scores = zip(*rows, strict=True)
    curve = roc(truth, scores)
    if len(set(truth)) < 2:
        assert curve is None
    else:
        assert curve is not None
        assert curve.area == pytest.approx(metrics.roc_auc_score(truth, scores))


@given(SCORED)
def test_the_band_holds_the_curve_at_each_threshold(rows: list[tuple[bool, float]]) -> None:
    curve = roc(*zip(*rows, strict=True))
    if curve is None:
        return
    outline = band(Roc(steps=curve.steps[:1], positives=curve.positives, negatives=curve.negatives))
    false, true = curve.rates(curve.steps[0])
    upper, lower = outline[2], outline[-2]
    assert upper[0] <= false <= lower[0]
    assert lower[1] <= true <= upper[1]


@given(st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_wilson_intervals_are_those_of_scipy(counts: tuple[int, int]) -> None:
    found, total = counts
    expected = stats.binomtest(found, total).proportion_ci(method="wilson")
    rate = wilson(found, total)
    assert (rate.low, rate.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(SCORED)
def test_calibration_bins_hold_each_row_once_and_never_part_equal_scores(
    rows: list[tuple[bool, float]],
) -> None:
    truth, scores = zip(*rows, strict=True)
    found = bins(truth, scores)
    assert sum(one.observed.total for one in found) == len(rows)
    assert sum(one.observed.hits for one in found) == sum(truth)
    assert len(found) <= 5
    means = [one.predicted for one in found]
    assert means == sorted(set(means))


def test_many_rows_of_both_classes_make_ten_bins() -> None:
    random = Random(0)  # noqa: S311 -- no secret
    scores = [random.random() for _ in range(400)]
    found = bins([random.random() < score for score in scores], scores)
    assert [one.observed.total for one in found] == [40] * 10


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_the_confusion_matrix_is_that_of_scikit_learn(rows: list[tuple[str, str]]) -> None:
    observed, predicted = zip(*rows, strict=True)
    matrix = confusion(Series(number=0, name="A"), observed, predicted, ["a", "b", "c"])
    expected = metrics.confusion_matrix(observed, predicted, labels=["a", "b", "c"]).tolist()
    assert matrix.counts == expected


@given(st.lists(NUMBERS, min_size=1))
def test_an_axis_holds_all_values_and_at_least_two_ticks(values: list[float]) -> None:
    found = axis_range("value", values)
    assert found.low <= min(values) <= max(values) <= found.high
    assert found.low <= found.ticks[0] < found.ticks[-1] <= found.high
    assert len(found.ticks) <= 8


@given(st.integers(1001, 3000), st.integers())
def test_thinning_keeps_the_extremes(count: int, seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- no secret
    pairs = [(random.gauss(), random.gauss()) for _ in range(count)]
    for kept in (thinned(pairs), thinned_line(pairs)):
        assert len(kept) < len(pairs) or kept == sorted(pairs, key=lambda pair: pair[0])
        for place in (0, 1):
            assert min(pair[place] for pair in kept) == min(pair[place] for pair in pairs)
            assert max(pair[place] for pair in kept) == max(pair[place] for pair in pairs)
