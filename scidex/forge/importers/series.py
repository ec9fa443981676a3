"""A metric over the course of a training run: its last, lowest and highest value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_MOST_POINTS = 500
# Other series in logs: settings that change over time, and clocks.
_NO_METRIC = re.compile(
    r"(?:.*/)?(lr|learning_rate|epoch|step|steps|time|timestamp|runtime|global_step)([-/_].*)?", re.IGNORECASE
)


@dataclass(slots=True)
class MetricSeries:
    """Values of one metric by step, in the order of the log; ``dropped`` counts those that are not finite."""

    name: str
    steps: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    dropped: int = 0

    def add(self, step: float, value: float | None) -> None:
        """Add a value; None means one that is not a finite number."""
        if value is None:
            self.dropped += 1
            return
        self.steps.append(step)
        self.values.append(value)

    def history(self) -> dict[str, object]:
        """Return the points, beyond 500 only every n-th and the last, with the last, lowest and highest one."""
        stride = -(-len(self.values) // _MOST_POINTS)
        kept = sorted({*range(0, len(self.values), stride), len(self.values) - 1})
        return {
            "step": [self.steps[index] for index in kept],
            "value": [self.values[index] for index in kept],
            "points_logged": len(self.values),
            "last": self._point(len(self.values) - 1),
            "lowest": self._point(min(range(len(self.values)), key=self.values.__getitem__)),
            "highest": self._point(max(range(len(self.values)), key=self.values.__getitem__)),
        }

    def _point(self, index: int) -> dict[str, float]:
        return {"step": self.steps[index], "value": self.values[index]}


def histories(series: Iterable[MetricSeries]) -> Mapping[str, object]:
    """Return the history of each metric that has more than one point, by name."""
    return {each.name: each.history() for each in series if len(each.values) > 1}


def last_values(series: Iterable[MetricSeries]) -> Mapping[str, float]:
    """Return the last value of each metric, by name, without learning rates and clocks."""
    return {each.name: each.values[-1] for each in series if each.values and is_metric(each.name)}


def is_metric(name: str) -> bool:
    """Return whether a name in a log is that of a metric."""
    return _NO_METRIC.fullmatch(name) is None
