"""What a model itself declares of its metrics, in ``metadata.metric_metadata``. What is malformed declares nothing."""

from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.values import as_number, as_text
from scidex.atlas._model_registry.contract.answers import Direction
from scidex.atlas._model_registry.metrics.directions import declared_direction
from scidex.atlas._model_registry.metrics.kinds import MetricKind, Split, named_split, split_of
from scidex.atlas._model_registry.records.models import Json

# The scales of waic and loo, by the names ArviZ gives them, and which way each is better.
_SCALES: dict[str, Direction] = {"log": "higher", "negative_log": "lower", "deviance": "lower"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a model declares of one metric, None where it declares nothing."""

    direction: Direction | None = None
    target: float | None = None
    unit: str | None = None
    dataset: str | None = None
    split: Split | None = None
    scale: str | None = None
    spread: float | None = None


def declaration(metadata: Json, metric: str, kind: MetricKind) -> Declaration:
    """Read what a model's metadata declares of a metric whose name means ``kind``; a named split counts too."""
    fields = _object(_object(_object(metadata).get("metric_metadata")).get(metric))
    scale = _scale(fields, kind)
    direction, target = _direction(fields, kind)
    return Declaration(
        direction=direction or (_SCALES[scale] if scale else None),
        target=target,
        unit=as_text(fields.get("unit")) or as_text(fields.get("units")),
        dataset=as_text(fields.get("dataset")),
        split=named_split(_word(fields.get("split"))) or split_of(metric),
        scale=scale,
        spread=_spread(fields),
    )


def _scale(fields: dict[str, Json], kind: MetricKind) -> str | None:
    """Read the scale of a likelihood whose name leaves open which way it is better."""
    scale = _word(fields.get("scale"))
    return (
        scale if kind.direction == "unknown" and kind.compares == "likelihood" and scale in _SCALES else None
    )


def _direction(fields: dict[str, Json], kind: MetricKind) -> tuple[Direction | None, float | None]:
    """Read the declared direction; a target without a number is none, unless the metric's name has one."""
    direction = declared_direction(fields)
    if direction == "target":
        target = as_number(fields.get("target"))
        target = kind.target if target is None else float(target)
        return ("target", target) if target is not None else (None, None)
    return direction, None


def _spread(fields: dict[str, Json]) -> float | None:
    """Read the standard deviation over repetitions."""
    spread = as_number(fields.get("std"))
    return None if spread is None or spread < 0 else float(spread)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _word(value: Json) -> str:
    return (as_text(value) or "").lower()
