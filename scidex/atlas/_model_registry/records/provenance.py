"""A model's provenance as rows hold it: the facts of the policy, the graph, the standing, the datasets."""

from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.records.models import DocumentedModel
from scidex.atlas._model_registry.records.states import State


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
    ``is_empty`` if it is registered without content hash, address and metadata.
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
    is_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceFacts:
    """The facts from which one model's verdict is worded. The verdict itself is ``ModelRecord.missing``."""

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
    """What a model depends on, step by step; ``truncated`` if the bounds cut something off."""

    root: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """An artifact that keeps one from being sound; ``path`` leads from that one to it, both included.

    ``artifact_type`` is None where it is not registered. ``reason`` is its changelog, or what its pin says.
    """

    artifact_id: str
    artifact_type: str | None
    title: str | None
    state: State
    path: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRecord:
    """The worst state of an artifact and of what it rests on, with its causes, nearest first."""

    status: State
    causes: tuple[Cause, ...]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """What is known of where one model comes from: facts, graph and standing."""

    facts: ProvenanceFacts
    graph: ProvenanceGraph
    standing: StandingRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedModel:
    """A model with its document and all that is known of where it comes from."""

    document: DocumentedModel
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRecord:
    """A dataset that a compared model was trained or evaluated on.

    ``earlier_versions`` holds its own id and those its ``parent_version_id`` chain leads to; ``ancestors`` every
    dataset it derives from at any distance, with its earlier versions and without itself.
    """

    id: str
    title: str | None
    version_number: int | None
    earlier_versions: frozenset[str]
    ancestors: frozenset[str]
