"""Models whose provenance graphs reach the bound of 400 nodes, for the page that draws them."""

import json
from collections.abc import Iterator
from typing import Any

DEEP = ("model-deep-1", "model-deep-2")
_ANALYSES = ("SDA-deep-1", "SDA-deep-2")
# 1 model, 1 analysis, 8 inputs, and of each 7 sources with 6 sources: 402 nodes.
_TREE = (8, 7, 6)

Row = tuple[Any, ...]


def artifacts(created: object) -> Iterator[Row]:
    """Yield the rows of two models that share half of what they depend on."""
    for model, analysis in zip(DEEP, _ANALYSES, strict=True):
        metadata = json.dumps({"model_family": "statistical", "evaluation_metrics": {"roc_auc": 0.75}})
        yield _row(model, "model", metadata, created, score=0.5)
        pins = [[name, 1] for name in _inputs(analysis)]
        yield _row(analysis, "analysis", json.dumps({"pinned_artifacts": pins}), created)
    for name in sorted({name for ends in _sources() for name in ends}):
        yield _row(name, "dataset", "{}", created)


def links() -> Iterator[Row]:
    """Yield (source, target, type)."""
    for model, analysis in zip(DEEP, _ANALYSES, strict=True):
        yield model, analysis, "produced_by"
        yield model, _inputs(analysis)[0], "trained_on"
        for name in _inputs(analysis):
            yield analysis, name, "cites"
    for source, target in sorted(_sources()):
        yield source, target, "derives_from"


def _inputs(analysis: str) -> list[str]:
    own = _TREE[0] // 2
    return [f"dataset-deep-{analysis if i < own else 'shared'}-{i}" for i in range(_TREE[0])]


def _sources() -> set[tuple[str, str]]:
    level = {name for analysis in _ANALYSES for name in _inputs(analysis)}
    ends: set[tuple[str, str]] = set()
    for width in _TREE[1:]:
        below = {(name, f"{name}-{i}") for name in level for i in range(width)}
        ends |= below
        level = {target for _, target in below}
    return ends


def _row(name: str, kind: str, metadata: str, created: object, score: float | None = None) -> Row:
    return name, kind, name, metadata, None, score, created, "internal", 1, None, None, True
