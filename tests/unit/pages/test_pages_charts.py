"""The geometry of the small charts."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

import pytest

from scidex.atlas._model_registry.pages.drawing.charts import DotShape, Reading, dot_chart, history_curve
from scidex.atlas._model_registry.pages.parts.scales import ends_of


def readings(*values: float, shape: DotShape = "dot") -> list[Reading]:
    """Give values of models A, B, C and so on."""
    return [Reading(letter="ABCDEFGHIJ"[i], value=value, shape=shape) for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "held", "ends"),
    [
        ((0.92, 0.95), (0.0, 1.0), ("0", "1")),
        ((0.92, 1.2), (0.0, 1.0), ("0", "1.2")),
        ((850.0, 852.0), (0.0, 0.0), ("0", "852")),
        ((-230.0, -214.0), None, ("−230", "−214")),
        ((3.0, 3.0), None, ("3", "3")),
    ],
)
def test_the_scale_holds_its_ends_and_is_never_cut(
    values: tuple[float, ...], held: tuple[float, float] | None, ends: tuple[str, str]
) -> None:
    chart = dot_chart("m", readings(*values), held)
    assert chart is not None
    assert (chart.low, chart.high) == ends


def test_places_follow_values_on_one_scale() -> None:
    chart = dot_chart("m", readings(0.0, 5.0, 10.0))
    assert chart is not None
    assert [dot.x for dot in chart.dots] == [chart.left, (chart.left + chart.right) / 2, chart.right]


def test_models_at_one_place_share_a_label_and_no_two_labels_touch() -> None:
    chart = dot_chart("m", readings(5.0, 5.0, 5.4, 0.0, 10.0))
    assert chart is not None
    assert [label.letters for label in chart.labels] == ["D", "A B", "C", "E"]
    assert len({(label.x, label.y) for label in chart.labels}) == 4
    assert chart.labels[1].y != chart.labels[2].y


def test_the_best_is_drawn_on_top() -> None:
    values = [*readings(5.0, shape="star"), Reading(letter="B", value=5.0, shape="dot")]
    chart = dot_chart("m", values)
    assert chart is not None
    assert chart.dots[-1].shape == "star"


def test_the_description_says_what_the_picture_shows() -> None:
    chart = dot_chart("rmse", readings(0.2, 0.8), (0.0, 0.0))
    assert chart is not None
    assert chart.description == "rmse from 0 to 0.8: A 0.2, B 0.8"


def test_a_chart_needs_two_values() -> None:
    assert dot_chart("m", readings(1.0)) is None


def test_the_widest_numbers_stay_in_the_picture() -> None:
    chart = dot_chart("m", readings(-1.7e308, 1.7e308, 0.0))
    assert chart is not None
    assert all(chart.left <= dot.x <= chart.right for dot in chart.dots)


def test_a_curve_labels_only_the_compared_versions_where_there_are_many() -> None:
    points = [(version, version / 10, "A" if version == 3 else None) for version in range(1, 12)]
    drawn = history_curve("auc", points)
    assert [point.label for point in drawn.points if point.label] == ["A 0.3"]
    assert "v11 1.1" in drawn.description


def test_labels_of_versions_touch_neither_each_other_nor_the_ends_of_the_scale() -> None:
    drawn = history_curve("brier", [(place, 0.07123, letter) for place, letter in enumerate("ABCD", 1)])
    first, second, *_ = drawn.points
    assert first.label_y != second.label_y
    assert drawn.points[2].label_y == first.label_y
    half = len(first.label or "") * 6.5 / 2
    assert first.x - half > len(drawn.high) * 6.5
    assert len({point.label_y for point in history_curve("auc", [(1, 0.5, "A"), (2, 0.5, "B")]).points}) == 1


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("bic", (557.1, 567.1)),
        ("log_likelihood", (552.2, 557.2)),
        ("minus_2ll", (557.1, 567.1)),
        ("test_rmse", (0.0, 0.0)),
        ("test_roc_auc", (0.0, 1.0)),
    ],
)
def test_a_small_difference_never_fills_a_scale(name: str, ends: tuple[float, float]) -> None:
    assert ends_of(name, [557.1, 557.2]) == pytest.approx(ends)


def test_the_dots_of_versions_stand_between_the_ends_of_the_scale() -> None:
    drawn = history_curve("auc", [(1, 0.5, None), (2, 0.6, "A")], ends=(0.0, 1.0))
    assert (drawn.low, drawn.high) == ("0", "1")
    middle = (drawn.axis_y + drawn.top_y) / 2
    assert [point.y for point in drawn.points] == [middle, middle - 7.2]
