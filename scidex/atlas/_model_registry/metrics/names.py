"""The grammar of metric names: split, repetition, task, base name, sign and filter, from any spelling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from scidex.atlas._model_registry.metrics import around
from scidex.atlas._model_registry.metrics.spelling import Part, spelled
from scidex.atlas._model_registry.metrics.stated import Stated
from scidex.atlas._model_registry.metrics.table import MetricEntry, look_up, vocabulary
from scidex.atlas._model_registry.records.metrics import MetricSplit


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricName:
    """A name in its parts; ``base`` is None where it names no known metric or has words that may change one.

    ``named`` are the words of the base name.

    ``is_turned``: signs or words invert it. ``is_spread`` and ``is_rank``: the value is a spread of the base, or a
    rank by it. ``stated`` is a direction that the name itself gives.
    """

    base: MetricEntry | None = None
    named: tuple[str, ...] = ()
    is_turned: bool = False
    is_spread: bool = False
    is_rank: bool = False
    split: MetricSplit | None = None
    counters: tuple[str, ...] = ()
    aggregations: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    filter: tuple[str, ...] = ()
    cutoff: str | None = None
    stated: Stated | None = None


@lru_cache(maxsize=4096)
def parse(name: str) -> MetricName:
    """Return the parts of a name, by the longest known metric that leaves all other words readable. Never raises."""
    spelling = spelled(name)
    words = tuple(word for part in spelling.parts for word in part.words)
    unread = MetricName(is_spread=any(map(around.is_spread, words)))
    found = next(chain(_of_all_words(words), _readings(spelling.parts)), unread)
    aside = tuple(word for part in spelling.parts if part.aside for word in part.words)
    return replace(
        found,
        split=_split(spelling.parts),
        filter=aside,
        cutoff=spelling.cutoff,
        stated=spelling.stated,
    )


def _split(parts: Sequence[Part]) -> MetricSplit | None:
    """Return the split in the name; an aside with other words, such as a filter, is not searched for one."""
    words = [
        word
        for part in parts
        if not part.aside or all(map(around.is_around, part.words))
        for word in part.words
    ]
    return around.split_in(words) if len(words) > 1 else None


def _readings(parts: Sequence[Part]) -> Iterator[MetricName]:
    """Yield what each part may name, from the last on; asides and parts that only tell when or where come later."""
    order = sorted(
        range(len(parts)),
        key=lambda i: (parts[i].aside, all(map(around.is_around, parts[i].words)), -i),
    )
    for i in order:
        for reading in _of_one_part(parts[i].words):
            whole = _among(reading, parts[:i], parts[i + 1 :])
            if whole is not None:
                yield whole


def _of_all_words(words: tuple[str, ...]) -> Iterator[MetricName]:
    """Yield the readings whose other words only tell how a value was measured, or are signs."""
    for base, i, j in _named(words):
        if all(map(around.is_around_or_sign, (*words[:i], *words[j:]))):
            yield from _of_span(base, words, i, j)


def _of_one_part(words: tuple[str, ...]) -> Iterator[MetricName]:
    """Yield the readings of one part, those by the longest known name first."""
    for base, i, j in _named(words):
        yield from _of_span(base, words, i, j)


@lru_cache(maxsize=4)
def _named(words: tuple[str, ...]) -> list[tuple[MetricEntry, int, int]]:
    """Return all runs of words that name a metric, the longest first, among equals the last first."""
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    named = [(base, i, j) for i, j in spans if (base := look_up(words[i:j])) is not None]
    return sorted(named, key=lambda one: (-len("".join(words[one[1] : one[2]])), -one[1]))


def _of_span(base: MetricEntry, words: tuple[str, ...], i: int, j: int) -> Iterator[MetricName]:
    reading = _with_words(base, words[:i], words[j:])
    if reading:
        yield replace(reading, named=tuple(word.rstrip("@") for word in words[i:j]))


def _with_words(base: MetricEntry, before: tuple[str, ...], after: tuple[str, ...]) -> MetricName | None:
    """Return a base name with the words around it read; None where they may make it another quantity."""
    outside = (*before, *after)
    if any(map(around.is_spread_beside, outside)):
        return MetricName(base=base, is_spread=True)
    is_rank = "rank" in before
    # Rank 1 is the best, whatever is ranked and in which direction.
    turning = before[: before.index("rank")] if is_rank else before
    before = tuple(word for word in before if word != "rank")
    turns = around.negations(base, turning)
    if turns is None or not around.stays_itself(base, before, after):
        return None
    known = vocabulary()
    return MetricName(
        base=base,
        is_turned=turns % 2 == 1,
        is_rank=is_rank,
        counters=tuple(word for word in outside if word in known.counters or word.isdigit()),
        aggregations=tuple(word for word in outside if word in known.aggregations),
        task=tuple(word for word in before if not around.is_around(word) and word not in known.negations),
    )


def _among(reading: MetricName, before: Sequence[Part], after: Sequence[Part]) -> MetricName | None:
    """Return a reading completed by the other parts; None where they may make the metric another quantity."""
    base, others = reading.base, (*before, *after)
    if base is None or reading.is_spread:
        return reading
    if any(around.is_spread_beside(word) for part in others for word in part.words):
        return MetricName(base=base, is_spread=True)
    if not all(around.keeps_direction(base, part) for part in others):
        return None
    if base.name == "loss" and not all(around.names_a_loss(part) for part in after):
        return None
    signs = sum(around.leading_signs(part.words) for part in others if not part.aside)
    return replace(
        reading,
        is_turned=reading.is_turned != (signs % 2 == 1),
        task=(*(word for part in others if not part.aside for word in part.words), *reading.task),
    )
