"""A metric's value as one model reports it, with all that decides whether it compares with another."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from scidex.atlas._model_registry.comparison.datasets import DataVersion, ModelData
from scidex.atlas._model_registry.comparison.fits import Fit, model_fit, of_metric
from scidex.atlas._model_registry.metrics.directions import declared_direction
from scidex.atlas._model_registry.metrics.kinds import MetricKind, kind_of, named_split, split_of
from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit
from scidex.atlas._model_registry.records.models import DocumentedModel, Json
from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel
from scidex.atlas._model_registry.records.values import as_number, as_object, as_text

# The scales of waic and loo, by the names ArviZ gives them, and which way each is better.
_SCALES: dict[str, Direction] = {"log": "higher", "negative_log": "lower", "deviance": "lower"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a model declares of one metric, None where it declares nothing.

    ``split`` may also come from the metric's name; ``is_test_split`` only from a declaration.
    """

    direction: Direction | None = None
    target: float | None = None
    unit: str | None = None
    dataset: str | None = None
    split: MetricSplit | None = None
    scale: str | None = None
    spread: float | None = None
    margin: float | None = None
    is_test_split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One value of one metric; ``evaluated_on`` is None where that is not known or is the training data."""

    metric: str
    kind: MetricKind
    model: str
    value: float
    declared: Declaration
    evaluated_on: DataVersion | None
    trained_on: tuple[DataVersion, ...]
    fit: Fit


MeasuredByModel = Mapping[str, Mapping[str, Measurement]]


def measured_by_model(
    traced: Iterable[TracedModel], datasets: Mapping[str, DatasetRecord]
) -> MeasuredByModel:
    """Return the values that several models report, by model and metric."""
    return {model.document.model.id: measurements(model, datasets) for model in traced}


def measurements(traced: TracedModel, datasets: Mapping[str, DatasetRecord]) -> dict[str, Measurement]:
    """Return the values that a model reports, by metric; values that are not finite numbers are left out."""
    document = traced.document
    data, fit = ModelData(traced, datasets), model_fit(document)
    declared = as_object(as_object(document.metadata).get("metric_metadata"))
    trained = _of_training(document)
    read = {metric: as_number(reported) for metric, reported in document.model.metrics.items()}
    return {
        metric: _measurement(
            metric,
            value,
            document.model.id,
            as_object(declared.get(metric)),
            data,
            fit,
            split="train" if metric in trained else None,
        )
        for metric, value in read.items()
        if value is not None
    }


def _of_training(document: DocumentedModel) -> Set[str]:
    """Return the metrics that are reported only among those of training."""
    metadata, row = as_object(document.metadata), document.model_version
    elsewhere = (as_object(metadata.get("evaluation_metrics")), as_object(row.eval_metrics if row else None))
    return as_object(metadata.get("training_metrics")).keys() - {key for place in elsewhere for key in place}


def _measurement(  # noqa: PLR0917 - one for each thing that a measurement depends on
    metric: str,
    value: float,
    model: str,
    fields: Mapping[str, Json],
    data: ModelData,
    fit: Fit,
    split: MetricSplit | None,
) -> Measurement:
    declared = _declaration(fields, metric, split)
    on_training_data = declared.split in {"train", "cv"} and declared.dataset is None
    return Measurement(
        metric=metric,
        kind=kind_of(metric, declared.unit),
        model=model,
        value=value,
        declared=declared,
        evaluated_on=None if on_training_data else data.evaluated_on(declared.dataset),
        trained_on=data.trained_on,
        fit=of_metric(fit, fields),
    )


def declared_metrics(document: DocumentedModel) -> dict[str, Declaration]:
    """Return what a model declares of each metric that it reports; one of training alone is of that split."""
    declared = as_object(as_object(document.metadata).get("metric_metadata"))
    trained = _of_training(document)
    return {
        metric: _declaration(as_object(declared.get(metric)), metric, "train" if metric in trained else None)
        for metric in document.model.metrics
    }


def declarations(metadata: Json, metrics: Iterable[str]) -> dict[str, Declaration]:
    """Return what a model's metadata declares of its metrics, by metric."""
    declared = as_object(as_object(metadata).get("metric_metadata"))
    return {metric: _declaration(as_object(declared.get(metric)), metric) for metric in metrics}


def _declaration(fields: Mapping[str, Json], metric: str, split: MetricSplit | None = None) -> Declaration:
    """Return what a model declares of a metric; without a declared split, that of its name, else ``split``."""
    return _read_declaration(fields, metric, split) if fields else _undeclared(metric, split)


@lru_cache(maxsize=4096)
def _undeclared(metric: str, split: MetricSplit | None) -> Declaration:
    return _read_declaration({}, metric, split)


def _read_declaration(fields: Mapping[str, Json], metric: str, split: MetricSplit | None) -> Declaration:
    kind = kind_of(metric)
    scale, declared_split = _scale(fields, kind), named_split(_word(fields.get("split")))
    direction, target = _direction(fields, kind)
    return Declaration(
        direction=direction or (_SCALES[scale] if scale else None),
        target=target,
        unit=as_text(fields.get("unit")) or as_text(fields.get("units")),
        dataset=as_text(fields.get("dataset")),
        split=declared_split or split_of(metric) or split,
        scale=scale,
        spread=_not_negative(fields.get("std")),
        margin=_not_negative(fields.get("margin")),
        is_test_split=declared_split == "test",
    )


def _scale(fields: Mapping[str, Json], kind: MetricKind) -> str | None:
    """Return the declared scale of a likelihood whose name leaves its direction open."""
    scale = _word(fields.get("scale"))
    return (
        scale if kind.direction == "unknown" and kind.compares == "likelihood" and scale in _SCALES else None
    )


def _direction(fields: Mapping[str, Json], kind: MetricKind) -> tuple[Direction | None, float | None]:
    """Return the declared direction and target; a target without a number counts only if the metric's name has one."""
    direction = declared_direction(fields)
    if direction == "target":
        target = as_number(fields.get("target"))
        target = kind.target if target is None else float(target)
        return ("target", target) if target is not None else (None, None)
    return direction, None


def _not_negative(value: Json) -> float | None:
    """Return a number of at least 0, such as a standard deviation; None for any other value."""
    number = as_number(value)
    return None if number is None or number < 0 else float(number)


def _word(value: Json) -> str:
    return (as_text(value) or "").lower()
