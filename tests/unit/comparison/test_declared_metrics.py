"""What a model declares of a metric: its direction, target, scale, spread and unit."""

import pytest

from scidex.atlas._model_registry.records.models import Json
from tests.unit.comparison.measured import measured, only_row


def test_own_declaration_wins() -> None:
    row = only_row(
        measured("model-a", {"rmse": {"direction": "higher"}}, rmse=1), measured("model-b", rmse=2)
    )
    assert (row["direction"], row["best"]) == ("higher", ["model-b"])


def test_declared_target() -> None:
    declared: Json = {"zorp": {"direction": "target", "target": 5}}
    row = only_row(measured("model-a", declared, zorp=4.9), measured("model-b", zorp=5.2))
    assert (row["direction"], row["target"], row["best"]) == ("target", 5.0, ["model-a"])


def test_declared_target_without_a_number_keeps_that_of_the_name() -> None:
    row = only_row(measured("model-a", {"r_hat": {"direction": "target"}}, r_hat=1.1))
    assert (row["direction"], row["target"]) == ("target", 1.0)


@pytest.mark.parametrize(
    ("scale", "direction"), [("log", "higher"), ("deviance", "lower"), ("negative_log", "lower")]
)
def test_scale_gives_waic_its_direction(scale: str, direction: str) -> None:
    assert only_row(measured("model-a", {"waic": {"scale": scale}}, waic=1))["direction"] == direction


@pytest.mark.parametrize(("name", "direction"), [("aic", "lower"), ("zorp", "unknown")])
def test_scale_says_nothing_of_another_metric(name: str, direction: str) -> None:
    scaled = measured("model-a", {name: {"scale": "log"}}, **{name: 1})
    row = only_row(scaled, measured("model-b", **{name: 2}))
    assert row["direction"] == direction
    assert "scale" not in str(row["reason"])


@pytest.mark.parametrize(
    "broken",
    [
        "text",
        7,
        [1],
        {"rmse": None},
        {"rmse": [{}]},
        {"rmse": {"direction": "sideways"}},
        {"rmse": {"direction": ["lower"], "unit": 3, "dataset": {}, "split": 1, "scale": []}},
        {"rmse": {"direction": "target"}},
        {"rmse": {"direction": "target", "target": True}},
        {"rmse": {"direction": "target", "target": float("nan")}},
    ],
)
def test_broken_declaration_declares_nothing(broken: Json) -> None:
    row = only_row(measured("model-a", broken, rmse=1), measured("model-b", rmse=2))
    assert (row["direction"], row["best"], row["comparable"], row["unit"]) == (
        "lower",
        ["model-a"],
        True,
        None,
    )


HIGHER = [
    *(
        "↑",
        "⬆️",
        "▲",
        "(↑)",
        "↑ is better",
        "larger",
        "bigger",
        "greatest",
        "maximal",
        "maximiser",
        "up",
        "upwards",
        "high",
    ),
    *("increase", "HigherIsBetter", "bigger-is-better", "the higher, the better", "max (higher is better)"),
    *("lower is worse", "worse when smaller", "MetricGoal.MAXIMIZE", "to be maximized", "descending", "desc"),
]
LOWER = [
    *(
        "↓",
        "⬇",
        "▼",
        "↓ better",
        "smaller",
        "fewer",
        "least",
        "min",
        "minimal",
        "down",
        "low",
        "decreases",
        "lowerIsBetter",
    ),
    *(
        "lower_is_better",
        "should be minimized",
        "prefer lower",
        "higher is worse",
        "MINIMISE",
        "asc",
        "ascending",
    ),
]
# Of a value that increases nobody says that it should; other words say it of one field alone.
NEITHER = [
    *(
        "increasing",
        "decreasing",
        "not ascending",
        "minmax",
        "auto",
        "loss",
        "reward",
        "lower or higher",
        "↑↓",
        "+",
        "-",
    ),
    *("worse", "better", "best", "positive", "negative", "", "closer to 1", "non-decreasing"),
]


@pytest.mark.parametrize(
    ("declared", "direction"),
    [
        ({"direction": "maximize"}, "higher"),
        ({"direction": "Maximise"}, "higher"),
        ({"direction": "max"}, "higher"),
        ({"direction": "greater"}, "higher"),
        ({"direction": "StudyDirection.MINIMIZE"}, "lower"),
        ({"direction": "lower is better"}, "lower"),
        ({"direction": "the smaller the better"}, "lower"),
        ({"higher_is_better": True}, "higher"),
        ({"higher_is_better": False}, "lower"),
        ({"greater_is_better": "true"}, "higher"),
        ({"lower_is_better": True}, "lower"),
        ({"maximize": False}, "lower"),
        ({"mode": "min"}, "lower"),
        ({"goal": "maximize"}, "higher"),
        ({"goal": "minimize", "higher_is_better": False}, "lower"),
        ({"direction": "lower", "higher_is_better": True}, "unknown"),
        ({"direction": "not lower"}, "unknown"),
        ({"direction": "sideways"}, "unknown"),
        ({"higher_is_better": None}, "unknown"),
        ({"direction": 1}, "unknown"),
        *(({"direction": word}, "higher") for word in HIGHER),
        *(({"direction": word}, "lower") for word in LOWER),
        *(({"direction": word}, "unknown") for word in NEITHER),
        ({"objective": "minimize"}, "lower"),
        ({"Objective": "Maximize"}, "higher"),
        ({"objective": "reg:squarederror", "direction": "lower"}, "lower"),
        ({"objective": "reg:squarederror"}, "unknown"),
        ({"optimize_mode": "max"}, "higher"),
        ({"optimization_goal": "min"}, "lower"),
        ({"sense": "maximise"}, "higher"),
        ({"better": "lower"}, "lower"),
        ({"best": "max"}, "higher"),
        ({"best": 0.1}, "unknown"),
        ({"isHigherBetter": True}, "higher"),
        ({"is_lower_better": False}, "higher"),
        ({"higher-is-better": "yes"}, "higher"),
        ({"lowerIsBetter": 1}, "lower"),
        ({"bigger_is_better": 0}, "lower"),
        ({"minimized": True}, "lower"),
        ({"sorting": "desc"}, "higher"),
        ({"sort_ascending": True}, "lower"),
        ({"order": 2}, "unknown"),
        ({"Direction": "lower"}, "lower"),
        ({"direction": "lower", "objective": "maximize"}, "unknown"),
    ],
)
def test_a_direction_may_be_declared_in_common_words(declared: Json, direction: str) -> None:
    row = only_row(measured("model-a", {"zorp": declared}, zorp=1), measured("model-b", zorp=2))
    assert row["direction"] == direction


def test_a_unit_may_be_declared_under_units() -> None:
    a = measured("model-a", {"rmse": {"units": "mcg/mL"}}, rmse=0.2001)
    b = measured("model-b", {"rmse": {"units": "ng/mL"}}, rmse=174.5)
    row = only_row(a, b)
    assert (row["unit"], row["best"], row["delta_percent"]["model-b"]) == ("mcg/mL", ["model-b"], -12.79)


def test_a_declared_spread_stands_beside_the_value_in_its_unit() -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": "uM", "std": 2}}, rmse=20),
        measured("model-b", {"rmse": {"unit": "nM", "std": 500}}, rmse=31000),
        measured("model-c", {"rmse": {"unit": "uM", "std": -1}}, rmse=40),
    )
    assert row["spread"] == {"model-a": 2, "model-b": 0.5}


def test_a_spread_in_a_unit_that_does_not_convert_stays_as_declared() -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": "uM"}}, rmse=20),
        measured("model-b", {"rmse": {"unit": "kg", "std": 3}}, rmse=31),
    )
    assert row["spread"] == {"model-b": 3}
