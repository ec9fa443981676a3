"""Doubts on metrics: validation values far from test values, and values worse than a trivial prediction's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.metrics.bounds import bounds_of
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.titles import display_name

# Share of the range of a metric: without an interval, a smaller difference is no reason for doubt.
_WIDE_GAP: Final = 0.1
# Within this, a value is that of the trivial prediction itself, apart from rounding.
_ROUNDING: Final = 0.001
_TRIVIAL: Final[Mapping[str, tuple[float, str]]] = {
    "r2": (0.0, "is worse than predicting the mean"),
    "roc_auc": (0.5, "ranks worse than chance"),
    "auc": (0.5, "ranks worse than chance"),
    "mcc": (0.0, "is worse than chance"),
    "cohen_kappa": (0.0, "is worse than chance"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A metric whose validation and test values differ by more than the test samples explain.

    ``has_interval``: the test value has an interval, outside of which the validation value lies.
    ``flatters``: validation is the better of the two; None where it is not known which is better.
    """

    metric: str
    validation: float
    test: float
    has_interval: bool
    flatters: bool | None

    @property
    def compared(self) -> str:
        """What was compared, as the beginning of a sentence."""
        if self.has_interval:
            return "The validation value lies outside the 95 % interval of the test value"
        return (
            "The validation value is more than a tenth of the metric's range from the test value, with no interval "
            "to judge by"
        )


def flattery(found: Sequence[Gap]) -> str:
    """Return that validation reads better than test, as a sentence; empty where it does not."""
    flattered = [gap.metric for gap in found if gap.flatters]
    if not flattered:
        return ""
    named = f" on {listed(flattered)}" if len(found) > 1 else ""
    return f"Validation is the better one{named}: what was chosen by it may be optimistic."


def gaps(values: Mapping[str, float | None], intervals: Mapping[str, Sequence[float] | None]) -> list[Gap]:
    """Return the metrics whose validation value lies outside the 95 % interval of the test value.

    ``values`` and ``intervals`` are by reported name. Without an interval, a tenth of a bounded metric's range counts;
    callers leave out values whose evaluations fell, which would have had one.
    """
    validation = {
        read.base.name: name for name in values if (read := parse(name)).base and read.split == "val"
    }
    found = []
    for name, test in values.items():
        read = parse(name)
        other = values.get(validation.get(read.base.name, "")) if read.base and read.split == "test" else None
        if other is not None and test is not None and _is_wide(name, other, test, intervals.get(name)):
            words = display_name(name).partition(" (")[0]
            found.append(
                Gap(
                    metric=words,
                    validation=other,
                    test=test,
                    has_interval=intervals.get(name) is not None,
                    flatters=_is_better(name, other, test),
                )
            )
    return found


def trivial(name: str, value: float) -> str | None:
    """Return words such as "is worse than predicting the mean"; None where no trivial prediction would do better."""
    base = parse(name).base
    limit = _TRIVIAL.get(base.name) if base else None
    return limit[1] if limit and value < limit[0] - _ROUNDING else None


def _is_better(name: str, value: float, other: float) -> bool | None:
    match kind_of(name).direction:
        case "higher":
            return value > other
        case "lower":
            return value < other
    return None


def _is_wide(name: str, validation: float, test: float, interval: Sequence[float] | None) -> bool:
    if interval is not None:
        return not interval[0] <= validation <= interval[1]
    bounds = bounds_of(name)
    return bounds is not None and abs(validation - test) > _WIDE_GAP * (bounds[1] - bounds[0])
