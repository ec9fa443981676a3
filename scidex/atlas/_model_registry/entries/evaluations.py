"""Evaluations as answers show them: what they rest on, and every metric that they give."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, RecomputedMetric
from scidex.atlas._model_registry.entries.leakage import Training, shared_samples
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation

FOLDS = "folds are not independent"


def evaluation_entry(
    evaluation: Evaluation, training: Training, metrics: Sequence[RecomputedMetric]
) -> EvaluationEntry:
    """Return the entry of an evaluation; its model was trained on ``training``. Imports numpy."""
    from scidex.atlas._model_registry.statistics.resamples import resample_count  # noqa: PLC0415 - numpy

    columns = evaluation.columns
    return {
        "id": evaluation.id,
        "title": evaluation.title,
        "dataset": evaluation.dataset_id,
        "dataset_version": evaluation.dataset_version,
        "split": evaluation.split,
        "task": columns.task,
        "rows": len(columns.observed),
        "units": units_of(columns),
        "units_are": evaluation.units_are,
        "resamples": resample_count(len(columns.observed)),
        "caveat": FOLDS if evaluation.split == "cross_validation" else None,
        "state": evaluation.state,
        "training_overlap": shared_samples(evaluation, training)[0],
        "metrics": list(metrics),
    }


def evaluation_entries(
    evaluations: Sequence[Evaluation], training: Training, metrics: Mapping[str, Sequence[RecomputedMetric]]
) -> list[EvaluationEntry]:
    """Return the entries of evaluations; ``metrics`` holds those of each, by its id."""
    return [evaluation_entry(one, training, metrics[one.id]) for one in evaluations]


def units_of(columns: Columns) -> int:
    """Return how many independent units the rows are: groups where every row has one, else the rows."""
    groups = set(columns.group or ())
    return len(groups) if groups and None not in groups else len(columns.observed)
