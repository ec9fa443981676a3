"""What the metadata of a model of each family must and may hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.json_shapes import (
    METRICS,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    WHOLE,
    Shape,
    anything,
    each,
    filled,
    kinds,
    not_blank,
    record,
    whole,
)
from scidex.atlas._artifact_registry.plain_json import Json


@dataclass(frozen=True, slots=True)
class _Family:
    """Required keys, groups of keys of which one at least must be there, and optional keys."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]
    one_of: tuple[str, ...] = ()


_SIZES = kinds(number=whole, list=each(WHOLE))
_QUANTITY = record({"value": NUMBER, "units": TEXT}, {"source": TEXT})
_ESTIMATE = record({"value": NUMBER}, {"std_error": NUMBER, "p_value": NUMBER})

_COMMON: Mapping[str, Shape] = {
    "model_family": TEXT,
    "parameter_count": WHOLE,
    "evaluation_metrics": METRICS,
    "metric_metadata": kinds(object=each(OBJECT)),
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
        "epochs": WHOLE,
        "seed": kinds(number=anything),
        "early_stopping": kinds(boolean=anything, object=anything),
    },
)

_FAMILIES: Mapping[str, _Family] = {
    "biophysical": _Family(
        required={"equations": filled(TEXTS), "parameters": filled(kinds(object=each(_QUANTITY)))},
        optional={
            "species": kinds(list=anything, object=anything),
            "reactions": kinds(list=anything, object=anything),
            "steady_states": kinds(list=anything, object=anything),
            "solver": kinds(text=not_blank, object=anything),
            "fit_metrics": METRICS,
        },
    ),
    "deep_learning": _Family(
        required={"architecture": TEXT, "layer_config": kinds(object=_LAYERS)},
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
        one_of=("formula", "features"),
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

    Required keys are those of the host's page on what models carry; optional ones have the right JSON type or
    are null; further keys may hold anything.

    Raises:
        InvalidArtifact: naming the key by its path.

    """
    rules = _FAMILIES[family]
    record(rules.required, {**_COMMON, **rules.optional})("metadata", metadata)
    if rules.one_of and all(metadata.get(key) is None for key in rules.one_of):
        keys = " or ".join(rules.one_of)
        raise InvalidArtifact(f"metadata.{rules.one_of[0]}", None, f"a {family} model carries {keys}")
