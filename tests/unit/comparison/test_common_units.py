"""Evaluations of the same samples in units that convert pair, and say what they would in one unit."""

from dataclasses import replace
from typing import Any

import pytest

from scidex.atlas._model_registry.comparison.common_units import in_common_units
from scidex.atlas._model_registry.comparison.pairing import Ground
from scidex.atlas._model_registry.pages.drawing.picture import Series
from scidex.atlas._model_registry.pages.parts.evidence import pictures
from scidex.atlas._model_registry.records.evaluations import Axis, Columns, Curve, Evaluation
from tests.unit.comparison.test_evidence import compared, evaluation, noisier
from tests.unit.statistics.generated import regression

FIRST = replace(
    regression(5),
    unit="mg/L",
    x=Axis(name="time", unit="hr", values=tuple(float(i) for i in range(40))),
    curve=Curve(x=(0.0, 30.0), predicted=(1.0, 2.0), group=()),
)


def in_other_units(columns: Columns, unit: str, times: float) -> Columns:
    """Write columns in another unit, and their time in minutes."""
    curve = Curve(x=(0.0, 1800.0), predicted=(1.0 * times, 2.0 * times), group=())
    return replace(
        columns,
        unit=unit,
        observed=tuple(float(v) * times for v in columns.observed),
        predicted=tuple(float(v) * times for v in columns.predicted or ()),
        x=Axis(name="time", unit="min", values=tuple(60.0 * i for i in range(40))),
        curve=curve,
    )


def common(one: Columns, other: Columns) -> dict[str, Evaluation]:
    found = in_common_units({"b": [evaluation("b", other)], "a": [evaluation("a", one)]}, "a")
    return {model: own[0] for model, own in found.items()}


@pytest.mark.parametrize(("unit", "times"), [("ug/L", 1000.0), ("ng/mL", 1000.0), ("g/L", 1e-3)])
def test_units_that_convert_pair_and_tell_the_same(unit: str, times: float) -> None:
    other = noisier(FIRST, 0.3)
    found = common(FIRST, in_other_units(other, unit, times))
    assert Ground(found["a"]).aspects == Ground(found["b"]).aspects
    assert (found["b"].columns.unit, found["b"].unit_as_given) == ("mg/L", unit)
    assert found["b"].columns.predicted == pytest.approx(other.predicted, rel=1e-9)
    drawn = pictures([(Series(number=i, name=name), found[name].columns) for i, name in enumerate("ab")])
    assert len(drawn) == 2
    assert "predicted by b" in str(drawn[0])


def test_a_value_without_a_unit_is_in_the_unit_of_its_own_evaluation() -> None:
    other = in_other_units(noisier(FIRST, 0.3), "ug/L", 1000.0)
    plain = compared({"a": evaluation("a", other), "b": evaluation("b", other)})
    reported = plain["values"]["b"]
    assert reported is not None
    row = compared(common(FIRST, other), a=1.0, b=reported)
    assert row["evidence"] is not None
    assert row["evidence"]["agrees"]["b"] is True


@pytest.mark.parametrize("change", [{"unit": "hr"}, {"unit": None}, {"unit": "zorb"}])
def test_what_does_not_convert_stays(change: dict[str, Any]) -> None:
    other = replace(FIRST, **change)
    assert common(FIRST, other)["b"].columns == other


def test_a_scale_with_a_zero_of_its_own_stays() -> None:
    celsius, kelvin = replace(FIRST, unit="degC"), replace(FIRST, unit="K")
    assert common(celsius, kelvin)["b"].columns == kelvin


def test_classifications_and_equal_units_are_left_alone() -> None:
    given = {"a": [evaluation("a", FIRST)], "b": [evaluation("b", FIRST)]}
    assert in_common_units(given, "a") == given
