"""Everything known of one model."""

from collections.abc import Mapping, Sequence

from psycopg import Connection

from scidex.atlas._model_registry.comparison.measurements import Declaration, declared_metrics
from scidex.atlas._model_registry.contract.answers import ModelDetail, Provenance
from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.contract.errors import ModelNotFound
from scidex.atlas._model_registry.entries.card import card_entry
from scidex.atlas._model_registry.entries.evaluations import evaluation_entries
from scidex.atlas._model_registry.entries.graphs import graph_answer
from scidex.atlas._model_registry.entries.headlines import found_headline
from scidex.atlas._model_registry.entries.leakage import Training, leakage
from scidex.atlas._model_registry.entries.models import (
    model_entry,
    model_version_entry,
    version_entry,
)
from scidex.atlas._model_registry.entries.provenance import provenance_verdict
from scidex.atlas._model_registry.entries.recomputed import agreements, recomputed_metrics, reported_metrics
from scidex.atlas._model_registry.entries.standing import standing_answer
from scidex.atlas._model_registry.entries.warnings import contradictions, model_warnings, unreported_headline
from scidex.atlas._model_registry.reads.comparisons import models_found
from scidex.atlas._model_registry.reads.evaluations import Evaluated, evaluations_of
from scidex.atlas._model_registry.reads.links import links_answer, unreadable_links
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.models import DocumentedModel, LineageMember, LinkRecord
from scidex.atlas._model_registry.records.provenance import Origins
from scidex.atlas._model_registry.store import models


def model_detail(conn: Connection, model_id: str) -> ModelDetail:
    """Return the detail of :func:`detail_with_evaluations`, without the evaluations."""
    return detail_with_evaluations(conn, model_id)[0]


def detail_with_evaluations(conn: Connection, model_id: str) -> tuple[ModelDetail, Sequence[Evaluation]]:
    """Return the detail of a model and its evaluations; the ``model-`` prefix of its id may be left out.

    The evaluations come newest first, with their columns.

    Raises:
        ModelNotFound: no artifact has the id, or (``NotAModel``) the one that has it is of another type.

    """
    if not is_storable(model_id):
        raise ModelNotFound([model_id])
    document, whole = _whole(conn, model_id)
    assert whole.origins is not None  # noqa: S101  every model has them, in the same snapshot
    evaluated = evaluations_of(conn, [document])
    detail = _assembled(
        document, whole.origins, versions=whole.versions, links=whole.links, evaluated=evaluated
    )
    return detail, evaluated.evaluations[document.model.id]


def _whole(conn: Connection, name: str) -> tuple[DocumentedModel, models.WholeModel]:
    """Return a model and all that is known of it; a name without the prefix leads to its id first."""
    whole = models.whole_model(conn, name)
    (document,) = models_found([whole.found])
    found = document.model.id
    return document, whole if found == name else models.whole_model(conn, found)


def _assembled(
    document: DocumentedModel,
    origins: Origins,
    *,
    versions: Sequence[LineageMember],
    links: Sequence[LinkRecord],
    evaluated: Evaluated,
) -> ModelDetail:
    version, evaluations = document.model_version, evaluated.evaluations[document.model.id]
    training = Training(document.model.datasets, evaluated.sample_ids, evaluations)
    declared = declared_metrics(document)
    metrics = _recomputed(document, declared, evaluations)
    return {
        # The fields that are not required belong to files alone.
        **model_entry(  # type: ignore[typeddict-item]
            document.model, found_headline(document.model, evaluations, declared)
        ),
        "metadata": document.metadata,
        "card": card_entry(document.metadata),
        "content_hash": document.content_hash,
        "created_by": document.created_by,
        "changelog": document.changelog,
        "parent_version_id": document.parent_version_id,
        "superseded_by": document.superseded_by,
        "origin_url": document.origin_url,
        "model_version": None if version is None else model_version_entry(version),
        "evaluations": evaluation_entries(evaluations, training, metrics),
        "leakage": leakage(evaluations, training),
        "versions": [version_entry(member) for member in versions],
        "links": links_answer(links),
        "provenance": _provenance(document, origins),
        "unreadable": [
            *document.unreadable,
            *evaluated.unreadable[document.model.id],
            *_unreadable_versions(versions),
            *unreadable_links(links),
        ],
        "standing": standing_answer(origins.standing),
        "warnings": [
            *model_warnings(document.metadata),
            *unreported_headline(document.metadata, document.model.metrics),
            *contradictions(metrics),
        ],
    }


def _provenance(document: DocumentedModel, origins: Origins) -> Provenance:
    return {**provenance_verdict(document.model, origins.facts), "graph": graph_answer(origins.graph)}


def _recomputed(
    document: DocumentedModel, declared: Mapping[str, Declaration], evaluations: Sequence[Evaluation]
) -> Mapping[str, Sequence[RecomputedMetric]]:
    if not evaluations:
        return {}
    held = agreements(evaluations, reported_metrics(document.model.metrics, declared))
    return recomputed_metrics(evaluations, held)


def _unreadable_versions(versions: Sequence[LineageMember]) -> list[str]:
    cut = ["versions"] if len(versions) > models.MOST_VERSIONS else []
    return cut + [
        f"versions[{place}].created_at" for place, one in enumerate(versions) if one.created_at is None
    ]
