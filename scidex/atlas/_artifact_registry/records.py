"""Arguments and results of the write side, as frozen records without rules and SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict

from scidex.atlas._artifact_registry.plain_json import Json


@dataclass(frozen=True, slots=True)
class Link:
    """A link from the artifact being registered to ``target``; the source depends on the target."""

    target: str
    link_type: str
    strength: float | None = None
    evidence: object = None


class Attributes(TypedDict, total=False):
    """Attributes of any artifact beside its type, title, metadata and links.

    Without ``artifact_id`` one is generated: the type, a hyphen and a UUID (``dataset-`` for both dataset
    types). ``quality_score`` lies between 0 and 1; None means unscored. ``origin_type`` is internal or
    external. ``lifecycle_state`` is one of the host's, ``active`` by default. ``created_at`` is a datetime
    with its zone or RFC 3339 text; None means now.
    """

    artifact_id: str | None
    entity_ids: Sequence[str]
    content_hash: str | None
    provenance_chain: Sequence[object]
    quality_score: float | None
    created_by: str | None
    origin_type: str
    origin_url: str | None
    lifecycle_state: str
    created_at: datetime | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """The columns of ``model_versions`` for one model version. Every field may be left out.

    ``training_started_at`` and ``training_completed_at`` are datetimes with a zone or RFC 3339 text.
    ``base_model_id`` and ``eval_dataset_artifact_id`` name registered artifacts. ``training_params`` is a
    JSON object, ``eval_metrics`` one of finite numbers, measured on the evaluation dataset.
    ``promotion_state`` is candidate, promoted, rejected or superseded.
    """

    is_external: bool = False
    external_source_url: str | None = None
    external_source_version: str | None = None
    base_model_id: str | None = None
    code_repo_url: str | None = None
    code_commit_sha: str | None = None
    code_entrypoint: str | None = None
    training_started_at: datetime | str | None = None
    training_completed_at: datetime | str | None = None
    trained_by: str | None = None
    gpu_allocation_id: str | None = None
    training_params: Mapping[str, object] | None = None
    eval_metrics: Mapping[str, object] | None = None
    eval_dataset_artifact_id: str | None = None
    benchmark_id: str | None = None
    promotion_state: str = "candidate"
    promotion_notes: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A model that was registered.

    ``provenance`` is its verdict: which rules hold, what is missing and how to mend it. ``warnings`` name what was
    stored but cannot be used, each as ``{"path", "message"}``, like its page.
    """

    id: str
    provenance: Mapping[str, Any]
    warnings: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    """A version that was created; for artifacts other than models ``provenance`` is None and there are no warnings."""

    id: str
    version_number: int
    is_latest: bool
    provenance: Mapping[str, Any] | None
    warnings: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One member of a lineage."""

    id: str
    artifact_type: str
    title: str
    version_number: int
    parent_version_id: str | None
    version_tag: str | None
    changelog: str | None
    is_latest: bool
    content_hash: str | None
    quality_score: float | None
    lifecycle_state: str
    created_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """An input as it was when an analysis used it."""

    artifact_id: str
    version_number: int
    content_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions.

    ``path`` is a JSONPath (RFC 9535) from the document's root, ``keys`` the same as a sequence of object keys
    and list positions. ``before`` is None where the value was added, ``after`` where it was removed.
    """

    kind: Literal["added", "removed", "changed"]
    path: str
    keys: tuple[str | int, ...]
    before: Json
    after: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDifference:
    """The difference of version ``b`` from version ``a``.

    ``attributes`` covers title, content_hash and quality_score, ``metadata`` the metadata leaf by leaf.
    Applied in order to the document of ``a`` (additions to a list go to its end) they give that of ``b``.
    """

    a: str
    b: str
    attributes: tuple[Change, ...]
    metadata: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.attributes or self.metadata)
