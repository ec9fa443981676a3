"""The keys of a metric's declaration, an entry of ``metadata.metric_metadata``."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from scidex.atlas._model_registry.metrics.directions import declared_direction, gives_direction, order_of
from scidex.atlas._model_registry.metrics.kinds import named_split
from scidex.atlas._model_registry.records.models import Json

# Keys that comparisons read, that tell how a value was obtained, or that inform a reader.
_READ: Final = (
    *("direction", "goal", "mode", "objective", "maximize", "minimize"),
    *("higher_is_better", "greater_is_better", "larger_is_better", "lower_is_better", "smaller_is_better"),
    "target",
    "unit",
    "units",
    "dataset",
    "split",
    "scale",
    "weights",
    "definition",
    "margin",
)
_KEPT: Final = (
    *(
        "software",
        "software_version",
        "method",
        "implementation",
        "response",
        "reference",
        "source",
        "description",
    ),
    *(
        "std",
        "sd",
        "se",
        "stderr",
        "std_error",
        "ci",
        "ci_low",
        "ci_high",
        "ci_lower",
        "ci_upper",
        "ci_level",
    ),
    *(
        "confidence_interval",
        "min",
        "max",
        "median",
        "n",
        "nobs",
        "n_samples",
        "folds",
        "n_folds",
        "repeats",
        "seed",
    ),
    *(
        "seeds",
        "averaging",
        "average",
        "threshold",
        "level",
        "k",
        "name",
        "label",
        "note",
        "notes",
        "comment",
    ),
)
_KNOWN: Final = frozenset((*_READ, *_KEPT))
_NEVER_ALIKE: Final = 0.75
# Characters of a key in a sentence.
_SHOWN: Final = 60


def unread(fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each key of a metric's declaration that cannot be read, with what to write instead."""
    for key in fields:
        if key not in _KNOWN and not gives_direction(key):
            yield key, f"The key {key[:_SHOWN]!r} is not read. {_instead(key[:_SHOWN])}"
    yield from _unread_direction(fields)
    split = fields.get("split")
    if split is not None and not (isinstance(split, str) and named_split(split)):
        yield "split", f"The split {split!r} is not known: write train, validation, test or cv."


def _unread_direction(fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    given = [key for key in fields if gives_direction(key) and fields[key] is not None]
    direction = declared_direction({key: fields[key] for key in given})
    for key in given:
        if direction and direction == order_of(fields[key]):
            said = f"{key}: {fields[key]!r} is read as the order of a ranking that begins with the best"
            yield key, f"{said}, so {direction} is better; direction: {direction} says so in plain words."
    if given and direction is None:
        said = " and ".join(f"{key}: {fields[key]!r}" for key in given)
        yield (
            given[0],
            f"{said} gives no direction: write direction: lower, higher, target, neutral or unknown.",
        )
    if direction == "target" and fields.get("target") is None:
        yield (
            "target",
            "A direction of target takes the best value in target, unless the metric's name gives it.",
        )


def _instead(key: str) -> str:
    """Return a sentence that names the key that was probably meant, else the most useful ones."""
    near = get_close_matches(key.lower(), sorted(_KNOWN), n=1, cutoff=_NEVER_ALIKE)
    return (
        f"Was {near[0]!r} meant?"
        if near
        else "A comparison reads direction, target, unit, dataset, split and scale."
    )
