"""Cross-validation of the same samples by several models, to be drawn together though it decides nothing."""

from collections.abc import Hashable, Iterable

from scidex.atlas._model_registry.records.evaluations import Evaluation

_FEWEST = 2


def paired_folds(models: Iterable[str], evaluations: Iterable[Evaluation]) -> dict[str, Evaluation]:
    """Return the largest set of models with a cross-validation of the same samples, by model; empty below two."""
    sets: dict[Hashable, dict[str, Evaluation]] = {}
    order = list(models)
    for one in evaluations:
        if one.split == "cross_validation" and one.model_id in order and one.columns.sample is not None:
            sets.setdefault(_samples(one), {}).setdefault(one.model_id, one)
    found = max(sets.values(), key=len, default={})
    return {model: found[model] for model in order if model in found} if len(found) >= _FEWEST else {}


def _samples(one: Evaluation) -> Hashable:
    columns = one.columns
    seen = zip(columns.sample or (), columns.observed, strict=True)
    return one.dataset_id, one.dataset_version, columns.task, columns.unit, columns.positive, frozenset(seen)
