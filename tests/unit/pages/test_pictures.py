"""Pictures of data: which rows are drawn, which are left out, and texts escaped."""

from dataclasses import replace
from random import Random
from time import process_time
from xml.etree import ElementTree

import pytest

from scidex.atlas._model_registry.pages.drawing.bars import Bar, difference_axis, interval_panel, metric_axis
from scidex.atlas._model_registry.pages.drawing.picture import Series
from scidex.atlas._model_registry.pages.parts.evidence import pictures
from scidex.atlas._model_registry.records.evaluations import Axis, Called, Columns, Curve
from tests.unit.pages.pictured import assert_inside, binary, drawn, one


def test_a_bounded_metric_shows_all_of_its_range_however_near_the_values_are() -> None:
    bars = [Bar(label="A", value=0.91, interval=(0.9, 0.92)), Bar(label="B", value=0.92)]
    found = metric_axis("ROC AUC", (0.0, 1.0), bars)
    assert (found.low, found.high) == (0.0, 1.0)
    strip = difference_axis("difference", (0.0, 1.0), [Bar(label="B", value=0.01, interval=(0.005, 0.015))])
    assert (strip.low, strip.high) == (-0.1, 0.1)
    panel = interval_panel("Difference", bars[:1], difference_axis("difference", None, bars), "")
    assert any(line.role == "reference" for line in panel.lines)  # zero
    assert_inside(panel)


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


def test_no_count_of_a_bin_is_crossed_by_the_interval_of_another() -> None:
    rows = [(place % 10 == 0, 0.06) for place in range(20)] + [(False, 0.11)] * 20 + [(True, 0.8)] * 20
    panel = one(binary(rows))[1].panels[0]
    assert [round(words.point.x) for words in panel.words] == [
        round(panel.dots[0].points[place].x + 6) for place in (1, 2)
    ]


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


def test_predictions_that_share_an_x_are_dots_and_the_table_says_so() -> None:
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


@pytest.mark.parametrize(
    ("called", "group", "title"),
    [
        ("participants", "4", "participant 4"),
        ("batches", "b", "batch b"),
        ("families", "family 2", "family 2"),
        ("species", "mouse", "species mouse"),
        ("mice", "7", "group 7"),
        (None, "7", "group 7"),
        (None, "treated", "treated"),
    ],
)
def test_a_panel_is_named_by_what_its_group_is(called: str | None, group: str, title: str) -> None:
    columns = Columns(
        task="regression",
        observed=(1.0, 2.0),
        predicted=(1.5, 2.5),
        group=(group, group),
        x=Axis(name="dose", unit="mg", values=(1.0, 2.0)),
    )
    over = pictures([(Series(number=0, name="this model"), columns)], Called(groups=called))[0]
    assert [panel.title for panel in over.panels] == [title]
    assert over.legend[1].text == "predicted by this model for the observations, joined"


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


def test_axes_say_the_quantity_that_was_predicted() -> None:
    columns = Columns(
        task="regression",
        observed=(1.0, 2.0),
        predicted=(1.0, 3.0),
        unit="mg/L",
        x=Axis(name="time", unit="hr", values=(0.0, 1.0)),
    )
    series = Series(number=0, name="the model")
    over, scatter = pictures([(series, columns)], Called(quantity="serum concentration"))
    assert over.title == "Serum concentration (mg/L) over time (hr)"
    assert [panel.x_title for panel in scatter.panels] == ["predicted serum concentration (mg/L)"] * 2
    assert pictures([(series, columns)])[0].title == "Value (mg/L) over time (hr)"
