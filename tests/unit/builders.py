"""The smallest valid records; a test states only what it is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scidex.atlas._model_registry.records.models import DocumentedModel, Json, ModelRecord, ModelVersionRecord
from scidex.atlas._model_registry.records.provenance import (
    DatasetRecord,
    GraphNode,
    InputRecord,
    NamedArtifact,
    Origins,
    ProvenanceFacts,
    ProvenanceGraph,
    StandingRecord,
    TracedModel,
)

SOUND = StandingRecord(status="sound", causes=(), truncated=False)


def a_model(name: str, **fields: Any) -> ModelRecord:
    plain = ModelRecord(
        id=name,
        title=f"Title of {name}",
        family="statistical",
        version_number=1,
        version_tag=None,
        is_latest=True,
        quality_score=None,
        quality_score_stored=None,
        metrics={},
        parameter_count=None,
        datasets=(),
        analyses=(),
        hypotheses=(),
        origin_type="internal",
        lifecycle_state="active",
        promotion_state=None,
        missing=(),
        created_at="2026-04-05T12:00:00Z",
    )
    return replace(plain, **fields)


def a_version(**fields: Any) -> ModelVersionRecord:
    plain = ModelVersionRecord(
        is_external=False,
        external_source_url=None,
        external_source_version=None,
        base_model_id=None,
        code_repo_url=None,
        code_commit_sha=None,
        code_entrypoint=None,
        training_started_at=None,
        training_completed_at=None,
        trained_by=None,
        gpu_allocation_id=None,
        training_params=None,
        eval_metrics=None,
        eval_dataset_artifact_id=None,
        benchmark_id=None,
        promotion_state=None,
        promotion_notes=None,
        created_at=None,
    )
    return replace(plain, **fields)


def an_input(name: str, **fields: Any) -> InputRecord:
    plain = InputRecord(
        artifact_id=name,
        artifact_type="dataset",
        title=f"Title of {name}",
        required_by=("analysis-1",),
        pinned_version=None,
        pinned_hash=None,
        current_version=1,
        current_hash=None,
        newer_exists=False,
    )
    return replace(plain, **fields)


def traced(
    name: str = "model-a",
    *,
    metadata: Json = None,
    metrics: Mapping[str, float] | None = None,
    trained_on: Mapping[str, int | None] | None = None,
    evaluated_on: str | None = None,
    version: Mapping[str, Any] | None = None,
    inputs: tuple[InputRecord, ...] | None = None,
    unregistered: tuple[str, ...] = (),
    unreadable: tuple[str, ...] = (),
    graph: ProvenanceGraph | None = None,
    standing: StandingRecord | None = None,
) -> TracedModel:
    """Make a model; ``trained_on`` maps its training datasets to the versions they are pinned to."""
    pins = trained_on or {}
    row = a_version(eval_dataset_artifact_id=evaluated_on, **(version or {}))
    document = DocumentedModel(
        model=a_model(name, metrics=metrics or {}, datasets=tuple(pins)),
        metadata={} if metadata is None else metadata,
        content_hash=None,
        created_by=None,
        changelog=None,
        parent_version_id=None,
        superseded_by=None,
        origin_url=None,
        model_version=row if evaluated_on or version else None,
        unreadable=unreadable,
    )
    facts = ProvenanceFacts(
        model_id=name,
        claims_hypothesis=False,
        unresolved_datasets=tuple(NamedArtifact(name=one, found_type=None) for one in unregistered),
        unresolved_analyses=(),
        unresolved_hypotheses=(),
        inputs=tuple(an_input(one, pinned_version=pin) for one, pin in pins.items())
        if inputs is None
        else inputs,
    )
    origins = Origins(facts=facts, graph=graph or a_graph(name), standing=standing or SOUND)
    return TracedModel(document=document, origins=origins)


def a_graph(root: str, *nodes: GraphNode, **fields: Any) -> ProvenanceGraph:
    plain = ProvenanceGraph(
        root=root, nodes=(a_node(root, artifact_type="model"), *nodes), edges=(), truncated=False
    )
    return replace(plain, **fields)


def a_node(name: str, **fields: Any) -> GraphNode:
    plain = GraphNode(id=name, artifact_type="dataset", title=name, version_number=1, depth=0, missing=False)
    return replace(plain, **fields)


def a_dataset(
    name: str, *, version: int = 1, earlier: tuple[str, ...] = (), ancestors: tuple[str, ...] = ()
) -> dict[str, DatasetRecord]:
    """Make a dataset as an entry of a mapping by id; earlier versions are ancestors too."""
    record = DatasetRecord(
        id=name,
        title=f"Title of {name}",
        version_number=version,
        earlier_versions=frozenset({name, *earlier}),
        ancestors=frozenset({*ancestors, *earlier}),
    )
    return {name: record}
