"""The direction in which a metric is better, as various tools declare it."""

import re
from collections.abc import Mapping
from typing import Final, cast, get_args

from scidex.atlas._model_registry.records.metrics import Direction
from scidex.atlas._model_registry.records.models import Json

# Keys whose value is a word: ours; Keras and Ray (mode); Weights & Biases (goal); Optuna (direction).
WORD_KEYS: Final = ("direction", "goal", "mode", "optimization_direction", "optimisation_direction")
# Keys whose value is true or false, with the better direction where it is true: lm-evaluation-harness, torchmetrics,
# scikit-learn (greater_is_better), MLflow.
FLAG_KEYS: Final[Mapping[str, Direction]] = {
    "higher_is_better": "higher",
    "greater_is_better": "higher",
    "larger_is_better": "higher",
    "bigger_is_better": "higher",
    "maximize": "higher",
    "maximise": "higher",
    "lower_is_better": "lower",
    "smaller_is_better": "lower",
    "minimize": "lower",
    "minimise": "lower",
}
_OPPOSITE: Final[Mapping[Direction, Direction]] = {"higher": "lower", "lower": "higher"}
_HIGHER = re.compile(
    r"high(er|est)?|max(imum|imi[sz](e|es|ed|ing|ation))?|great(er|est)|larg(er|est)|bigg(er|est)|up|more"
)
_LOWER = re.compile(
    r"low(er|est)?|min(imum|imi[sz](e|es|ed|ing|ation))?|small(er|est)|less(er)?|down|fewer|least"
)
_FILLERS = frozenset(
    {"is", "the", "better", "best", "value", "values", "studydirection", "direction", "are", "when"}
)
_NAMED = frozenset(get_args(Direction))


def declared_direction(fields: Mapping[str, Json]) -> Direction | None:
    """Return the direction in a metric's declaration; None where it gives none, or two that differ."""
    given = {_worded(fields[key]) for key in WORD_KEYS if key in fields}
    given |= {_flagged(fields[key], way) for key, way in FLAG_KEYS.items() if key in fields}
    return given.pop() if len(given) == 1 else None


def _worded(value: Json) -> Direction | None:
    """Return the direction of ``maximize``, ``StudyDirection.MAXIMIZE`` or ``lower is better``; None for others."""
    if not isinstance(value, str):
        return None
    words = re.findall(r"[^\W_]+", value.lower())
    if len(words) == 1 and words[0] in _NAMED:
        return cast("Direction", words[0])
    told = [word for word in words if word not in _FILLERS]
    ways = {_way(word) for word in told}
    return ways.pop() if len(ways) == 1 else None


def _way(word: str) -> Direction | None:
    if _HIGHER.fullmatch(word):
        return "higher"
    return "lower" if _LOWER.fullmatch(word) else None


def _flagged(value: Json, way: Direction) -> Direction | None:
    """Return the direction of a truth value, also written as text."""
    match value.strip().lower() if isinstance(value, str) else value:
        case True | "true" | "yes":
            return way
        case False | "false" | "no":
            return _OPPOSITE[way]
        case _:
            return None
