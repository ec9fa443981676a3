"""Overlap of training data, sample by sample, where datasets carry the ids of theirs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from scidex.atlas._model_registry.contract.answers import OverlapByRows

SampleIds = Mapping[str, frozenset[str]]


def overlap_by_rows(a: Sequence[str], b: Sequence[str], sample_ids: SampleIds) -> OverlapByRows | None:
    """Return the samples that two lists of datasets share; None unless all datasets carry ids."""
    if not a or not b or not {*a, *b} <= sample_ids.keys():
        return None
    first, second = (frozenset[str]().union(*(sample_ids[name] for name in names)) for names in (a, b))
    shared, union = len(first & second), len(first | second)
    if not union:
        return None
    return {
        "a": len(first),
        "b": len(second),
        "shared": shared,
        "jaccard": shared / union,
        "relation": _relation(first, second),
    }


def _relation(
    a: AbstractSet[str], b: AbstractSet[str]
) -> Literal["same", "subset", "superset", "overlap", "disjoint"]:
    if a == b:
        return "same"
    if a < b:
        return "subset"
    if a > b:
        return "superset"
    return "overlap" if a & b else "disjoint"
