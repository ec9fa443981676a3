"""Pictures of data: every mark inside its frame, numbers as independent libraries have them, texts escaped."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from time import process_time
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from scidex.atlas._model_registry.pages.drawing.axes import axis
from scidex.atlas._model_registry.pages.drawing.bars import Bar, difference_axis, interval_panel, metric_axis
from scidex.atlas._model_registry.pages.drawing.calibration import bins
from scidex.atlas._model_registry.pages.drawing.confusion import confusion
from scidex.atlas._model_registry.pages.drawing.discrimination import Roc, band, roc
from scidex.atlas._model_registry.pages.drawing.picture import Panel, Picture, Series
from scidex.atlas._model_registry.pages.drawing.rates import wilson
from scidex.atlas._model_registry.pages.drawing.thinning import thinned, thinned_line
from scidex.atlas._model_registry.pages.parts.evidence import pictures
from scidex.atlas._model_registry.pages.rendering import own_templates
from scidex.atlas._model_registry.records.evaluations import Axis, Columns, Curve

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SCORED = st.lists(st.tuples(st.booleans(), st.integers(0, 20).map(lambda tenth: tenth / 20)), min_size=2)


def one(columns: Columns) -> list[Picture]:
    return pictures([(Series(number=0, name="A"), columns)])


def binary(rows: Sequence[tuple[bool, float]]) -> Columns:
    return Columns(
        task="binary",
        observed=tuple("ill" if is_ill else "well" for is_ill, _ in rows),
        scores=tuple(score for _, score in rows),
        scores_are="probability",
        positive="ill",
    )


def drawn(found: Sequence[Picture]) -> str:
    page = own_templates().from_string(
        '{% from "model_registry/picture.html" import picture %}'
        "<body>{% for one in found %}{{ picture(one, 'p' ~ loop.index) }}{% endfor %}</body>"
    )
    return page.render(found=found)


def assert_inside(panel: Panel) -> None:
    frame = panel.frame
    dots, lines, areas = panel.dots, panel.lines, panel.areas
    marks = [
        *(mark.points for mark in dots),
        *(line.points for line in lines),
        *(area.points for area in areas),
    ]
    for point in (point for points in marks for point in points):
        assert frame.left <= point.x <= frame.right
        assert frame.top <= point.y <= frame.bottom


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
    found = axis("value", values)
    assert found.low <= min(values) <= max(values) <= found.high
    assert found.low <= found.ticks[0] < found.ticks[-1] <= found.high
    assert len(found.ticks) <= 8


def test_a_bounded_metric_shows_all_of_its_range_however_near_the_values_are() -> None:
    bars = [Bar(label="A", value=0.91, interval=(0.9, 0.92)), Bar(label="B", value=0.92)]
    found = metric_axis("ROC AUC", (0.0, 1.0), bars)
    assert (found.low, found.high) == (0.0, 1.0)
    strip = difference_axis("difference", (0.0, 1.0), [Bar(label="B", value=0.01, interval=(0.005, 0.015))])
    assert (strip.low, strip.high) == (-0.1, 0.1)
    panel = interval_panel("Difference", bars[:1], difference_axis("difference", None, bars), "")
    assert any(line.role == "reference" for line in panel.lines)  # zero
    assert_inside(panel)


@given(st.integers(1001, 3000), st.integers())
def test_thinning_keeps_the_extremes(count: int, seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- no secret
    pairs = [(random.gauss(), random.gauss()) for _ in range(count)]
    for kept in (thinned(pairs), thinned_line(pairs)):
        assert len(kept) < len(pairs) or kept == sorted(pairs, key=lambda pair: pair[0])
        for place in (0, 1):
            assert min(pair[place] for pair in kept) == min(pair[place] for pair in pairs)
            assert max(pair[place] for pair in kept) == max(pair[place] for pair in pairs)


def test_groups_beyond_twelve_are_counted_and_share_axes_with_none() -> None:
    rows = [(f"subject {number}", time, number + time) for number in range(15) for time in range(4)]
    groups, x, y = zip(*rows, strict=True)
    values = tuple(map(float, y))
    columns = Columns(
        task="regression",
        observed=values,
        predicted=values,
        group=groups,
        x=Axis(name="time", unit="h", values=tuple(map(float, x))),
    )
    over = one(columns)[0]
    assert len(over.panels) == 12
    assert len({tuple(tick.at for tick in panel.y_ticks) for panel in over.panels}) == 1
    assert "3 more groups" in over.notes[0]
    assert "<title" in drawn([over])


def test_models_differ_in_colour_shape_and_dashes() -> None:
    columns = binary([(True, 0.9), (False, 0.2), (True, 0.4)])
    found = pictures([(Series(number=place, name=f"M{place}"), columns) for place in range(10)])
    keys = found[0].legend
    assert len({key.dot for key in keys}) == len({key.dashes for key in keys}) == 10


def test_rows_that_depend_on_each_other_get_no_band_and_no_bars() -> None:
    rows = [(True, 0.9), (False, 0.2), (True, 0.4), (False, 0.6)]
    grouped = Columns(
        task="binary",
        observed=tuple("ill" if is_ill else "well" for is_ill, _ in rows),
        scores=tuple(score for _, score in rows),
        scores_are="probability",
        positive="ill",
        group=("a", "a", "b", "b"),
    )
    curve, calibration, _ = one(grouped)
    assert not curve.panels[0].areas
    assert any("independent" in note for note in curve.notes)
    assert all(line.role != "spread" for line in calibration.panels[0].lines)


def test_predictions_that_share_an_x_are_dots_and_nobody_elses_number() -> None:
    columns = Columns(
        task="regression",
        observed=(1.0, 2.0, 3.0),
        predicted=(1.5, 2.5, 3.5),
        x=Axis(name="dose", unit="mg", values=(1.0, 1.0, 2.0)),
    )
    over = one(columns)[0]
    assert [line for line in over.panels[0].lines if line.role == "fit"] == []
    assert [len(dots.points) for dots in over.panels[0].dots] == [3, 3]
    assert [row[-1] for row in over.table.rows] == ["several at this place", "several at this place", "3.5"]
    assert [(key.has_line, key.has_dot) for key in over.legend] == [(False, True), (False, True)]


def test_curves_of_groups_are_all_drawn_where_rows_have_no_group() -> None:
    columns = Columns(
        task="regression",
        observed=(1.0, 2.0),
        predicted=(1.5, 2.5),
        x=Axis(name="dose", unit="mg", values=(1.0, 2.0)),
        curve=Curve(x=(0.0, 2.0, 0.0, 2.0), predicted=(0.0, 3.0, 0.0, 4.0), group=("a", "a", "b", "b")),
    )
    over = one(columns)[0]
    assert len([line for line in over.panels[0].lines if line.role == "fit"]) == 2
    assert over.legend[1].has_line
    assert [row[-1] for row in over.table.rows] == ["1.5", "2.5"]


def test_cells_are_shaded_by_attributes_since_no_style_is_allowed_inline() -> None:
    page = drawn(one(binary([(True, 0.8), (False, 0.3)])))
    assert "style=" not in page
    assert page.count('fill-opacity="0.45"') == 2


def test_replicates_with_one_prediction_have_a_line() -> None:
    columns = Columns(
        task="regression",
        observed=(1.0, 2.0, 3.0),
        predicted=(1.5, 1.5, 3.5),
        x=Axis(name="dose", unit="mg", values=(1.0, 1.0, 2.0)),
    )
    over = one(columns)[0]
    assert len(over.panels[0].lines) == 1
    assert [row[-1] for row in over.table.rows] == ["1.5", "1.5", "3.5"]


def test_pictures_of_weighted_rows_say_that_they_count_rows() -> None:
    weighted = replace(binary([(True, 0.8), (False, 0.3), (True, 0.4)]), weights=(1.0, 2.0, 3.0))
    assert [picture.notes[-1] for picture in one(weighted)] == ["Rows are counted, not weighted."] * 3
    unweighted = [note for picture in one(binary([(True, 0.8), (False, 0.3)])) for note in picture.notes]
    assert "Rows are counted, not weighted." not in unweighted


def test_hostile_texts_are_escaped() -> None:
    hostile = '"><script>alert(1)</script>&'
    columns = Columns(
        task="multiclass",
        observed=(hostile, "b", "c"),
        predicted=("b", hostile, "c"),
    )
    page = drawn(pictures([(Series(number=0, name=hostile), columns), (Series(number=1, name="B"), columns)]))
    assert "<script" not in page
    ElementTree.fromstring(page)  # noqa: S314 -- our own page


def test_twenty_thousand_rows_are_drawn_quickly_and_said_to_be_thinned() -> None:
    random = Random(0)  # noqa: S311 -- no secret
    rows = [(random.random() < 0.3, random.random()) for _ in range(20_000)]
    values = tuple(score for _, score in rows)
    axis_ = Axis(name="time", unit="h", values=values)
    regression = Columns(task="regression", observed=values, predicted=values[::-1], x=axis_)
    for columns in (binary(rows), regression):
        started = process_time()
        found = one(columns)
        assert process_time() - started < 5  # for what takes 0.3 on a machine that does nothing else
        assert all(len(drawn([picture])) < 150_000 for picture in found)
    assert "of 20,000 points drawn" in found[-1].notes[0]
