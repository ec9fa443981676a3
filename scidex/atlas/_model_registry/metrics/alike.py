"""Which reported names may be meant by a metric's name that no model reports."""

from collections.abc import Sequence

from scidex.atlas._model_registry.metrics.kinds import split_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.spelling import spelled

# Names of the file that mostly mean one metric: "auc" alone may be another area, so they stay apart elsewhere.
_SIBLINGS = (frozenset({"auc", "roc_auc", "auroc"}),)
# Held-out data first.
_SPLITS = {"test": 0, "val": 1, "cv": 2, None: 3, "train": 4}


def read_alike(asked: str, reported: Sequence[str]) -> list[str]:
    """Return the reported names of the same metric, else those with all words of ``asked``, held-out data first."""
    base, words = _base(asked), _words(asked)
    kin = {base, *(name for siblings in _SIBLINGS if base in siblings for name in siblings)} - {None}
    same = [name for name in reported if _base(name) in kin]
    holding = [name for name in reported if words and words <= _words(name)]
    order = sorted(same or holding, key=lambda name: (_SPLITS[split_of(name)], len(name), name))
    return sorted(order, key=lambda name: _base(name) != base)


def _base(name: str) -> str | None:
    read = parse(name).base
    return read.name if read else None


def _words(name: str) -> frozenset[str]:
    return frozenset(word for part in spelled(name).parts for word in part.words)
