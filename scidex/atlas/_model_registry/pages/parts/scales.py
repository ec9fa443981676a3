"""The values that the scale of a metric must include, so that no small difference looks large."""

from scidex.atlas._model_registry.metrics.bounds import Bounds, bounds_of
from scidex.atlas._model_registry.metrics.kinds import kind_of


def ends_of(name: str) -> Bounds | None:
    """Return the bounds of a metric, or zero for an amount; None for a likelihood, which has no natural zero."""
    if kind_of(name).compares == "likelihood":
        return None
    return bounds_of(name) or (0.0, 0.0)
