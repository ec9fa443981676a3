"""Which way a metric is better, in the words of those who declare it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, cast, get_args

from scidex.atlas._model_registry.metrics.stated import DOWN_ARROWS, UP_ARROWS
from scidex.atlas._model_registry.records.metrics import Direction
from scidex.atlas._model_registry.records.models import Json

# Keys whose value is a word, in small letters without what joins their words. Ours; Keras and Ray (mode); Weights &
# Biases (goal); Optuna (direction); NNI (optimize_mode).
_WORD_KEY = re.compile("(optimi[sz]ation|optimi[sz]e|metric|monitor)?(direction|goal|mode)")
# Keys under which other things stand too: Katib and SageMaker (objective: type), JuMP (sense).
_LOOSE_KEY = re.compile(
    "objective(type|goal)?|sense|optimi[sz]e|optimi[sz]ation|better(when)?|best|preferred"
)
# Keys whose value is the order of a ranking that begins with the best: Codabench (sorting).
_ORDER_KEY = re.compile("(rank)?order|ordering|ranking|sort(ing|order|direction)?")
# Keys whose value is true or false: lm-evaluation-harness, torchmetrics, scikit-learn (greater_is_better), LightGBM
# (is_higher_better), MLflow, EvalAI (sort_ascending).
_FLAG = re.compile(
    "(is)?(?P<higher>high|higher|great|greater|large|larger|big|bigger|more|max|maximum)(is)?better"
    "|(?P<up>maximi[sz]ed?|sortdescending|isdescending|descending)"
    "|(is)?(?P<lower>low|lower|small|smaller|less|fewer|min|minimum)(is)?better"
    "|(?P<down>minimi[sz]ed?|sortascending|isascending|ascending)"
)
_OPPOSITE: Final[Mapping[Direction, Direction]] = {"higher": "lower", "lower": "higher"}
_HIGHER = re.compile(
    r"high(er|est)?|max(imum|imal|imi[sz](e|es|ed|ing|ation|er))?|great(er|est)|larg(er|est)|bigg(er|est)"
    r"|up(wards?)?|more|most|increases?"
)
_LOWER = re.compile(
    r"low(er|est)?|min(imum|imal|imi[sz](e|es|ed|ing|ation|er))?|small(er|est)|less(er)?|fewer|least"
    r"|down(wards?)?|decreases?"
)
# The order of a ranking, best first.
_ORDERS: Final[Mapping[str, Direction]] = {
    "descending": "higher",
    "desc": "higher",
    "descend": "higher",
    "ascending": "lower",
    "asc": "lower",
    "ascend": "lower",
}
_ARROWS = str.maketrans(
    dict.fromkeys(UP_ARROWS, " higher ")
    | dict.fromkeys(DOWN_ARROWS, " lower ")
    | {"\N{VARIATION SELECTOR-16}": " "}
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FILLER = re.compile(
    "is|are|be|to|the|when|should|better|best|good|prefer(red)?|values?|score|metric|goal|study|objective|direction"
    "|order|sorted"
)
_NAMED = frozenset(get_args(Direction))
_LONGEST_KEPT = 200  # longer keys are read anew each time, so that none fills the memory


def declared_direction(fields: Mapping[str, Json]) -> Direction | None:
    """Return the direction in a metric's declaration; None where it gives none, or two that differ."""
    given = {
        way
        for key, value in fields.items()
        if gives_direction(key) and ((way := _of(_joined(key), value)) or not _is_loose(_joined(key)))
    }
    return given.pop() if len(given) == 1 else None


def gives_direction(key: str) -> bool:
    """Return whether a key of a declaration says which way the metric is better, however its words are joined."""
    read = _gives_direction if len(key) <= _LONGEST_KEPT else _gives_direction.__wrapped__
    return read(key)


@lru_cache(maxsize=1024)
def _gives_direction(key: str) -> bool:
    plain = _joined(key)
    return _WORD_KEY.fullmatch(plain) is not None or _is_loose(plain) or _FLAG.fullmatch(plain) is not None


def order_of(value: Json) -> Direction | None:
    """Return which way is better where the best comes first in the order named: in a descending one, higher."""
    words = [word for word in _words(value) if not _FILLER.fullmatch(word)]
    return _ORDERS.get(words[0]) if len(words) == 1 else None


def _is_loose(key: str) -> bool:
    """Return whether something else than a direction may stand under a key too."""
    return _LOOSE_KEY.fullmatch(key) is not None or _ORDER_KEY.fullmatch(key) is not None


def _of(key: str, value: Json) -> Direction | None:
    if _ORDER_KEY.fullmatch(key):
        return order_of(value)
    if flag := _FLAG.fullmatch(key):
        return _flagged(value, "higher" if flag["higher"] or flag["up"] else "lower")
    return _worded(value) or order_of(value)


def _joined(key: str) -> str:
    return re.sub(r"[\W_]", "", key.casefold())


def _words(value: Json) -> list[str]:
    if not isinstance(value, str):
        return []
    return re.findall(r"[^\W_]+", _HUMP.sub(" ", value.translate(_ARROWS)).lower())


def _worded(value: Json) -> Direction | None:
    """Read ``maximize``, ``StudyDirection.MAXIMIZE``, ``lower is better``, ``↓``; None where a word is not known."""
    words = _words(value)
    if len(words) == 1 and words[0] in _NAMED:
        return cast("Direction", words[0])
    told = [word for word in words if word != "worse" and not _FILLER.fullmatch(word)]
    ways = {_way(word) for word in told}
    way = ways.pop() if len(ways) == 1 else None
    return _OPPOSITE[way] if way and "worse" in words else way


def _way(word: str) -> Direction | None:
    if _HIGHER.fullmatch(word):
        return "higher"
    return "lower" if _LOWER.fullmatch(word) else None


def _flagged(value: Json, way: Direction) -> Direction | None:
    """Read true and false, also as text and as 1 and 0."""
    match value.strip().lower() if isinstance(value, str) else value:
        case True | 1 | "true" | "yes" | "1":
            return way
        case False | 0 | "false" | "no" | "0":
            return _OPPOSITE[way]
        case _:
            return None
