"""What of a model's metadata is kept but cannot be used is named by its path."""

from typing import Any

import pytest

from scidex.atlas._model_registry.entries.warnings import model_warnings


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
