"""The section that the host's page of a dataset shows: its samples, and the models evaluated on it."""

from typing import Final

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.entries.recomputed import recomputed_metrics
from scidex.atlas._model_registry.evaluations import read_sample_ids
from scidex.atlas._model_registry.pages.parts.evaluated_models import Judged, ShownDataset, evaluated_models
from scidex.atlas._model_registry.reads.comparisons import documents
from scidex.atlas._model_registry.reads.evaluations import evaluations_of
from scidex.atlas._model_registry.reads.lists import page_of_models
from scidex.atlas._model_registry.records.artifacts import ArtifactRecord
from scidex.atlas._model_registry.records.evaluations import Evaluation

_MOST_MODELS: Final = 20
# The metrics shown, the first that an evaluation gives: ranking needs no threshold, an error has a unit.
_FIRST: Final = ("roc_auc", "rmse", "accuracy")


def dataset_section(conn: Connection, artifact: ArtifactRecord) -> ShownDataset | None:
    """Return what is known of the samples of a dataset and of the models evaluated on it; None for nothing."""
    metadata = artifact.metadata if isinstance(artifact.metadata, dict) else {}
    ids = read_sample_ids(metadata["sample_ids"])[0] if "sample_ids" in metadata else None
    listed = page_of_models(conn, model_query(evaluated_on=artifact.id, limit=_MOST_MODELS))
    titles = {one["id"]: one["title"] for one in listed["models"]}
    if ids is None and not titles:
        return None
    found = evaluations_of(conn, documents(conn, list(titles))).evaluations if titles else {}
    own = [one for of_model in found.values() for one in of_model if one.dataset_id == artifact.id]
    judged = [Judged(title=titles[one.model_id], evaluation=one, metric=_first(one)) for one in own]
    headlines = [one["headline"]["metric"] for one in listed["models"] if one["headline"]]
    return evaluated_models(
        artifact.id, None if ids is None else len(ids), judged, listed["total"] - len(titles), headlines
    )


def _first(evaluation: Evaluation) -> RecomputedMetric:
    return recomputed_metrics([evaluation], {evaluation.id: []}, only=_FIRST)[evaluation.id][0]
