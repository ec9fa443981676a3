"""Warnings for a model's author: what cannot be read, and what evaluations contradict."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from scidex.atlas._model_registry.contract.answers import ModelWarning
from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.metrics.declared import unread
from scidex.atlas._model_registry.metrics.notation import read_unit, stated
from scidex.atlas._model_registry.records.models import Json

# Parts of the metadata whose entries may carry a unit, under either key.
_WITH_UNITS: Final = ("parameters", "coefficients", "species", "metric_metadata")
_UNIT_KEYS: Final = ("unit", "units")
# A warning and a unit take up to 0.5 ms each, and metadata may have hundreds of thousands of either.
_MOST: Final = 500
_MOST_UNITS: Final = 2_000
_MOST_NAMES: Final = 5
_LONGEST_NAME: Final = 100

WarningRule = Callable[[Mapping[str, Json]], Iterator[ModelWarning]]


def model_warnings(metadata: Json) -> list[ModelWarning]:
    """Return a warning for each part of a model's metadata that is kept but cannot be used; the first 500 of many."""
    if not isinstance(metadata, dict):
        return []
    found = list(islice(chain.from_iterable(rule(metadata) for rule in _RULES), _MOST + 1))
    if len(found) > _MOST:
        message = f"The metadata has more that cannot be used than these {_MOST} warnings name."
        found[_MOST] = {"path": "metadata", "message": message}
    return found


def unreported_headline(metadata: Json, metrics: Mapping[str, float]) -> list[ModelWarning]:
    """Return a warning where the metric named as headline is not among those that the model reports."""
    named = metadata.get("headline_metric") if isinstance(metadata, dict) else None
    if not isinstance(named, str) or named in metrics:
        return []
    reported = ", ".join(_cut(name) for name in islice(metrics, _MOST_NAMES)) or "nothing"
    more = "" if len(metrics) <= _MOST_NAMES else f" and {len(metrics) - _MOST_NAMES} more"
    message = (
        f"The model names {_cut(named)} as its headline and reports {reported}{more}: lists by {_cut(named)} leave it "
        "out. Report it in evaluation_metrics, or name a metric that is there."
    )
    return [{"path": "metadata.headline_metric", "message": message}]


def contradictions(metrics: Mapping[str, Sequence[RecomputedMetric]]) -> list[ModelWarning]:
    """Return a warning for each reported value that an evaluation contradicts; ``metrics`` are by evaluation."""
    return [
        {
            "path": f"evaluation_metrics.{one['reported_as']}",
            "message": f"{one['reported_as']} is reported as {_shown(one['reported'])}, but {evaluation} gives "
            f"{_shown(one['value'])}{_with(one['unit'])}.",
        }
        for evaluation, of_one in metrics.items()
        for one in of_one
        if one["agrees"] is False
    ]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.6g}"


def _with(unit: str | None) -> str:
    return "" if unit is None else f" {unit}"


def _unreadable_units(metadata: Mapping[str, Json]) -> Iterator[ModelWarning]:
    distinct = set[str]()
    for path, text in _units(metadata):
        distinct.add(text)
        if len(distinct) > _MOST_UNITS:
            return
        if stated(text) is not None and read_unit(text) is None:
            yield {
                "path": path,
                "message": f"The unit {text!r} cannot be read, so this value compares only with values "
                "in a unit that is written the same.",
            }


def _units(metadata: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for part in _WITH_UNITS:
        entries = metadata.get(part)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            for key in _UNIT_KEYS:
                if isinstance(entry, dict) and isinstance(text := entry.get(key), str):
                    yield f"metadata.{part}.{name}.{key}", text


def _unread_declarations(metadata: Mapping[str, Json]) -> Iterator[ModelWarning]:
    metrics = metadata.get("metric_metadata")
    for name, fields in metrics.items() if isinstance(metrics, dict) else ():
        for key, message in unread(fields) if isinstance(fields, dict) else ():
            yield {"path": f"metadata.metric_metadata.{name}.{key}", "message": message}


def _unread_headline(metadata: Mapping[str, Json]) -> Iterator[ModelWarning]:
    named = metadata.get("headline_metric")
    if named is not None and not isinstance(named, str):
        yield {
            "path": "metadata.headline_metric",
            "message": f"{named!r} names no metric: write the name under which the metric is reported.",
        }


# A rule reads the metadata and yields its warnings.
_RULES: Final[tuple[WarningRule, ...]] = (_unreadable_units, _unread_declarations, _unread_headline)
