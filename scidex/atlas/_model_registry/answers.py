"""The shapes the routes send, as the contract names them. JSON and page are two views of one of these."""

from typing import Literal, NotRequired

# Pydantic builds the OpenAPI document from these and, before Python 3.12, reads only this TypedDict.
from typing_extensions import TypedDict

from scidex.atlas._model_registry.records import Json, Rule

Direction = Literal["lower", "higher", "target", "neutral", "unknown"]
Change = Literal["same", "changed", "added", "removed", "type_changed"]
PinStatus = Literal["intact", "modified", "missing", "unpinned", "unverified", "superseded"]
Section = Literal["architecture", "parameters", "training", "equations", "features", "code", "other"]


class ModelEntry(TypedDict):
    """One model version in a list."""

    id: str
    title: str
    model_family: str | None
    version_number: int
    version_tag: str | None
    is_latest: bool
    quality_score: float | None
    quality_score_stored: float | None
    evaluation_metrics: dict[str, float]
    parameter_count: int | None
    trained_on: str | None
    training_datasets: list[str]
    produced_by: str | None
    tests_hypothesis: str | None
    origin_type: str | None
    lifecycle_state: str | None
    promotion_state: str | None
    provenance_complete: bool
    provenance_missing: list[Rule]
    provenance_warning: str | None
    created_at: str | None


class FacetValue(TypedDict):
    """How many models have one value of a facet under the other filters; a value that is an id has a title."""

    value: str | bool | None
    count: int
    title: NotRequired[str]


class ModelList(TypedDict):
    """A page of models and how many there are in all."""

    models: list[ModelEntry]
    total: int
    limit: int
    offset: int
    next_cursor: str | None
    facets: NotRequired[dict[str, list[FacetValue]]]


class ModelVersion(TypedDict):
    """The ``model_versions`` row with its JSON columns parsed."""

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


class VersionEntry(TypedDict):
    """One member of a lineage."""

    id: str
    version_number: int
    version_tag: str | None
    changelog: str | None
    created_at: str | None
    content_hash: str | None
    is_latest: bool
    quality_score: float | None
    evaluation_metrics: dict[str, float]


class LinkedArtifact(TypedDict):
    """The other end of a link; ``missing`` stands alone beside the id where that artifact does not exist."""

    id: str
    artifact_type: NotRequired[str]
    title: NotRequired[str]
    version_number: NotRequired[int]
    is_latest: NotRequired[bool]
    missing: NotRequired[bool]


class Link(TypedDict):
    """A link seen from one of its ends."""

    link_type: str
    strength: float | None
    evidence: Json
    created_at: str | None
    artifact: LinkedArtifact


class Links(TypedDict):
    """Outgoing links lead to what the model depends on, incoming ones come from what depends on it."""

    outgoing: list[Link]
    incoming: list[Link]


class RuleVerdict(TypedDict):
    """One rule of the policy: satisfied or not, by what, and how to mend it."""

    rule: Rule
    required: bool
    satisfied: bool
    evidence: list[str]
    message: str
    fix: str | None


class Input(TypedDict):
    """What a pin says of an input against what is registered now."""

    artifact_id: str
    artifact_type: str | None
    title: str | None
    pinned_version: int | None
    pinned_hash: str | None
    current_version: int | None
    current_hash: str | None
    status: PinStatus


class Node(TypedDict):
    """An artifact in a provenance graph; ``models`` (union graph only) lists the compared models that reach it."""

    id: str
    artifact_type: str | None
    title: str | None
    version_number: int | None
    depth: int
    missing: bool
    models: NotRequired[list[str]]


class Edge(TypedDict):
    """``source`` depends on ``target``."""

    source: str
    target: str
    relation: str
    origin: Literal["link", "metadata"]


class Graph(TypedDict):
    """A provenance graph; ``root`` is None for the union of several."""

    root: str | None
    nodes: list[Node]
    edges: list[Edge]
    truncated: bool


class ProvenanceVerdict(TypedDict):
    """The policy's verdict on one model, worded."""

    complete: bool
    score: float
    cap: float
    capped: bool
    rules: list[RuleVerdict]
    inputs: list[Input]


class Provenance(ProvenanceVerdict):
    """The verdict with the graph it rests on."""

    graph: Graph


class ModelDetail(ModelEntry):
    """Everything known of one model version."""

    metadata: Json
    content_hash: str | None
    created_by: str | None
    changelog: str | None
    parent_version_id: str | None
    superseded_by: str | None
    origin_url: str | None
    model_version: ModelVersion | None
    versions: list[VersionEntry]
    links: Links
    provenance: Provenance
    unreadable: list[str]


class MetricRow(TypedDict):
    """One metric over the compared models; None in ``values`` means not reported.

    ``units`` says in which unit each value stands: the row's, or the model's own where that does not convert.
    ``not_a_number`` lists the models that report the metric as something else than a finite number.
    """

    name: str
    direction: Direction
    target: float | None
    unit: str | None
    values: dict[str, float | None]
    best: list[str]
    delta: dict[str, float | None]
    delta_percent: dict[str, float | None]
    comparable: bool | None
    reason: str | None
    units: NotRequired[dict[str, str | None]]
    not_a_number: NotRequired[list[str]]


class ConfigurationValue(TypedDict):
    """One configuration value as its model states it."""

    value: Json
    unit: NotRequired[str | None]
    source: NotRequired[str | None]


class ConfigurationRow(TypedDict):
    """One leaf of the configuration over the compared models; None in ``values`` means the model lacks it."""

    section: Section
    path: str
    values: dict[str, ConfigurationValue | None]
    equal: bool
    change: dict[str, Change]
    ratio: dict[str, float | None]


class TrainingDataset(TypedDict):
    """A training dataset and the compared models that used it."""

    artifact_id: str
    title: str | None
    version_number: int | None
    models: list[str]


class RelatedDatasets(TypedDict):
    """Two different datasets that are not independent; ``via`` is the artifact that relates them."""

    a_dataset: str
    b_dataset: str
    relation: Literal["same_lineage", "common_ancestor"]
    via: str


class Overlap(TypedDict):
    """How much training data two models share."""

    a: str
    b: str
    shared: list[str]
    jaccard: float | None
    related: list[RelatedDatasets]


class Leakage(TypedDict):
    """``model`` was evaluated on a dataset that went into the training of ``in_training_of``."""

    model: str
    evaluated_on: str
    in_training_of: str
    via: str


class TrainingData(TypedDict):
    """Which data trained which model, and where evaluation data leaked into training."""

    datasets: list[TrainingDataset]
    shared: list[str]
    partly_shared: list[str]
    unique: dict[str, list[str]]
    overlap: list[Overlap]
    leakage: list[Leakage]


class ComparedProvenance(TypedDict):
    """The compared models' verdicts, inputs and graphs; ``graph`` is the union."""

    models: dict[str, ProvenanceVerdict]
    shared_inputs: list[Input]
    partly_shared_inputs: list[Input]
    unique_inputs: dict[str, list[Input]]
    graphs: dict[str, Graph]
    graph: Graph


class Comparison(TypedDict):
    """Models side by side; the order of ``models`` is the column order."""

    models: list[ModelEntry]
    baseline: str
    metrics: list[MetricRow]
    metadata_diff: list[ConfigurationRow]
    training_data: TrainingData
    provenance: ComparedProvenance
