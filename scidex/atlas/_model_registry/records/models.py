"""What the store reads: frozen records, one for each kind of row. No rule, no HTTP, no SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypeAliasType

# A named type and not a plain alias: the OpenAPI document can only refer back to what has a name.
Json = TypeAliasType("Json", "str | int | float | bool | list[Json] | dict[str, Json] | None")

Rule = Literal["trained_on_dataset_id", "produced_by_analysis_id", "pinned_inputs", "tests_hypothesis_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """One model version with the judge's verdict on it: what a list entry needs.

    ``quality_score`` is the effective score, capped where a required rule is missing;
    ``quality_score_stored`` is the row's. ``missing`` names the unsatisfied required rules. ``datasets``,
    ``analyses`` and ``hypotheses`` are resolved evidence: those named in metadata first, in their order, then by id.
    ``created_at``, here and in the other records, is RFC 3339 in UTC; None for a moment that RFC 3339 has no words
    for (before the year 1, after 9999, infinite).
    """

    id: str
    title: str
    family: str | None
    version_number: int
    version_tag: str | None
    is_latest: bool
    quality_score: float | None
    quality_score_stored: float | None
    metrics: Mapping[str, float]
    parameter_count: int | None
    datasets: tuple[str, ...]
    analyses: tuple[str, ...]
    hypotheses: tuple[str, ...]
    origin_type: str | None
    lifecycle_state: str | None
    promotion_state: str | None
    missing: tuple[Rule, ...]
    created_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersionRecord:
    """The ``model_versions`` row of a model, its JSON text columns parsed (None where absent or unreadable)."""

    is_external: bool
    external_source_url: str | None
    external_source_version: str | None
    base_model_id: str | None
    code_repo_url: str | None
    code_commit_sha: str | None
    code_entrypoint: str | None
    training_started_at: str | None
    training_completed_at: str | None
    trained_by: str | None
    gpu_allocation_id: str | None
    training_params: Json
    eval_metrics: Json
    eval_dataset_artifact_id: str | None
    benchmark_id: str | None
    promotion_state: str | None
    promotion_notes: str | None
    created_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentedModel:
    """A model with its whole metadata: what its page and a comparison need beside the list entry.

    ``unreadable`` names, as paths, what could not be read and was left out.
    """

    model: ModelRecord
    metadata: Json
    content_hash: str | None
    created_by: str | None
    changelog: str | None
    parent_version_id: str | None
    superseded_by: str | None
    origin_url: str | None
    model_version: ModelVersionRecord | None
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageMember:
    """One version of a model's lineage."""

    id: str
    version_number: int
    version_tag: str | None
    changelog: str | None
    created_at: str | None
    content_hash: str | None
    is_latest: bool
    quality_score: float | None
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One link of a model and the artifact at its other end; ``artifact_type`` is None where that is gone.

    ``unreadable`` names, as paths from the link, what could not be read and was left out.
    """

    outgoing: bool
    link_type: str
    strength: float | None
    evidence: Json
    created_at: str | None
    artifact_id: str
    artifact_type: str | None
    title: str | None
    version_number: int | None
    is_latest: bool | None
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArtifact:
    """A name that led to no evidence; ``found_type`` is the type of what it led to, if any.

    ``link_type`` is that of the link it is the target of, None where metadata names it.
    """

    name: str
    found_type: str | None
    link_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRecord:
    """An input of a model, its pin (None where unpinned) and what is registered now (None where not registered).

    ``required_by`` names the producing analyses that link to it; empty for a training dataset no analysis links.
    """

    artifact_id: str
    artifact_type: str | None
    title: str | None
    required_by: tuple[str, ...]
    pinned_version: int | None
    pinned_hash: str | None
    current_version: int | None
    current_hash: str | None
    newer_exists: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceFacts:
    """What the policy's rules are worded from, for one model. The verdict itself is ``ModelRecord.missing``."""

    model_id: str
    claims_hypothesis: bool
    unresolved_datasets: tuple[NamedArtifact, ...]
    unresolved_analyses: tuple[NamedArtifact, ...]
    unresolved_hypotheses: tuple[NamedArtifact, ...]
    inputs: tuple[InputRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphNode:
    """An artifact in a provenance graph; ``depth`` is its least number of steps from the root."""

    id: str
    artifact_type: str | None
    title: str | None
    version_number: int | None
    depth: int
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEdge:
    """``source`` depends on ``target``."""

    source: str
    target: str
    relation: str
    origin: Literal["link", "metadata"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceGraph:
    """What a model depends on, step by step. ``truncated`` says that the bounds cut something off."""

    root: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRecord:
    """A dataset that a compared model was trained or evaluated on.

    ``earlier_versions`` holds its own id and those its ``parent_version_id`` chain leads to; ``ancestors`` every
    dataset it derives from at any distance, its earlier versions included, itself not.
    """

    id: str
    title: str | None
    version_number: int | None
    earlier_versions: frozenset[str]
    ancestors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEvidence:
    """All that is known of one model's origin: its document, the facts of its provenance and its graph."""

    document: DocumentedModel
    facts: ProvenanceFacts
    graph: ProvenanceGraph
