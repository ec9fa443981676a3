"""Where the data that a model was evaluated on went into training, its own or that of a model beside it."""

from collections.abc import Iterator, Mapping, Sequence

from scidex.atlas._model_registry.comparison.ancestry import with_ancestors
from scidex.atlas._model_registry.comparison.measurements import measurements
from scidex.atlas._model_registry.contract.answers import Leakage
from scidex.atlas._model_registry.records.provenance import DatasetRecord, ModelEvidence


def leakage(evidence: Sequence[ModelEvidence], datasets: Mapping[str, DatasetRecord]) -> list[Leakage]:
    """List every evaluation dataset that is in the training ancestry of a compared model.

    ``via`` is the training dataset that is it or derives from it.
    """
    return [
        {
            "model": model.document.model.id,
            "evaluated_on": evaluated_on,
            "in_training_of": trained,
            "via": via,
        }
        for model in evidence
        for evaluated_on in _evaluated_on(model, datasets)
        for trained, via in _trained_with(evaluated_on, evidence, datasets)
    ]


def _evaluated_on(model: ModelEvidence, datasets: Mapping[str, DatasetRecord]) -> list[str]:
    """Name what a model was evaluated on, as far as that should be kept out of training.

    Likelihoods are of the training data by design, validation is part of training and often folds of its data.
    """
    row = model.document.model_version
    names = {row.eval_dataset_artifact_id} if row and row.eval_dataset_artifact_id else set()
    for found in measurements(model, datasets).values():
        if found.evaluated_on and found.declared.split in {"test", None} and found.kind.compares == "fit":
            names.add(found.evaluated_on.id)
    return sorted(names)


def _trained_with(
    evaluated_on: str, evidence: Sequence[ModelEvidence], datasets: Mapping[str, DatasetRecord]
) -> Iterator[tuple[str, str]]:
    for model in evidence:
        carriers = [
            name for name in model.document.model.datasets if evaluated_on in with_ancestors(name, datasets)
        ]
        if carriers:
            yield model.document.model.id, evaluated_on if evaluated_on in carriers else min(carriers)
