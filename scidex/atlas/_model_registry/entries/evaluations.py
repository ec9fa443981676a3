"""What an answer says of an evaluation beside its metrics."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, SharedSamples
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation


def evaluation_entry(
    evaluation: Evaluation, trained_on: Sequence[str], sample_ids: Mapping[str, frozenset[str]]
) -> EvaluationEntry:
    """Describe an evaluation; ``sample_ids`` holds those of datasets that carry any, by dataset id."""
    columns = evaluation.columns
    return {
        "id": evaluation.id,
        "title": evaluation.title,
        "dataset": evaluation.dataset_id,
        "dataset_version": evaluation.dataset_version,
        "split": evaluation.split,
        "task": columns.task,
        "rows": len(columns.observed),
        "units": _units(columns),
        "training_overlap": _overlap(columns, [sample_ids.get(dataset) for dataset in trained_on]),
    }


def _units(columns: Columns) -> int:
    groups = set(columns.group or ())
    return len(groups) if groups and None not in groups else len(columns.observed)


def _overlap(columns: Columns, training: Sequence[frozenset[str] | None]) -> SharedSamples | None:
    if columns.sample is None or not training:
        return None
    known = [ids for ids in training if ids is not None]
    shared = sum(any(sample in ids for ids in known) for sample in columns.sample)
    # A dataset without ids may hold more of them, but cannot take back those that were found.
    if len(known) < len(training) and not shared:
        return None
    return {"shared_samples": shared, "of": len(columns.sample)}
