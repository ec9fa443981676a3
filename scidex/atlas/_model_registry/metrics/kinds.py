"""What the names of metrics mean: the better direction, and what must be equal for two values to compare."""

from dataclasses import replace
from functools import lru_cache

from scidex.atlas._model_registry.metrics.around import split_in
from scidex.atlas._model_registry.metrics.names import MetricName, parse
from scidex.atlas._model_registry.metrics.notation import as_far_as_read, read_unit
from scidex.atlas._model_registry.metrics.spelling import LONGEST_READ, spelled
from scidex.atlas._model_registry.metrics.table import Compares, MetricKind
from scidex.atlas._model_registry.records.metrics import MetricSplit

__all__ = ["UNKNOWN", "Compares", "MetricKind", "kind_of", "named_split", "split_of"]

UNKNOWN = MetricKind(direction="unknown", compares="fit")
_NEUTRAL = MetricKind(direction="neutral", compares="fit")


def kind_of(name: str, unit: str | None = None) -> MetricKind:
    """Return what a metric is, by its name and the unit that a model declares for it.

    The grammar of :mod:`names` reads the name; the reviewed file ``metrics.toml`` has the metric. A pure number such as
    ``auc`` in a unit with a dimension (ng*h/mL) is another quantity, an exposure, and has no best value. A name that
    is not completely read is ``UNKNOWN``.
    """
    return _kind_of(name, as_far_as_read(unit))


@lru_cache(maxsize=4096)
def _kind_of(name: str, unit: str | None) -> MetricKind:
    read = parse(name)
    kind = _kind(read)
    if kind.pure and unit is not None and (known := read_unit(unit)) and known.dimension:
        return _NEUTRAL if read.base and read.base.name == "auc" else UNKNOWN
    return kind


@lru_cache(maxsize=4096)
def split_of(name: str) -> MetricSplit | None:
    """Return the split in a metric's name; ``cv`` stands for the parts of training data that each fit left out."""
    return parse(name).split


def named_split(words: str) -> MetricSplit | None:
    """Return the split that a model declares in words: ``validation``, ``held-out test set``."""
    return _named_split(words[:LONGEST_READ])


@lru_cache(maxsize=1024)
def _named_split(words: str) -> MetricSplit | None:
    return split_in(tuple(word for part in spelled(words).parts for word in part.words))


def _kind(read: MetricName) -> MetricKind:
    kind = read.base.kind if read.base else UNKNOWN
    if read.is_spread:
        return _NEUTRAL
    if read.is_rank and kind.direction != "neutral":
        kind = replace(kind, direction="lower") if kind.direction in {"lower", "higher"} else UNKNOWN
    kind = _turned_round(kind) if read.is_turned else kind
    if read.stated in {None, kind.direction}:
        return kind
    return replace(kind, direction=read.stated) if kind.direction == "unknown" else UNKNOWN


def _turned_round(kind: MetricKind) -> MetricKind:
    match kind.direction:
        case "lower":
            return replace(kind, direction="higher")
        case "higher":
            return replace(kind, direction="lower")
        case "target" if kind.target is not None:
            return replace(kind, target=0.0 - kind.target)
        case _:
            return kind


def badness(kind: MetricKind, value: float) -> float:
    """Return a number that is smaller for a better value; 0 where it is not known which is better."""
    match kind.direction:
        case "lower":
            return value
        case "higher":
            return -value
        case "target" if kind.target is not None:
            return abs(value - kind.target)
    return 0.0
