"""Which data trained which model, how much of it models share, and where evaluation data leaked into training."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from scidex.atlas._model_registry.comparison.datasets import related, with_ancestors
from scidex.atlas._model_registry.comparison.measurements import (
    MeasuredByModel,
    Measurement,
    measured_by_model,
)
from scidex.atlas._model_registry.comparison.sample_leakage import leakage_by_samples
from scidex.atlas._model_registry.comparison.sample_overlap import SampleIds, overlap_by_rows
from scidex.atlas._model_registry.comparison.sharing import by_use
from scidex.atlas._model_registry.contract.answers import (
    Leakage,
    Overlap,
    RelatedDatasets,
    TrainingData,
    TrainingDataset,
)
from scidex.atlas._model_registry.records import evaluations as records
from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel

# Model, dataset, and whether every metric measured there is of a declared test split.
EvaluatedOn = tuple[str, str, bool]


def training_data(
    traced: Sequence[TracedModel],
    datasets: Mapping[str, DatasetRecord],
    sample_ids: SampleIds = MappingProxyType({}),
    evaluated: Mapping[str, Sequence[records.Evaluation]] = MappingProxyType({}),
    measured: MeasuredByModel | None = None,
) -> TrainingData:
    """Return the training data of all models together; datasets come in the order of the models that name them.

    ``sample_ids`` holds those of the training datasets that carry any, ``evaluated`` the evaluations by model,
    ``measured`` what the models report where that is read already.
    """
    used = {model.document.model.id: model.document.model.datasets for model in traced}
    use = by_use(used)
    evaluations = list(_evaluations(traced, measured or measured_by_model(traced, datasets)))
    by_lineage = _leakage(evaluations, traced, datasets)
    by_samples = leakage_by_samples(used, evaluated, sample_ids)
    return {
        "datasets": [_dataset(name, users, datasets) for name, users in use.users.items()],
        "shared": use.shared,
        "partly_shared": use.partly_shared,
        "unique": use.unique,
        "overlap": [_overlap(a, b, used, datasets, sample_ids) for a, b in combinations(sorted(used), 2)],
        "leakage": by_samples.certain(by_lineage),
        "possible_leakage": by_samples.possible(by_lineage, _possible_leakage(evaluations, traced, datasets)),
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
    a: str,
    b: str,
    used: Mapping[str, Sequence[str]],
    datasets: Mapping[str, DatasetRecord],
    sample_ids: SampleIds,
) -> Overlap:
    first, second = set(used[a]), set(used[b])
    union = first | second
    return {
        "a": a,
        "b": b,
        "shared": sorted(first & second),
        "jaccard": len(first & second) / len(union) if union else None,
        "related": list(_relations(first, second, datasets)),
        "rows": overlap_by_rows(used[a], used[b], sample_ids),
    }


def _relations(
    first: set[str], second: set[str], datasets: Mapping[str, DatasetRecord]
) -> Iterator[RelatedDatasets]:
    """Yield the relations between datasets of two models, except between two that both models use."""
    both = first & second
    for a in sorted(first):
        for b in sorted(second):
            if a == b or {a, b} <= both:
                continue
            if relation := related(a, b, datasets):
                yield {"a_dataset": a, "b_dataset": b, "relation": relation[0], "via": relation[1]}


def _leakage(
    evaluations: Sequence[EvaluatedOn],
    traced: Sequence[TracedModel],
    datasets: Mapping[str, DatasetRecord],
) -> list[Leakage]:
    """Return every evaluation dataset in the training ancestry of a compared model.

    ``via`` is the training dataset: the evaluation dataset itself, or one derived from it.
    """
    return [
        leak
        for model, dataset, is_test_split in evaluations
        if not is_test_split
        for leak in _with_training(model, dataset, _descendants(dataset, traced, datasets))
    ]


def _possible_leakage(
    evaluations: Sequence[EvaluatedOn],
    traced: Sequence[TracedModel],
    datasets: Mapping[str, DatasetRecord],
) -> list[Leakage]:
    """Return where it cannot be told whether evaluation data went into training.

    Training on a dataset may have left out what the model declares as its test split. A dataset that derives from
    training data may hold only what training left out.
    """
    return [
        leak
        for model, dataset, is_test_split in evaluations
        for leak in _with_training(
            model,
            dataset,
            {
                **_sources(dataset, traced, datasets),
                **(_descendants(dataset, traced, datasets) if is_test_split else {}),
            },
        )
    ]


def _evaluations(traced: Sequence[TracedModel], reported: MeasuredByModel) -> Iterator[EvaluatedOn]:
    """Yield model, dataset, and whether every metric measured there is of a declared test split.

    Left out are likelihoods, which are of the training data by design, and metrics of training, validation or folds.
    """
    for model in traced:
        row = model.document.model_version
        measured: dict[str, list[Measurement]] = {}
        if row and row.eval_dataset_artifact_id:
            measured[row.eval_dataset_artifact_id] = []
        for found in reported[model.document.model.id].values():
            if found.evaluated_on and found.kind.compares == "fit":
                measured.setdefault(found.evaluated_on.id, []).append(found)
        for dataset, values in sorted(measured.items()):
            kept = [value.declared for value in values if value.declared.split in {"test", None}]
            if kept or not values:
                yield model.document.model.id, dataset, bool(kept) and all(one.is_test_split for one in kept)


def _with_training(model: str, dataset: str, carriers: Mapping[str, str]) -> Iterator[Leakage]:
    for trained, via in carriers.items():
        yield {"model": model, "evaluated_on": dataset, "in_training_of": trained, "via": via}


def _descendants(
    dataset: str, traced: Sequence[TracedModel], datasets: Mapping[str, DatasetRecord]
) -> dict[str, str]:
    """Return, by model, the training dataset that is this one or derives from it."""
    return _first(traced, dataset, lambda name: dataset in with_ancestors(name, datasets))


def _sources(
    dataset: str, traced: Sequence[TracedModel], datasets: Mapping[str, DatasetRecord]
) -> dict[str, str]:
    """Return, by model, the training dataset that this one derives from."""
    origins = with_ancestors(dataset, datasets) - {dataset}
    already = _descendants(dataset, traced, datasets)
    found = _first(traced, dataset, origins.__contains__)
    return {model: via for model, via in found.items() if model not in already}


def _first(traced: Sequence[TracedModel], dataset: str, carries: Callable[[str], bool]) -> dict[str, str]:
    carriers = {
        model.document.model.id: [name for name in model.document.model.datasets if carries(name)]
        for model in traced
    }
    return {model: dataset if dataset in names else min(names) for model, names in carriers.items() if names}
