"""Metadata that are kept but cannot be used are named by their paths."""

from typing import Any

import pytest

from scidex.atlas._model_registry.entries.warnings import model_warnings, unreported_headline
from scidex.atlas._model_registry.records.models import Json


@pytest.mark.parametrize(
    ("metadata", "path"),
    [
        ({"parameters": {"k": {"value": 1, "units": "furlongz"}}}, "metadata.parameters.k.units"),
        ({"parameters": {"k": {"value": 1, "unit": "furlongz"}}}, "metadata.parameters.k.unit"),
        ({"coefficients": {"b": {"value": 1, "unit": "furlongz"}}}, "metadata.coefficients.b.unit"),
        ({"metric_metadata": {"rmse": {"unit": "furlongz"}}}, "metadata.metric_metadata.rmse.unit"),
    ],
)
def test_a_unit_that_cannot_be_read_is_named(metadata: Any, path: str) -> None:
    (warning,) = model_warnings(metadata)
    assert warning["path"] == path
    assert "furlongz" in warning["message"]


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {},
        {"parameters": []},
        {"parameters": {"k": 1, "l": {"units": None}, "m": {"units": 3}, "n": {"units": " "}}},
        {"parameters": {"k": {"value": 1, "units": "mg/L"}}, "metric_metadata": {"rmse": {"unit": "mM"}}},
    ],
)
def test_what_can_be_read_or_is_not_stated_gives_no_warning(metadata: Any) -> None:
    assert model_warnings(metadata) == []


@pytest.mark.parametrize(
    ("declared", "key", "told"),
    [
        ({"dirction": "lower"}, "dirction", "Was 'direction' meant?"),
        ({"Unit": "mM"}, "Unit", "Was 'unit' meant?"),
        ({"colour": "red"}, "colour", "direction, target, unit, dataset, split and scale"),
        ({"direction": "sideways"}, "direction", "'sideways' gives no direction"),
        ({"direction": "increasing"}, "direction", "lower, higher, target, neutral or unknown"),
        (
            {"direction": "ascending"},
            "direction",
            "the order of a ranking that begins with the best, so lower is better",
        ),
        ({"sort": "desc"}, "sort", "so higher is better"),
        ({"objective": "reg:squarederror"}, "objective", "'reg:squarederror' gives no direction"),
        (
            {"direction": "lower", "higher_is_better": True},
            "direction",
            "higher_is_better: True gives no direction",
        ),
        ({"higher_is_better": "perhaps"}, "higher_is_better", "'perhaps'"),
        ({"direction": "target"}, "target", "best value in target"),
        ({"split": "the fifth"}, "split", "train, validation, test or cv"),
        ({"split": 3}, "split", "3"),
    ],
)
def test_what_of_a_metrics_declaration_is_not_read_is_named(declared: Any, key: str, told: str) -> None:
    (warning,) = model_warnings({"metric_metadata": {"acc,none": declared}})
    assert warning["path"] == f"metadata.metric_metadata.acc,none.{key}"
    assert told in warning["message"]


@pytest.mark.parametrize(
    "declared",
    [
        {"direction": "maximize", "unit": "%", "std": 0.1, "n": 20, "folds": 5, "ci": [0.1, 0.2]},
        {"higher_is_better": True, "dataset": "dataset-x", "split": "held-out", "software": "lme4", "se": 1},
        {"direction": "target", "target": 0.95, "method": "REML", "definition": "x", "weights": "1/y"},
        {"direction": None, "split": None},
        3,
        None,
    ],
)
def test_a_declaration_that_is_read_gives_no_warning(declared: Any) -> None:
    assert model_warnings({"metric_metadata": {"rmse": declared}}) == []


def test_a_headline_metric_must_be_a_name() -> None:
    (warning,) = model_warnings({"headline_metric": ["test_auc"]})
    assert warning["path"] == "metadata.headline_metric"
    assert model_warnings({"headline_metric": "test_auc"}) == []


def test_a_headline_metric_must_be_reported() -> None:
    named: Json = {"headline_metric": "test_roc_auc"}
    (warning,) = unreported_headline(named, {"test_accuracy": 0.9, "aic": 3.0})
    assert warning["path"] == "metadata.headline_metric"
    assert "test_roc_auc as its headline and reports test_accuracy, aic:" in warning["message"]
    (nothing,) = unreported_headline(named, {})
    assert "reports nothing" in nothing["message"]
    (many,) = unreported_headline({"headline_metric": "x" * 5000}, {f"m{place}": 1.0 for place in range(9)})
    assert "m4 and 4 more" in many["message"]
    assert len(many["message"]) < 500
    assert unreported_headline(named, {"test_roc_auc": 0.9}) == []
    assert unreported_headline({"headline_metric": ["a"]}, {}) == []


def test_of_many_warnings_the_first_are_given() -> None:
    """100,000 unknown keys took 22 s."""
    declared: Json = {f"unknown{place}": 1 for place in range(2000)}
    found = model_warnings({"metric_metadata": {"rmse": declared}})
    assert len(found) == 501
    assert found[499]["path"] == "metadata.metric_metadata.rmse.unknown499"
    assert "more" in found[500]["message"]


def test_of_many_units_the_first_are_read() -> None:
    """150,000 that could be read took 48 s."""
    units = [*(f"{place}.5 mg/L" for place in range(2000)), "no such unit"]
    assert model_warnings({"species": {text: {"unit": text} for text in units}}) == []
    assert len(model_warnings({"species": {text: {"unit": text} for text in units[1:]}})) == 1


def test_a_long_key_is_named_short() -> None:
    (warning,) = model_warnings({"metric_metadata": {"rmse": {"x" * 10_000: 1}}})
    assert len(warning["message"]) < 300
