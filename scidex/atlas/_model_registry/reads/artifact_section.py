"""The section that the host's page of an evaluation, a figure or a dataset shows beside its facts."""

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry
from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.entries.evaluations import evaluation_entry
from scidex.atlas._model_registry.entries.leakage import Training
from scidex.atlas._model_registry.evaluations import read_claims
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.artifact_section import (
    ArtifactSectionContext,
    dataset_context,
    evaluation_section,
    figure_section,
)
from scidex.atlas._model_registry.pages.parts.figures import Figure, figure
from scidex.atlas._model_registry.reads.dataset_section import dataset_section
from scidex.atlas._model_registry.reads.links import links_answer
from scidex.atlas._model_registry.records.artifacts import DATASET_TYPES, ArtifactRecord
from scidex.atlas._model_registry.records.evaluations import Claims, Evaluation
from scidex.atlas._model_registry.store import models
from scidex.atlas._model_registry.store.artifacts import find_artifact, find_artifacts

_MOST_FIGURES = 3
FIGURE = "figure"


def artifact_section(conn: Connection, artifact_id: str, *, templates: rendering.Templates) -> str:
    """Return the section as HTML that brings its own look; empty for an artifact that has nothing to show."""
    artifact = find_artifact(conn, artifact_id) if is_storable(artifact_id) else None
    context = None
    if artifact is not None and artifact.artifact_type == "evaluation":
        context = _evaluation(conn, artifact)
    elif artifact is not None and artifact.artifact_type == FIGURE and (shown := figure(artifact)):
        context = figure_section(shown)
    elif (
        artifact is not None
        and artifact.artifact_type in DATASET_TYPES
        and (data := dataset_section(conn, artifact))
    ):
        context = dataset_context(data)
    return rendering.render_artifact_section(templates, context) if context else ""


def figures_of(conn: Connection, ids: list[str]) -> list[Figure]:
    """Return the figures among the first few ids that can be shown."""
    found = find_artifacts(conn, ids[:_MOST_FIGURES]) if ids else []
    return [shown for one in found if (shown := figure(one))]


def _evaluation(conn: Connection, artifact: ArtifactRecord) -> ArtifactSectionContext:
    claims = read_claims(artifact.metadata)
    links = links_answer(models.links(conn, artifact.id))
    return evaluation_section(claims, links["outgoing"], _read(artifact, claims))


def _read(artifact: ArtifactRecord, claims: Claims) -> tuple[Evaluation, EvaluationEntry] | None:
    from scidex.atlas._model_registry.entries.recomputed import recomputed_metrics  # noqa: PLC0415 - numpy

    evaluation = claims.evaluation(
        evaluation_id=artifact.id,
        title=artifact.title,
        version_number=artifact.version_number,
        model_id=claims.model_id,
    )
    if evaluation is None:
        return None
    metrics = recomputed_metrics([evaluation], {evaluation.id: []})[evaluation.id]
    return evaluation, evaluation_entry(evaluation, Training([], {}, []), metrics)
