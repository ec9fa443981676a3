"""Models as rows hold them: versions, lineages and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypeAliasType

# A named type, not a plain alias: the OpenAPI document can refer to itself only by name.
Json = TypeAliasType("Json", "str | int | float | bool | list[Json] | dict[str, Json] | None")

Rule = Literal["trained_on_dataset_id", "produced_by_analysis_id", "pinned_inputs", "tests_hypothesis_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """One model version with the judge's verdict on it: what a list entry needs.

    ``quality_score`` is the effective score, capped where a required rule is missing;
    ``quality_score_stored`` is the row's. ``missing`` names the unsatisfied required rules. ``datasets``,
    ``analyses`` and ``hypotheses`` are resolved evidence: those named in metadata first, in their order, then by id.
    ``created_at``, here and in the other records, is RFC 3339 in UTC; None for a time that RFC 3339 cannot express
    (before the year 1, after 9999, infinite). ``unreadable`` holds the paths of values that the judge left out or cut,
    as too large or unreadable. ``headline_metric`` is the metric that metadata names as such.
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
    unreadable: tuple[str, ...] = ()
    headline_metric: str | None = None


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

    ``unreadable`` names, as paths, what could not be read and was left out. ``has_evaluations`` is True where anything
    links to the model as an evaluation of it.
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
    has_evaluations: bool = False


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
