"""The grammar of metric names: split, repetition, task, base name, sign and filter, from any spelling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scidex.atlas._model_registry.metrics import around
from scidex.atlas._model_registry.metrics.spelling import Part, Stated, spelled
from scidex.atlas._model_registry.metrics.table import Entry, Split, look_up, vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricName:
    """What a name is made of; ``base`` is None where it names no known metric or holds words that may change one.

    ``is_turned`` says that signs or words turn it round, ``is_spread`` and ``is_rank`` that the value is a spread
    of the base or a rank by it. ``stated`` is a direction that the name itself gives.
    """

    base: Entry | None = None
    is_turned: bool = False
    is_spread: bool = False
    is_rank: bool = False
    split: Split | None = None
    counters: tuple[str, ...] = ()
    aggregations: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    filter: tuple[str, ...] = ()
    stated: Stated | None = None


@lru_cache(maxsize=4096)
def parse(name: str) -> MetricName:
    """Read a name by the longest known metric in it beside which all else can be read too. Never raises."""
    spelling = spelled(name)
    words = tuple(word for part in spelling.parts for word in part.words)
    signs = around.leading_signs(words)
    whole = look_up(words) or look_up(words[signs:])
    unread = MetricName(is_spread=any(map(around.is_spread, words)))
    turned = signs % 2 == 1 and look_up(words) is None
    found = MetricName(base=whole, is_turned=turned) if whole else next(_readings(spelling.parts), unread)
    cutoff = (spelling.cutoff,) if spelling.cutoff else ()
    return replace(
        found,
        split=around.split_of(words) if len(words) > 1 else None,
        filter=(*cutoff, *found.filter),
        stated=spelling.stated,
    )


def _readings(parts: Sequence[Part]) -> Iterator[MetricName]:
    """Yield what each part may name, from the last on; asides and parts that only say when or where, later."""
    order = sorted(
        range(len(parts)),
        key=lambda i: (parts[i].aside, all(map(around.is_around, parts[i].words)), -i),
    )
    for i in order:
        for reading in _of_one_part(parts[i].words):
            whole = _among(reading, [*parts[:i], *parts[i + 1 :]])
            if whole is not None:
                yield whole


def _of_one_part(words: tuple[str, ...]) -> Iterator[MetricName]:
    """Yield the readings of one part, those by the longest known name first."""
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    for i, j in sorted(spans, key=lambda span: (-len("".join(words[slice(*span)])), -span[0])):
        base = look_up(words[i:j])
        reading = base and _with_words(base, words[:i], words[j:])
        if reading:
            yield reading


def _with_words(base: Entry, before: tuple[str, ...], after: tuple[str, ...]) -> MetricName | None:
    """Read the words around a base name; None where they may make it something else."""
    outside = (*before, *after)
    if any(map(around.is_spread_beside, outside)):
        return MetricName(base=base, is_spread=True)
    is_rank = "rank" in before
    before = tuple(word for word in before if word != "rank")
    turns = around.negations(base, before)
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


def _among(reading: MetricName, others: Sequence[Part]) -> MetricName | None:
    """Add what the other parts say; None where they may make the metric something else."""
    base = reading.base
    if base is None or reading.is_spread:
        return reading
    if any(around.is_spread_beside(word) for part in others for word in part.words):
        return MetricName(base=base, is_spread=True)
    if not all(around.allows(base, part) for part in others):
        return None
    signs = sum(around.leading_signs(part.words) for part in others if not part.aside)
    return replace(
        reading,
        is_turned=reading.is_turned != (signs % 2 == 1),
        task=(*(word for part in others if not part.aside for word in part.words), *reading.task),
        filter=tuple(word for part in others if part.aside for word in part.words),
    )
