"""Rows of the database -> frozen records."""

import math
from collections.abc import Mapping
from typing import Any

from scidex.atlas._model_registry.records.models import (
    DocumentedModel,
    LineageMember,
    LinkRecord,
    ModelRecord,
    ModelVersionRecord,
)
from scidex.atlas._model_registry.records.provenance import InputRecord, NamedArtifact, ProvenanceFacts
from scidex.atlas._model_registry.store.documents import (
    read_document,
    unreadable_metadata,
    unreadable_metrics,
)

Row = Mapping[str, Any]

_PARAMETERS, _METRICS = "model_versions.training_params_json", "model_versions.eval_metrics_json"


def model_record(row: Row) -> ModelRecord:
    """Read the columns that ``model_columns`` names."""
    count = row["parameter_count"]
    return ModelRecord(
        id=row["id"],
        title=row["title"],
        family=row["family"],
        version_number=row["version_number"],
        version_tag=row["version_tag"],
        is_latest=row["is_latest"],
        quality_score=row["quality_score"],
        quality_score_stored=row["quality_score_stored"],
        metrics=row["metrics"],
        parameter_count=None if count is None else int(count),
        datasets=tuple(row["datasets"]),
        analyses=tuple(row["analyses"]),
        hypotheses=tuple(row["hypotheses"]),
        origin_type=row["origin_type"],
        lifecycle_state=row["lifecycle_state"],
        promotion_state=row["promotion_state"],
        missing=tuple(row["missing"]),
        created_at=row["created_at"],
        unreadable=tuple(row["unreadable"]),
    )


def documented_model(row: Row) -> DocumentedModel:
    """Read a model with its metadata and its ``model_versions`` row, naming what of them is unreadable."""
    metadata, unreadable = read_document(row["metadata"], "metadata")
    version, of_version = _model_version(row)
    model = model_record(row)
    unreadable += unreadable_metadata(metadata) + of_version + _unreadable_columns(row)
    unreadable += [*model.unreadable, *row["cut"]]
    return DocumentedModel(
        model=model,
        metadata=metadata,
        content_hash=row["content_hash"],
        created_by=row["created_by"],
        changelog=row["changelog"],
        parent_version_id=row["parent_version_id"],
        superseded_by=row["superseded_by"],
        origin_url=row["origin_url"],
        model_version=version,
        unreadable=tuple(dict.fromkeys(unreadable)),
    )


def provenance_facts(row: Row) -> ProvenanceFacts:
    """Read what the rules of one model are worded from."""
    return ProvenanceFacts(
        model_id=row["model_id"],
        claims_hypothesis=row["claims_hypothesis"],
        unresolved_datasets=_named(row["unresolved_datasets"]),
        unresolved_analyses=_named(row["unresolved_analyses"]),
        unresolved_hypotheses=_named(row["unresolved_hypotheses"]),
        inputs=tuple(_input(*entry) for entry in row["inputs"]),
    )


def lineage_member(row: Row) -> LineageMember:
    """Read one version of a lineage."""
    return LineageMember(
        id=row["id"],
        version_number=row["version_number"],
        version_tag=row["version_tag"],
        changelog=row["changelog"],
        created_at=row["created_at"],
        content_hash=row["content_hash"],
        is_latest=row["is_latest"],
        quality_score=row["quality_score"],
        metrics=row["metrics"],
    )


def link_record(row: Row) -> LinkRecord:
    """Read one link and what is at its other end."""
    evidence, unreadable = read_document(row["evidence"], "evidence")
    if row["has_evidence"] and row["evidence"] is None:
        unreadable = ["evidence"]
    strength = row["strength"]
    if strength is not None and not math.isfinite(strength):
        strength, unreadable = None, ["strength", *unreadable]
    if row["created_at"] is None:
        unreadable = [*unreadable, "created_at"]
    return LinkRecord(
        outgoing=row["outgoing"],
        link_type=row["link_type"],
        strength=strength,
        evidence=evidence,
        created_at=row["created_at"],
        artifact_id=row["artifact_id"],
        artifact_type=row["artifact_type"],
        title=row["title"],
        version_number=row["version_number"],
        is_latest=row["is_latest"],
        unreadable=tuple(unreadable),
    )


def _model_version(row: Row) -> tuple[ModelVersionRecord | None, list[str]]:
    if not row["has_version"]:
        return None, []
    parameters, bad_parameters = read_document(row["training_params_json"], _PARAMETERS)
    metrics, bad_metrics = read_document(row["eval_metrics_json"], _METRICS)
    record = ModelVersionRecord(
        is_external=bool(row["is_external"]),
        external_source_url=row["external_source_url"],
        external_source_version=row["external_source_version"],
        base_model_id=row["base_model_id"],
        code_repo_url=row["code_repo_url"],
        code_commit_sha=row["code_commit_sha"],
        code_entrypoint=row["code_entrypoint"],
        training_started_at=row["training_started_at"],
        training_completed_at=row["training_completed_at"],
        trained_by=row["trained_by"],
        gpu_allocation_id=row["gpu_allocation_id"],
        training_params=parameters,
        eval_metrics=metrics,
        eval_dataset_artifact_id=row["eval_dataset_artifact_id"],
        benchmark_id=row["benchmark_id"],
        promotion_state=row["promotion_state"],
        promotion_notes=row["promotion_notes"],
        created_at=row["version_created_at"],
    )
    not_metrics = unreadable_metrics(metrics, _METRICS)
    # The judge reads metrics by the database's notion of JSON, which is narrower than Python's in a few corners.
    unread = [_METRICS] if row["has_unreadable_metrics"] and (row["eval_metrics_json"] or "").strip() else []
    return record, bad_parameters + bad_metrics + not_metrics + unread


def _unreadable_columns(row: Row) -> list[str]:
    unreadable = ["quality_score"] if row["has_unreadable_score"] else []
    return unreadable if row["created_at"] is not None else [*unreadable, "created_at"]


def _named(entries: list[tuple[str, str | None, str | None]]) -> tuple[NamedArtifact, ...]:
    return tuple(NamedArtifact(name=name, found_type=found, link_type=link) for name, found, link in entries)


def _input(  # noqa: PLR0917  see below
    artifact_id: str,
    artifact_type: str | None,
    title: str | None,
    required_by: list[str],
    pinned_version: int | None,
    pinned_hash: str | None,
    current_version: int | None,
    current_hash: str | None,
    newer_exists: bool,  # noqa: FBT001  the order is that of the JSON array which the query builds
) -> InputRecord:
    return InputRecord(
        artifact_id=artifact_id,
        artifact_type=artifact_type,
        title=title,
        required_by=tuple(required_by),
        pinned_version=pinned_version,
        pinned_hash=pinned_hash,
        current_version=current_version,
        current_hash=current_hash,
        newer_exists=newer_exists,
    )
