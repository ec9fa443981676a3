"""The values that the scale of a metric must include, so that no small difference looks large."""

from collections.abc import Iterable
from typing import Final

from scidex.atlas._model_registry.metrics.bounds import Bounds, bounds_of
from scidex.atlas._model_registry.metrics.criteria import is_criterion
from scidex.atlas._model_registry.metrics.kinds import kind_of

_DECISIVE: Final = 10.0


def ends_of(name: str, values: Iterable[float] = ()) -> Bounds:
    """Return the bounds of a metric, or zero for an amount; a likelihood has no natural zero.

    The scale of an information criterion goes from the lowest value to ten above: a model that far away has no support
    (Burnham and Anderson 2002, Model Selection and Multimodel Inference, section 2.6), and a nearer one looks nearer.
    That of a log likelihood is at least five long, as a criterion counts it twice.
    """
    if is_criterion(name):
        lowest = min(values, default=0.0)
        return lowest, lowest + _DECISIVE
    kind = kind_of(name)
    if kind.compares == "likelihood":
        given = [*values] or [0.0]
        if kind.direction == "higher":
            return max(given) - _DECISIVE / 2, max(given)
        return min(given), min(given) + _DECISIVE
    return bounds_of(name) or (0.0, 0.0)
