"""Names of information criteria."""

from typing import Final

from scidex.atlas._model_registry.metrics.names import parse

_CRITERIA: Final = frozenset({"aic", "aicc", "bic"})


def is_criterion(name: str) -> bool:
    """Return whether a metric is an information criterion as such: no spread, rank or mean of one, nor its negative."""
    read = parse(name)
    altered = read.is_turned or read.is_spread or read.is_rank or read.aggregations
    return read.base is not None and read.base.name in _CRITERIA and not altered
