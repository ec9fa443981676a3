"""Which data trained which model, how much of it models share, and where evaluation data leaked into training."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from scidex.atlas._model_registry.comparison.datasets import related
from scidex.atlas._model_registry.comparison.leakage import leakage, possible_leakage
from scidex.atlas._model_registry.comparison.sharing import by_use
from scidex.atlas._model_registry.contract.answers import (
    Overlap,
    RelatedDatasets,
    TrainingData,
    TrainingDataset,
)
from scidex.atlas._model_registry.records.provenance import DatasetRecord, ModelEvidence


def training_data(evidence: Sequence[ModelEvidence], datasets: Mapping[str, DatasetRecord]) -> TrainingData:
    """Answer the training data of all models together; datasets come in the order of the models that name them."""
    used = {model.document.model.id: model.document.model.datasets for model in evidence}
    use = by_use(used)
    return {
        "datasets": [_dataset(name, users, datasets) for name, users in use.users.items()],
        "shared": use.shared,
        "partly_shared": use.partly_shared,
        "unique": use.unique,
        "overlap": [_overlap(a, b, used, datasets) for a, b in combinations(sorted(used), 2)],
        "leakage": leakage(evidence, datasets),
        "possible_leakage": possible_leakage(evidence, datasets),
    }


def _dataset(name: str, users: Sequence[str], datasets: Mapping[str, DatasetRecord]) -> TrainingDataset:
    record = datasets.get(name)
    return {
        "artifact_id": name,
        "title": record.title if record else None,
        "version_number": record.version_number if record else None,
        "models": list(users),
    }


def _overlap(
    a: str, b: str, used: Mapping[str, Sequence[str]], datasets: Mapping[str, DatasetRecord]
) -> Overlap:
    first, second = set(used[a]), set(used[b])
    union = first | second
    return {
        "a": a,
        "b": b,
        "shared": sorted(first & second),
        "jaccard": len(first & second) / len(union) if union else None,
        "related": list(_relations(first, second, datasets)),
    }


def _relations(
    first: set[str], second: set[str], datasets: Mapping[str, DatasetRecord]
) -> Iterator[RelatedDatasets]:
    """Relate each dataset of one model to each other one of the other, but for two that both models use."""
    both = first & second
    for a in sorted(first):
        for b in sorted(second):
            if a == b or {a, b} <= both:
                continue
            if relation := related(a, b, datasets):
                yield {"a_dataset": a, "b_dataset": b, "relation": relation[0], "via": relation[1]}
