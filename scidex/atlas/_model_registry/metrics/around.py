"""Words around the name of a metric: those that describe it, and those that may make it another quantity."""

import re
from collections.abc import Iterable, Sequence

from scidex.atlas._model_registry.metrics.notation import read_unit
from scidex.atlas._model_registry.metrics.spelling import Part
from scidex.atlas._model_registry.metrics.table import MetricEntry, look_up, vocabulary
from scidex.atlas._model_registry.metrics.unit import ONE
from scidex.atlas._model_registry.records.metrics import MetricSplit

_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?<=[a-z])\d+$")
_MOST_WORDS_OF_AN_OUTPUT = 2
_SIGNS = frozenset({"neg", "minus"})
# best_val_loss_epoch is the epoch of the best loss, val_loss_epoch a loss.
_MOMENTS = frozenset({"epoch", "step", "iter", "iteration", "round"})
_OPPOSITE = {"lower": "higher", "higher": "lower"}


def is_around(word: str) -> bool:
    """Return whether a word tells only how, when or on what a value was measured."""
    known, bare = vocabulary(), _NUMBERED.sub("", word)
    return (
        word.isdigit()
        or bare in known.splits
        or bare in known.counters
        or word in known.aggregations
        or word in known.fillers
    )


def is_around_or_sign(word: str) -> bool:
    """Return whether a word tells only how, when or on what a value was measured, or inverts it."""
    return is_around(word) or word == "rank" or word in vocabulary().negations


def is_spread(word: str) -> bool:
    """Return whether a word makes any name beside it a spread."""
    return word in vocabulary().spreads


def is_spread_beside(word: str) -> bool:
    """Return whether a word makes a metric beside it a spread."""
    return is_spread(word) or _DIGITS.sub("#", word) in vocabulary().spreads_beside


def split_in(words: Sequence[str]) -> MetricSplit | None:
    """Return the split that the words name, the last one if several; parts left out by cross-validation are ``cv``."""
    known = vocabulary()
    found = [split for word in words if (split := known.splits.get(_NUMBERED.sub("", word)))]
    if "cv" in found or any(re.fullmatch(r"split\d+", word) for word in words):
        return "train" if "train" in found else "cv"
    return found[-1] if found else None


def negations(base: MetricEntry, before: Sequence[str]) -> int | None:
    """Return the number of words that invert a metric; None where one may name a class of the data or a number."""
    counted = [word for word in before if word in vocabulary().negations]
    if "negative" in counted and base.kind.direction == "higher" and base.kind.compares == "fit":
        return None
    if "complement" in before[:-1]:
        return None
    return len(counted)


def leading_signs(words: Sequence[str]) -> int:
    """Return the number of signs before words; a sign alone may be the name of a class."""
    return next((i for i, word in enumerate(words) if word not in _SIGNS), 0)


def stays_itself(base: MetricEntry, before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether these words before and after a metric keep its direction."""
    known = vocabulary()
    front = [word for word in before if not is_around(word) and word not in known.negations]
    behind = [word for word in after if not is_around(word) and not _is_unit(word, base)]
    if "best" in before and _MOMENTS.intersection(after):
        return False
    if base.name == "loss":
        return _is_training_loss([word for word in (*before, *after) if _needs_reading(word)])
    if base.name == "score" and not behind and known.estimators & {*front}:
        return True
    if base.beside != "words":
        return not front and not behind
    return not _may_turn(front, base) and _names_an_output(behind, base)


def keeps_direction(base: MetricEntry, part: Part) -> bool:
    """Return whether this part, before a metric or aside, keeps its direction."""
    signs = 0 if part.aside else leading_signs(part.words)
    foreign = [word for word in part.words[signs:] if not is_around(word)]
    if part.aside and len(part.text) > 1 and (unit := read_unit(part.text)) is not None and unit != ONE:
        return not (base.kind.pure and unit.dimension)
    if base.beside == "nothing" and foreign:
        return False
    whole = look_up(tuple(foreign))
    return not _may_turn(foreign, base) and not (whole and _is_opposite(whole, base))


def names_a_loss(part: Part) -> bool:
    """Return whether a part after ``loss`` names what training minimises: ``loss/box``, not ``loss/entropy``."""
    return _is_training_loss([word for word in part.words if not is_around(word)])


def _may_turn(words: Iterable[str], base: MetricEntry) -> bool:
    known = vocabulary()
    return any(
        word in known.turns
        or word in known.negations
        or ((named := look_up((word,))) is not None and _is_opposite(named, base))
        for word in words
    )


def _names_an_output(behind: Sequence[str], base: MetricEntry) -> bool:
    """Return whether words after a metric name a class or an output it was measured for, such as ``dice_liver``."""
    return (
        len(behind) <= _MOST_WORDS_OF_AN_OUTPUT
        and not _may_turn(behind, base)
        and not any(word in vocabulary().turns_behind for word in behind)
        and all(
            (named := look_up((word,))) is None or named.kind.direction == base.kind.direction
            for word in behind
        )
    )


def _is_opposite(one: MetricEntry, other: MetricEntry) -> bool:
    return _OPPOSITE.get(one.kind.direction) == other.kind.direction


def _is_training_loss(words: Sequence[str]) -> bool:
    """Return whether words beside ``loss`` name a function that training minimises, unlike ``bone_loss``."""
    named = look_up(tuple(words))
    if named is not None and named.kind.direction == "lower" and named.kind.compares != "cost":
        return True
    return all(_DIGITS.sub("#", word) in vocabulary().losses or word in vocabulary().losses for word in words)


def _needs_reading(word: str) -> bool:
    """Return whether a word beside ``loss`` may make it another loss: ``percent`` does, ``epoch`` does not."""
    known = vocabulary()
    return word not in known.negations and (word in known.fillers or not is_around(word))


def _is_unit(word: str, base: MetricEntry) -> bool:
    return base.kind.direction == "lower" and not base.kind.pure and read_unit(word) not in (None, ONE)
