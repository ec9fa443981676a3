"""Metrics in several units: which convert, and when nothing is best."""

import pytest

from scidex.atlas._model_registry.records.models import Json
from tests.unit.comparison.measured import measured, only_row


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
def test_nothing_is_best_among_units_that_may_differ(other: str, why: str) -> None:
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
        ("r2", -2.444, -0.2409, None),
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
    ("units", "direction"), [(("mg*h/L",) * 2, "neutral"), (("mg*h/L", None), "unknown")]
)
def test_an_auc_in_a_unit_is_an_exposure(units: tuple[str, str | None], direction: str) -> None:
    a, b = (
        measured(name, {"auc": {"unit": unit}}, auc=9.0 - i)
        for i, (name, unit) in enumerate(zip("ab", units, strict=True))
    )
    row = only_row(a, b, baseline="a")
    assert (row["direction"], row["best"]) == (direction, [])


@pytest.mark.parametrize(
    ("values", "best"), [((0.94, 0.8), ["model-a"]), ((94.0, 80.0), []), ((0.94, 80.0), [])]
)
def test_a_coverage_in_per_cent_is_not_held_to_a_share_of_one(
    values: tuple[float, float], best: list[str]
) -> None:
    a, b = values
    assert only_row(measured("model-a", coverage_95=a), measured("model-b", coverage_95=b))["best"] == best
