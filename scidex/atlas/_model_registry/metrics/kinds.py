"""Metric names to what they mean: which way is better, and what has to be the same to compare two values."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from scidex.atlas._model_registry.contract.answers import Direction

Compares = Literal["fit", "likelihood", "cost", "size"]
Split = Literal["train", "val", "test"]

_SPLIT_PREFIXES: Mapping[str, Split] = {"train_": "train", "val_": "val", "valid_": "val", "test_": "test"}
_PREFIXES = (*_SPLIT_PREFIXES, "eval_", "final_", "best_", "mean_", "weighted_")
_SUFFIXES = ("_mean", "_macro", "_micro", "_weighted")
_NEGATION = "neg_"
_CUTOFF = re.compile(r"@\w+$")
_SPREAD = re.compile(r"_(std|sd|stderr|se|ci|ci_(low|lower|high|upper))$")
# No reported name wears more; without a bound a hostile one would have quadratically many readings.
_MOST_AFFIXES = 4
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricKind:
    """What is known of a metric by its name alone; ``target`` is set where ``direction`` is ``target``."""

    direction: Direction
    compares: Compares
    target: float | None = None


UNKNOWN = MetricKind(direction="unknown", compares="fit")
_NEUTRAL = MetricKind(direction="neutral", compares="fit")
_LOSS = MetricKind(direction="lower", compares="fit")


@lru_cache(maxsize=4096)
def kind_of(name: str) -> MetricKind:
    """Look up which way a metric is better, in the reviewed file ``metrics.toml``.

    The name is matched as written (letter case and the signs between words aside), then without what stands
    before it (``val_``, ``best_``, …) and behind it (``_macro``, ``@k``, …); ``neg_x`` is x turned round. A name
    that nothing matches is ``UNKNOWN``, unless it ends in ``_loss``.
    """
    written = _words(name)
    for reading, negated in _readings(written):
        found = _known().get(reading) or (_NEUTRAL if _SPREAD.search(reading) else None)
        if found:
            return _turned_round(found) if negated else found
    bare, negated = _without_prefixes(written)[-1]
    if not bare.endswith("_loss"):
        return UNKNOWN
    return _turned_round(_LOSS) if negated else _LOSS


@lru_cache(maxsize=4096)
def split_of(name: str) -> Split | None:
    """Read from a metric's name which split of the data it was measured on."""
    for reading, _ in _readings(_words(name)):
        for prefix, split in _SPLIT_PREFIXES.items():
            if reading.startswith(prefix):
                return split
    return None


@cache
def _known() -> Mapping[str, MetricKind]:
    document = tomllib.loads(Path(__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
    return {
        spelling: MetricKind(
            direction=entry["direction"],
            compares=entry["compares"],
            target=float(entry["target"]) if "target" in entry else None,
        )
        for name, entry in document["metric"].items()
        for spelling in (name, *entry.get("aliases", ()))
    }


def _words(name: str) -> str:
    """Spell the name as the file does: ``roc_auc`` for ``ROC-AUC``, ``val_loss`` for ``val/loss``."""
    text = unicodedata.normalize("NFKC", name[:_LONGEST_NAME]).lower().replace("^", "")
    return re.sub(r"[^\w@]+", "_", re.sub(r"_at_(?=\d+$)", "@", text)).strip("_")


def _readings(written: str) -> Iterator[tuple[str, bool]]:
    """Yield the name as written, then with ever more stripped off, and whether that turns it round."""
    fronts = _without_prefixes(written)
    for stripped in range(2 * _MOST_AFFIXES + 1):
        for front, (rest, negated) in enumerate(fronts):
            backs = _without_suffixes(rest)
            if 0 <= stripped - front < len(backs):
                yield backs[stripped - front], negated


def _without_prefixes(name: str) -> list[tuple[str, bool]]:
    forms = [(name, False)]
    while len(forms) <= _MOST_AFFIXES:
        rest, negated = forms[-1]
        prefix = next((prefix for prefix in (*_PREFIXES, _NEGATION) if rest.startswith(prefix)), None)
        if prefix is None:
            break
        forms.append((rest.removeprefix(prefix), negated != (prefix == _NEGATION)))
    return forms


def _without_suffixes(name: str) -> list[str]:
    forms = [name]
    while len(forms) <= _MOST_AFFIXES:
        rest = _CUTOFF.sub("", forms[-1])
        if rest == forms[-1]:
            suffix = next((suffix for suffix in _SUFFIXES if rest.endswith(suffix)), None)
            if suffix is None:
                break
            rest = rest.removesuffix(suffix)
        forms.append(rest)
    return forms


def _turned_round(kind: MetricKind) -> MetricKind:
    match kind.direction:
        case "lower":
            return replace(kind, direction="higher")
        case "higher":
            return replace(kind, direction="lower")
        case "target" if kind.target is not None:
            return replace(kind, target=0.0 - kind.target)
        case _:
            return kind
