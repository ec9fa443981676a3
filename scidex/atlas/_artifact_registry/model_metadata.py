"""The required and optional metadata of each family of models."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scidex.atlas._artifact_registry.biophysical import equations_and_parameters
from scidex.atlas._artifact_registry.card_shape import CARD
from scidex.atlas._artifact_registry.errors import Fault, refuse
from scidex.atlas._artifact_registry.json_shapes import (
    METRICS,
    NUMBER,
    TEXT,
    TEXTS,
    WHOLE,
    Shape,
    anything,
    each,
    filled,
    kinds,
    not_blank,
    not_negative,
    record,
    whole,
)
from scidex.atlas._artifact_registry.plain_json import Json


@dataclass(frozen=True, slots=True)
class _Family:
    """Required keys, optional keys, and conditions on several keys."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]
    together: Callable[[Mapping[str, Json]], Iterator[Fault]]


def _nothing_together(_metadata: Mapping[str, Json]) -> Iterator[Fault]:
    yield from ()


def _formula_or_features(metadata: Mapping[str, Json]) -> Iterator[Fault]:
    if metadata.get("formula") is None and metadata.get("features") is None:
        yield Fault("metadata.formula", None, "a statistical model carries formula or features")


_SIZES = kinds(number=whole, list=each(WHOLE))
_NOT_NEGATIVE = kinds(number=not_negative)
_ESTIMATE = record({"value": NUMBER}, {"std_error": NUMBER, "p_value": NUMBER})

_COMMON: Mapping[str, Shape] = {
    "model_family": TEXT,
    "parameter_count": WHOLE,
    "card": CARD,
    "evaluation_metrics": METRICS,
    "metric_metadata": kinds(object=each(kinds(object=record({}, {"std": _NOT_NEGATIVE})))),
}

_LAYERS = record(
    {},
    {
        "input_dim": _SIZES,
        "output_dim": _SIZES,
        "hidden_dims": kinds(list=each(WHOLE)),
        "activation": kinds(text=not_blank, list=each(TEXT)),
        "dropout": kinds(number=anything, list=each(NUMBER)),
    },
)

_TRAINING = record(
    {},
    {
        "optimizer": kinds(text=not_blank, object=anything),
        "learning_rate": kinds(number=anything, text=not_blank, object=anything),
        "batch_size": kinds(number=whole, text=not_blank),
        "epochs": _NOT_NEGATIVE,  # training that stops within an epoch has a fraction of it
        "seed": kinds(number=anything),
        "early_stopping": kinds(boolean=anything, object=anything),
    },
)

_FAMILIES: Mapping[str, _Family] = {
    "biophysical": _Family(
        required={},
        together=equations_and_parameters,
        optional={
            "species": kinds(list=anything, object=anything),
            "reactions": kinds(list=anything, object=anything),
            "steady_states": kinds(list=anything, object=anything),
            "solver": kinds(text=not_blank, object=anything),
            "fit_metrics": METRICS,
            "model_type": TEXT,
            "equations_reason": TEXT,
        },
    ),
    "deep_learning": _Family(
        required={"architecture": TEXT, "layer_config": kinds(object=_LAYERS)},
        together=_nothing_together,
        optional={
            "framework": TEXT,
            "task_type": TEXT,
            "training_config": kinds(object=_TRAINING),
            "training_metrics": METRICS,
            "checkpoint_path": TEXT,
        },
    ),
    "statistical": _Family(
        required={"model_type": TEXT},
        together=_formula_or_features,
        optional={
            "formula": TEXT,
            "features": filled(TEXTS),
            "coefficients": kinds(object=each(kinds(number=anything, object=_ESTIMATE))),
            "fit_metrics": METRICS,
        },
    ),
}

MODEL_FAMILIES = tuple(_FAMILIES)


def check_family(family: str, metadata: dict[str, Json]) -> None:
    """Refuse metadata that does not describe a model of the family.

    Required keys are those of the host's documentation of models; optional ones have the right JSON type or
    are null; further keys may hold anything.

    Raises:
        InvalidArtifact: naming every key that does not fit by its path.

    """
    rules = _FAMILIES[family]
    shape = record(rules.required, {**_COMMON, **rules.optional})
    refuse([*shape("metadata", metadata), *rules.together(metadata)])
