"""Models side by side, honestly. Pure: records in, one ``Comparison`` out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scidex.atlas._model_registry.comparison.configuration import configuration_rows
from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.comparison.provenance import compared_provenance
from scidex.atlas._model_registry.comparison.training_data import training_data
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.entries.models import model_entry
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.provenance import DatasetRecord, ModelEvidence


def compare(
    evidence: Sequence[ModelEvidence],
    *,
    baseline: str,
    datasets: Mapping[str, DatasetRecord],
    evaluations: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
    sample_ids: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Comparison:
    """Compare two or more different models, in the order of ``evidence``, against the one named ``baseline``.

    ``datasets`` holds what is known of the datasets that the models were trained or evaluated on, by id;
    ``evaluations`` those of the models, by model id; ``sample_ids`` those of
    training datasets that carry any, by dataset id.
    Raises ValueError if ``baseline`` is none of the models.
    """
    models = [model.document.model for model in evidence]
    if baseline not in {model.id for model in models}:
        raise ValueError(f"the baseline {baseline} is none of the compared models")
    return {
        "models": [model_entry(model) for model in models],
        "baseline": baseline,
        "metrics": metric_rows(evidence, baseline=baseline, datasets=datasets, evaluations=evaluations),
        "metadata_diff": configuration_rows(evidence, baseline=baseline),
        "training_data": training_data(evidence, datasets, sample_ids, evaluations),
        "provenance": compared_provenance(evidence),
    }
