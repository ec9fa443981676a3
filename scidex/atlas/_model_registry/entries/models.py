"""Records of models -> the entries that lists, details and comparisons share."""

from scidex.atlas._model_registry.contract.answers import (
    LinkEntry,
    ListedEntry,
    ModelEntry,
    ModelVersionEntry,
    VersionEntry,
)
from scidex.atlas._model_registry.entries.headlines import headline
from scidex.atlas._model_registry.entries.linked import linked_artifact
from scidex.atlas._model_registry.entries.provenance import warning
from scidex.atlas._model_registry.records.headlines import FoundHeadline
from scidex.atlas._model_registry.records.models import (
    LineageMember,
    LinkRecord,
    ModelRecord,
    ModelVersionRecord,
)
from scidex.atlas._model_registry.records.states import State


def model_entry(model: ModelRecord, found: FoundHeadline | None) -> ModelEntry:
    """Return one model version as a list shows it; ``found`` is None where evaluations were not looked at yet."""
    return {
        "id": model.id,
        "title": model.title,
        "model_family": model.family,
        "version_number": model.version_number,
        "version_tag": model.version_tag,
        "is_latest": model.is_latest,
        "quality_score": model.quality_score,
        "quality_score_stored": model.quality_score_stored,
        "evaluation_metrics": dict(model.metrics),
        "headline": headline(model, found),
        "computed": found is not None,
        "contradicted": list(found.contradicted) if found else [],
        "parameter_count": model.parameter_count,
        "trained_on": _first(model.datasets),
        "training_datasets": list(model.datasets),
        "produced_by": _first(model.analyses),
        "tests_hypothesis": _first(model.hypotheses),
        "origin_type": model.origin_type,
        "lifecycle_state": model.lifecycle_state,
        "promotion_state": model.promotion_state,
        "provenance_complete": not model.missing,
        "provenance_missing": list(model.missing),
        "provenance_warning": warning(model),
        "unreadable": list(model.unreadable),
        "created_at": model.created_at,
    }


def listed_entry(model: ModelRecord, found: FoundHeadline | None, standing: State) -> ListedEntry:
    """Return one model version of a list, with its standing."""
    return {**model_entry(model, found), "standing": {"status": standing}}


# Bytes of an id that is followed (bounds.sql). A list of longer ones would grow too large.
_MOST_ID = 1_000


def with_short_id(entry: ListedEntry) -> ListedEntry:
    """Return an entry, its id cut where it is too long for a list."""
    written = entry["id"].encode()
    if len(written) <= _MOST_ID:
        return entry
    beginning = written[:_MOST_ID].decode(errors="ignore")
    return {**entry, "id": f"{beginning}…", "unreadable": ["id", *entry["unreadable"]]}


def version_entry(member: LineageMember) -> VersionEntry:
    """Return one member of a lineage."""
    return {
        "id": member.id,
        "version_number": member.version_number,
        "version_tag": member.version_tag,
        "changelog": member.changelog,
        "created_at": member.created_at,
        "content_hash": member.content_hash,
        "is_latest": member.is_latest,
        "quality_score": member.quality_score,
        "evaluation_metrics": dict(member.metrics),
    }


def link_entry(link: LinkRecord) -> LinkEntry:
    """Return one link; an end that no longer exists is said to be missing."""
    return {
        "link_type": link.link_type,
        "strength": link.strength,
        "evidence": link.evidence,
        "created_at": link.created_at,
        "artifact": linked_artifact(link.artifact_id, link),
    }


def model_version_entry(version: ModelVersionRecord) -> ModelVersionEntry:
    """Return the ``model_versions`` row."""
    return {
        "is_external": version.is_external,
        "external_source_url": version.external_source_url,
        "external_source_version": version.external_source_version,
        "base_model_id": version.base_model_id,
        "code_repo_url": version.code_repo_url,
        "code_commit_sha": version.code_commit_sha,
        "code_entrypoint": version.code_entrypoint,
        "training_started_at": version.training_started_at,
        "training_completed_at": version.training_completed_at,
        "trained_by": version.trained_by,
        "gpu_allocation_id": version.gpu_allocation_id,
        "training_params": version.training_params,
        "eval_metrics": version.eval_metrics,
        "eval_dataset_artifact_id": version.eval_dataset_artifact_id,
        "benchmark_id": version.benchmark_id,
        "promotion_state": version.promotion_state,
        "promotion_notes": version.promotion_notes,
        "created_at": version.created_at,
    }


def _first(ids: tuple[str, ...]) -> str | None:
    return ids[0] if ids else None
