"""The quality score in words: given by the analysis, and which of its metrics it equals."""

from collections.abc import Mapping

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.metrics.kinds import split_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.numbers import number

_GIVEN = "as given by the analysis"
_SAME = 1e-6  # scores are written with six places
_AREAS = frozenset({"roc_auc", "auroc", "auc"})
_SPLITS = ("test", "val", "cv", None, "train")


def quality_words(model: ModelEntry) -> str:
    """Return what the stored score is, such as "as given by the analysis: R² (test)"; empty without a score."""
    stored = model["quality_score_stored"]
    if stored is None:
        return ""
    is_what = _found(stored, model["evaluation_metrics"])
    return f"{_GIVEN}: {is_what}" if is_what else _GIVEN


def _found(stored: float, metrics: Mapping[str, float]) -> str | None:
    """Return the metric that gives the score, held-out data first: itself, twice an area less one, or below zero."""
    ranked = sorted(metrics, key=lambda name: (_SPLITS.index(split_of(name)), name))
    for name in ranked:
        if abs(metrics[name] - stored) <= _SAME and parse(name).base is not None:
            return display_name(name)
    for name in ranked:
        base = parse(name).base
        if base and base.name in _AREAS and abs(2 * metrics[name] - 1 - stored) <= _SAME * 2:
            return f"2 × {display_name(name)} − 1"  # noqa: RUF001 -- real signs
        if base and base.name == "r2" and stored == 0 and metrics[name] < 0:
            return f"0 for {display_name(name)} of {number(metrics[name], 3)}"
    return None
