"""Which of some values is best, and how far each is from another. All values are in one unit."""

import math
from collections.abc import Mapping

from scidex.atlas._model_registry.metrics.units import TOLERANCE, numbers_equal, without_rounding_noise
from scidex.atlas._model_registry.records.metrics import Direction

# A smaller percentage would round to nothing at two decimals.
_LEAST_PERCENT = 0.01


def best(values: Mapping[str, float], direction: Direction, target: float | None) -> set[str]:
    """Return the models with the best value; none if the metric has no better side or fewer than two are known."""
    if direction in {"neutral", "unknown"} or len(values) == 1:
        return set()
    if direction == "target":
        return set() if target is None else _nearest(values, target)
    winner = max(values.values()) if direction == "higher" else min(values.values())
    return {model for model, value in values.items() if numbers_equal(value, winner)}


def _nearest(values: Mapping[str, float], target: float) -> set[str]:
    """Return the models nearest to the target; distances are equal within the rounding of the subtraction."""
    winner = min(values.values(), key=lambda value: abs(value - target))
    rounding = TOLERANCE * max(abs(winner), abs(target))
    nearest = abs(winner - target)
    return {
        model
        for model, value in values.items()
        if math.isclose(abs(value - target), nearest, rel_tol=TOLERANCE, abs_tol=rounding)
    }


def difference(value: float | None, reference: float | None) -> float | None:
    """Return the value less the reference, exactly for whole numbers; None where the result is not finite."""
    if value is None or reference is None:
        return None
    if isinstance(value, int) and isinstance(reference, int):
        return _exactly(value - reference)
    if numbers_equal(value, reference):
        return 0.0
    result = float(value) - float(reference)
    return without_rounding_noise(result) if math.isfinite(result) else None


def _exactly(number: int) -> float | None:
    """Return a whole number as a float where that holds it; None beyond the range of floats."""
    try:
        rounded = float(number)
    except OverflowError:
        return None
    return rounded if rounded == number else number


def percentage(delta: float | None, reference: float | None) -> float | None:
    """Return a difference in percent of the reference's size, to two decimals; None where that is 0.

    The sign is that of the difference: -440 is more than -450.
    """
    if delta is None or not reference:
        return None
    result = 100.0 * (delta / abs(float(reference)))
    if not math.isfinite(result):
        return None
    return round(result, 2) + 0.0 if abs(result) >= _LEAST_PERCENT else float(f"{result:.2g}")


def quotient(value: float, reference: float) -> float | None:
    """Return the value over the reference; None where that is 0 or the result is not finite."""
    if not reference:
        return None
    if numbers_equal(value, reference):
        return 1.0
    result = float(value) / float(reference)
    lost = value != 0 and result == 0
    return None if lost or not math.isfinite(result) else without_rounding_noise(result)
