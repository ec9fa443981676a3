"""The metric table: direction, best, deltas, units, and three facts that are not the same."""

import pytest

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import ModelEvidence
from tests.unit.builders import a_dataset, evidence

HELD_OUT = a_dataset("dataset-held-out", version=2)


def measured(name: str, declared: Json = None, **metrics: float) -> ModelEvidence:
    """Make a model that measured on the common held-out data."""
    return evidence(
        name, metrics=metrics, evaluated_on="dataset-held-out", metadata={"metric_metadata": declared or {}}
    )


def only_row(*models: ModelEvidence, baseline: str = "model-a") -> MetricRow:
    (row,) = metric_rows(models, baseline=baseline, datasets=HELD_OUT)
    return row


def test_the_row_of_the_design() -> None:
    unit: Json = {"rmse": {"direction": "lower", "unit": "uM", "dataset": "dataset-held-out"}}
    assert only_row(measured("model-a", unit, rmse=0.023), measured("model-b", unit, rmse=0.031)) == {
        "name": "rmse",
        "direction": "lower",
        "target": None,
        "unit": "uM",
        "values": {"model-a": 0.023, "model-b": 0.031},
        "best": ["model-a"],
        "delta": {"model-a": 0.0, "model-b": 0.008},
        "delta_percent": {"model-a": 0.0, "model-b": 34.78},
        "comparable": True,
        "reason": None,
        "units": {"model-a": "uM", "model-b": "uM"},
        "not_a_number": [],
        "evidence": None,
        "evidence_reason": "no model has an evaluation",
        "distinguished": None,
        "leaders": [],
    }


@pytest.mark.parametrize(
    ("name", "a", "b", "best"),
    [
        ("rmse", 0.1, 0.2, ["model-a"]),
        ("auc", 0.1, 0.2, ["model-b"]),
        ("neg_rmse", -0.1, -0.2, ["model-a"]),
        ("auc", 0.1 + 0.2, 0.3, ["model-a", "model-b"]),
        ("auc", 0.0, 0.0, ["model-a", "model-b"]),
        ("r_hat", 1.01, 1.2, ["model-a"]),
        ("r_hat", 0.9, 1.05, ["model-b"]),
        ("r_hat", 0.9, 1.1, ["model-a", "model-b"]),
        ("bias", -0.2, 0.1, ["model-b"]),
        ("parameter_count", 3, 4, []),
        ("rmse_std", 0.1, 0.2, []),
        ("zorp", 0.1, 0.2, []),
    ],
)
def test_best(name: str, a: float, b: float, best: list[str]) -> None:
    assert only_row(measured("model-a", **{name: a}), measured("model-b", **{name: b}))["best"] == best


def test_zero_not_reported_and_not_a_number_differ() -> None:
    broken = evidence("model-c", unreadable=("metadata.evaluation_metrics.auc",))
    row = only_row(measured("model-a", auc=0.0), evidence("model-b"), broken)
    assert row["values"] == {"model-a": 0.0, "model-b": None, "model-c": None}
    assert row["not_a_number"] == ["model-c"]
    assert row["best"] == []
    assert (row["comparable"], row["reason"]) == (None, "only model-a reports auc")


def test_a_whole_number_too_large_to_calculate_with_is_not_a_number() -> None:
    row = only_row(measured("model-a", mse=1.0), measured("model-b", mse=10**400))
    assert (row["values"]["model-b"], row["not_a_number"]) == (None, ["model-b"])


def test_names_are_never_merged() -> None:
    rows = metric_rows(
        [measured("model-a", auc=0.9), measured("model-b", AUC=0.8)], baseline="model-a", datasets={}
    )
    assert [row["name"] for row in rows] == ["AUC", "auc"]


def test_what_most_report_comes_first() -> None:
    models = [measured("model-a", auc=0.9, zorp=1, rmse=2), measured("model-b", zorp=2, rmse=1)]
    rows = metric_rows(models, baseline="model-a", datasets=HELD_OUT)
    assert [row["name"] for row in rows] == ["rmse", "zorp", "auc"]


def test_delta_is_to_the_baseline() -> None:
    row = only_row(measured("model-a", aic=-450), measured("model-b", aic=-440), baseline="model-b")
    assert row["delta"] == {"model-a": -10.0, "model-b": 0.0}
    assert row["delta_percent"] == {"model-a": -2.27, "model-b": 0.0}


def test_no_percentage_of_nothing() -> None:
    row = only_row(measured("model-a", auc=0), measured("model-b", auc=0.5))
    assert row["delta"] == {"model-a": 0.0, "model-b": 0.5}
    assert row["delta_percent"] == {"model-a": None, "model-b": None}


def test_no_delta_to_a_baseline_that_does_not_report() -> None:
    row = only_row(evidence("model-a"), measured("model-b", auc=0.5), measured("model-c", auc=0.6))
    assert set(row["delta"].values()) == set(row["delta_percent"].values()) == {None}
    assert row["best"] == ["model-c"]


def test_a_small_percentage_is_not_rounded_away() -> None:
    row = only_row(measured("model-a", auc=1.0), measured("model-b", auc=1.00001234))
    assert row["delta_percent"]["model-b"] == 0.0012


@pytest.mark.parametrize(("a", "b"), [(1e308, -1e308), (5e-324, 1e308)])
def test_no_number_where_there_is_none(a: float, b: float) -> None:
    row = only_row(measured("model-a", mse=a), measured("model-b", mse=b))
    assert row["delta_percent"]["model-b"] is None


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


def test_units_convert_to_that_of_the_baseline() -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": "uM"}}, rmse=0.5),
        measured("model-b", {"rmse": {"unit": "nM"}}, rmse=100),
    )
    assert (row["unit"], row["values"], row["best"]) == ("uM", {"model-a": 0.5, "model-b": 0.1}, ["model-b"])
    assert row["delta"] == {"model-a": 0.0, "model-b": -0.4}
    assert row["comparable"] is True


def test_units_that_do_not_convert() -> None:
    row = only_row(
        measured("model-b", {"rmse": {"unit": "mg"}}, rmse=100),
        measured("model-a", {"rmse": {"unit": "uM"}}, rmse=0.5),
    )
    assert (row["comparable"], row["best"]) == (False, [])
    assert row["reason"] == "rmse is in uM for model-a and in mg for model-b, which do not convert"
    assert row["values"] == {"model-a": 0.5, "model-b": 100}
    assert row["units"] == {"model-a": "uM", "model-b": "mg"}
    assert row["delta"] == {"model-a": 0.0, "model-b": None}


@pytest.mark.parametrize(
    ("unit_a", "value_a", "unit_b", "value_b", "winner"),
    [
        ("cells/mL", 400000, "10⁶ cells/mL", 0.5, "model-a"),
        ("10^9/L", 10, "10*9/L", 20, "model-a"),
        ("Hz", 1.5, "rpm", 60, "model-b"),
        ("mg/day", 30, "mg/24h", 20, "model-b"),
        ("mcg/mL", 0.2001, "ng/mL", 174.5, "model-b"),
    ],
)
def test_best_after_conversion(unit_a: str, value_a: float, unit_b: str, value_b: float, winner: str) -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": unit_a}}, rmse=value_a),
        measured("model-b", {"rmse": {"unit": unit_b}}, rmse=value_b),
    )
    assert (row["best"], row["unit"]) == ([winner], unit_a)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            "zorps",
            "10^3/uL for model-a and in 10^9/L for model-b and in zorps for model-c: "
            "the unit zorps cannot be read",
        ),
        (
            "10^3 cells/uL",
            "10^3/uL for model-a and in 10^3 cells/uL for model-c: "
            "10^3 cells/uL counts cells, 10^3/uL does not say what it counts",
        ),
    ],
)
def test_nothing_is_best_among_units_of_which_it_cannot_be_told(other: str, why: str) -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": "10^3/uL"}}, rmse=3),
        measured("model-b", {"rmse": {"unit": "10^9/L"}}, rmse=2),
        measured("model-c", {"rmse": {"unit": other}}, rmse=1),
    )
    assert (row["comparable"], row["best"], row["delta"]["model-c"]) == (None, [], None)
    assert row["reason"] == f"rmse is in {why}"


def test_numbers_in_one_unit_rank_whether_it_can_be_read_or_not() -> None:
    snr: Json = {"snr": {"unit": "dB"}}
    row = only_row(measured("model-a", snr, snr=3), measured("model-b", snr, snr=6))
    assert row["best"] == ["model-b"]


@pytest.mark.parametrize(
    "name", ["Test WER", "cer", "accuracy", "f1_macro", "pass@1", "bleu", "top_5_accuracy"]
)
def test_a_fraction_beside_per_cent_is_not_crowned(name: str) -> None:
    a, b = measured("model-a", **{name: 0.2378}), measured("model-b", **{name: 15.88})
    row = only_row(a, b)
    assert (row["comparable"], row["best"], row["delta_percent"]["model-b"]) == (None, [], None)
    assert row["reason"] == (
        f"{name} is 0.2378 for model-a and 15.88 for model-b: one may be a fraction and the other in per cent; "
        "declare its unit as 1 or %"
    )


@pytest.mark.parametrize(
    ("name", "a", "b", "unit_b"),
    [
        ("wer", 0.2378, 1.2, None),
        ("wer", 23.78, 15.88, None),
        ("rmse", 0.2378, 15.88, None),
        ("wer", 0.2378, 15.88, "1"),
    ],
)
def test_no_doubt_of_the_notation(name: str, a: float, b: float, unit_b: str | None) -> None:
    declared: Json = {name: {"unit": "1"}} if unit_b else {}
    row = only_row(measured("model-a", declared, **{name: a}), measured("model-b", declared, **{name: b}))
    assert len(row["best"]) == 1


def test_per_cent_and_fraction_declared_as_such_convert() -> None:
    row = only_row(
        measured("model-a", {"wer": {"unit": "1"}}, wer=0.2378),
        measured("model-b", {"wer": {"unit": "%"}}, wer=15.88),
    )
    assert (row["best"], row["values"]["model-b"]) == (["model-b"], 0.1588)


@pytest.mark.parametrize("baseline", ["model-a", "model-b"])
def test_unit_that_only_one_states(baseline: str) -> None:
    row = only_row(
        measured("model-a", {"rmse": {"unit": "uM"}}, rmse=0.5),
        measured("model-b", rmse=1),
        baseline=baseline,
    )
    assert (row["comparable"], row["reason"]) == (
        None,
        "rmse is in uM for model-a; no unit is declared for model-b",
    )
    assert (row["unit"], row["units"]) == ("uM", {"model-a": "uM", "model-b": None})


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
        ({"direction": "ascending"}, "unknown"),
        ({"direction": "sideways"}, "unknown"),
        ({"higher_is_better": None}, "unknown"),
        ({"direction": 1}, "unknown"),
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


@pytest.mark.parametrize(
    ("units", "direction"), [(("mg*h/L",) * 2, "neutral"), (("mg*h/L", None), "unknown")]
)
def test_an_auc_in_a_unit_is_an_exposure(units: tuple[str, str | None], direction: str) -> None:
    a, b = (
        measured(name, {"auc": {"unit": unit}}, auc=9.0 - i)
        for i, (name, unit) in enumerate(zip("ab", units, strict=True))
    )
    row = only_row(a, b, baseline="a")
    assert (row["direction"], row["best"]) == (direction, [])


@pytest.mark.parametrize("name", ["-LL", "neg_log_likelihood", "-2LL"])
def test_a_minus_turns_the_winner_round(name: str) -> None:
    row = only_row(measured("model-a", **{name: 100}), measured("model-b", **{name: 200}))
    assert (row["direction"], row["comparable"]) == ("lower", False)


@pytest.mark.parametrize(
    ("values", "best"), [((0.94, 0.8), ["model-a"]), ((94.0, 80.0), []), ((0.94, 80.0), [])]
)
def test_a_coverage_in_per_cent_is_not_held_to_a_share_of_one(
    values: tuple[float, float], best: list[str]
) -> None:
    a, b = values
    assert only_row(measured("model-a", coverage_95=a), measured("model-b", coverage_95=b))["best"] == best


def test_a_coverage_without_a_level_is_not_crowned() -> None:
    row = only_row(measured("model-a", coverage=0.5), measured("model-b", coverage=0.9))
    assert (row["direction"], row["target"], row["best"]) == ("target", None, [])


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


@pytest.mark.parametrize("value", [2**53 + 1, 10**30 + 1])
def test_differences_of_whole_numbers_are_exact(value: int) -> None:
    row = only_row(measured("model-a", mae=value), measured("model-b", mae=value - 1))
    assert (row["best"], row["delta"]["model-b"]) == (["model-b"], -1)
    far = only_row(measured("model-a", mae=0), measured("model-b", mae=value))
    assert far["delta"]["model-b"] == value


def test_what_stands_only_among_the_metrics_of_training_is_of_the_training_split() -> None:
    def trained(name: str, data: str) -> ModelEvidence:
        metadata: Json = {"training_metrics": {"loss": 0.1}}
        return evidence(
            name,
            metrics={"loss": 0.1},
            metadata=metadata,
            trained_on={data: 1},
            evaluated_on="dataset-held-out",
        )

    row = only_row(trained("model-a", "dataset-x"), trained("model-b", "dataset-y"))
    assert (row["comparable"], row["best"], row["split"]) == (False, [], "train")


def test_a_finding_names_all_models_that_it_holds_for() -> None:
    row = only_row(
        measured("model-c", {"rmse": {"dataset": "x"}}, rmse=1),
        measured("model-b", {"rmse": {"dataset": "y"}}, rmse=1),
        measured("model-a", {"rmse": {"dataset": "x"}}, rmse=1),
        baseline="model-c",
    )
    assert row["finding"] == {
        "code": "data_differ",
        "values": {"model-a": "x", "model-b": "y", "model-c": "x"},
        "detail": None,
    }
    assert row["reason"] == "rmse was measured on x by model-a and model-c and on y by model-b"
