"""The reviewed files: ``metrics.toml`` with the metrics, and ``words.toml`` with the words around names."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit

Compares = Literal["fit", "likelihood", "cost", "size"]
# Words allowed beside a name: those of any task or model; a task set off by a sign; only those that tell
# how the value was measured.
Beside = Literal["words", "task", "nothing"]
# A metric means what its name says only with weights, or compares only between fits that are weighted alike.
Weights = Literal["needed", "alike"]

_ROOM = 8
_NUMBER = re.compile(r"\d+")
_LONG_NUMBER = re.compile(r"\d{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricKind:
    """A metric, as far as its name tells.

    ``target`` is set where ``direction`` is ``target``. A ``pure`` metric has no unit with a dimension. A ``percent``
    metric is a ratio that some report as 0.24 and others as 24. ``weights`` tells what depends on the errors that
    residuals are divided by.
    """

    direction: Direction
    compares: Compares
    target: float | None = None
    pure: bool = False
    percent: bool = False
    weights: Weights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricEntry:
    """A metric of the file: its name there, its kind, and the words allowed beside it."""

    name: str
    kind: MetricKind
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words around the names of metrics."""

    phrases: Mapping[str, str]
    splits: Mapping[str, MetricSplit]
    aggregations: frozenset[str]
    counters: frozenset[str]
    fillers: frozenset[str]
    estimators: frozenset[str]
    negations: frozenset[str]
    spreads: frozenset[str]
    spreads_beside: frozenset[str]
    turns: frozenset[str]
    turns_behind: frozenset[str]
    losses: frozenset[str]
    titles: Mapping[str, str]


def look_up(words: tuple[str, ...]) -> MetricEntry | None:
    """Return the metric that the words together name; None if there is none.

    In the file # stands for any whole number, ## for one of several digits, and @ at the end for a cutoff
    (``hr@10``).
    """
    joined = "".join(words)
    if len(joined) > _longest():
        return None
    return next((found for form in _forms(joined) if (found := _entries().get(form))), None)


@cache
def _longest() -> int:
    """Return the length of the longest name, with room for a number."""
    return max(map(len, _entries())) + _ROOM


def _forms(joined: str) -> Iterator[str]:
    for written in (joined, joined.replace("@", "")):
        yield written
        yield _LONG_NUMBER.sub("##", written)
        yield _NUMBER.sub("#", written)


@cache
def _entries() -> Mapping[str, MetricEntry]:
    document = _document("metrics.toml")
    in_percent = frozenset(document["in_percent"])
    return {
        spelling.replace("_", ""): MetricEntry(
            name=name, kind=_kind(entry, percent=name in in_percent), beside=entry.get("beside", "words")
        )
        for name, entry in document["metric"].items()
        for spelling in (name, *entry.get("aliases", ()))
    }


def _kind(entry: Mapping[str, Any], *, percent: bool) -> MetricKind:
    return MetricKind(
        direction=entry["direction"],
        compares=entry["compares"],
        target=float(entry["target"]) if "target" in entry else None,
        pure=entry.get("pure", False),
        percent=percent or entry.get("pure", False),
        weights=entry.get("weights"),
    )


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the file."""
    document = _document("words.toml")
    around = {name: frozenset(listed) for name, listed in document["around"].items()}
    return Vocabulary(
        phrases=document["phrases"],
        splits={word: split for split, listed in document["splits"].items() for word in listed},
        losses=frozenset(document["losses"]["words"]),
        titles={word: word.upper() for word in document["titles"]["acronyms"]} | document["titles"]["words"],
        **around,
    )


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
