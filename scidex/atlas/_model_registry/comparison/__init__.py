"""Models side by side. Pure: records in, one ``Comparison`` out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scidex.atlas._model_registry.comparison.configuration import configuration_rows
from scidex.atlas._model_registry.comparison.measurements import (
    Measurement,
    declared_metrics,
    measured_by_model,
)
from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.comparison.provenance import compared_provenance
from scidex.atlas._model_registry.comparison.training_data import training_data
from scidex.atlas._model_registry.contract.answers import Comparison, ModelEntry
from scidex.atlas._model_registry.entries.headlines import found_headline
from scidex.atlas._model_registry.entries.models import model_entry
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.models import DocumentedModel
from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel

__all__ = ["compare", "metric_rows"]


def compare(
    traced: Sequence[TracedModel],
    *,
    baseline: str,
    datasets: Mapping[str, DatasetRecord],
    evaluations: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    fallen: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    sample_ids: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Comparison:
    """Return two or more different models, in the order of ``traced``, compared with the one named ``baseline``.

    ``datasets`` holds the datasets that the models were trained or evaluated on, by id; ``evaluations`` the sound ones
    of the models, by model id, and ``fallen`` the others; ``sample_ids`` those of the training datasets that carry any,
    by dataset id.

    Raises:
        ValueError: ``baseline`` is not one of the models.

    """
    models = [model.document.model for model in traced]
    if baseline not in {model.id for model in models}:
        raise ValueError(f"the baseline {baseline} is not one of the compared models")
    # Paired evaluations are estimated together, and headlines reuse these estimates.
    measured = measured_by_model(traced, datasets)
    rows = metric_rows(
        traced,
        baseline=baseline,
        datasets=datasets,
        evaluations=evaluations,
        fallen=fallen,
        measured=measured,
    )
    return {
        "models": [_entry(one.document, evaluations, measured[one.document.model.id]) for one in traced],
        "baseline": baseline,
        "metrics": rows,
        "metadata_diff": configuration_rows(traced, baseline=baseline),
        "training_data": training_data(traced, datasets, sample_ids, evaluations, measured),
        "provenance": compared_provenance(traced),
    }


def _entry(
    document: DocumentedModel,
    evaluations: Mapping[str, Sequence[Evaluation]],
    measured: Mapping[str, Measurement],
) -> ModelEntry:
    model = document.model
    # What is measured has its declaration; without a finite value a metric has one all the same.
    is_all = measured.keys() == model.metrics.keys()
    declared = (
        {name: one.declared for name, one in measured.items()} if is_all else declared_metrics(document)
    )
    return model_entry(model, found_headline(model, evaluations.get(model.id, ()), declared))
